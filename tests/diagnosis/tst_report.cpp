// SPDX-License-Identifier: Apache-2.0
// The rows of `check --format json`: one for each variable and step.
#include <QtTest>
#include <cmath>

#include "tests/diagnosis/story.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Names = std::vector<std::string>;

}  // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongSource() {
        const auto reports = variableReports(timelineOf(wrongSourceTrace()));
        QCOMPARE(reports.size(), std::size_t{2});
        const auto& W = reports[0];
        const auto& b = reports[1];
        QCOMPARE(W.names, Names{"W"});
        QCOMPARE(W.line, 3U);
        QVERIFY(W.updated && b.updated);
        QCOMPARE(W.steps.size(), std::size_t{2});
        QCOMPARE(b.steps.size(), std::size_t{2});
        QCOMPARE(W.steps[0].gradient, GradientState::Path);
        QCOMPARE(W.steps[0].pairedWith, std::string("W"));
        QCOMPARE(W.steps[0].reason, std::string());
        // 0.01·‖[[4,4],[6,6]]‖ = 0.01·√104, in float32
        QVERIFY(std::abs(W.steps[0].change - 0.101980) < 1e-6);
        QCOMPARE(W.steps[1].step, 2U);
        QCOMPARE(W.steps[1].line, 28U);
        QCOMPARE(W.steps[1].gradient, GradientState::NotAsked);
        QCOMPARE(W.steps[1].pairedWith, std::string("y_pred_incorrect"));
        QVERIFY(W.steps[1].applied);
        QVERIFY(std::abs(W.steps[1].change - 0.02) < 1e-6);
        QCOMPARE(W.steps[1].reason, std::string("the gradient belongs to y_pred_incorrect, not to W"));
        QCOMPARE(b.steps[1].gradient, GradientState::NotAsked);
        QCOMPARE(b.steps[1].pairedWith, std::string());
        QVERIFY(!b.steps[1].applied);
        QCOMPARE(b.steps[1].line, 26U);
        QCOMPARE(b.steps[1].change, 0.0);
        QCOMPARE(b.steps[1].reason, std::string("zip() dropped it: 1 gradient for 2 variables"));
    }

    void cutPath() {
        const auto reports = variableReports(timelineOf(cutPathTrace()));
        const auto& step = reports[1].steps.at(0);
        QCOMPARE(step.gradient, GradientState::None);
        QCOMPARE(step.cutLine, 9U);
        QVERIFY(!step.applied && !reports[1].updated && !step.reason.empty());
    }

    void namesAtTheEnd() {
        Story story("\n\n\n");
        story.log.digest();
        const auto first = story.variable("w", 1);
        const auto second = story.variable("w", 2);
        story.log.bind("kernel", LogBuilder::ref(second), story.log.site(2));
        story.log.bind("local", LogBuilder::ref(first), story.log.site(2), "f");
        story.log.bind("all", story.log.list({LogBuilder::ref(second), LogBuilder::ref(first)}), story.log.site(3));
        const auto reports = variableReports(story.timeline());
        QCOMPARE(reports[0].names, Names{"all[1]"});
        QCOMPARE(reports[1].names, (Names{"w", "kernel", "all[0]"}));
    }

    void lastNameOfWhatIsGone() {
        Story story("\n\n");
        story.log.digest();
        story.variable("w", 1);
        story.variable("w", 2);
        const auto reports = variableReports(story.timeline());
        QCOMPARE(reports[0].names, Names{"w"});
        QVERIFY(!reports[0].updated);
    }

    void stepsWithoutAGradient() {
        Story story("\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.log.assign(w, AssignKind::AssignAdd, {}, tensor({2}, {4, 6}), story.log.site(2));
        const auto reports = variableReports(story.timeline());
        const auto& step = reports[0].steps.at(0);
        QCOMPARE(step.gradient, GradientState::Pending);
        QVERIFY(step.applied && reports[0].updated);
        QCOMPARE(step.line, 2U);
        QCOMPARE(step.change, 5.0);  // [1, 2] -> [4, 6]
    }

    void severalUpdatesInAStepAddUp() {
        Story story("\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.iteration(0);
        const auto optimizer = story.optimizer(1);
        const auto gradients = story.gradient(2, story.forward(2, {w}), {story.log.handle(w)});
        story.log.assign(w, AssignKind::Assign, {}, tensor({2}, {9, 9}), story.log.site(2));
        story.log.assign(w, AssignKind::Assign, {}, tensor({2}, {1.5F, 3.5F}), story.log.site(2));
        story.apply(3, optimizer, {{{gradients[0], w}}, {}, {}, {}, false});
        const auto reports = variableReports(story.timeline());
        // 1.5 - 0.5 and 3.5 - 0.5: from [1, 2] to [1, 3]
        QCOMPARE(reports[0].steps.back().change, 1.0);
    }

    void heldBack() {
        Story story("\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.step(3, story.optimizer(1), w);
        story.timeline();
        std::vector<Event> events = story.log.events();
        std::erase_if(events, [](const Event& event) {
            const auto* assigned = std::get_if<VariableAssigned>(&event);
            return assigned != nullptr && assigned->kind == AssignKind::Optimizer;
        });
        const auto reasonWith = [&events](PairOutcome outcome) {
            for (Event& event : events)
                if (auto* pair = std::get_if<PairApplied>(&event)) pair->outcome = outcome;
            return variableReports(timelineOf(events))[0].steps.at(0).reason;
        };
        QCOMPARE(
            reasonWith(PairOutcome::Accumulated),
            std::string("its gradient was accumulated: the optimizer adds gradients up and updates in a later step"));
        QCOMPARE(reasonWith(PairOutcome::NotFinite),
                 std::string("the step was skipped: a gradient was not finite, and the optimizer lowers the scale of "
                             "the loss"));
        QCOMPARE(reasonWith(PairOutcome::NoGradient), std::string("the optimizer got None for its gradient"));
    }

    void overwritten() {
        Story story("\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.step(3, story.optimizer(1), w);
        story.log.assign(w, AssignKind::Assign, {}, tensor({2}, {1, 2}), story.log.site(4));
        QCOMPARE(variableReports(story.timeline())[0].steps.back().reason,
                 std::string("the update was overwritten in line 4"));
    }

    void changedByWhoReadsIt() {
        // Weights that are clipped after the update were not overwritten: what was updated went into them.
        Story story("\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.step(3, story.optimizer(1), w);
        story.forward(4, {w});
        story.log.assign(w, AssignKind::Assign, {}, tensor({2}, {1, 2}), story.log.site(4));
        QCOMPARE(variableReports(story.timeline())[0].steps.back().reason, std::string());
    }

    void suppressed() {
        Story story("\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.step(3, story.optimizer(1), w);
        story.timeline();
        std::vector<Event> events = story.log.events();
        const auto reason = [&events] { return variableReports(timelineOf(events))[0].steps.back().reason; };
        QCOMPARE(reason(), std::string());
        for (Event& event : events) {
            auto* pair = std::get_if<PairApplied>(&event);
            if (pair == nullptr) continue;
            pair->change = 0;
            pair->rule = "w ← w − 0·g";
        }
        QCOMPARE(reason(),
                 std::string("the update was suppressed: with these numbers the rule changes nothing: w ← w − 0·g"));
    }

    void askedAndNotApplied() {
        Story story("\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        story.gradient(2, story.forward(2, {w}), {story.log.handle(w)});
        const auto reports = variableReports(story.timeline());
        QCOMPARE(reports[0].steps.at(0).gradient, GradientState::Path);
        QCOMPARE(reports[0].steps.at(0).reason, std::string("its gradient was not applied"));
    }

    void anyPrefix() {
        Timeline timeline;
        QVERIFY(variableReports(timeline).empty());
        for (const auto& event : wrongSourceTrace()) {
            QVERIFY(!timeline.append(event));
            variableReports(timeline);
        }
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
