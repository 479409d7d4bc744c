// SPDX-License-Identifier: Apache-2.0
#include "app/view/graphtable.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <algorithm>
#include <numeric>

#include "app/scene/words.h"

namespace tapescope {

namespace {

enum Column { BoxColumn, KindColumn, LineColumn, FromColumn, ToColumn, GradientColumn };

QString nameIn(const GraphBox& box) {
    const QString title = words(box.title), subtitle = words(box.subtitle);
    const bool named = box.key.kind == BoxKind::Operation || box.key.kind == BoxKind::Fold;
    return named && !subtitle.isEmpty() ? QStringLiteral("%1 (%2)").arg(title, subtitle) : title;
}

/// What the graph says of the gradient of each box.
QStringList gradientWordsOf(const StepGraph& graph) {
    QStringList texts(static_cast<qsizetype>(graph.boxes.size()));
    for (const GradientEdge& gradient : graph.gradients) {
        QString& text = texts[static_cast<qsizetype>(graph.values[gradient.along].from)];
        if (gradient.end == EdgeEnd::Open) text = GraphTable::tr("norm %1").arg(numberWords(gradient.norm));
        if (gradient.end == EdgeEnd::Scissors && text.isEmpty()) text = GraphTable::tr("cut");
        if (gradient.end == EdgeEnd::EndBar && text.isEmpty()) text = GraphTable::tr("the way back ends");
    }
    for (const VariableMark& mark : graph.marks) {
        QString& text = texts[static_cast<qsizetype>(mark.box)];
        if (const QString state = gradientStateWords(mark.state); !state.isEmpty()) text = state;
    }
    for (const PairRow& pair : graph.pairs)
        if (pair.mismatch)
            texts[static_cast<qsizetype>(pair.variable)] +=
                GraphTable::tr(" · updated with the gradient of %1").arg(words(pair.sourceName));
    return texts;
}

}  // namespace

GraphTable::GraphTable(Document& document, Canvas& canvas, QWidget* parent)
    : QTreeWidget(parent), document_(document), canvas_(canvas) {
    setObjectName(QStringLiteral("graphTable"));
    setAccessibleName(tr("The picture as a table"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderLabels({tr("box"), tr("kind"), tr("line"), tr("from"), tr("to"), tr("gradient")});
    header()->setSectionResizeMode(QHeaderView::Interactive);
    header()->setDefaultSectionSize(96);
    connect(&canvas_, &Canvas::sceneChanged, this, &GraphTable::follow);
    connect(&document_, &Document::selectionChanged, this, &GraphTable::showSelection);
    connect(this, &QTreeWidget::itemSelectionChanged, this, [this] {
        const auto chosen = selectedItems();
        if (chosen.isEmpty()) return;
        document_.select(rows_[static_cast<std::size_t>(indexOfTopLevelItem(chosen.front()))]);
    });
    connect(this, &QTreeWidget::itemActivated, this, [this] { canvas_.openFold(); });
}

/// Behind another panel it waits until it is looked at: a thousand rows take their time.
void GraphTable::follow() {
    if (!isVisible() || shown_ == canvas_.graphNumber()) return;
    shown_ = canvas_.graphNumber();
    rebuild();
}

void GraphTable::showEvent(QShowEvent* event) {
    QTreeWidget::showEvent(event);
    follow();
}

void GraphTable::rebuild() {
    const QSignalBlocker quiet(this);
    clear();
    rows_.clear();
    if (document_.timeline().empty()) return;
    const StepGraph& graph = canvas_.graph();
    std::vector<QStringList> from(graph.boxes.size()), to(graph.boxes.size());
    for (const ValueEdge& edge : graph.values) {
        from[edge.to] << nameIn(graph.boxes[edge.from]);
        to[edge.from] << nameIn(graph.boxes[edge.to]);
    }
    for (const PairRow& pair : graph.pairs) {
        from[pair.optimizer] << words(pair.sourceName);
        to[pair.optimizer] << nameIn(graph.boxes[pair.variable]);
    }
    const QStringList gradients = gradientWordsOf(graph);
    std::vector<std::uint32_t> order(graph.boxes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&graph](std::uint32_t a, std::uint32_t b) {
        return graph.boxes[a].appears < graph.boxes[b].appears;
    });
    for (const std::uint32_t index : order) {
        const GraphBox& box = graph.boxes[index];
        const std::uint32_t line = document_.timeline().lineOf(siteOf(document_.timeline(), box));
        auto* item = new QTreeWidgetItem(
            this, {nameIn(box), kindWords(box.key.kind),
                   line > 0 ? words(document_.timeline().places().words(line)) : QString(), listWords(from[index]),
                   listWords(to[index]), gradients[static_cast<qsizetype>(index)]});
        item->setToolTip(BoxColumn, describe(document_.timeline(), graph, box.key));
        item->setData(BoxColumn, Qt::AccessibleTextRole, item->toolTip(BoxColumn));
        rows_.push_back(box.key);
    }
    showSelection();
}

void GraphTable::showSelection() {
    const QSignalBlocker quiet(this);
    const auto selected = document_.selection();
    const auto shown = selected && !rows_.empty() ? canvas_.shown(*selected) : std::nullopt;
    const auto found = shown ? std::find(rows_.begin(), rows_.end(), *shown) : rows_.end();
    if (found == rows_.end()) {
        clearSelection();
        return;
    }
    auto* item = topLevelItem(static_cast<int>(found - rows_.begin()));
    setCurrentItem(item);
    scrollToItem(item);
}

}  // namespace tapescope
