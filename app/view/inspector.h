// SPDX-License-Identifier: Apache-2.0
// The inspector: shows the selected box at the position.
#pragma once

#include <QScrollArea>
#include <QVBoxLayout>

#include "app/document/document.h"
#include "app/view/appearance.h"
#include "app/view/inspection.h"

namespace tapescope {

class Inspector : public QScrollArea {
    Q_OBJECT

public:
    Inspector(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    QString title() const { return title_; }
    QSize sizeHint() const override { return {330, 240}; }

public Q_SLOTS:
    void reload();

Q_SIGNALS:
    void titleChanged(const QString& title);

private:
    QWidget* pageOf(const Inspection& inspection);
    void addTables(QVBoxLayout& column, const Inspection& inspection);

    Document& document_;
    Appearance& appearance_;
    QString title_;
    EventIndex shownAt_ = 0;
    std::optional<BoxKey> shown_;
    EventIndex shownSize_ = 0;
};

}  // namespace tapescope
