// SPDX-License-Identifier: Apache-2.0
// Builds a page from an Inspection, whenever box or event change.
#include "app/view/inspector.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <cmath>

#include "app/document/probe.h"
#include "app/view/charts.h"
#include "app/view/player.h"
#include "app/view/walk.h"

namespace tapescope {

namespace {

QLabel* label(const QString& words, QWidget* parent, const char* name) {
    auto* label = new QLabel(words, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// "element 1: gradient 4, difference 4.0001 ✓".
QString probeText(const Probe& probe) {
    constexpr double tolerance = 0.02;
    if (!probe.trouble.empty())
        return Inspector::tr("Cannot be checked: %1.").arg(QString::fromStdString(probe.trouble));
    QStringList lines;
    for (const Probe::Row& row : probe.rows) {
        const double apart = std::abs(row.gradient - row.difference);
        const bool same = apart <= tolerance * std::max({std::abs(row.gradient), std::abs(row.difference), 0.05});
        lines << Inspector::tr("element %1: gradient %2, difference %3 %4")
                     .arg(row.element + 1)
                     .arg(row.gradient, 0, 'g', 5)
                     .arg(row.difference, 0, 'g', 5)
                     .arg(same ? QStringLiteral("✓") : QStringLiteral("≠"));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

Inspector::Inspector(Document& document, Appearance& appearance, QWidget* parent)
    : QScrollArea(parent), document_(document), appearance_(appearance) {
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setWidgetResizable(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&document_, &Document::positionMoved, this, &Inspector::reload);
    connect(&document_, &Document::selectionChanged, this, &Inspector::reload);
    setWidget(pageOf({}));
}

void Inspector::reload() {
    const Timeline& timeline = document_.timeline();
    const auto selected = timeline.empty() ? std::nullopt : document_.selection();
    const EventIndex upTo = reached(timeline, document_.position());
    if (selected == shown_ && upTo == shownAt_ && timeline.size() == shownSize_) return;
    shown_ = selected;
    shownAt_ = upTo;
    shownSize_ = timeline.size();
    const bool folded = selected && drawn_ && !boxIndex(document_.graph(), *selected);
    const StepGraph* graph = selected ? &(folded ? drawn_() : document_.graph()) : nullptr;
    const Inspection inspection = selected ? inspect(timeline, *graph, *selected, upTo) : Inspection{};
    setWidget(pageOf(inspection));
    setAccessibleDescription(inspection.title);
    if (inspection.title == title_) return;
    title_ = inspection.title;
    Q_EMIT titleChanged(title_);
}

QWidget* Inspector::pageOf(const Inspection& inspection) {
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(7);
    if (inspection.title.isEmpty()) {
        column->addWidget(label(tr("Select a box in the picture to see its numbers."), page, "muted"));
        column->addStretch();
        return page;
    }
    column->addWidget(label(inspection.kind, page, "muted"));
    if (!inspection.formula.isEmpty()) {
        auto* formula = label(inspection.formula, page, "formula");
        formula->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        column->addWidget(formula);
    }
    if (!inspection.numbers.isEmpty()) {
        auto* numbers = label(inspection.numbers, page, "numbers");
        numbers->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        column->addWidget(numbers);
    }
    addTables(*column, inspection);
    for (const auto& histogram : inspection.histograms)
        column->addWidget(new HistogramChart(histogram, appearance_, page));
    if (!inspection.bars.empty()) {
        column->addWidget(label(inspection.barsTitle, page, "muted"));
        column->addWidget(new BarChart(inspection.bars, appearance_, page));
    }
    if (inspection.check) addCheck(*column, *inspection.check, page);
    auto* rows = new QFormLayout;
    rows->setHorizontalSpacing(12);
    rows->setVerticalSpacing(4);
    for (const auto& row : inspection.rows) {
        auto* name = label(row.label, page, "muted");
        name->setWordWrap(false);
        rows->addRow(name, label(row.text, page, "text"));
    }
    column->addLayout(rows);
    column->addStretch();
    return page;
}

/// On demand, because it computes everything in between again.
void Inspector::addCheck(QVBoxLayout& column, const Inspection::Check& check, QWidget* page) {
    auto* button = new QPushButton(tr("Check by finite differences"), page);
    button->setObjectName(QStringLiteral("check"));
    auto* said = label({}, page, "checked");
    said->setAccessibleName(tr("Finite differences"));
    said->hide();
    column.addWidget(button, 0, Qt::AlignLeft);
    column.addWidget(said);
    connect(button, &QPushButton::clicked, this, [this, check, said] {
        said->setText(probeText(probeGradient(document_.timeline(), check.gradient, check.source)));
        said->show();
    });
}

void Inspector::addTables(QVBoxLayout& column, const Inspection& inspection) {
    int room = 0;
    QHBoxLayout* row = nullptr;
    for (const auto& table : inspection.tables) {
        auto* heat = new HeatTable(table, appearance_);
        const int wide = heat->sizeHint().width() + 12;
        if (row == nullptr || wide > room) {
            row = new QHBoxLayout;
            row->setSpacing(12);
            row->addStretch();
            column.addLayout(row);
            room = viewport()->width() - 24;
        }
        row->insertWidget(row->count() - 1, heat, 0, Qt::AlignTop);
        room -= wide;
    }
}

}  // namespace tapescope
