// SPDX-License-Identifier: Apache-2.0
// Gradients that name rows of a tensor. Expectations: TensorFlow 2.21 (tf.IndexedSlices) with Keras 3.
#include <QTest>

#include "tests/engine/bench.h"

using namespace tapescope;
using Numbers = std::vector<double>;

class TestSlices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gatherNamesRows();
    void slicesAreJoinedInTheOrderOfTheirGathers();
    void besideATensorTheyBecomeOne();
    void whatComputesWithThemMakesThemWhole();
    void gatherFromAVariableReadsItOnce();
    void theAnswerShowsTheWholeGradient();
};

namespace {
struct Table : Bench {
    VariableId v = variable(floats({3, 2}, {1, 2, 3, 4, 5, 6}));

    Operand indices(const std::vector<std::int32_t>& values) {
        return session.constant(Tensor::of<std::int32_t>({static_cast<std::int64_t>(values.size())}, values));
    }
    Operand gathered(const std::vector<std::int32_t>& values) {
        return session
            .readWith(findOp("ResourceGather"), v, {indices(values)}, {std::int64_t{0}, std::int64_t{0}}, false)
            .front();
    }
    Operand sum(const Operand& x) { return session.run("Sum", {x}); }
};

Numbers rowsOf(const Operand& slices) {
    return numbers(slices.slices->indices);
}
}  // namespace

void TestSlices::gatherNamesRows() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand g = t.gradient(tape, t.gathered({2, 0, 2}), t.handle(t.v));
    QVERIFY(g.slices != nullptr);
    QCOMPARE(rowsOf(g), (Numbers{2, 0, 2}));
    QCOMPARE(numbers(g), (Numbers{1, 1, 1, 1, 1, 1}));
    QCOMPARE(numbers(g.slices->denseShape), (Numbers{3, 2}));
    QCOMPARE(numbers(dense(t.session, g)), (Numbers{1, 1, 0, 0, 2, 2}));
}

void TestSlices::slicesAreJoinedInTheOrderOfTheirGathers() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand first = t.sum(t.gathered({0, 1}));
    const Operand second = t.sum(t.gathered({1, 2}));
    const Operand g = t.gradient(tape, t.session.run("AddV2", {first, second}), t.handle(t.v));
    QCOMPARE(rowsOf(g), (Numbers{0, 1, 1, 2}));
}

void TestSlices::besideATensorTheyBecomeOne() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand part = t.sum(t.gathered({1, 1}));
    const Operand whole = t.sum(t.read(t.v));
    const Operand g = t.gradient(tape, t.session.run("AddV2", {part, whole}), t.handle(t.v));
    QVERIFY(g.slices == nullptr);
    QCOMPARE(numbers(g), (Numbers{1, 1, 3, 3, 1, 1}));
}

void TestSlices::whatComputesWithThemMakesThemWhole() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand doubled = t.session.run("Mul", {t.read(t.v), t.scalar(2)});
    const Operand g = t.gradient(tape, t.session.run("GatherV2", {doubled, t.indices({1})}), t.handle(t.v));
    QVERIFY(g.slices == nullptr);
    QCOMPARE(numbers(g), (Numbers{0, 0, 2, 2, 0, 0}));
}

void TestSlices::gatherFromAVariableReadsItOnce() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.gathered({0});
    QCOMPARE(t.events.last<OpExecuted>().op, std::string("ResourceGather"));
    QCOMPARE(t.events.last<OpExecuted>().inputs.front(), t.handle(t.v).id);
    QCOMPARE(t.session.watchedVariables(tape).size(), std::size_t{1});
    QCOMPARE(numbers(y), (Numbers{1, 2}));
}

void TestSlices::theAnswerShowsTheWholeGradient() {
    Table t;
    const TapeId tape = t.session.openTape(false, true);
    t.gradient(tape, t.gathered({2, 2}), t.handle(t.v));
    QCOMPARE(t.answer().state, GradientState::Path);
    QCOMPARE(t.answer().value.shape(), (Shape{3, 2}));
}

QTEST_GUILESS_MAIN(TestSlices)
#include "tst_slices.moc"
