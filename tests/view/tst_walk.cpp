// SPDX-License-Identifier: Apache-2.0
// Walking the graph of a step by its edges, boxes of a line, boxes in words.
#include <QtTest>
#include <algorithm>

#include "app/view/frames.h"
#include "app/view/walk.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

BoxKey titled(const StepGraph& graph, const std::string& title) {
    const auto found = std::ranges::find(graph.boxes, title, &GraphBox::title);
    return found == graph.boxes.end() ? BoxKey{} : found->key;
}

std::string titleOf(const StepGraph& graph, const std::optional<BoxKey>& key) {
    const auto index = key ? boxIndex(graph, *key) : std::nullopt;
    return index ? graph.boxes[*index].title : std::string();
}

/// Boxes in a row by rank, as far as walking needs it.
Layout row(const StepGraph& graph) {
    Layout layout;
    double x = 0;
    for (const GraphBox& box : graph.boxes) layout.boxes[box.key] = QRectF(x += 100, 0, 50, 30);
    return layout;
}

}  // namespace

class TestWalk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void downFollowsTheValues();
    void upGoesAgainstThem();
    void sidewaysTakesTheNearest();
    void nothingBeyondTheEnds();
    void boxesOfALine();
    void aCallersLineCounts();
    void anUpdateBelongsToItsVariable();
    void boxesInWords();
    void sameSitesHaveTheSameKey();

private:
    Timeline timeline_ = timelineOf(wrongSourceTrace());
    StepGraph graph_ = stepGraph(timeline_, 1);
    Layout layout_ = row(graph_);
};

void TestWalk::downFollowsTheValues() {
    const auto add = neighbour(graph_, layout_, titled(graph_, "MatMul"), Heading::Down);
    const auto sum = add ? neighbour(graph_, layout_, *add, Heading::Down) : std::nullopt;
    QVERIFY(titleOf(graph_, add).starts_with("Add"));
    QCOMPARE(titleOf(graph_, sum), std::string("Sum"));
}

void TestWalk::upGoesAgainstThem() {
    const auto up = neighbour(graph_, layout_, titled(graph_, "MatMul"), Heading::Up);
    const std::string title = titleOf(graph_, up);
    QVERIFY(title == "X" || title == "W");
}

void TestWalk::sidewaysTakesTheNearest() {
    const BoxKey second = graph_.boxes[1].key;
    QCOMPARE(neighbour(graph_, layout_, second, Heading::Left), std::optional(graph_.boxes[0].key));
    QCOMPARE(neighbour(graph_, layout_, second, Heading::Right), std::optional(graph_.boxes[2].key));
}

void TestWalk::nothingBeyondTheEnds() {
    QVERIFY(!neighbour(graph_, layout_, graph_.boxes.front().key, Heading::Left));
    QVERIFY(!neighbour(graph_, layout_, titled(graph_, "X"), Heading::Up));
    QVERIFY(!neighbour(graph_, layout_, BoxKey{.kind = BoxKind::Fold, .id = 999, .ordinal = 9}, Heading::Down));
}

void TestWalk::boxesOfALine() {
    const auto boxes = boxesOnLine(timeline_, graph_, 24);  // loss_incorrect = tf.reduce_sum(y_pred_incorrect)
    QCOMPARE(boxes.size(), std::size_t{1});
    QCOMPARE(titleOf(graph_, boxes.front()), std::string("Sum"));
    QVERIFY(boxesOnLine(timeline_, graph_, 1).empty());
}

void TestWalk::aCallersLineCounts() {
    const auto called = boxesOnLine(timeline_, graph_, 23);  // y_pred_incorrect = linear_transform(X)
    const auto inside = boxesOnLine(timeline_, graph_, 8);   // x_transformed = tf.matmul(x, W) + b
    QCOMPARE(called, inside);
    QCOMPARE(called.size(), std::size_t{2});
}

void TestWalk::anUpdateBelongsToItsVariable() {
    const auto boxes = boxesOnLine(timeline_, graph_, 28);
    QVERIFY(std::ranges::find(boxes, titled(graph_, "W")) != boxes.end());
}

void TestWalk::boxesInWords() {
    const QString words = describe(timeline_, graph_, titled(graph_, "MatMul"));
    QVERIFY2(words.contains(QStringLiteral("MatMul, operation")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("line 8")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("to Add")), qPrintable(words));
    const QString b = describe(timeline_, graph_, titled(graph_, "b"));
    QVERIFY2(b.contains(QStringLiteral("not asked for")), qPrintable(b));
}

void TestWalk::sameSitesHaveTheSameKey() {
    const StepGraph again = stepGraph(timeline_, 1), other = stepGraph(timeline_, 0);
    const BoxSizes sizes = boxSizes(graph_);
    QCOMPARE(layoutKey(again, sizes), layoutKey(graph_, sizes));
    QVERIFY(layoutKey(other, boxSizes(other)) != layoutKey(graph_, sizes));
}

QTEST_MAIN(TestWalk)
#include "tst_walk.moc"
