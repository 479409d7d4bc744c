// SPDX-License-Identifier: Apache-2.0
// How things are called: loops give poor names, tapes have names of their own, constants that look alike are told
// apart, and what clipping did has its norms.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/trace/foldresult.h"
#include "core/trace/looptargets.h"
#include "core/trace/stepgraph.h"
#include "core/trace/text.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestLabels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loopsBindTheirTargets();
    void laterNamesBeatThoseOfLoops();
    void givenNamesBeatThoseOfLoops();
    void tapesAreCalledByTheirVariables();
    void alikeConstantsSayTheirLines();
    void vectorsAreNoNumbers();
    void clippingSaysItsNorms();
    void clippingAVariableSaysTheNormOfItsValue();
    void aLimitOfTheSameShapeIsNoGuess();
    void theDigestIsOne();
};

void TestLabels::loopsBindTheirTargets() {
    const std::string text =
        "for i, (g, v) in enumerate(pairs):\n    v.assign(g)\nwhile x:\n    y = [a for a in x]\nv = 1\n";
    std::vector<SyntaxItem> items;
    items.push_back({SyntaxKind::Loop, -1, {1, 0, 2, 15}, "for", {}});
    items.push_back({SyntaxKind::Loop, -1, {3, 0, 4, 22}, "while", {}});
    items.push_back({SyntaxKind::Loop, -1, {900, 0, 901, 0}, "for", {}});  // of no text
    const LoopTargets targets(text, items);
    for (const char* name : {"i", "g", "v"}) QVERIFY(targets.bind(name, 1) && targets.bind(name, 2));
    QVERIFY(!targets.bind("v", 5));
    QVERIFY(!targets.bind("pairs", 2));
    QVERIFY(!targets.bind("enumerate", 2));
    QVERIFY(!targets.bind("x", 4));
}

/// for v in made: ...; then first = made[0]
LogBuilder loopLog(const std::string& given) {
    LogBuilder log("for v in made:\n    print(v)\nfirst = made[0]\n");
    log.syntax(SyntaxItem{SyntaxKind::Loop, -1, {1, 0, 2, 12}, "for", {}});
    log.digest();
    const auto variable = log.variable(given, Tensor::scalar(2), {}, log.site(1));
    log.bind("v", LogBuilder::ref(variable), log.site(2));
    return log;
}

void TestLabels::laterNamesBeatThoseOfLoops() {
    LogBuilder log = loopLog("Variable");
    QCOMPARE(timelineOf(log.events()).variables()[0].label, std::string("v"));
    log.bind("kernel", LogBuilder::ref(VariableId{0}), log.site(3), "__init__");
    QCOMPARE(timelineOf(log.events()).variables()[0].label, std::string("kernel"));
    log.bind("first", LogBuilder::ref(VariableId{0}), log.site(3));
    QCOMPARE(timelineOf(log.events()).variables()[0].label, std::string("first"));
    log.bind("v", LogBuilder::ref(VariableId{0}), log.site(2));
    QCOMPARE(timelineOf(log.events()).variables()[0].label, std::string("first"));
}

void TestLabels::givenNamesBeatThoseOfLoops() {
    QCOMPARE(timelineOf(loopLog("kernel").events()).variables()[0].label, std::string("kernel"));
}

void TestLabels::tapesAreCalledByTheirVariables() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const TapeId tape = log.openTape(site), other = log.openTape(site);
    log.bind("gen_tape", LogBuilder::ref(tape), site);
    QCOMPARE(timelineOf(log.events()).tapes()[tape.index()].label, std::string("gen_tape"));
    QCOMPARE(timelineOf(log.events()).tapes()[other.index()].label, std::string());
}

void TestLabels::alikeConstantsSayTheirLines() {
    LogBuilder log("a\nb\nc\n");
    const auto first = log.constant(log.site(1), tensor({5}, {1, 2, 3, 4, 5}));
    const auto second = log.constant(log.site(2), tensor({5}, {5, 4, 3, 2, 1}));
    const auto few = log.constant(log.site(3), tensor({1}, {0.5F}));
    const auto sum = log.op("AddV2", log.site(3), {first, second}, tensor({5}, {6, 6, 6, 6, 6}));
    log.op("AddV2", log.site(3), {sum, few}, tensor({5}, {6, 6, 6, 6, 6}));
    const StepGraph graph = stepGraph(timelineOf(log.events()), 0);
    std::vector<std::string> words;
    for (const GraphBox& box : graph.boxes)
        if (box.key.kind == BoxKind::Constant) words.push_back(box.title + "|" + box.subtitle);
    std::ranges::sort(words);
    const std::vector<std::string> expected{"[0.5]|constant (1,)", "constant|constant (5,) · line 1",
                                            "constant|constant (5,) · line 2"};
    QCOMPARE(words, expected);
}

void TestLabels::vectorsAreNoNumbers() {
    QCOMPARE(shapeWords({2}), std::string("(2,)"));
    QCOMPARE(shapeWords({}), std::string("scalar"));
    QCOMPARE(shapeWords({2, 3}), std::string("2×3"));
}

void TestLabels::clippingSaysItsNorms() {
    const Timeline timeline = timelineOf(clippedTrace());
    const auto norms = normChange(timeline, FoldId{0});
    QVERIFY(norms);
    QVERIFY(std::abs(norms->before - std::sqrt(112.0)) < 1e-5);  // of [[4 4] [6 6]] and [2 2]
    QVERIFY(std::abs(norms->after - 1) < 1e-5);
    const FoldResult result = foldResult(timeline, FoldId{0});
    QCOMPARE(result.results.size(), std::size_t{2});
    QVERIFY(result.operations > 2);
    QVERIFY(clips("tf.clip_by_norm") && !clips("tf.linalg.global_norm"));
}

/// tf.clip_by_value(w, 0, 1) of w = 3 reads w inside.
void TestLabels::clippingAVariableSaysTheNormOfItsValue() {
    LogBuilder log("w = tf.Variable(3.0)\ntf.clip_by_value(w, 0.0, 1.0)\n");
    const auto w = log.variable("w", Tensor::scalar(3.0F), {}, log.site(1));
    const FoldId fold = log.beginFold("tf.clip_by_value", log.site(2));
    log.op("Minimum", log.site(2), {log.read(w, log.site(2)), log.constant(log.site(2), Tensor::scalar(1.0F))},
           Tensor::scalar(1.0F));
    log.endFold();
    const auto norms = normChange(timelineOf(log.events()), fold);
    QVERIFY(norms);
    QCOMPARE(norms->before, 3.0);
    QCOMPARE(norms->after, 1.0);
}

void TestLabels::aLimitOfTheSameShapeIsNoGuess() {
    LogBuilder log("tf.clip_by_norm(x, limit)\n");
    const auto x = log.constant(log.site(1), Tensor::scalar(1.0F));
    const auto limit = log.constant(log.site(1), Tensor::scalar(0.5F));
    const FoldId fold = log.beginFold("tf.clip_by_norm", log.site(1));
    log.op("Minimum", log.site(1), {x, limit}, Tensor::scalar(0.5F));
    log.endFold();
    QVERIFY(!normChange(timelineOf(log.events()), fold));
}

void TestLabels::theDigestIsOne() {
    const Timeline timeline = timelineOf(wrongSourceTrace());
    QVERIFY(timeline.digest() != nullptr && !timeline.digest()->items.empty());
    QVERIFY(Timeline().digest() == nullptr);
}

QTEST_APPLESS_MAIN(TestLabels)
#include "tst_labels.moc"
