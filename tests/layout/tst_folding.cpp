// SPDX-License-Identifier: Apache-2.0
// Folds of a step: what becomes one, what stays open, and that nothing is lost on the way.
#include <QtTest>
#include <algorithm>
#include <numeric>

#include "app/layout/folding.h"
#include "tests/trace/logbuilder.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

const char* const script = R"(w = tf.Variable(1.)
for t in range(9):
    x = cell(x)
def cell(x):
    y = tf.tanh(x)
    return tf.sin(y)
)";

/// A loop in a module that the script imports, with a call in each iteration: lines count through both texts.
Timeline unrolledInModule() {
    LogBuilder log("import net\nnet.run()\n");
    log.add(ScriptRead{FileId{1}, "net.py", "def run():\n    for t in range(5):\n        x = cell(x)\n"});
    log.syntax(SyntaxItem{SyntaxKind::Loop, -1, {5, 4, 6, 19}, "t", {}});
    log.digest();
    const auto tape = log.openTape(log.site(1));
    TensorId x = log.read(log.variable("w", Tensor::scalar(1), {}, log.site(1)), log.site(1));
    const auto siteIn = [&](std::uint32_t line, std::uint32_t column) {
        return log.site(std::vector{Frame{FileId{0}, "<module>", {2, 0, 2, 9}},
                                    Frame{FileId{1}, "run", {line, column, line, column + 4}}});
    };
    const auto tanh = siteIn(6, 8), sine = siteIn(6, 12);
    for (std::uint32_t i = 0; i < 5; ++i) {
        log.loops({{0, 0, i}});
        x = log.op("Tanh", tanh, {x}, Tensor::scalar(0.5F));
        x = log.op("Sin", sine, {x}, Tensor::scalar(0.5F));
    }
    log.loops({});
    log.op("Exp", log.site(1, "net"), {x}, Tensor::scalar(1));
    log.exitTape(tape, log.site(1));
    return timelineOf(log.events());
}

/// x goes through cell() so many times: two operations a call, one call an iteration.
Timeline unrolled(std::uint32_t iterations) {
    LogBuilder log(script);
    SyntaxItem loop{SyntaxKind::Loop, -1, {2, 0, 3, 15}, "t", {}};
    log.syntax(loop);
    log.digest();
    const auto made = log.variable("w", Tensor::scalar(1), {}, log.site(1));
    const auto tape = log.openTape(log.site(1));
    TensorId x = log.read(made, log.site(1));
    for (std::uint32_t i = 0; i < iterations; ++i) {
        log.loops({{0, 0, i}});
        const Place call{3, "cell", "<module>"};
        x = log.op("Tanh", log.site({call, {5, "tf", "cell"}}), {x}, Tensor::scalar(0.5F));
        x = log.op("Sin", log.site({call, {6, "tf", "cell"}}), {x}, Tensor::scalar(0.5F));
    }
    log.loops({});
    log.op("Exp", log.site(1, "w"), {x}, Tensor::scalar(1));
    log.exitTape(tape, log.site(1));
    return timelineOf(log.events());
}

struct Drawn {
    Timeline timeline;
    StepGraph whole;
    FoldTree tree;
    Folded folded;

    explicit Drawn(std::uint32_t iterations, const FoldChoice& choice = {}, EventIndex focus = 0)
        : timeline(unrolled(iterations)), whole(stepGraph(timeline, 0)), tree(foldTree(timeline, whole)) {
        folded = fold(timeline, whole, tree, openGroups(tree, choice, focus));
    }
    std::vector<std::string> titles() const {
        std::vector<std::string> titles;
        for (const GraphBox& box : folded.graph.boxes) titles.push_back(box.title);
        return titles;
    }
    const FoldTree::Group* group(GroupKind kind) const {
        const auto found = std::ranges::find(tree.groups, kind, &FoldTree::Group::kind);
        return found == tree.groups.end() ? nullptr : &*found;
    }
};

using Texts = std::vector<std::string>;

}  // namespace

class TestFolding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallStepsStayAsTheyAre();
    void closedLoopIsOneBox();
    void callHasItsName();
    void loopsOfModulesFold();
    void largeStepsCanBeRead_data();
    void largeStepsCanBeRead();
    void longStepsFoldTheirLoops();
    void focusIsOpen();
    void edgesGoToWhatStandsForTheirEnds();
    void keysAreThoseOfTheNextRun();
    void openAndClosedByHand();
    void everyBoxCountsOnce();
    void variablesThatFareAlikeStandTogether();
};

void TestFolding::smallStepsStayAsTheyAre() {
    const Drawn drawn(4);
    QCOMPARE(drawn.folded.graph.boxes.size(), drawn.whole.boxes.size());
    QCOMPARE(drawn.folded.graph.values.size(), drawn.whole.values.size());
    QCOMPARE(drawn.titles(), (Texts{"w", "Tanh", "Sin", "Tanh", "Sin", "Tanh", "Sin", "Tanh", "Sin", "Exp"}));
}

void TestFolding::closedLoopIsOneBox() {
    const Drawn before(4);
    QVERIFY(before.group(GroupKind::Loop) != nullptr);
    const Drawn drawn(4, {{}, {before.group(GroupKind::Loop)->key}});
    QCOMPARE(drawn.titles(), (Texts{"w", "for t in range(9)", "Exp"}));
    const GraphBox& loop = drawn.folded.graph.boxes[1];
    QCOMPARE(loop.subtitle, std::string("8 operations"));
    QCOMPARE(loop.members, 8U);
    QVERIFY(loop.until > loop.appears);
    QCOMPARE(loop.tapes.size(), std::size_t{1});
    QCOMPARE(drawn.folded.graph.values.size(), std::size_t{2});
}

void TestFolding::callHasItsName() {
    const Drawn before(2);
    // An iteration that holds nothing but a call is that call.
    QVERIFY(before.group(GroupKind::Call) != nullptr);
    FoldChoice closed;
    for (const auto& group : before.tree.groups)
        if (group.kind == GroupKind::Call) closed.closed.insert(group.key);
    QCOMPARE(Drawn(2, closed).titles(), (Texts{"w", "cell()", "cell()", "Exp"}));
}

void TestFolding::loopsOfModulesFold() {
    const Timeline timeline = unrolledInModule();
    const StepGraph whole = stepGraph(timeline, 0);
    const FoldTree tree = foldTree(timeline, whole);
    const auto loop = std::ranges::find(tree.groups, GroupKind::Loop, &FoldTree::Group::kind);
    QVERIFY(loop != tree.groups.end());
    QCOMPARE(loop->items.size(), std::size_t{5});
    QCOMPARE(loop->line, 5U);
    const Folded folded = fold(timeline, whole, tree, openGroups(tree, {{}, {loop->key}}, 0));
    const auto box =
        std::ranges::find(folded.graph.boxes, BoxKind::Group, [](const GraphBox& one) { return one.key.kind; });
    QVERIFY(box != folded.graph.boxes.end());
    QCOMPARE(box->title, std::string("for t in range(5)"));
}

void TestFolding::largeStepsCanBeRead_data() {
    QTest::addColumn<int>("iterations");
    for (const int iterations : {40, 500, 3000}) QTest::addRow("%d", iterations) << iterations;
}

void TestFolding::largeStepsCanBeRead() {
    QFETCH(int, iterations);
    const Drawn drawn(static_cast<std::uint32_t>(iterations));
    QVERIFY(drawn.whole.boxes.size() > readableBoxes);
    QVERIFY2(drawn.folded.graph.boxes.size() <= 60, qPrintable(QString::number(drawn.folded.graph.boxes.size())));
    std::uint32_t operations = 0;
    for (const GraphBox& box : drawn.folded.graph.boxes) operations += box.members;
    QCOMPARE(operations, static_cast<std::uint32_t>(drawn.whole.boxes.size()));
}

/// Few boxes, but one below the other: they would not fit on a screen.
void TestFolding::longStepsFoldTheirLoops() {
    const Drawn shallow(5), deep(9);
    QCOMPARE(shallow.tree.rows, 12U);
    QCOMPARE(shallow.folded.graph.boxes.size(), shallow.whole.boxes.size());
    QCOMPARE(deep.tree.rows, 20U);
    QVERIFY(deep.whole.boxes.size() <= readableBoxes);
    QVERIFY2(deep.folded.graph.boxes.size() <= 13, qPrintable(QString::number(deep.folded.graph.boxes.size())));
}

void TestFolding::focusIsOpen() {
    const Drawn shut(500);
    const EventIndex focus = shut.whole.boxes[500].appears;
    const Drawn drawn(500, {}, focus);
    const auto seen =
        std::ranges::count_if(drawn.folded.graph.boxes, [focus](const GraphBox& box) { return box.appears == focus; });
    QCOMPARE(seen, 1);
    const auto box = std::ranges::find(drawn.folded.graph.boxes, focus, &GraphBox::appears);
    QVERIFY(box->key.kind == BoxKind::Operation);
    // By hand beats by itself.
    FoldChoice closed;
    for (const auto& group : drawn.tree.groups) closed.closed.insert(group.key);
    QCOMPARE(Drawn(500, closed, focus).titles(), (Texts{"w", "for t in range(9)", "Exp"}));
}

void TestFolding::edgesGoToWhatStandsForTheirEnds() {
    const Drawn drawn(500);
    const auto count = drawn.folded.graph.boxes.size();
    QCOMPARE(drawn.folded.boxOf.size(), drawn.whole.boxes.size());
    for (const ValueEdge& edge : drawn.folded.graph.values) {
        QVERIFY(edge.from < count && edge.to < count);
        QVERIFY(edge.from != edge.to);
    }
    // A chain stays a chain.
    QCOMPARE(drawn.folded.graph.values.size(), count - 1);
}

void TestFolding::keysAreThoseOfTheNextRun() {
    const Drawn one(30), other(30);
    QCOMPARE(one.tree.groups.size(), other.tree.groups.size());
    std::set<BoxKey> keys;
    for (std::size_t i = 1; i < one.tree.groups.size(); ++i) {
        QVERIFY(one.tree.groups[i].key == other.tree.groups[i].key);
        keys.insert(one.tree.groups[i].key);
    }
    QCOMPARE(keys.size(), one.tree.groups.size() - 1);
}

void TestFolding::openAndClosedByHand() {
    const Drawn shut(3000);
    FoldChoice all;
    for (const auto& group : shut.tree.groups) all.opened.insert(group.key);
    QCOMPARE(Drawn(3000, all).folded.graph.boxes.size(), shut.whole.boxes.size());
}

void TestFolding::everyBoxCountsOnce() {
    const Drawn drawn(200);
    std::vector<int> times(drawn.whole.boxes.size(), 0);
    std::vector<std::uint32_t> open{0};
    for (std::size_t i = 0; i < open.size(); ++i) {
        for (const auto& item : drawn.tree.groups[open[i]].items) {
            if (item.group) {
                open.push_back(item.index);
            } else {
                ++times[item.index];
                QCOMPARE(drawn.tree.groupOf[item.index], open[i]);
            }
        }
    }
    for (std::size_t i = 0; i < times.size(); ++i)
        if (drawn.whole.boxes[i].key.kind != BoxKind::Variable) QCOMPARE(times[i], 1);
}

void TestFolding::variablesThatFareAlikeStandTogether() {
    StepGraph whole;
    for (std::uint32_t i = 0; i < 40; ++i) {
        GraphBox box;
        box.key.kind = BoxKind::Variable;
        box.key.ordinal = i;
        box.title = "v" + std::to_string(i);
        whole.boxes.push_back(box);
        VariableMark mark;
        mark.box = i;
        mark.state = i < 20 ? GradientState::Zero : i < 38 ? GradientState::Path : GradientState::None;
        whole.marks.push_back(mark);
    }
    const FoldTree tree{{FoldTree::Group{}}, std::vector<std::uint32_t>(whole.boxes.size(), 0)};
    const StepGraph drawn = fold(Timeline{}, whole, tree, {true}).graph;
    QStringList seen;
    for (const VariableMark& mark : drawn.marks)
        seen << QString::fromStdString(drawn.boxes[mark.box].title) + u':' +
                    QString::number(static_cast<int>(mark.state));
    // States: 0 path, 1 none, 2 zero. Few of a kind stay alone, so that they are seen.
    QCOMPARE(seen, (QStringList{"20 variables:2", "18 variables:0", "v38:1", "v39:1"}));
}

QTEST_APPLESS_MAIN(TestFolding)
#include "tst_folding.moc"
