// SPDX-License-Identifier: Apache-2.0
// Tapes, gradients, variables and optimizers of a session. Expectations: TensorFlow 2.21 with Keras 3, or a formula.
#include <QTest>
#include <cmath>

#include "tests/engine/bench.h"

using namespace tapescope;
using Numbers = std::vector<double>;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linearLayer();
    void gradientsOfSharedInputAdd();
    void gradientsOfOneReadAdd();
    void broadcastingSumsBack();
    void targetThatIsSourceGivesOnes();
    void constantTargetGivesNothing();
    void intermediateSourceInsideBlock();
    void persistentTapeAnswersTwice();
    void secondDerivative();
    void nestedTapesOutsideGiveNothing();
    void forwardPassKeepsItsValueAfterAnUpdate();
    void watchIsNeverRetroactive();
    void assignChangesVersionAndRefusesShapes();
    void sgdStep();
    void sgdMomentum();
    void wrongShapeIsRefusedAsTensorFlowRefusesIt();
    void pairOfAnotherTensorCarriesTheTrueGradient();
    void clippedGradientKeepsItsProvenance();
    void whoLooksSeesEachOperationOfBothWaysAndMayRefuse();
};

namespace {
/// Listing 1's first step: X·W + b, summed.
struct Linear : Bench {
    VariableId w = variable(floats({2, 2}, {1, 2, 3, 4}));
    VariableId b = variable(floats({2}, {0, 0}));
    Operand x = floats({2, 2}, {1, 2, 3, 4});
    Operand y;

    Operand loss() {
        y = session.run("AddV2", {session.run("MatMul", {x, read(w)}), read(b)});
        return session.run("Sum", {y});
    }
};
}  // namespace

void TestSession::linearLayer() {
    Linear t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.loss();
    t.session.exitTape(tape);
    const auto results =
        t.session.gradient(tape, std::vector{loss}, std::vector{t.handle(t.w), t.handle(t.b)}, {}, Unconnected::None);
    QCOMPARE(numbers(results[0]), (Numbers{4, 4, 6, 6}));
    QCOMPARE(numbers(results[1]), (Numbers{2, 2}));
    QCOMPARE(t.events.last<GradientAnswered>().answers.size(), std::size_t{2});
    QCOMPARE(t.answer().state, GradientState::Path);
}

void TestSession::gradientsOfSharedInputAdd() {
    Bench t;
    const VariableId v = t.variable(t.scalar(3));
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.session.run("AddV2", {t.session.run("Mul", {t.read(v), t.read(v)}), t.read(v)});
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), Numbers{7});
    QCOMPARE(t.events.all<GradientArrived>().back().total.valid(), true);
}

/// One value read and used twice: each arrival at the variable tells the sum so far.
void TestSession::gradientsOfOneReadAdd() {
    Bench t;
    const VariableId v = t.variable(t.scalar(3));
    const TapeId tape = t.session.openTape(false, true);
    const Operand read = t.read(v);
    const Operand y = t.session.run("Mul", {read, read});
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), Numbers{6});
    const auto arrivals = t.events.all<GradientArrived>();
    QCOMPARE(arrivals.size(), std::size_t{3});
    QCOMPARE(summaryOf(arrivals[1].value).norm, 3.0);
    QCOMPARE(summaryOf(arrivals[2].value).norm, 6.0);
}

void TestSession::broadcastingSumsBack() {
    Bench t;
    const VariableId v = t.variable(t.floats({3}, {1, 2, 3}));
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.session.run("AddV2", {t.floats({2, 3}, {0, 0, 0, 0, 0, 0}), t.read(v)});
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), (Numbers{2, 2, 2}));
}

void TestSession::targetThatIsSourceGivesOnes() {
    Bench t;
    const Operand x = t.floats({2}, {5, 6});
    const TapeId tape = t.session.openTape(false, true);
    QCOMPARE(numbers(t.gradient(tape, x, x)), (Numbers{1, 1}));
}

void TestSession::constantTargetGivesNothing() {
    Bench t;
    const VariableId v = t.variable(t.scalar(3));
    const Operand constant = t.scalar(1);
    const TapeId tape = t.session.openTape(false, true);
    QVERIFY(!t.gradient(tape, constant, t.handle(v)));
    QCOMPARE(t.answer().reason, CutReason::Unused);
}

void TestSession::intermediateSourceInsideBlock() {
    Linear t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.loss();
    const Operand g = t.gradient(tape, loss, t.y);
    QCOMPARE(numbers(g), (Numbers{1, 1, 1, 1}));
    QVERIFY(t.events.last<GradientAsked>().insideBlock);
    // Nobody asked for W and b, though the tape knows the way to both.
    const auto answers = t.events.last<GradientAnswered>().answers;
    QCOMPARE(answers.size(), std::size_t{3});
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
        QCOMPARE(answers[i].state, GradientState::NotAsked);
        QVERIFY(answers[i].path);
    }
    // The way back ends at the addition: the loss and y_pred are all that a gradient reaches.
    QCOMPARE(t.events.all<GradientArrived>().size(), std::size_t{2});
    QCOMPARE(t.events.all<GradientArrived>().back().tensor, t.y.id);
    // What follows in the block is on no tape.
    t.loss();
    QVERIFY(t.events.last<OpExecuted>().tapes.empty());
}

void TestSession::persistentTapeAnswersTwice() {
    Bench t;
    const VariableId v = t.variable(t.scalar(3));
    const TapeId tape = t.session.openTape(true, true);
    const Operand y = t.session.run("Square", {t.read(v)});
    t.session.exitTape(tape);
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), Numbers{6});
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), Numbers{6});
}

void TestSession::secondDerivative() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const TapeId outer = t.session.openTape(false, true);
    const TapeId inner = t.session.openTape(false, true);
    const Operand y = t.session.run("Mul", {t.session.run("Square", {t.read(v)}), t.read(v)});
    t.session.exitTape(inner);
    const Operand first = t.gradient(inner, y, t.handle(v));
    QCOMPARE(numbers(first), Numbers{12});
    t.session.exitTape(outer);
    QCOMPARE(numbers(t.gradient(outer, first, t.handle(v))), Numbers{12});
}

void TestSession::nestedTapesOutsideGiveNothing() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const TapeId outer = t.session.openTape(false, true);
    const TapeId inner = t.session.openTape(false, true);
    const Operand y = t.session.run("Square", {t.read(v)});
    t.session.exitTape(inner);
    t.session.exitTape(outer);
    const Operand first = t.gradient(inner, y, t.handle(v));
    QVERIFY(!t.gradient(outer, first, t.handle(v)));
    QCOMPARE(t.answer().reason, CutReason::OutsideTape);
}

void TestSession::forwardPassKeepsItsValueAfterAnUpdate() {
    Bench t;
    const VariableId v = t.variable(t.scalar(3));
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.session.run("Square", {t.read(v)});
    t.session.exitTape(tape);
    t.session.assign(v, AssignKind::Assign, t.scalar(10));
    QCOMPARE(numbers(t.gradient(tape, y, t.handle(v))), Numbers{6});
}

void TestSession::watchIsNeverRetroactive() {
    Bench t;
    const Operand x = t.scalar(3);
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.session.run("Mul", {x, x});
    t.session.watch(tape, x.id);
    QVERIFY(!t.gradient(tape, y, x));
    QCOMPARE(t.answer().reason, CutReason::WatchedLate);
}

void TestSession::assignChangesVersionAndRefusesShapes() {
    Bench t;
    const VariableId v = t.variable(t.floats({2}, {1, 2}));
    t.session.assign(v, AssignKind::AssignSub, t.floats({2}, {3, 4}));
    QCOMPARE(t.events.last<VariableAssigned>().version, 1U);
    QCOMPARE(t.events.last<VariableAssigned>().change, 5.0);
    QVERIFY_EXCEPTION_THROWN(t.session.assign(v, AssignKind::Assign, t.scalar(1)), Error);
    try {
        t.session.assign(v, AssignKind::Assign, t.floats({3}, {1, 2, 3}));
    } catch (const Error& error) {
        QCOMPARE(std::string(error.what()),
                 std::string(
                     "Cannot assign value to variable ' v:0': Shape mismatch.The variable shape (2,), and the assigned "
                     "value shape (3,) are incompatible."));
    }
    QCOMPARE(t.events.last<VariableAssigned>().version, 1U);
}

namespace {
OptimizerId sgd(Bench& t, double rate, double momentum, bool nesterov = false) {
    return t.session.createOptimizer("SGD", "sgd",
                                     {{"learning_rate", rate}, {"momentum", momentum}, {"nesterov", nesterov ? 1 : 0}});
}

ApplyId beginPair(Bench& t, OptimizerId optimizer, VariableId variable, const Operand& gradient) {
    ApplyBegan facts;
    facts.pairs = {{gradient.id, variable}};
    return t.session.beginApply(optimizer, std::move(facts));
}

void step(Bench& t, OptimizerId optimizer, VariableId variable, const Operand& gradient) {
    const ApplyId apply = beginPair(t, optimizer, variable, gradient);
    t.session.applyPair(apply, 0, variable, gradient);
    t.session.endApply(apply, 1, false);
}
}  // namespace

void TestSession::sgdStep() {
    Bench t;
    const VariableId v = t.variable(t.floats({2}, {1, 2}));
    step(t, sgd(t, 0.5, 0), v, t.floats({2}, {2, 4}));
    QCOMPARE(t.session.value(v), Tensor::of<float>({2}, std::vector<float>{0, 0}));
    const auto pair = t.events.last<PairApplied>();
    QCOMPARE(pair.rule, std::string("w ← w − 0.5·g"));
    QCOMPARE(pair.change, std::sqrt(5.0));
    QVERIFY(!pair.trueGradient);
}

/// m = 0.9·m − lr·g; w += m. With g = 1 and lr = 0.1: −0.1, then −0.19 (Keras 3's SGD).
void TestSession::sgdMomentum() {
    Bench t;
    const VariableId v = t.variable(t.scalar(0));
    const OptimizerId optimizer = sgd(t, 0.1, 0.9);
    step(t, optimizer, v, t.scalar(1));
    step(t, optimizer, v, t.scalar(1));
    QVERIFY(std::abs(t.session.value(v).at(0) + 0.29) < 1e-6);
    QCOMPARE(t.events.last<PairApplied>().slots.front().name, std::string("momentum"));
    const VariableId w = t.variable(t.scalar(0));
    const OptimizerId nesterov = sgd(t, 0.1, 0.9, true);
    step(t, nesterov, w, t.scalar(1));
    QVERIFY(std::abs(t.session.value(w).at(0) + 0.19) < 1e-6);
}

void TestSession::wrongShapeIsRefusedAsTensorFlowRefusesIt() {
    Bench t;
    const VariableId v = t.variable(t.floats({2, 2}, {1, 2, 3, 4}));
    const Operand gradient = t.floats({2}, {1, 1});
    const ApplyId apply = beginPair(t, sgd(t, 0.1, 0), v, gradient);
    try {
        t.session.applyPair(apply, 1, v, t.floats({2, 2}, {1, 1, 1, 1}));
        QFAIL("there is one pair, 0");
    } catch (const Error& error) {
        QCOMPARE(std::string(error.what()), std::string("1 is no pair"));
    }
    try {
        t.session.applyPair(apply, 0, v, gradient);
        QFAIL("no complaint");
    } catch (const Error& error) {
        QCOMPARE(
            std::string(error.what()),
            std::string(
                "{{function_node __wrapped__AssignSubVariableOp_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
                "Cannot update variable with shape [2,2] using a Tensor with shape [2], shapes must be equal. "
                "[Op:AssignSubVariableOp] name: "));
    }
    QCOMPARE(t.session.value(v).at(0), 1.0);
}

/// Listing 1: W gets ones, though its own gradient is [[4, 4], [6, 6]].
void TestSession::pairOfAnotherTensorCarriesTheTrueGradient() {
    Linear t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.loss();
    const Operand g = t.gradient(tape, loss, t.y);
    step(t, sgd(t, 0.01, 0), t.w, g);
    const auto pair = t.events.last<PairApplied>();
    QVERIFY(pair.trueGradient.has_value());
    QCOMPARE(pair.trueGradient->whole, Tensor::of<float>({2, 2}, std::vector<float>{4, 4, 6, 6}));
    QCOMPARE(pair.used.whole, Tensor::of<float>({2, 2}, std::vector<float>{1, 1, 1, 1}));
}

void TestSession::clippedGradientKeepsItsProvenance() {
    Linear t;
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.loss();
    const Operand g = t.gradient(tape, loss, t.handle(t.w));
    step(t, sgd(t, 0.01, 0), t.w, t.session.run("Mul", {g, t.scalar(0.1F)}));
    QVERIFY(!t.events.last<PairApplied>().trueGradient);
}

void TestSession::whoLooksSeesEachOperationOfBothWaysAndMayRefuse() {
    Linear t;
    std::vector<std::string> seen;
    t.session.lookWith([&](const OpRow& row, std::span<const Operand> inputs, std::span<const Operand> outputs) {
        seen.emplace_back(row.type);
        QCOMPARE(inputs.size(), row.inputs.size());
        QCOMPARE(outputs.size(), std::size_t{1});
    });
    const std::size_t before = t.events.all<OpExecuted>().size();
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.loss();
    const std::size_t forward = seen.size();
    t.gradient(tape, loss, t.handle(t.w));
    QCOMPARE(seen.size(), t.events.all<OpExecuted>().size() - before);
    QVERIFY(forward > 2 && seen.size() > forward);
    // What was refused has run, and is told.
    t.session.lookWith(
        [](const OpRow& row, auto, auto) { throw Error(ErrorKind::InvalidArgument, std::string(row.type)); });
    QVERIFY_THROWS_EXCEPTION(Error, t.session.run("Neg", {t.scalar(1)}));
    QCOMPARE(t.events.last<OpExecuted>().op, std::string("Neg"));
    t.session.lookWith({});
    QCOMPARE(t.session.run("Neg", {t.scalar(1)}).value.at(0), -1.0);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
