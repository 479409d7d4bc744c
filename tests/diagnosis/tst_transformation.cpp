// SPDX-License-Identifier: Apache-2.0
// transformed-gradient-unused: one run told many times, with a small difference in what becomes of the clipped
// gradient.
#include <QtTest>
#include <functional>

#include "tests/diagnosis/story.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Lines = std::vector<std::string>;

struct Telling {
    std::string name = "clipped";  ///< what the clipped gradient is called; "" for a call that stands alone
    std::string after = {};        ///< a line of text behind the update
    bool applyClipped = false;
    std::function<void(Story&, TensorId)> use = {};  ///< what else happens to it
};

std::vector<Finding> tell(const Telling& telling) {
    const std::string call = "[tf.clip_by_norm(g, 1.0) for g in grads]";
    const std::string bare = "tf.clip_by_norm(grads[0], 1.0)";
    const auto line = telling.name.empty() ? bare : telling.name + " = " + call;
    Story story("w = v()\noptimizer = o()\nloss = f(w)\ngrads = tape.gradient(loss, [w])\n" + line +
                "\noptimizer.apply_gradients(zip(grads, [w]))\n" + telling.after + "\n");
    if (telling.name.empty()) {
        story.call(5, bare, "tf.clip_by_norm", {"grads[0]", "1.0"});
    } else {
        const auto assign = story.assign(5, telling.name, call);
        story.call(5, "tf.clip_by_norm(g, 1.0)", "tf.clip_by_norm", {"g", "1.0"}, assign);
    }
    story.call(6, "zip(grads, [w])", "zip", {"grads", "[w]"});
    story.log.digest();
    const auto w = story.variable("w", 1);
    const auto optimizer = story.optimizer(2);
    const auto raw = story.gradient(4, story.forward(3, {w}), {story.log.handle(w)})[0];
    const auto clipped = story.clip(5, raw);
    if (!telling.name.empty())
        story.log.bind(telling.name, story.log.list({LogBuilder::ref(clipped)}), story.log.site(5));
    if (telling.use) telling.use(story, clipped);
    story.apply(6, optimizer, {{{telling.applyClipped ? clipped : raw, w}}, {}, {}, {}, false});
    return story.findings();
}

}  // namespace

class TestTransformation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clippedAndForgotten() {
        const auto findings = tell({});
        QCOMPARE(brief(findings), Lines{"transformed-gradient-unused 6"});
        const auto& finding = findings[0];
        QCOMPARE(finding.severity, Severity::Error);
        QCOMPARE(finding.names, Lines{"w"});
        // ‖[1, 1]‖ = 1.4142, ‖[.5, .5]‖ = 0.7071
        QVERIFY(finding.explanation.find("their norm is 1.414, clipped it would have been 0.7071") !=
                std::string::npos);
        QVERIFY(finding.fix);
        QCOMPARE(finding.fix->edits, (std::vector<Edit>{{6, "optimizer.apply_gradients(zip(grads, [w]))",
                                                         "optimizer.apply_gradients(zip(clipped, [w]))"}}));
    }

    void resultThrownAway() {
        const auto findings = tell({.name = ""});
        QCOMPARE(brief(findings), Lines{"transformed-gradient-unused 6"});
        QVERIFY(findings[0].fix && findings[0].fix->edits.empty());
    }

    void textThatDoesNotReadIt() {
        QCOMPARE(tell({.after = "print('clipped')  # clipped"}).size(), std::size_t{1});
        QCOMPARE(tell({.after = "optimizer.clipped"}).size(), std::size_t{1});
    }

    void nearMisses_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("the clipped one is applied") << 0;
        QTest::newRow("an operation takes it") << 1;
        QTest::newRow("the script looks at it") << 2;
        QTest::newRow("its name says that nobody wants it") << 3;
        QTest::newRow("a branch that did not run reads it") << 4;
        QTest::newRow("an f-string reads it") << 5;
        QTest::newRow("a variable takes it") << 6;
        QTest::newRow("an attribute keeps it") << 7;
        QTest::newRow("zip dropped it") << 8;
    }
    void nearMisses() {
        const std::vector<Telling> tellings{
            {.applyClipped = true},
            {.use = [](Story& story,
                       TensorId clipped) { story.log.op("Square", story.log.site(5), {clipped}, Tensor::scalar(1)); }},
            {.use =
                 [](Story& story, TensorId clipped) {
                     story.log.add(ValueLeft{clipped, 0, "numpy", story.log.site(5)});
                 }},
            {.name = "_"},
            {.after = "if no: optimizer.apply_gradients(zip(clipped, [w]))"},
            {.after = "print(f'{clipped}')"},
            {.use =
                 [](Story& story, TensorId clipped) {
                     story.log.assign(VariableId{0}, AssignKind::Assign, clipped, tensor({2}, {1, 1}),
                                      story.log.site(5));
                 }},
            {.name = "self.clipped"},
            {.use =
                 [](Story& story, TensorId clipped) {
                     story.apply(7, OptimizerId{0}, {{}, {}, {clipped}, {}, false});
                 }},
        };
        QFETCH(int, which);
        QCOMPARE(brief(tell(tellings.at(static_cast<std::size_t>(which)))), Lines{});
    }

    void clippedAndAppliedInTheSample() { QVERIFY(diagnose(timelineOf(clippedTrace())).empty()); }

    void usedInAnotherIteration() {
        Story story("for i in r:\n    clipped = tf.clip_by_norm(g, 1.0)\n    optimizer.apply_gradients(...)\n");
        story.log.syntax({SyntaxKind::Loop, -1, {1, 0, 3, 34}, "for", {}});
        story.assign(2, "clipped", "tf.clip_by_norm(g, 1.0)", 0);
        story.log.digest();
        const auto w = story.variable("w", 1);
        const auto optimizer = story.optimizer(1);
        for (std::uint32_t i = 0; i < 2; ++i) {
            story.iteration(i);
            const auto raw = story.gradient(1, story.forward(1, {w}), {story.log.handle(w)})[0];
            const auto clipped = story.clip(2, raw);
            story.log.bind("clipped", LogBuilder::ref(clipped), story.log.site(2));
            story.apply(3, optimizer, {{{i == 0 ? raw : clipped, w}}, {}, {}, {}, false});
        }
        QVERIFY(story.findings().empty());
    }

    void normAloneIsNoTransformation() {
        QCOMPARE(brief(tell({.name = "_",
                             .use =
                                 [](Story& story, TensorId) {
                                     story.log.beginFold("tf.linalg.global_norm", story.log.site(5));
                                     story.log.op("Sqrt", story.log.site(5), {TensorId{0}}, Tensor::scalar(1));
                                     story.log.endFold();
                                 }})),
                 Lines{});
    }
};

QTEST_GUILESS_MAIN(TestTransformation)
#include "tst_transformation.moc"
