// SPDX-License-Identifier: Apache-2.0
// The graph of a step, for the three sample runs and for what is special about each kind of box and edge.
#include <QTest>
#include <algorithm>
#include <set>

#include "core/trace/stepgraph.h"
#include "tests/trace/boxes.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

/// "W>MatMul", in the order of the edges.
std::string arrow(const StepGraph& graph, const ValueEdge& edge) {
    return graph.boxes[edge.from].title + ">" + graph.boxes[edge.to].title;
}

std::vector<std::string> arrows(const StepGraph& graph) {
    std::vector<std::string> result;
    for (const auto& edge : graph.values) result.push_back(arrow(graph, edge));
    return result;
}

std::vector<std::string> gradients(const StepGraph& graph, EdgeEnd end) {
    std::vector<std::string> result;
    for (const auto& gradient : graph.gradients)
        if (gradient.end == end) result.push_back(arrow(graph, graph.values[gradient.along]));
    std::ranges::sort(result);
    return result;
}

const VariableMark* mark(const StepGraph& graph, const std::string& title) {
    for (const auto& each : graph.marks)
        if (graph.boxes[each.box].title == title) return &each;
    return nullptr;
}

using Texts = std::vector<std::string>;

}  // namespace

class TestStepGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boxesOfTheFirstStep();
    void wayBackOfTheFirstStep();
    void boxesOfTheSecondStep();
    void wayBackEndsAtTheSource();
    void pairsOfTheSecondStep();
    void marksOfTheSecondStep();
    void keepsSitesOverSteps();
    void cutPath();
    void clippedGradients();
    void namesThings();
    void saysReasons_data();
    void saysReasons();
    void meetsWhereGradientsAdd();
    void outsideStaysApart();
    void asksInTwoCalls();
    void pendingUntilAnswered();
    void emptyLogs();
};

void TestStepGraph::boxesOfTheFirstStep() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto graph = stepGraph(timeline, 0);
    QCOMPARE(titles(graph, BoxKind::Variable), (Texts{"W", "b"}));
    QCOMPARE(titles(graph, BoxKind::Optimizer), Texts{"SGD"});
    QCOMPARE(titles(graph, BoxKind::Constant), Texts{"X"});
    // neither the initialisers nor the reads
    QCOMPARE(titles(graph, BoxKind::Operation), (Texts{"MatMul", "Add", "Sum"}));
    QCOMPARE(arrows(graph), (Texts{"X>MatMul", "W>MatMul", "MatMul>Add", "b>Add", "Add>Sum"}));
    QCOMPARE(box(graph, "W").subtitle, std::string("Variable 2×2"));
    QCOMPARE(box(graph, "X").subtitle, std::string("constant 2×2"));
    QCOMPARE(box(graph, "Add").subtitle, std::string("y_pred"));
    QVERIFY(box(graph, "Sum").target);
    QVERIFY(!box(graph, "Add").target);
    QCOMPARE(box(graph, "MatMul").tapes, std::vector{TapeId{0}});
    QVERIFY(box(graph, "X").tapes.empty());
    for (const auto& each : graph.boxes) QVERIFY(!each.outside);
    QCOMPARE(graph.values[1].label, std::string("2×2"));
    QCOMPARE(graph.values[1].tensor, timeline.variables()[0].handle);
    QVERIFY(std::ranges::all_of(graph.values, &ValueEdge::recorded));
}

void TestStepGraph::wayBackOfTheFirstStep() {
    const auto graph = stepGraph(timelineOf(wrongSourceTrace()), 0);
    // the seed at loss has no edge, X gets nothing
    QCOMPARE(gradients(graph, EdgeEnd::Open), (Texts{"Add>Sum", "MatMul>Add", "W>MatMul", "b>Add"}));
    QVERIFY(gradients(graph, EdgeEnd::Scissors).empty());
    QVERIFY(gradients(graph, EdgeEnd::EndBar).empty());
    for (const auto& gradient : graph.gradients) QVERIFY(!gradient.meets);
    QCOMPARE(graph.gradients[0].norm, 2.0);             // of [[1, 1], [1, 1]]
    QCOMPARE(graph.gradients[3].norm, std::sqrt(104));  // of [[4, 4], [6, 6]]
    QCOMPARE(graph.pairs.size(), std::size_t{2});
    for (const auto& pair : graph.pairs) {
        QVERIFY(!pair.mismatch && !pair.dropped && pair.sourceShown);
        QCOMPARE(pair.sourceBox, pair.variable);
        QVERIFY(pair.applies > pair.begins);
    }
    QCOMPARE(graph.pairs[1].sourceName, std::string("b"));
    QCOMPARE(mark(graph, "W")->state, GradientState::Path);
    QVERIFY(mark(graph, "b")->updated);
}

void TestStepGraph::boxesOfTheSecondStep() {
    const auto graph = stepGraph(timelineOf(wrongSourceTrace()), 1);
    QCOMPARE(titles(graph, BoxKind::Variable), (Texts{"W", "b"}));
    QCOMPARE(titles(graph, BoxKind::Operation), (Texts{"MatMul", "Add", "Sum"}));
    QVERIFY(box(graph, "X").outside);
    QCOMPARE(box(graph, "Add").subtitle, std::string("y_pred_incorrect"));
    QCOMPARE(box(graph, "Add").tapes, std::vector{TapeId{1}});
}

void TestStepGraph::wayBackEndsAtTheSource() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto graph = stepGraph(timeline, 1);
    QCOMPARE(gradients(graph, EdgeEnd::Open), Texts{"Add>Sum"});
    QCOMPARE(gradients(graph, EdgeEnd::EndBar), (Texts{"MatMul>Add", "b>Add"}));
    for (const auto& gradient : graph.gradients) {
        QCOMPARE(gradient.gradient, GradientId{1});
        if (gradient.end == EdgeEnd::EndBar) QCOMPARE(gradient.arrives, timeline.gradients()[1].answered);
    }
}

void TestStepGraph::pairsOfTheSecondStep() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto graph = stepGraph(timeline, 1);
    QCOMPARE(graph.pairs.size(), std::size_t{2});
    const auto& wrong = graph.pairs[0];
    QCOMPARE(graph.boxes[wrong.variable].title, std::string("W"));
    QCOMPARE(wrong.sourceName, std::string("y_pred_incorrect"));
    QCOMPARE(graph.boxes[wrong.sourceBox].title, std::string("Add"));
    QVERIFY(wrong.mismatch && wrong.sourceShown && !wrong.dropped);
    const auto& dropped = graph.pairs[1];
    QCOMPARE(graph.boxes[dropped.variable].title, std::string("b"));
    QVERIFY(dropped.dropped && !dropped.mismatch && !dropped.gradient.valid());
    QCOMPARE(dropped.index, 1U);
    QCOMPARE(dropped.applies, 0U);
    QCOMPARE(dropped.begins, timeline.applies()[1].began);
}

void TestStepGraph::marksOfTheSecondStep() {
    const auto graph = stepGraph(timelineOf(wrongSourceTrace()), 1);
    QCOMPARE(graph.marks.size(), std::size_t{2});
    QCOMPARE(mark(graph, "W")->state, GradientState::NotAsked);
    QVERIFY(mark(graph, "W")->updated);
    QCOMPARE(mark(graph, "b")->state, GradientState::NotAsked);
    QVERIFY(!mark(graph, "b")->updated);
}

void TestStepGraph::keepsSitesOverSteps() {
    LogBuilder log("x\n");
    const auto site = log.site(1), loop = log.site(1, "x");
    const auto variable = log.variable("w", Tensor::scalar(1), {}, site);
    for (std::uint32_t i = 0; i < 3; ++i) {
        log.loops({{0, 0, i}});
        const auto tape = log.openTape(loop);
        auto value = log.read(variable, site);
        for (int j = 0; j < 2; ++j) value = log.op("Square", site, {value}, Tensor::scalar(1));
        log.ask(tape, {value}, {log.handle(variable)}, loop);
        log.assign(variable, AssignKind::Assign, {}, Tensor::scalar(1), loop);
    }
    const auto timeline = timelineOf(log.events());
    const auto keys = [&](std::uint32_t step) {
        std::vector<BoxKey> result;
        for (const auto& each : stepGraph(timeline, step).boxes) result.push_back(each.key);
        return result;
    };
    QCOMPARE(keys(0).size(), std::size_t{3});
    QVERIFY(keys(0) == keys(1));
    QVERIFY(keys(1) == keys(2));
    const auto all = keys(0);
    QCOMPARE(std::set<BoxKey>(all.begin(), all.end()).size(), all.size());
}

void TestStepGraph::cutPath() {
    const auto timeline = timelineOf(cutPathTrace());
    const auto graph = stepGraph(timeline, 0);
    QCOMPARE(arrows(graph), (Texts{"b>fixed", "X>MatMul", "W>MatMul", "MatMul>Add", "fixed>Add", "Add>Sum"}));
    QVERIFY(graph.values[0].host);
    QVERIFY(!graph.values[0].recorded);
    QCOMPARE(gradients(graph, EdgeEnd::Open), (Texts{"Add>Sum", "MatMul>Add", "W>MatMul"}));
    QCOMPARE(gradients(graph, EdgeEnd::Scissors), Texts{"b>fixed"});
    const auto cut = std::ranges::find(graph.gradients, EdgeEnd::Scissors, &GradientEdge::end);
    QCOMPARE(cut->reason, CutReason::LeftTensorFlow);
    QCOMPARE(mark(graph, "b")->state, GradientState::None);
    QCOMPARE(mark(graph, "b")->reason, CutReason::LeftTensorFlow);
    QCOMPARE(timeline.lineOf(mark(graph, "b")->cutSite), 9U);
    QVERIFY(!mark(graph, "b")->updated);
    QCOMPARE(graph.pairs.size(), std::size_t{2});
    QVERIFY(!graph.pairs[1].gradient.valid() && !graph.pairs[1].dropped && !graph.pairs[1].mismatch);
    const auto& answered = timeline.get<GradientAnswered>(timeline.gradients()[0].answered);
    QCOMPARE(reasonText(timeline, answered.answers[1]), std::string("left TensorFlow through .numpy() in line 9"));
}

void TestStepGraph::clippedGradients() {
    const auto timeline = timelineOf(clippedTrace());
    const auto graph = stepGraph(timeline, 0);
    QCOMPARE(titles(graph, BoxKind::Fold), Texts{"clip_by_global_norm"});
    QCOMPARE(titles(graph, BoxKind::Operation), (Texts{"MatMul", "Add", "Sum"}));
    QCOMPARE(titles(graph, BoxKind::Constant), Texts{"X"});
    const auto& fold = box(graph, "clip_by_global_norm");
    QVERIFY(fold.tapes.empty());
    QVERIFY(timeline.getIf<FoldBegan>(fold.appears) != nullptr);
    // nothing leads into it: what it takes are gradients
    for (const auto& edge : graph.values) QVERIFY(graph.boxes[edge.to].title != fold.title);
    for (const auto& pair : graph.pairs) {
        QVERIFY(!pair.mismatch);
        QCOMPARE(pair.sourceBox, pair.variable);
        const auto provenance = provenanceOf(timeline, pair.gradient);
        QVERIFY(provenance.transformed);
        QCOMPARE(provenance.gradient, GradientId{0});
    }
    const auto& first = timeline.get<GradientAnswered>(timeline.gradients()[0].answered).answers[0];
    QVERIFY(!provenanceOf(timeline, first.result).transformed);
    QCOMPARE(provenanceOf(timeline, first.result).source, timeline.variables()[0].handle);
    QVERIFY(!provenanceOf(timeline, timeline.variables()[0].handle).source.valid());
}

void TestStepGraph::namesThings() {
    const auto timeline = timelineOf(wrongSourceTrace());
    QCOMPARE(nameOf(timeline, timeline.variables()[1].handle), std::string("b"));
    const auto& nodes = timeline.tapes()[1].nodes;
    const auto result = [&](std::size_t i) { return timeline.op(nodes[i]).outputs[0]; };
    QCOMPARE(nameOf(timeline, result(0)), std::string("W"));
    QCOMPARE(nameOf(timeline, result(1)), std::string("the result of MatMul in line 8"));
    QCOMPARE(nameOf(timeline, result(3)), std::string("y_pred_incorrect"));
    QCOMPARE(nameOf(timeline, TensorId{}), std::string());
}

void TestStepGraph::saysReasons_data() {
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, CutReason reason, const char* words) {
        QTest::newRow(name) << static_cast<int>(reason) << QString::fromUtf8(words);
    };
    row("none", CutReason::Uncut, "");
    row("unused", CutReason::Unused, "the target does not use it");
    row("outside", CutReason::OutsideTape, "used outside the tape in line 10");
    row("operation", CutReason::NotDifferentiable, "Add has no gradient in line 10");
    row("assign", CutReason::StateBlocks, "went through an assign in line 10");
    row("trainable", CutReason::NotTrainable, "it is not trainable");
}

void TestStepGraph::saysReasons() {
    QFETCH(int, reason);
    QFETCH(QString, words);
    const auto timeline = timelineOf(cutPathTrace());
    SourceAnswer answer;
    answer.reason = static_cast<CutReason>(reason);
    answer.cutNode = timeline.tapes()[0].nodes[2];
    answer.cutSite = timeline.op(answer.cutNode).site;
    QCOMPARE(QString::fromStdString(reasonText(timeline, answer)), words);
}

/// loss = w·w: the gradient reaches w over both edges.
void TestStepGraph::meetsWhereGradientsAdd() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto variable = log.variable("w", Tensor::scalar(3), {}, site);
    const auto tape = log.openTape(site);
    const auto left = log.read(variable, site), right = log.read(variable, site);
    const auto loss = log.op("Mul", site, {left, right}, Tensor::scalar(9));
    const auto gradient = log.ask(tape, {loss}, {log.handle(variable)}, site);
    const auto part = log.backward(gradient, "Mul", site, {right}, Tensor::scalar(3));
    const auto whole = log.backward(gradient, "AddN", site, {part, part}, Tensor::scalar(6));
    log.arrive(gradient, log.handle(variable), log.producer(loss), 0, part);
    log.arrive(gradient, log.handle(variable), log.producer(loss), 1, whole);
    log.answer(gradient, {log.path(log.handle(variable), whole)});
    const auto graph = stepGraph(timelineOf(log.events()), 0);
    QCOMPARE(graph.values.size(), std::size_t{2});
    QCOMPARE(graph.gradients.size(), std::size_t{2});
    QVERIFY(graph.gradients[0].meets && graph.gradients[1].meets);
    QVERIFY(graph.gradients[0].along != graph.gradients[1].along);
}

/// A state that goes from step to step is made by the same site as the one that this step makes.
void TestStepGraph::outsideStaysApart() {
    LogBuilder log("x\n");
    const auto site = log.site(1), other = log.site(1, "x");
    const auto variable = log.variable("w", Tensor::scalar(3), {}, site);
    auto state = log.op("Fill", other, {}, Tensor::scalar(0));
    for (std::uint32_t i = 0; i < 2; ++i) {
        log.loops({{0, 0, i}});
        const auto tape = log.openTape(other);
        state = log.op("Tanh", site, {state}, Tensor::scalar(0));
        log.ask(tape, {state}, {log.handle(variable)}, other);
        log.assign(variable, AssignKind::Assign, {}, Tensor::scalar(1), other);
    }
    const auto graph = stepGraph(timelineOf(log.events()), 1);
    QCOMPARE(titles(graph, BoxKind::Operation), (Texts{"Tanh", "Tanh"}));
    QVERIFY(graph.boxes[graph.values[0].from].outside);
    QVERIFY(!graph.boxes[graph.values[0].to].outside);
    QVERIFY(graph.boxes[graph.values[0].from].key != graph.boxes[graph.values[0].to].key);
}

/// Two networks, two calls: each variable is asked for in one of them.
void TestStepGraph::asksInTwoCalls() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto a = log.variable("a", Tensor::scalar(3), {}, site), b = log.variable("b", Tensor::scalar(3), {}, site);
    const auto tape = log.openTape(site, true);
    const auto loss = log.op("Mul", site, {log.read(a, site), log.read(b, site)}, Tensor::scalar(9));
    for (const auto& [asked, other] : {std::pair(a, b), std::pair(b, a)}) {
        const auto gradient = log.ask(tape, {loss}, {log.handle(asked)}, site);
        const auto result = log.backward(gradient, "Mul", site, {}, Tensor::scalar(3));
        auto notAsked = log.path(log.handle(other), result);
        notAsked.asked = false;
        notAsked.state = GradientState::NotAsked;
        log.answer(gradient, {log.path(log.handle(asked), result), notAsked});
    }
    const auto graph = stepGraph(timelineOf(log.events()), 0);
    QCOMPARE(mark(graph, "a")->state, GradientState::Path);
    QCOMPARE(mark(graph, "b")->state, GradientState::Path);
}

void TestStepGraph::pendingUntilAnswered() {
    const auto events = wrongSourceTrace();
    Timeline timeline;
    for (const auto& event : events) {
        if (std::holds_alternative<GradientAnswered>(event)) break;
        QVERIFY(!timeline.append(event));
    }
    const auto graph = stepGraph(timeline, 0);
    QCOMPARE(mark(graph, "W")->state, GradientState::Pending);
    QVERIFY(graph.pairs.empty());
}

/// Every prefix of a run has a graph, and its parts lie within it.
void TestStepGraph::emptyLogs() {
    QVERIFY(stepGraph(Timeline(), 0).boxes.empty());
    for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace()}) {
        Timeline timeline;
        for (const auto& event : events) {
            QVERIFY(!timeline.append(event));
            const auto last = static_cast<std::uint32_t>(timeline.steps().size()) - 1;
            const auto graph = stepGraph(timeline, last);
            for (const auto& edge : graph.values)
                QVERIFY(edge.from < graph.boxes.size() && edge.to < graph.boxes.size());
            for (const auto& edge : graph.gradients) QVERIFY(edge.along < graph.values.size());
        }
        QVERIFY(stepGraph(timeline, 99).boxes.empty());
    }
}

QTEST_GUILESS_MAIN(TestStepGraph)
#include "tst_stepgraph.moc"
