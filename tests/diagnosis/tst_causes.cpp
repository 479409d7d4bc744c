// SPDX-License-Identifier: Apache-2.0
// The table as a whole, optimizer-unknown-variable and left-tensorflow.
#include <QtTest>
#include <set>

#include "tests/diagnosis/story.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Lines = std::vector<std::string>;

const std::string unknown =
    "Unknown variable: <tf.Variable 'w:0' shape=(2,) dtype=float32, numpy=array([1., 2.], dtype=float32)>. This "
    "optimizer can only be called for the variables it was originally built with. When working with a new set of "
    "variables, you should recreate a new optimizer instance.";

/// A step, `w` bound to a new variable, and a step that raises.
Story rebound(const std::string& type = "ValueError", const std::string& message = unknown) {
    Story story("w = v()\noptimizer = o()\nstep()\nw = tf.Variable(start(), name=\"w\")  # again\nstep()\n");
    const auto assign = story.assign(4, "w", "tf.Variable(start(), name=\"w\")");
    story.call(4, "tf.Variable(start(), name=\"w\")", "tf.Variable", {"start()", "name=\"w\""}, assign);
    story.log.digest();
    const auto w = story.variable("w", 1);
    const auto optimizer = story.optimizer(2);
    story.step(3, optimizer, w);
    const auto again = story.variable("w", 4);
    const auto gradients = story.gradient(5, story.forward(5, {again}), {story.log.handle(again)});
    story.apply(5, optimizer, {{{gradients[0], again}}, {}, {}, {}, true});
    if (!type.empty()) story.raise(5, type, message);
    return story;
}

Story cutAt(CutReason reason, bool asked, bool trainable) {
    Story story("\n\n\n\n");
    story.log.digest();
    const auto b = story.log.variable("b", tensor({2}, {1, 2}), {}, story.log.site(1), trainable);
    story.log.bind("b", LogBuilder::ref(b), story.log.site(1));
    const auto site = story.log.site(2);
    const auto copy = story.log.constant(site, tensor({2}, {1, 2}), {story.log.handle(b)});
    const auto pass = story.forward(3, {});
    const auto gradient = story.log.ask(
        pass.tape, {pass.loss}, asked ? std::vector{story.log.handle(b)} : std::vector<TensorId>{}, story.log.site(4));
    SourceAnswer answer;
    answer.source = story.log.handle(b);
    answer.asked = asked;
    answer.state = asked ? GradientState::None : GradientState::NotAsked;
    answer.path = false;
    answer.reason = reason;
    answer.cutNode = story.log.producer(copy);
    answer.cutSite = site;
    story.log.answer(gradient, {answer});
    return story;
}

}  // namespace

class TestCauses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableHasEachCauseOnce() {
        std::set<std::string_view> ids;
        for (const auto& cause : causeTable()) {
            QVERIFY(ids.insert(cause.id).second);
            QVERIFY(!cause.title.empty() && cause.find != nullptr);
            QCOMPARE(cause.severity, cause.id == "late-or-aliased-observation" ? Severity::Hint : Severity::Error);
        }
        QCOMPARE(ids.size(), std::size_t{7});
    }

    void findingsAreSortedComplete() {
        for (const auto& events : {wrongSourceTrace(), cutPathTrace(), rebound().log.events()}) {
            const auto timeline = timelineOf(events);
            const auto findings = diagnose(timeline);
            QVERIFY(!findings.empty());
            QVERIFY(std::ranges::is_sorted(findings, {}, &Finding::event));
            for (const auto& finding : findings) {
                QVERIFY(!finding.evidence.empty());
                QVERIFY(
                    std::ranges::all_of(finding.evidence, [&](EventIndex index) { return index < timeline.size(); }));
                QVERIFY(finding.line > 0 && finding.event < timeline.size());
                QVERIFY(!finding.title.empty() && !finding.message.empty() && !finding.explanation.empty() &&
                        finding.fix);
                QCOMPARE(finding.names.size(), finding.variables.size());
            }
        }
    }

    void sameLogSameFindings() {
        const auto first = diagnose(timelineOf(wrongSourceTrace())), second = diagnose(timelineOf(wrongSourceTrace()));
        QCOMPARE(brief(first), brief(second));
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(first[i].explanation, second[i].explanation);
            QCOMPARE(first[i].evidence, second[i].evidence);
        }
    }

    void anyPrefixCanBeDiagnosed() {
        for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace(), rebound().log.events()}) {
            Timeline timeline;
            for (const auto& event : events) {
                QVERIFY(!timeline.append(event));
                for (const auto& finding : diagnose(timeline)) QVERIFY(!finding.evidence.empty());
            }
        }
    }

    void emptyLog() { QVERIFY(diagnose(Timeline()).empty()); }

    void reboundVariable() {
        const auto findings = rebound().findings();
        QCOMPARE(brief(findings), Lines{"optimizer-unknown-variable 4"});
        const auto& finding = findings[0];
        QCOMPARE(finding.names, Lines{"w"});
        QCOMPARE(finding.variables, std::vector<VariableId>{VariableId{1}});
        QCOMPARE(finding.tensorflowSays, std::optional(unknown));
        QVERIFY(finding.explanation.find("line 5") != std::string::npos);
        QCOMPARE(
            finding.fix->edits,
            (std::vector<Edit>{{4, "w = tf.Variable(start(), name=\"w\")  # again", "w.assign(start())  # again"}}));
    }

    void sharedOptimizer() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto first = story.variable("first", 1), second = story.variable("w", 2);
        const auto optimizer = story.optimizer(3);
        story.step(4, optimizer, first);
        const auto gradients = story.gradient(5, story.forward(5, {second}), {story.log.handle(second)});
        story.apply(5, optimizer, {{{gradients[0], second}}, {}, {}, {}, true});
        story.raise(5, "ValueError", unknown);
        const auto findings = story.findings();
        QCOMPARE(brief(findings), Lines{"optimizer-unknown-variable 5"});
        QCOMPARE(findings[0].names, Lines{"w"});
        QVERIFY(findings[0].fix->edits.empty());
    }

    void otherErrorsAreNotItsBusiness() {
        QVERIFY(rebound("ValueError", "No gradients provided for any variable.").findings().empty());
        QVERIFY(rebound("KeyError", unknown).findings().empty());
        QVERIFY(rebound("").findings().empty());
    }

    void cutByACopy() {
        const auto findings = diagnose(timelineOf(cutPathTrace()));
        QCOMPARE(brief(findings), Lines{"left-tensorflow 9"});
        const auto& finding = findings[0];
        QCOMPARE(finding.names, Lines{"b"});
        QCOMPARE(finding.severity, Severity::Error);
        QVERIFY(finding.explanation.find("loss") != std::string::npos);
    }

    void onlyWhatWasAskedAndLeft() {
        QCOMPARE(brief(cutAt(CutReason::LeftTensorFlow, true, true).findings()), Lines{"left-tensorflow 2"});
        QCOMPARE(brief(cutAt(CutReason::Copied, true, true).findings()), Lines{"left-tensorflow 2"});
        QVERIFY(cutAt(CutReason::LeftTensorFlow, false, true).findings().empty());
        QVERIFY(cutAt(CutReason::LeftTensorFlow, true, false).findings().empty());
        QVERIFY(cutAt(CutReason::StopGradient, true, true).findings().empty());
        QVERIFY(cutAt(CutReason::Unused, true, true).findings().empty());
    }
};

QTEST_GUILESS_MAIN(TestCauses)
#include "tst_causes.moc"
