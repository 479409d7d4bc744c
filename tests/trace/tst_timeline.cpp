// SPDX-License-Identifier: Apache-2.0
// The timeline: what it refuses, what it records, that seeking is folding.
#include <QTest>
#include <random>

#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestTimeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void admitsTheSamples();
    void knowsNames();
    void knowsAnswers();
    void countsBeats();
    void knowsPhases();
    void knowsLines();
    void seeksAsItFolds();
    void keepsWhatItRefuses();
};

void TestTimeline::admitsTheSamples() {
    for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace()}) {
        const auto timeline = timelineOf(events);
        QCOMPARE(std::size_t{timeline.size()}, events.size());
        for (EventIndex i = 0; i < timeline.size(); ++i) QVERIFY(timeline.event(i) == events[i]);
        QVERIFY(timeline.ended() != nullptr);
        QCOMPARE(timeline.steps().back().end, timeline.size());
    }
    QCOMPARE(timelineOf(wrongSourceTrace()).script(), wrongSourceScript());
}

void TestTimeline::knowsNames() {
    const auto timeline = timelineOf(wrongSourceTrace());
    QCOMPARE(timeline.variables()[0].label, std::string("W"));
    QCOMPARE(timeline.variables()[1].label, std::string("b"));
    QCOMPARE(timeline.optimizers()[0].label, std::string("optimizer"));
    const auto& asked = timeline.get<GradientAsked>(timeline.gradients()[1].asked);
    const auto& source = timeline.tensors()[asked.sources[0].index()];
    QCOMPARE(source.label, std::string("y_pred_incorrect"));
    QCOMPARE(source.names, (std::vector<std::string>{"x_transformed", "y_pred_incorrect"}));

    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto variable = log.variable("dense/kernel", Tensor::scalar(1), {}, site);
    const auto labelAfter = [&](const std::string& name, ObjectRef object, const std::string& scope) {
        log.bind(name, std::move(object), site, scope);
        return timelineOf(log.events()).variables()[0].label;
    };
    QCOMPARE(labelAfter("_", LogBuilder::ref(variable), ""), std::string("dense/kernel"));
    QCOMPARE(labelAfter("kernel", LogBuilder::ref(variable), "build"), std::string("kernel"));
    QCOMPARE(labelAfter("weights", log.list({{}, LogBuilder::ref(variable)}), ""), std::string("weights[1]"));
    QCOMPARE(labelAfter("v", LogBuilder::ref(variable), ""), std::string("weights[1]"));
}

void TestTimeline::knowsAnswers() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto& first = timeline.get<ApplyBegan>(timeline.applies()[0].began);
    const auto& gradient = timeline.tensors()[first.pairs[0].gradient.index()];
    QCOMPARE(gradient.gradientOf, GradientId{0});
    QCOMPARE(gradient.gradientSource, timeline.variables()[0].handle);
    QCOMPARE(gradient.label, std::string("gradients[0]"));
    QCOMPARE(timeline.variables()[0].assigned.size(), std::size_t{2});
    QCOMPARE(timeline.variables()[1].assigned.size(), std::size_t{1});
    QCOMPARE(timeline.tapes().size(), std::size_t{2});
    QCOMPARE(timeline.tapes()[0].nodes.size(), std::size_t{5});
}

void TestTimeline::countsBeats() {
    const auto timeline = timelineOf(wrongSourceTrace());
    std::map<std::string_view, int> kinds;
    for (const auto beat : timeline.beats()) ++kinds[kindName(timeline.event(beat))];
    // random.normal, zeros, X; then MatMul, AddV2, Sum twice
    QCOMPARE(kinds["OpExecuted"], 9);
    QCOMPARE(kinds["VariableCreated"], 2);
    // loss, y, product, W, b; then loss, y
    QCOMPARE(kinds["GradientArrived"], 7);
    QCOMPARE(kinds["PairApplied"], 3);
    QCOMPARE(kinds["ApplyBegan"], 1);
    QCOMPARE(kinds["NameBound"], 2);  // tape and x_transformed stand for others in the second step
    QCOMPARE(kinds["Printed"], 2);
    QCOMPARE(timeline.beats().size(), std::size_t{26});
    QCOMPARE(timeline.beatOf(timeline.beats()[4]), 5U);
    QVERIFY(timeline.isBeat(timeline.beats()[4]));
    QVERIFY(!timeline.isBeat(0));

    const auto clipped = timelineOf(clippedTrace());
    int folds = 0;
    for (const auto beat : clipped.beats()) {
        folds += std::holds_alternative<FoldBegan>(clipped.event(beat)) ? 1 : 0;
        if (const auto* op = clipped.getIf<OpExecuted>(beat)) QVERIFY(!op->fold.valid());
    }
    QCOMPARE(folds, 1);
}

void TestTimeline::knowsPhases() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto& gradient = timeline.gradients()[0];
    QCOMPARE(timeline.phaseOf(gradient.asked - 1), Phase::Forward);
    QCOMPARE(timeline.phaseOf(gradient.asked), Phase::Backward);
    QCOMPARE(timeline.phaseOf(gradient.answered), Phase::Backward);
    QCOMPARE(timeline.phaseOf(gradient.answered + 1), Phase::Forward);
    const auto& apply = timeline.applies()[0];
    QCOMPARE(timeline.phaseOf(apply.began), Phase::Apply);
    QCOMPARE(timeline.phaseOf(apply.ended), Phase::Apply);
    QCOMPARE(timeline.phaseOf(apply.ended + 1), Phase::Forward);
}

void TestTimeline::knowsLines() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto& apply = timeline.applies()[1];
    QCOMPARE(timeline.lineAt(apply.began), 28U);
    QCOMPARE(timeline.lineAt(apply.ended), 28U);
    QCOMPARE(timeline.lineAt(0), 0U);
    const auto& product = timeline.op(timeline.tapes()[0].nodes[1]);
    QCOMPARE(product.op, std::string("MatMul"));
    QCOMPARE(timeline.lineOf(product.site), 8U);
    QCOMPARE(timeline.stack(product.site)[0].range.line, 16U);
    QVERIFY(timeline.stack({}).empty());
}

/// Many events over many names, variables and optimizers, so that keyframes come.
std::vector<Event> wandering(std::uint32_t seed, int count) {
    std::mt19937 random(seed);
    const auto any = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
    LogBuilder log("x\n");
    const auto site = log.site(1);
    std::vector<VariableId> variables{log.variable("v", Tensor::scalar(0), {}, site)};
    std::vector<TensorId> tensors{log.constant(site, Tensor::scalar(1))};
    const auto optimizer = log.optimizer("SGD", 0.1, site);
    for (int i = 0; i < count; ++i) {
        const auto variable = variables[any(variables.size())];
        switch (any(7)) {
            case 0: variables.push_back(log.variable("v", Tensor::scalar(2), {}, site)); break;
            case 1: tensors.push_back(log.op("Neg", site, {tensors[any(tensors.size())]}, Tensor::scalar(3))); break;
            case 2: log.assign(variable, AssignKind::Assign, {}, Tensor::scalar(static_cast<float>(i)), site); break;
            case 3: log.bind("n" + std::to_string(any(20)), LogBuilder::ref(variable), site); break;
            case 4: log.bind("n" + std::to_string(any(20)), log.list({LogBuilder::ref(variable)}), site); break;
            case 5: log.exitTape(log.openTape(site), site); break;
            default: {
                const auto apply = log.beginApply({{}, optimizer, {}, {{tensors[0], variable}}, {}, {}, site, {}});
                log.applyPair(apply, 0, 0.1);
                log.endApply(apply);
            }
        }
    }
    return std::move(log).done();
}

void TestTimeline::seeksAsItFolds() {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        const auto events = wandering(seed, 1500);
        const auto timeline = timelineOf(events);
        Snapshot folded;
        for (EventIndex i = 0; i < timeline.size(); ++i) {
            fold(folded, events[i], i);
            if (i % 7 == 0 || i + 1 == timeline.size())
                QVERIFY2(timeline.at(i) == folded, qPrintable(QString::number(i)));
        }
    }
}

void TestTimeline::keepsWhatItRefuses() {
    const auto events = wrongSourceTrace();
    Timeline timeline;
    for (std::size_t i = 0; i + 1 < events.size(); ++i) QVERIFY(!timeline.append(events[i]));
    const auto size = timeline.size();
    OpExecuted op;
    op.node = NodeId{static_cast<std::uint32_t>(timeline.nodes().size())};
    const TensorId next{static_cast<std::uint32_t>(timeline.tensors().size())};
    const auto refused = [&](Event event) {
        return timeline.append(std::move(event)).has_value() && timeline.size() == size;
    };
    const auto with = [&](auto change) {
        auto copy = op;
        change(copy);
        return copy;
    };
    QVERIFY(refused(with([](auto& e) { e.node.value += 1; })));
    QVERIFY(refused(with([&](auto& e) { e.inputs = {next}; })));
    QVERIFY(refused(with([&](auto& e) { e.hostInputs = {next}; })));
    QVERIFY(refused(with([&](auto& e) { e.outputs = {next}; })));
    QVERIFY(refused(with([&](auto& e) { e.values = {Value{}}; })));
    QVERIFY(refused(with([&](auto& e) { e.outputs = {next, next}, e.values = {Value{}, Value{}}; })));
    QVERIFY(refused(with([](auto& e) { e.tapes = {TapeId{9}}; })));
    QVERIFY(refused(with([](auto& e) { e.fold = FoldId{0}; })));
    QVERIFY(refused(with([](auto& e) { e.site = CallSiteId{999}; })));
    QVERIFY(refused(with([](auto& e) { e.backward = GradientId{2}; })));
    QVERIFY(refused(RunStarted{}));
    QVERIFY(refused(CallSiteSeen{CallSiteId{static_cast<std::uint32_t>(timeline.callSites().size())}, {}}));
    QVERIFY(refused(NameBound{"x", "", {ObjectKind::Variable, 2, {}}, {}}));
    const ObjectRef nested{ObjectKind::List, 0, {{ObjectKind::List, 1, {{}}}}};
    QVERIFY(refused(NameBound{"x", "", nested, {}}));
    QVERIFY(refused(VariableAssigned{VariableId{0}, 2, AssignKind::Assign, {}, {}, {}, 0, {}}));
    QVERIFY(refused(GradientAnswered{GradientId{0}, {}}));
    QVERIFY(refused(ApplyEnded{ApplyId{0}, 1, false}));
    QVERIFY(refused(PairApplied{ApplyId{7}, 0, PairOutcome::Applied, {}, {}, {}, {}, {}, 0, ""}));
    const Value negative(DType::Float32, {2, -1}, {});
    QVERIFY(refused(VariableAssigned{VariableId{0}, 3, AssignKind::Assign, {}, {}, negative, 0, {}}));
    SyntaxItem item;
    item.parent = 0;
    QVERIFY(refused(ScriptDigest{FileId{0}, {item}}));
    QVERIFY(!timeline.append(events.back()));
    QVERIFY(timeline.append(Noted{"too late"}));
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
