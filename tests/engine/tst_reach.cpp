// SPDX-License-Identifier: Apache-2.0
// Why there is no gradient: one small program for each reason, and what they must not be taken for.
#include <QTest>

#include "tests/engine/bench.h"

using namespace tapescope;

class TestReach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unused();
    void forwardOutsideTape();
    void lossOutsideTape();
    void tensorNotWatched();
    void watchDisabled();
    void notTrainable();
    void throughPython();
    void copiedVariable();
    void rewrappedAsVariable();
    void stateBlocks();
    void integerDtype();
    void castThroughInteger();
    void notDifferentiable();
    void stopGradient();
    void paused();
    void reset();
    void otherTape();
    void endedByGradientInside();
    void pathBesideACutIsAPath();
    void walkStopsAtOlderVersions();
    void watchedLate();
    void targetNotRecorded();
    void tapeEnded();
    void stopGradientOfAVariable();
    void severalOutputs();
    void ownWayBack();
    void ownWayBackWithoutGradient();
    void ownWayBackAroundTheInside();
    void partOfAVariable();
    void jacobianExplainsItself();
    void aHundredThousandOperations();
};

namespace {
/// A trainable variable of 2 and a tape that records.
struct Cutting : Bench {
    VariableId v = variable(scalar(2));
    TapeId tape = session.openTape(false, true);

    Operand op(std::string_view type, Operands inputs, Attributes attributes = {}) {
        return session.run(type, std::move(inputs), std::move(attributes));
    }
    SourceAnswer ask(const Operand& target) { return ask(target, handle(v)); }
    SourceAnswer ask(const Operand& target, const Operand& source) {
        gradient(tape, target, source);
        return answer();
    }
    std::string_view opAt(const SourceAnswer& cut) const {
        for (const auto& op : events.all<OpExecuted>()) {
            if (op.node == cut.cutNode) return op_ = op.op;
        }
        return {};
    }
    mutable std::string op_;
};
}  // namespace

void TestReach::unused() {
    Cutting t;
    QCOMPARE(t.ask(t.op("Square", {t.scalar(3)})).reason, CutReason::Unused);
}

void TestReach::forwardOutsideTape() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const Operand y = t.session.run("Square", {t.read(v)});
    const TapeId tape = t.session.openTape(false, true);
    const Operand loss = t.session.run("Sum", {y});
    t.gradient(tape, loss, t.handle(v));
    QCOMPARE(t.answer().state, GradientState::None);
    QCOMPARE(t.answer().reason, CutReason::OutsideTape);
}

void TestReach::lossOutsideTape() {
    Cutting t;
    const Operand y = t.op("Square", {t.read(t.v)});
    t.session.exitTape(t.tape);
    const SourceAnswer answer = t.ask(t.op("Sum", {y}));
    QCOMPARE(answer.reason, CutReason::OutsideTape);
    QCOMPARE(t.opAt(answer), std::string_view("Sum"));
}

void TestReach::tensorNotWatched() {
    Cutting t;
    const Operand x = t.scalar(3);
    QCOMPARE(t.ask(t.op("Mul", {x, x}), x).reason, CutReason::NotWatched);
    Cutting mixed;
    const Operand beside = mixed.scalar(3);
    // The operation is recorded for the variable's sake; the constant is still unknown to the tape.
    QCOMPARE(mixed.ask(mixed.op("Mul", {beside, mixed.read(mixed.v)}), beside).reason, CutReason::NotWatched);
}

void TestReach::watchDisabled() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const TapeId tape = t.session.openTape(false, false);
    const Operand y = t.session.run("Square", {t.read(v)});
    t.gradient(tape, y, t.handle(v));
    QCOMPARE(t.answer().reason, CutReason::WatchDisabled);
}

void TestReach::notTrainable() {
    Cutting t;
    const VariableId frozen = t.variable(t.scalar(2), false);
    QCOMPARE(t.ask(t.op("Square", {t.read(frozen)}), t.handle(frozen)).reason, CutReason::NotTrainable);
}

void TestReach::throughPython() {
    Cutting t;
    const Operand y = t.op("Square", {t.read(t.v)});
    t.session.leave(y.id, "numpy");
    const Operand back = t.session.constantFrom(y.value, {y.id}, false);
    const SourceAnswer answer = t.ask(t.op("Sum", {back}));
    QCOMPARE(answer.reason, CutReason::LeftTensorFlow);
    QCOMPARE(t.opAt(answer), std::string_view("Const"));
}

void TestReach::copiedVariable() {
    Cutting t;
    const Operand copy = t.session.constantFrom(t.session.value(t.v), {t.session.handle(t.v)}, true);
    QCOMPARE(t.ask(t.op("Square", {copy})).reason, CutReason::Copied);
}

void TestReach::rewrappedAsVariable() {
    Cutting t;
    const VariableId z = t.variable(t.op("Square", {t.read(t.v)}));
    QCOMPARE(t.ask(t.op("Square", {t.read(z)})).reason, CutReason::Copied);
}

void TestReach::stateBlocks() {
    Cutting t;
    const VariableId s = t.variable(t.scalar(0));
    t.session.assign(s, AssignKind::AssignAdd, t.read(t.v));
    QCOMPARE(t.ask(t.op("Square", {t.read(s)})).reason, CutReason::StateBlocks);
}

void TestReach::integerDtype() {
    Bench t;
    const VariableId v = t.variable(t.session.constant(Tensor::of<std::int32_t>({}, std::vector<std::int32_t>{3})));
    const TapeId tape = t.session.openTape(false, true);
    const Operand read = t.read(v);
    const Operand y = t.session.run("Mul", {read, read});
    t.gradient(tape, y, t.handle(v));
    QCOMPARE(t.answer().reason, CutReason::IntegerDtype);
}

void TestReach::castThroughInteger() {
    Cutting t;
    const Operand whole = t.op("Cast", {t.read(t.v)}, {DType::Int32});
    const SourceAnswer answer = t.ask(t.op("Cast", {whole}, {DType::Float32}));
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(t.opAt(answer), std::string_view("Cast"));
}

void TestReach::notDifferentiable() {
    Cutting t;
    const SourceAnswer answer = t.ask(t.op("Sum", {t.op("Round", {t.read(t.v)})}));
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(t.opAt(answer), std::string_view("Round"));
}

void TestReach::stopGradient() {
    Cutting t;
    QCOMPARE(t.ask(t.op("Square", {t.op("StopGradient", {t.read(t.v)})})).reason, CutReason::StopGradient);
}

void TestReach::paused() {
    Cutting t;
    t.session.pauseTape(t.tape);
    const Operand y = t.op("Square", {t.read(t.v)});
    t.session.resumeTape(t.tape);
    QCOMPARE(t.ask(y).reason, CutReason::Paused);
}

void TestReach::reset() {
    Cutting t;
    const Operand y = t.op("Square", {t.read(t.v)});
    t.session.resetTape(t.tape);
    QCOMPARE(t.ask(y).reason, CutReason::TapeReset);
}

void TestReach::otherTape() {
    Cutting t;
    const Operand y = t.op("Square", {t.read(t.v)});
    t.session.exitTape(t.tape);
    const TapeId second = t.session.openTape(false, true);
    t.gradient(second, y, t.handle(t.v));
    QCOMPARE(t.answer().reason, CutReason::OtherTape);
}

void TestReach::endedByGradientInside() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const TapeId outer = t.session.openTape(true, true);
    const TapeId tape = t.session.openTape(false, true);
    t.gradient(tape, t.session.run("Square", {t.read(v)}), t.handle(v));
    const Operand later = t.session.run("Square", {t.read(v)});
    QVERIFY(t.gradient(outer, later, t.handle(v)));
    QCOMPARE(t.events.last<OpExecuted>().tapes, std::vector<TapeId>{outer});
}

void TestReach::pathBesideACutIsAPath() {
    Cutting t;
    const Operand read = t.read(t.v);
    const Operand y = t.op("AddV2", {t.op("Round", {read}), t.op("Square", {read})});
    const SourceAnswer answer = t.ask(y);
    QCOMPARE(answer.state, GradientState::Path);
    QCOMPARE(answer.value.whole.at(0), 4.0);
}

/// v came from u before the tape: the target does not depend on u any more.
void TestReach::walkStopsAtOlderVersions() {
    Bench t;
    const VariableId u = t.variable(t.scalar(5));
    const VariableId v = t.variable(t.scalar(2));
    t.session.assign(v, AssignKind::Assign, t.read(u));
    const TapeId tape = t.session.openTape(false, true);
    const Operand y = t.session.run("Square", {t.read(v)});
    t.gradient(tape, y, t.handle(u));
    QCOMPARE(t.answer().reason, CutReason::Unused);
}

void TestReach::watchedLate() {
    Cutting t;
    const Operand x = t.scalar(3);
    const Operand y = t.op("Square", {x});
    t.session.watch(t.tape, x.id);
    QCOMPARE(t.ask(y, x).reason, CutReason::WatchedLate);
}

void TestReach::targetNotRecorded() {
    Cutting t;
    const Operand x = t.scalar(3);
    // The target is the variable itself, which no recorded operation made; as its own source it has a gradient.
    t.gradient(t.tape, t.handle(t.v), x);
    QCOMPARE(t.answer().reason, CutReason::Unused);
    QCOMPARE(t.events.last<GradientAnswered>().answers.back().reason, CutReason::TargetNotRecorded);
    Cutting same;
    QCOMPARE(same.ask(same.handle(same.v), same.handle(same.v)).state, GradientState::Path);
}

void TestReach::tapeEnded() {
    Bench t;
    const VariableId v = t.variable(t.scalar(2));
    const TapeId tape = t.session.openTape(false, true);
    t.gradient(tape, t.session.run("Square", {t.read(v)}), t.handle(v));
    const Operand later = t.session.run("Square", {t.read(v)});
    t.gradient(tape, later, t.handle(v));
    QCOMPARE(t.answer().reason, CutReason::TapeEnded);
}

/// tf.stop_gradient(v) reads the variable past all tapes: the reason is the stop all the same.
void TestReach::stopGradientOfAVariable() {
    Cutting t;
    t.session.suspendRecording();
    const Operand stopped = t.op("StopGradient", {t.read(t.v)});
    t.session.resumeRecording();
    const SourceAnswer answer = t.ask(t.op("Square", {stopped}));
    QCOMPARE(answer.reason, CutReason::StopGradient);
    QCOMPARE(t.opAt(answer), std::string_view("StopGradient"));
    QVERIFY(t.session.watchedVariables(t.tape).empty());
}

namespace {
CustomPullback backwards(std::function<Operands(std::span<const Operand>)> call) {
    return {0, std::move(call)};
}
}  // namespace

/// One of two results leads to the target, the other through an operation without a gradient.
void TestReach::severalOutputs() {
    Cutting t;
    const Operand x = t.read(t.v);
    const auto both = t.session.applyCustom("pair", {x}, {x, x},
                                            backwards([](std::span<const Operand> g) { return Operands{g[0]}; }));
    QCOMPARE(t.ask(t.op("AddV2", {t.op("Round", {both[1]}), both[0]})).state, GradientState::Path);
    Cutting cut;
    const Operand z = cut.read(cut.v);
    const auto pair = cut.session.applyCustom("pair", {z}, {z, z},
                                              backwards([](std::span<const Operand> g) { return Operands{g[0]}; }));
    const SourceAnswer answer = cut.ask(cut.op("Round", {pair[1]}));
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(cut.opAt(answer), std::string_view("Round"));
}

void TestReach::ownWayBack() {
    Cutting t;
    const Operand x = t.read(t.v);
    const auto made =
        t.session.applyCustom("ten_times", {x}, {t.op("Square", {x})}, backwards([&](std::span<const Operand> g) {
                                  const Operand ten = t.scalar(10);
                                  return Operands{t.op("Mul", {g[0], ten})};
                              }));
    const SourceAnswer answer = t.ask(made.front());
    QCOMPARE(answer.state, GradientState::Path);
    QCOMPARE(answer.value.whole.at(0), 10.0);
}

void TestReach::ownWayBackWithoutGradient() {
    Cutting t;
    const Operand x = t.read(t.v);
    const auto made = t.session.applyCustom("nothing", {x}, {t.op("Square", {x})},
                                            backwards([](std::span<const Operand>) { return Operands{Operand{}}; }));
    const SourceAnswer answer = t.ask(t.op("Sum", {made.front()}));
    QCOMPARE(answer.state, GradientState::None);
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(t.opAt(answer), std::string_view("nothing"));
}

/// What the function used inside, without being given it, gets its gradient only where no argument is known.
void TestReach::ownWayBackAroundTheInside() {
    const auto own = backwards([](std::span<const Operand> g) { return Operands{g[0]}; });
    Cutting t;
    const Operand unknown = t.scalar(3);
    const auto through = t.session.applyCustom("f", {unknown}, {t.op("Mul", {unknown, t.read(t.v)})}, own);
    QCOMPARE(t.ask(through.front()).value.whole.at(0), 3.0);
    Cutting past;
    const Operand x = past.scalar(3);
    past.session.watch(past.tape, x.id);
    const auto around = past.session.applyCustom("f", {x}, {past.op("Mul", {x, past.read(past.v)})}, own);
    const SourceAnswer answer = past.ask(around.front());
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(past.opAt(answer), std::string_view("f"));
}

void TestReach::partOfAVariable() {
    Cutting t;
    const VariableId s = t.variable(t.floats({2}, {1, 2}));
    const Operand part = t.read(t.v);
    t.session.update(s, AssignKind::Assign, t.floats({2}, {1, 5}).value, part.id);
    QCOMPARE(t.ask(t.op("Sum", {t.read(s)})).reason, CutReason::StateBlocks);
}

void TestReach::jacobianExplainsItself() {
    Cutting t;
    const VariableId beside = t.variable(t.scalar(1));
    const Operand y = t.op("Mul", {t.read(t.v), t.floats({3}, {1, 2, 3})});
    const Operands sources{t.handle(t.v), t.handle(beside)};
    const auto rows = t.session.jacobian(t.tape, y, sources, false);
    QCOMPARE(rows[0].size(), std::size_t{3});
    QCOMPARE(rows[0][2].value.at(0), 3.0);
    QVERIFY(rows[1].empty());
    const auto answers = t.events.last<GradientAnswered>().answers;
    QCOMPARE(answers[0].state, GradientState::Path);
    QCOMPARE(answers[1].reason, CutReason::Unused);
    QCOMPARE(t.events.all<GradientAsked>().size(), std::size_t{1});
}

void TestReach::aHundredThousandOperations() {
    Cutting t;
    Operand y = t.op("Round", {t.read(t.v)});
    for (int i = 0; i < 100000; ++i) y = t.op("Neg", {y});
    const SourceAnswer answer = t.ask(y);
    QCOMPARE(answer.reason, CutReason::NotDifferentiable);
    QCOMPARE(t.opAt(answer), std::string_view("Round"));
}

QTEST_GUILESS_MAIN(TestReach)
#include "tst_reach.moc"
