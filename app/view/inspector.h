// SPDX-License-Identifier: Apache-2.0
// The inspector: shows the selected box at the position.
#pragma once

#include <QScrollArea>
#include <QVBoxLayout>
#include <functional>

#include "app/document/document.h"
#include "app/view/appearance.h"
#include "app/view/inspection.h"

namespace tapescope {

class Inspector : public QScrollArea {
    Q_OBJECT

public:
    Inspector(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    /// Where the graph with its folds is found: what is selected may be a fold.
    void setDrawn(std::function<const StepGraph&()> drawn) { drawn_ = std::move(drawn); }

    QString title() const { return title_; }
    QSize sizeHint() const override { return {330, 240}; }

public Q_SLOTS:
    void reload();

Q_SIGNALS:
    void titleChanged(const QString& title);

private:
    QWidget* pageOf(const Inspection& inspection);
    void addCheck(QVBoxLayout& column, const Inspection::Check& check, QWidget* page);
    void addTables(QVBoxLayout& column, const Inspection& inspection);

    Document& document_;
    Appearance& appearance_;
    std::function<const StepGraph&()> drawn_;
    QString title_;
    EventIndex shownAt_ = 0;
    std::optional<BoxKey> shown_;
    EventIndex shownSize_ = 0;
};

}  // namespace tapescope
