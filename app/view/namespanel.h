// SPDX-License-Identifier: Apache-2.0
// Names and their objects at the position: a tag, an arrow, a box for each.
#pragma once

#include <QListWidget>

#include "app/document/document.h"
#include "app/view/appearance.h"
#include "app/view/names.h"

namespace tapescope {

class NamesPanel : public QListWidget {
    Q_OBJECT

public:
    NamesPanel(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    const std::vector<NameRow>& rows() const { return rows_; }
    QSize sizeHint() const override { return {340, 130}; }

    /// Another run.
    void forget() { first_ = {}; }

public Q_SLOTS:
    void reload();

private:
    Document& document_;
    FirstBindings first_;
    std::vector<NameRow> rows_;
};

}  // namespace tapescope
