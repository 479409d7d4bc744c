// SPDX-License-Identifier: Apache-2.0
// late-or-aliased-observation: prints behind all updates, and a second name in place of a copy.
#include <QtTest>

#include "tests/diagnosis/story.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Lines = std::vector<std::string>;

const char* const script = R"(w = v()
optimizer = o()
train(w)
train(w)
print("one:", w.numpy())
print("two:", w.numpy())
x = f(w.numpy())
)";

/// The digest of the script, with w made and its optimizer.
struct Printing : Story {
    VariableId w;
    OptimizerId sgd;

    Printing() : Story(script) {
        for (const std::uint32_t line : {5U, 6U}) {
            const auto text = line == 5 ? "print(\"one:\", w.numpy())" : "print(\"two:\", w.numpy())";
            const auto print = call(line, text, "print", {line == 5 ? "\"one:\"" : "\"two:\"", "w.numpy()"});
            call(line, "w.numpy()", "w.numpy", {}, print);
        }
        const auto f = call(7, "f(w.numpy())", "f", {"w.numpy()"});
        call(7, "w.numpy()", "w.numpy", {}, f);
        log.digest();
        w = variable("w", 1);
        sgd = optimizer(2);
    }
    void print(std::uint32_t line) { look(line, w, "w.numpy()"); }
};

/// before = w (another name), a step, and a difference.
std::vector<Finding> difference(bool stepBetween, const std::string& text, bool secondName) {
    Story story("w = v()\nold = w\n\nstep()\n" + text + "\n");
    story.log.digest();
    const auto w = story.variable("w", 1);
    const auto optimizer = story.optimizer(3);
    if (!stepBetween) story.step(4, optimizer, w);
    if (secondName) story.log.bind("old", LogBuilder::ref(w), story.log.site(2));
    if (stepBetween) story.step(4, optimizer, w);
    const auto site = story.log.site(5);
    const auto left = story.log.read(w, site), right = story.log.read(w, site);
    story.log.op("Sub", site, {left, right}, tensor({2}, {0, 0}));
    return story.findings();
}

}  // namespace

class TestObservation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothPrintsBehindBothUpdates() {
        Printing story;
        story.step(3, story.sgd, story.w);
        story.step(4, story.sgd, story.w);
        story.print(5);
        story.print(6);
        const auto findings = story.findings();
        QCOMPARE(brief(findings), Lines{"late-or-aliased-observation 5"});
        QCOMPARE(findings[0].severity, Severity::Hint);
        QVERIFY(findings[0].fix);
        QCOMPARE(findings[0].fix->edits, (std::vector<Edit>{{3, "train(w)", "train(w)\nprint(\"one:\", w.numpy())"},
                                                            {5, "print(\"one:\", w.numpy())", ""}}));
    }

    void oneUpdate() {
        Printing story;
        story.step(3, story.sgd, story.w);
        story.print(5);
        story.print(6);
        QVERIFY(story.findings().empty());
    }

    void lookedAtInBetween() {
        Printing story;
        story.step(3, story.sgd, story.w);
        story.look(7, story.w, "w.numpy()");
        story.step(4, story.sgd, story.w);
        story.print(5);
        story.print(6);
        QVERIFY(story.findings().empty());
    }

    void updatesInALoop() {
        Printing story;
        for (std::uint32_t i = 0; i < 4; ++i) {
            story.iteration(i);
            story.step(3, story.sgd, story.w);
        }
        story.log.loops({});
        story.print(5);
        story.print(6);
        QVERIFY(story.findings().empty());
    }

    void oneFunctionCalledTwice() {
        Printing story;
        story.step(3, story.sgd, story.w);
        story.step(3, story.sgd, story.w);
        story.print(5);
        story.print(6);
        QVERIFY(story.findings().empty());
    }

    void secondLookComputes() {
        Printing story;
        story.step(3, story.sgd, story.w);
        story.step(4, story.sgd, story.w);
        story.print(5);
        story.look(7, story.w, "w.numpy()");
        QVERIFY(story.findings().empty());
    }

    void aliasInPlaceOfACopy() {
        const auto findings = difference(true, "print(w - old)", true);
        QCOMPARE(brief(findings), Lines{"late-or-aliased-observation 5"});
        QCOMPARE(findings[0].title, std::string("old is no copy of w"));
        QCOMPARE(findings[0].severity, Severity::Hint);
    }

    void aliasNearMisses() {
        QVERIFY(difference(false, "print(w - old)", true).empty());
        QVERIFY(difference(true, "print(w - w)", true).empty());
        QVERIFY(difference(true, "print(w - old)", false).empty());
    }
};

QTEST_GUILESS_MAIN(TestObservation)
#include "tst_observation.moc"
