// SPDX-License-Identifier: Apache-2.0
// The picture as a table: a row for each box that is drawn, in the order in which they appear, with what it is made
// from, what uses it and what its gradient is. Everything that the picture says is in its words.
#pragma once

#include <QTreeWidget>

#include "app/view/canvas.h"

namespace tapescope {

class GraphTable : public QTreeWidget {
    Q_OBJECT

public:
    GraphTable(Document& document, Canvas& canvas, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void follow();
    void rebuild();
    void showSelection();

    Document& document_;
    Canvas& canvas_;
    std::vector<BoxKey> rows_;
    std::uint64_t shown_ = 0;  ///< number of the graph that is in the table
};

}  // namespace tapescope
