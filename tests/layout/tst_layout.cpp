// SPDX-License-Identifier: Apache-2.0
// The layout of a step: nothing overlaps, places stay, bands hold what was recorded, edges end at their boxes.
#include <QTest>
#include <cmath>

#include "app/layout/curve.h"
#include "app/layout/engine.h"
#include "app/layout/linear.h"
#include "tests/layout/samplegraph.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

Layout layOut(const StepGraph& graph, RunPlaces& places) {
    LayoutEngine engine;
    return tapescope::layOut(graph, sizesOf(graph), places, engine);
}

/// With values that flow to the right.
Layout layOutRight(const StepGraph& graph) {
    RunPlaces places;
    LayoutEngine engine;
    return tapescope::layOut(graph, sizesOf(graph, Direction::Right), places, engine, Direction::Right);
}

Layout layOut(const StepGraph& graph) {
    RunPlaces places;
    return layOut(graph, places);
}

/// The two boxes that overlap, or "".
QString overlap(const StepGraph& graph, const Layout& layout) {
    for (std::size_t i = 0; i < graph.boxes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (layout.boxes.at(graph.boxes[i].key).intersects(layout.boxes.at(graph.boxes[j].key)))
                return QString::fromStdString(graph.boxes[i].title + " and " + graph.boxes[j].title);
    return {};
}

bool touches(const QRectF& rect, QPointF point) {
    return rect.adjusted(-1, -1, 1, 1).contains(point) && !rect.adjusted(18, 18, -18, -18).contains(point);
}

}  // namespace

class TestLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boxesDoNotOverlap();
    void rowsAreInOrder();
    void equalInputGivesEqualOutput();
    void variablesKeepTheirPlaces();
    void newVariablesJoinTheRow();
    void constantsGiveWayToPlaces();
    void bandsHoldWhatWasRecorded();
    void nestedTapesHaveNestedBands();
    void edgesEndAtTheirBoxes();
    void gradientsRunBackBesideTheValues();
    void contributionsMeet();
    void pairsLieInTheirBlock();
    void wiresLeadFromPairToVariable();
    void mismatchedGradientComesFromItsSource();
    void droppedPairsHaveNoWires();
    void emptyGraph();
    void flowsToTheRight_data();
    void flowsToTheRight();
    void rightKeepsPlacesAndSizes();
    void constantsOfALongStepStandBesideTheirUse();
};

/// A chain in which each operation has a constant of its own, too long for Graphviz: no edge may run through the
/// picture, or the picture grows with the square of the chain.
void TestLayout::constantsOfALongStepStandBesideTheirUse() {
    constexpr std::uint32_t length = 200;
    GraphRequest request;
    for (std::uint32_t i = 0; i < 2 * length; ++i)
        request.nodes.push_back({QSizeF(80, 30), i == 0, GraphRequest::noCluster});
    for (std::uint32_t i = 1; i < length; ++i) {
        request.edges.push_back({i - 1, i});
        request.edges.push_back({length + i, i});
    }
    const GraphDrawing drawing = drawLinear(request);
    for (const auto& [from, to] : request.edges) {
        const double down = drawing.centres[to].y() - drawing.centres[from].y();
        QVERIFY2(down > 0 && down < 150, qPrintable(QString::number(down)));
    }
}

void TestLayout::flowsToTheRight_data() {
    QTest::addColumn<bool>("large");  // too large for Graphviz
    QTest::newRow("Graphviz") << false;
    QTest::newRow("linear") << true;
}

/// Variables in a column at the left, consumers to the right of what they use, optimizers at the right end, wires over
/// and under the picture and never past its left or right end.
void TestLayout::flowsToTheRight() {
    QFETCH(bool, large);
    const StepGraph graph = large ? deepNetwork(700) : linearLayerAndMask();
    const Layout layout = layOutRight(graph);
    QCOMPARE(layout.direction, Direction::Right);
    QCOMPARE(overlap(graph, layout), QString());
    double column = 0, furthest = 0;
    for (const auto& [key, rect] : layout.boxes) {
        if (key.kind == BoxKind::Variable) column = rect.center().x();
        if (key.kind != BoxKind::Optimizer) furthest = std::max(furthest, rect.right());
    }
    for (const auto& [key, rect] : layout.boxes) {
        if (key.kind == BoxKind::Variable) QCOMPARE(rect.center().x(), column);
        if (key.kind == BoxKind::Optimizer) QVERIFY(rect.left() > furthest);
    }
    for (std::size_t i = 0; i < graph.values.size(); ++i) {
        const QRectF from = layout.boxes.at(graph.boxes[graph.values[i].from].key),
                     to = layout.boxes.at(graph.boxes[graph.values[i].to].key);
        QVERIFY(from.right() < to.left());
        QVERIFY(touches(from, layout.values[i].front()));
        QVERIFY(touches(to, layout.values[i].back()));
    }
    for (std::size_t i = 0; i < graph.pairs.size(); ++i) {
        const QRectF block = layout.boxes.at(graph.boxes[graph.pairs[i].optimizer].key);
        QVERIFY(block.contains(layout.pairs[i]));
        QVERIFY(touches(layout.pairs[i], layout.updates[i].front()));
    }
    for (const TapeBand& band : layout.bands)
        for (const GraphBox& box : graph.boxes)
            if (!box.tapes.empty()) QVERIFY(band.rect.contains(layout.boxes.at(box.key)));
}

void TestLayout::rightKeepsPlacesAndSizes() {
    RunPlaces places;
    LayoutEngine engine;
    const auto lay = [&](const StepGraph& graph) {
        return tapescope::layOut(graph, sizesOf(graph, Direction::Right), places, engine, Direction::Right);
    };
    const Layout first = lay(linearLayer()), second = lay(linearLayerAndMask());
    for (const BoxKey key : {BoxKey{BoxKind::Variable, 0, 0}, BoxKey{BoxKind::Variable, 1, 0}})
        QCOMPARE(second.boxes.at(key), first.boxes.at(key));
    const BoxSizes sizes = sizesOf(linearLayer(), Direction::Right);
    for (const auto& [key, rect] : first.boxes) QCOMPARE(rect.size(), sizes.at(key));
}

void TestLayout::boxesDoNotOverlap() {
    QCOMPARE(overlap(linearLayer(), layOut(linearLayer())), QString());
    QCOMPARE(overlap(linearLayerAndMask(), layOut(linearLayerAndMask())), QString());
    QCOMPARE(overlap(deepNetwork(60), layOut(deepNetwork(60))), QString());
}

void TestLayout::rowsAreInOrder() {
    const StepGraph graph = linearLayerAndMask();
    const Layout layout = layOut(graph);
    const QRectF W = layout.boxes.at({BoxKind::Variable, 0, 0}), b = layout.boxes.at({BoxKind::Variable, 1, 0}),
                 mask = layout.boxes.at({BoxKind::Variable, 2, 0});
    QCOMPARE(W.center().y(), b.center().y());
    QCOMPARE(W.center().y(), mask.center().y());
    QVERIFY(W.right() < b.left());
    QVERIFY(b.right() < mask.left());
    const QRectF optimizer = layout.boxes.at({BoxKind::Optimizer, 0, 0});
    for (const auto& [key, rect] : layout.boxes) {
        if (key.kind == BoxKind::Operation) QVERIFY(rect.top() > W.bottom());
        if (key.kind != BoxKind::Optimizer) QVERIFY(rect.bottom() < optimizer.top());
    }
    for (const ValueEdge& edge : graph.values)
        QVERIFY(layout.boxes.at(graph.boxes[edge.from].key).center().y() <
                layout.boxes.at(graph.boxes[edge.to].key).center().y());
}

void TestLayout::equalInputGivesEqualOutput() {
    const Layout a = layOut(linearLayer()), b = layOut(linearLayer());
    QVERIFY(a.boxes == b.boxes);
    QVERIFY(a.values == b.values);
    QVERIFY(a.gradients == b.gradients);
    QVERIFY(a.updates == b.updates);
    QCOMPARE(a.bounds, b.bounds);
}

void TestLayout::variablesKeepTheirPlaces() {
    RunPlaces places;
    const Layout first = layOut(linearLayer(), places);
    const Layout second = layOut(linearLayerAndMask(), places);
    for (const BoxKey key :
         {BoxKey{BoxKind::Variable, 0, 0}, BoxKey{BoxKind::Variable, 1, 0}, BoxKey{BoxKind::Optimizer, 0, 0}})
        QCOMPARE(second.boxes.at(key).center(), first.boxes.at(key).center());
    QCOMPARE(overlap(linearLayerAndMask(), second), QString());
    const Layout again = layOut(linearLayer(), places);
    for (const auto& [key, rect] : first.boxes)
        if (key.kind == BoxKind::Variable) QCOMPARE(again.boxes.at(key), rect);
}

void TestLayout::newVariablesJoinTheRow() {
    RunPlaces places;
    const Layout first = layOut(linearLayer(), places), second = layOut(linearLayerAndMask(), places);
    const QRectF mask = second.boxes.at({BoxKind::Variable, 2, 0}), b = first.boxes.at({BoxKind::Variable, 1, 0});
    QCOMPARE(mask.center().y(), b.center().y());
    QVERIFY(mask.left() > b.right());
    QVERIFY(places.boxes.contains({BoxKind::Variable, 2, 0}));
}

void TestLayout::constantsGiveWayToPlaces() {
    const StepGraph graph = linearLayer();
    RunPlaces places;
    const Layout free = layOut(graph);
    // A variable of another step stands where X would like to stand.
    places.boxes[{BoxKind::Variable, 0, 0}] = free.boxes.at({BoxKind::Variable, 0, 0});
    places.boxes[{BoxKind::Variable, 1, 0}] = free.boxes.at({BoxKind::Variable, 1, 0});
    places.boxes[{BoxKind::Variable, 7, 0}] = free.boxes.at({BoxKind::Constant, 1, 0});
    const Layout layout = layOut(graph, places);
    QVERIFY(!layout.boxes.at({BoxKind::Constant, 1, 0}).intersects(places.boxes.at({BoxKind::Variable, 7, 0})));
    QCOMPARE(overlap(graph, layout), QString());
}

void TestLayout::bandsHoldWhatWasRecorded() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    QCOMPARE(layout.bands.size(), std::size_t{1});
    QCOMPARE(layout.bands[0].tape, TapeId{0});
    for (const GraphBox& box : graph.boxes)
        QCOMPARE(layout.bands[0].rect.contains(layout.boxes.at(box.key)), !box.tapes.empty());
    for (const GraphBox& box : graph.boxes)
        if (box.tapes.empty()) QVERIFY(!layout.bands[0].rect.intersects(layout.boxes.at(box.key)));
}

void TestLayout::nestedTapesHaveNestedBands() {
    StepGraph graph = linearLayer();
    graph.boxes[3].tapes.push_back(TapeId{1});
    graph.boxes[4].tapes.push_back(TapeId{1});
    const Layout layout = layOut(graph);
    QCOMPARE(layout.bands.size(), std::size_t{2});
    QCOMPARE(layout.bands[0].tape, TapeId{0});
    QVERIFY(layout.bands[0].rect.contains(layout.bands[1].rect));
    QVERIFY(!layout.bands[1].rect.intersects(layout.boxes.at(graph.boxes[5].key)));
}

void TestLayout::edgesEndAtTheirBoxes() {
    for (const StepGraph& graph : {linearLayer(), linearLayerAndMask(), deepNetwork(40)}) {
        const Layout layout = layOut(graph);
        QCOMPARE(layout.values.size(), graph.values.size());
        for (std::size_t i = 0; i < graph.values.size(); ++i) {
            QCOMPARE(layout.values[i].size() % 3, std::size_t{1});
            QVERIFY(touches(layout.boxes.at(graph.boxes[graph.values[i].from].key), layout.values[i].front()));
            QVERIFY(touches(layout.boxes.at(graph.boxes[graph.values[i].to].key), layout.values[i].back()));
        }
    }
}

void TestLayout::gradientsRunBackBesideTheValues() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    QCOMPARE(layout.gradients.size(), graph.gradients.size());
    for (std::size_t i = 0; i < graph.gradients.size(); ++i) {
        const ValueEdge& edge = graph.values[graph.gradients[i].along];
        QVERIFY(touches(layout.boxes.at(graph.boxes[edge.to].key), layout.gradients[i].front()));
        QVERIFY(touches(layout.boxes.at(graph.boxes[edge.from].key), layout.gradients[i].back()));
        const QPointF apart =
            pointAt(layout.gradients[i], 0.5).at - pointAt(layout.values[graph.gradients[i].along], 0.5).at;
        QVERIFY2(std::hypot(apart.x(), apart.y()) > 6, "both can be read");
    }
}

void TestLayout::contributionsMeet() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    const Curve &a = layout.gradients[2], &b = layout.gradients[5];
    QVERIFY(graph.gradients[2].meets && graph.gradients[5].meets);
    QCOMPARE(a.back(), b.back());
    QCOMPARE(a[a.size() - 4], b[b.size() - 4]);
    QVERIFY(a.front() != b.front());
}

void TestLayout::pairsLieInTheirBlock() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    const QRectF block = layout.boxes.at({BoxKind::Optimizer, 0, 0});
    QCOMPARE(layout.pairs.size(), std::size_t{2});
    QVERIFY(block.contains(layout.pairs[0]) && block.contains(layout.pairs[1]));
    QVERIFY(layout.pairs[0].right() < layout.pairs[1].left());
    for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{8}}) {
        const QRectF many(QPointF(), PairCells::blockSize(count, 180, 300));
        const QRectF wide(QPointF(), PairCells::blockSize(count, 180, 300, Direction::Right));
        for (std::size_t i = 0; i < count; ++i) {
            QVERIFY(many.contains(PairCells::cell(many, count, i)));
            QVERIFY(wide.contains(PairCells::cell(wide, count, i, Direction::Right)));
            QVERIFY(PairCells::cell(wide, count, i, Direction::Right).left() > PairCells::sideHeader);
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!PairCells::cell(many, count, i).intersects(PairCells::cell(many, count, j)));
        }
    }
}

void TestLayout::wiresLeadFromPairToVariable() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    for (std::size_t i = 0; i < graph.pairs.size(); ++i) {
        const QRectF variable = layout.boxes.at(graph.boxes[graph.pairs[i].variable].key);
        QVERIFY(touches(layout.pairs[i], layout.updates[i].front()));
        QVERIFY(touches(variable, layout.updates[i].back()));
        QVERIFY(touches(layout.pairs[i], layout.arrivals[i].back()));
    }
    QVERIFY(touches(layout.boxes.at({BoxKind::Variable, 1, 0}), layout.arrivals[1].front()));
}

void TestLayout::mismatchedGradientComesFromItsSource() {
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph);
    QVERIFY(touches(layout.boxes.at(graph.boxes[4].key), layout.arrivals[0].front()));
    for (const Curve& wire : {layout.arrivals[0], layout.updates[0], layout.updates[1]})
        for (const GraphBox& box : graph.boxes) {
            if (box.key.kind != BoxKind::Operation || box.key == graph.boxes[4].key) continue;
            for (int k = 0; k <= 50; ++k) QVERIFY(!layout.boxes.at(box.key).contains(pointAt(wire, k / 50.0).at));
        }
}

void TestLayout::droppedPairsHaveNoWires() {
    StepGraph graph = linearLayer();
    graph.pairs[1].dropped = true;
    graph.pairs[1].gradient = {};
    const Layout layout = layOut(graph);
    QVERIFY(layout.arrivals[1].empty());
    QVERIFY(layout.updates[1].empty());
    QVERIFY(!layout.updates[0].empty());
}

void TestLayout::emptyGraph() {
    const Layout layout = layOut(StepGraph{});
    QVERIFY(layout.boxes.empty());
    QVERIFY(std::isfinite(layout.bounds.width()));
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
