// SPDX-License-Identifier: Apache-2.0
// Folds of a step: closed, open, one in another, open by themselves where a path is cut.
#include <QTest>
#include <algorithm>

#include "core/trace/stepfolds.h"
#include "tests/trace/boxes.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Texts = std::vector<std::string>;

Texts arrows(const StepGraph& graph) {
    Texts result;
    for (const auto& edge : graph.values)
        result.push_back(graph.boxes[edge.from].title + ">" + graph.boxes[edge.to].title);
    return result;
}

}  // namespace

class TestStepFolds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldsOpen();
    void foldsOpenWhereAPathIsCut();
};

/// A fold is one box until it is opened; then what is in it is, folds among it.
void TestStepFolds::foldsOpen() {
    const auto timeline = timelineOf(layersTrace(false));
    const auto folds = [&](const FoldChoice& choice) { return titles(stepGraph(timeline, 0, choice), BoxKind::Fold); };
    const auto closed = stepGraph(timeline, 0);
    QCOMPARE(titles(closed, BoxKind::Fold), Texts{"net"});
    QVERIFY(titles(closed, BoxKind::Operation).empty());
    QVERIFY(closed.gradients.size() == 1);  // of b, into the model
    FoldChoice choice{{box(closed, "net").key}, {}};
    const auto open = stepGraph(timeline, 0, choice);
    QCOMPARE(titles(open, BoxKind::Fold), (Texts{"hidden", "out"}));
    QCOMPARE(arrows(open), (Texts{"1>hidden", "a>hidden", "hidden>out", "b>out"}));
    choice.opened.insert(box(open, "out").key);
    const auto both = stepGraph(timeline, 0, choice);
    QCOMPARE(titles(both, BoxKind::Fold), Texts{"hidden"});
    QCOMPARE(titles(both, BoxKind::Operation), (Texts{"Mul", "Square"}));
    QCOMPARE(both.gradients.size(), std::size_t{2});
    QVERIFY(box(both, "Square").target);
    // One that is open in a closed one is not seen, and stays open.
    choice.opened.erase(box(closed, "net").key);
    QCOMPARE(folds(choice), Texts{"net"});
    const StepFolds all(timeline, timeline.steps()[0], choice);
    QCOMPARE(all.keys().size(), std::size_t{3});
    QVERIFY(folds({all.keys(), {}}).empty());
}

void TestStepFolds::foldsOpenWhereAPathIsCut() {
    const auto timeline = timelineOf(layersTrace(true));
    const auto graph = stepGraph(timeline, 0);
    QCOMPARE(titles(graph, BoxKind::Fold), (Texts{"hidden", "out"}));
    const auto cuts = std::ranges::count(graph.gradients, EdgeEnd::Scissors, &GradientEdge::end);
    QCOMPARE(cuts, std::ptrdiff_t{1});
    const FoldId net{0};
    const BoxKey key = StepFolds(timeline, timeline.steps()[0], {}).keyOf(net);
    QCOMPARE(titles(stepGraph(timeline, 0, {{}, {key}}), BoxKind::Fold), Texts{"net"});
}

QTEST_GUILESS_MAIN(TestStepFolds)
#include "tst_stepfolds.moc"
