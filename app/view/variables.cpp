// SPDX-License-Identifier: Apache-2.0
// The reports of the diagnosis as a table; the gradient state is that of the step on screen.
#include "app/view/variables.h"

#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>
#include <QStringList>
#include <QStyledItemDelegate>
#include <algorithm>
#include <array>

#include "app/view/charts.h"

namespace tapescope {

namespace {

enum Column { NameColumn, GradientColumn, UpdatedColumn, ChangeColumn, HistoryColumn };
constexpr int seriesRole = Qt::UserRole + 1;

QString stateText(GradientState state) {
    static constexpr std::array texts{QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "path"),
                                      QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "none"),
                                      QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "0 zero"),
                                      QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "⚠ NaN"),
                                      QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "? not asked for"),
                                      QT_TRANSLATE_NOOP("tapescope::VariablesPanel", "○ not computed")};
    return VariablesPanel::tr(texts.at(static_cast<std::size_t>(state)));
}

class SparkPainter : public QStyledItemDelegate {
public:
    SparkPainter(Appearance& appearance, QObject* parent) : QStyledItemDelegate(parent), appearance_(appearance) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto series = index.data(seriesRole).toList();
        if (series.isEmpty()) return;
        double most = 1e-30;
        for (const QVariant& value : series) most = std::max(most, value.toDouble());
        const QRectF room = QRectF(option.rect).adjusted(4, 4, -4, -4);
        const double pitch = room.width() / static_cast<double>(std::max<qsizetype>(1, series.size() - 1));
        QPainterPath path;
        for (qsizetype i = 0; i < series.size(); ++i) {
            const QPointF point(room.left() + pitch * static_cast<double>(i),
                                room.bottom() - room.height() * series[i].toDouble() / most);
            if (i == 0) {
                path.moveTo(point);
            } else {
                path.lineTo(point);
            }
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(appearance_[Ink::Update], 1.5));
        painter->drawPath(path);
        painter->restore();
    }

private:
    Appearance& appearance_;
};

QVariantList seriesOf(const VariableReport& report) {
    QVariantList series;
    for (const VariableStep& step : report.steps) series << step.change;
    return series;
}

QString nameText(const Timeline& timeline, const VariableReport& report) {
    QStringList names;
    for (const std::string& name : report.names) names << QString::fromStdString(name);
    if (!names.isEmpty()) return names.join(QStringLiteral(", "));
    return QString::fromStdString(timeline.variables()[report.variable.index()].label);
}

}  // namespace

QString updatedSteps(const VariableReport& report) {
    QStringList pieces;
    std::uint32_t begin = 0, end = 0;
    const auto close = [&] {
        if (begin > 0) pieces << (begin == end ? QString::number(begin) : QStringLiteral("%1–%2").arg(begin).arg(end));
        begin = 0;
    };
    for (const VariableStep& step : report.steps) {
        if (!step.applied) continue;
        if (begin == 0 || step.step > end + 1) {
            close();
            begin = step.step;
        }
        end = step.step;
    }
    close();
    return pieces.join(QStringLiteral(", "));
}

VariablesPanel::VariablesPanel(Document& document, Appearance& appearance, QWidget* parent)
    : QTreeWidget(parent), document_(document) {
    setObjectName(QStringLiteral("variables"));
    setAccessibleName(tr("Variables"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderLabels({tr("variable"), tr("gradient"), tr("steps"), tr("change"), tr("curve")});
    setItemDelegateForColumn(HistoryColumn, new SparkPainter(appearance, this));
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setStretchLastSection(false);  // it would keep the width that the column began with
    header()->setSectionResizeMode(HistoryColumn, QHeaderView::Stretch);
    header()->setMinimumSectionSize(20);
    connect(&document_, &Document::positionMoved, this, &VariablesPanel::follow);
    connect(&appearance, &Appearance::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QTreeWidget::itemSelectionChanged, this, [this] {
        const auto chosen = selectedItems();
        if (chosen.isEmpty()) return;
        const auto place = static_cast<std::size_t>(indexOfTopLevelItem(chosen.first()));
        document_.select(BoxKey{.kind = BoxKind::Variable, .id = reports_[place].variable.value, .ordinal = 0});
    });
}

void VariablesPanel::reload() {
    reports_ = document_.timeline().empty() ? std::vector<VariableReport>{} : variableReports(document_.timeline());
    const QSignalBlocker quiet(this);
    clear();
    for (const VariableReport& report : reports_) {
        auto* item = new QTreeWidgetItem(this);
        item->setText(NameColumn, nameText(document_.timeline(), report));
        const QString steps = updatedSteps(report);
        item->setText(UpdatedColumn, steps.isEmpty() ? tr("never") : steps);
        item->setData(HistoryColumn, seriesRole, seriesOf(report));
    }
    follow();
}

void VariablesPanel::follow() {
    const std::uint32_t now = document_.timeline().empty() ? 0 : document_.step() + 1;
    for (std::size_t index = 0; index < reports_.size(); ++index) {
        auto* item = topLevelItem(static_cast<int>(index));
        const auto& steps = reports_[index].steps;
        const auto step =
            std::find_if(steps.begin(), steps.end(), [&](const VariableStep& each) { return each.step == now; });
        item->setText(GradientColumn, step == steps.end() ? QStringLiteral("—") : stateText(step->gradient));
        item->setText(ChangeColumn, step == steps.end() ? QStringLiteral("—") : brief(step->change));
        item->setToolTip(GradientColumn, step == steps.end() ? QString() : QString::fromStdString(step->reason));
    }
}

}  // namespace tapescope
