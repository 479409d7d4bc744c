// SPDX-License-Identifier: Apache-2.0
// A row for each variable: what became of its gradient, in which steps it was updated, how far it moved.
#pragma once

#include <QTreeWidget>

#include "app/document/document.h"
#include "app/view/appearance.h"

namespace tapescope {

class VariablesPanel : public QTreeWidget {
    Q_OBJECT

public:
    VariablesPanel(Document& document, Appearance& appearance, QWidget* parent = nullptr);

public Q_SLOTS:
    void reload();

private:
    void follow();

    Document& document_;
    std::vector<VariableReport> reports_;
};

/// "1–3, 5, 9–12": the steps in which a variable was updated.
QString updatedSteps(const VariableReport& report);

}  // namespace tapescope
