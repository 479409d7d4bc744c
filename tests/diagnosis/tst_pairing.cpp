// SPDX-License-Identifier: Apache-2.0
// gradient-of-intermediate and zip-truncated: what fires them, and what comes near.
#include <QtTest>

#include "tests/diagnosis/story.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Lines = std::vector<std::string>;

const Finding* find(const std::vector<Finding>& findings, const std::string& id) {
    for (const auto& finding : findings)
        if (finding.id == id) return &finding;
    return nullptr;
}

/// One step in which `w` is updated with the gradient of a tensor that `make` computes from it.
template <class Make>
std::vector<Finding> withSource(Make make, const Tensor& trueGradient = {}) {
    Story story("w = ...\n\n\n\n\n");
    story.log.digest();
    const auto w = story.variable("w", 1);
    const auto optimizer = story.optimizer(2);
    const auto pass = story.forward(3, {w});
    const auto source = make(story, pass);
    const auto gradients = story.gradient(4, pass, {source});
    story.apply(5, optimizer, {{{gradients[0], w}}, {}, {}, trueGradient, false});
    return story.findings();
}

}  // namespace

class TestPairing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongSourceOfListingOne() {
        const auto findings = diagnose(timelineOf(wrongSourceTrace()));
        QCOMPARE(brief(findings), (Lines{"gradient-of-intermediate 26", "zip-truncated 28"}));
        const auto& wrong = findings[0];
        QCOMPARE(wrong.severity, Severity::Error);
        QCOMPARE(wrong.names, Lines{"W"});
        QVERIFY(wrong.message.find("y_pred_incorrect") != std::string::npos);
        QVERIFY(wrong.explanation.find("2×2") != std::string::npos);
        QVERIFY(!wrong.tensorflowSays);
        // ‖ones(2,2)‖ = 2, ‖[[4,4],[6,6]]‖ = √104
        QVERIFY(wrong.explanation.find("Its norm is 2, that of the gradient of W is 10.2") != std::string::npos);
    }

    void fixOfTheSourceList() {
        const auto findings = diagnose(timelineOf(wrongSourceTrace()));
        for (const auto& finding : findings) {
            QVERIFY(finding.fix);
            QCOMPARE(finding.fix->edits.size(), std::size_t{1});
            QCOMPARE(finding.fix->edits[0].line, 26U);
            QCOMPARE(finding.fix->edits[0].before,
                     std::string("    gradients_incorrect = tape.gradient(loss_incorrect, [y_pred_incorrect])"));
            QCOMPARE(finding.fix->edits[0].after,
                     std::string("    gradients_incorrect = tape.gradient(loss_incorrect, [W, b])"));
            QVERIFY(!finding.fix->verified);
        }
    }

    void truncatedOfListingOne() {
        const auto findings = diagnose(timelineOf(wrongSourceTrace()));
        const auto& truncated = findings[1];
        QCOMPARE(truncated.names, Lines{"b"});
        QCOMPARE(truncated.variables, std::vector<VariableId>{sampleB});
        QCOMPARE(truncated.title, std::string("b was not updated in step 2"));
        QCOMPARE(truncated.message, std::string("zip() paired 1 gradient with 2 variables, so b got nothing."));
    }

    void productIsAnIntermediate() {
        QCOMPARE(brief(withSource([](Story&, const Story::Pass& pass) { return pass.y; })),
                 Lines{"gradient-of-intermediate 4"});
    }

    void roundedWeightsStandForThemselves() {
        QVERIFY(withSource([](Story& story, const Story::Pass& pass) {
                    return story.log.op("Round", story.log.site(3), {pass.reads[0]}, tensor({2}, {1, 2}));
                }).empty());
    }

    void shiftByAConstantStandsForTheVariable() {
        QVERIFY(withSource([](Story& story, const Story::Pass& pass) {
                    const auto noise = story.log.constant(story.log.site(3), tensor({2}, {0.1F, 0.2F}));
                    return story.log.op("AddV2", story.log.site(3), {noise, pass.reads[0]}, tensor({2}, {1, 2}));
                }).empty());
    }

    void stepAlongAGradientIsAShift() {
        QVERIFY(withSource([](Story& story, const Story::Pass& pass) {
                    const auto first =
                        story.gradient(3, story.forward(3, {VariableId{0}}), {story.log.handle(VariableId{0})})[0];
                    const auto rate = story.log.constant(story.log.site(3), tensor({2}, {0.1F, 0.1F}));
                    const auto step = story.log.op("Mul", story.log.site(3), {rate, first}, tensor({2}, {0.1F, 0.1F}));
                    return story.log.op("Sub", story.log.site(3), {pass.reads[0], step}, tensor({2}, {0.9F, 1.9F}));
                }).empty());
    }

    void quantisedWeightsStandForThemselves() {
        QVERIFY(withSource([](Story& story, const Story::Pass& pass) {
                    const auto site = story.log.site(3);
                    const auto scale = story.log.op("Max", site, {pass.reads[0]}, Tensor::scalar(2));
                    const auto small = story.log.op("RealDiv", site, {pass.reads[0], scale}, tensor({2}, {0.5F, 1}));
                    const auto whole = story.log.op("Round", site, {small}, tensor({2}, {0, 1}));
                    return story.log.op("Mul", site, {whole, scale}, tensor({2}, {0, 2}));
                }).empty());
    }

    void sumOfTwoVariablesStandsForNone() {
        QCOMPARE(brief(withSource([](Story& story, const Story::Pass& pass) {
                     const auto other = story.variable("other", 3);
                     const auto read = story.log.read(other, story.log.site(3));
                     return story.log.op("AddV2", story.log.site(3), {pass.reads[0], read}, tensor({2}, {1, 2}));
                 })),
                 Lines{"gradient-of-intermediate 4"});
    }

    void sameNumbersAsTheTrueGradient() {
        QVERIFY(withSource([](Story&, const Story::Pass& pass) { return pass.y; }, tensor({2}, {1, 1})).empty());
        QCOMPARE(withSource([](Story&, const Story::Pass& pass) { return pass.y; }, tensor({2}, {1, 2})).size(),
                 std::size_t{1});
    }

    void chainRuleByHand() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        const auto optimizer = story.optimizer(2);
        const auto pass = story.forward(3, {w});
        const auto ofY = story.gradient(4, pass, {pass.y})[0];
        const auto ofW = story.log.op("Mul", story.log.site(4), {ofY, pass.reads[0]}, tensor({2}, {1, 2}));
        story.apply(5, optimizer, {{{ofW, w}}, {}, {}, {}, false});
        QVERIFY(story.findings().empty());
    }

    void clippingKeepsWhatAGradientBelongsTo() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        const auto optimizer = story.optimizer(2);
        const auto pass = story.forward(3, {w});
        const auto clipped = story.clip(4, story.gradient(4, pass, {pass.y})[0]);
        story.apply(5, optimizer, {{{clipped, w}}, {}, {}, {}, false});
        QCOMPARE(brief(story.findings()), Lines{"gradient-of-intermediate 4"});
    }

    void mistakeInALoopIsOneFinding() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1), b = story.variable("b", 1);
        const auto optimizer = story.optimizer(2);
        for (std::uint32_t i = 0; i < 3; ++i) {
            story.iteration(i);
            const auto pass = story.forward(3, {w, b});
            const auto gradients = story.gradient(4, pass, {pass.y});
            story.apply(5, optimizer, {{{gradients[0], w}}, {b}, {}, {}, false});
        }
        const auto findings = story.findings();
        QCOMPARE(brief(findings), (Lines{"gradient-of-intermediate 4", "zip-truncated 5"}));
        QVERIFY(findings[0].explanation.find("in 3 steps, first in step 1") != std::string::npos);
        QCOMPARE(findings[1].title, std::string("b was not updated in 3 steps, first in step 1"));
    }

    void shapeThatDoesNotFit() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        const auto optimizer = story.optimizer(2);
        const auto pass = story.forward(3, {w});
        const auto gradients = story.gradient(4, pass, {pass.loss});
        story.apply(5, optimizer, {{{gradients[0], w}}, {}, {}, {}, true});
        story.raise(5, "InvalidArgumentError", "shapes must be equal");
        const auto findings = story.findings();
        QCOMPARE(brief(findings), Lines{"gradient-of-intermediate 4"});
        QCOMPARE(findings[0].tensorflowSays, std::optional<std::string>("shapes must be equal"));
    }

    void droppedVariableThatAnotherCallUpdates() {
        Story story("\n\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1), b = story.variable("b", 1);
        const auto optimizer = story.optimizer(2);
        const auto gradients = story.gradient(4, story.forward(3, {w, b}), {story.log.handle(w), story.log.handle(b)});
        story.apply(5, optimizer, {{{gradients[0], w}}, {b}, {}, {}, false});
        story.apply(6, optimizer, {{{gradients[1], b}}, {}, {}, {}, false});
        QVERIFY(story.findings().empty());
    }

    void droppedVariableThatIsNotTrainable() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1);
        const auto statistics = story.log.variable("mean", tensor({2}, {0, 0}), {}, story.log.site(1), false);
        const auto optimizer = story.optimizer(2);
        const auto gradients = story.gradient(4, story.forward(3, {w}), {story.log.handle(w)});
        story.apply(5, optimizer, {{{gradients[0], w}}, {statistics}, {}, {}, false});
        QVERIFY(story.findings().empty());
    }

    void droppedGradientOfAVariable() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1), b = story.variable("b", 1);
        const auto optimizer = story.optimizer(2);
        const auto gradients = story.gradient(4, story.forward(3, {w, b}), {story.log.handle(w), story.log.handle(b)});
        story.apply(5, optimizer, {{{gradients[0], w}}, {}, {gradients[1]}, {}, false});
        const auto findings = story.findings();
        QCOMPARE(brief(findings), Lines{"zip-truncated 5"});
        QCOMPARE(findings[0].names, Lines{"b"});
        QCOMPARE(findings[0].message, std::string("zip() paired 2 gradients with 1 variable, so b got nothing."));
    }

    void droppedGradientThatWasLookedAtOrIsOfAnInput() {
        Story story("\n\n\n\n\n");
        story.log.digest();
        const auto w = story.variable("w", 1), b = story.variable("b", 1);
        const auto optimizer = story.optimizer(2);
        const auto pass = story.forward(3, {w, b});
        const auto gradients = story.gradient(4, pass, {story.log.handle(w), story.log.handle(b), pass.y});
        story.apply(5, optimizer, {{{gradients[0], w}}, {}, {gradients[1], gradients[2]}, {}, false});
        story.log.add(ValueLeft{gradients[1], 0, "numpy", story.log.site(5)});
        QVERIFY(story.findings().empty());
    }

    void sliceIsTakenAway() {
        Story story(
            "w = v(1)\nb = v(2)\n\ngrads = tape.gradient(loss, [w, b])\noptimizer.apply_gradients(zip(grads[:1], [w, "
            "b]))\n");
        story.call(5, "zip(grads[:1], [w, b])", "zip", {"grads[:1]", "[w, b]"});
        story.log.digest();
        const auto w = story.variable("w", 1), b = story.variable("b", 2);
        const auto optimizer = story.optimizer(3);
        const auto gradients = story.gradient(4, story.forward(3, {w, b}), {story.log.handle(w), story.log.handle(b)});
        story.log.bind("grads", story.log.list({LogBuilder::ref(gradients[0]), LogBuilder::ref(gradients[1])}),
                       story.log.site(4));
        story.apply(5, optimizer, {{{gradients[0], w}}, {b}, {}, {}, false});
        const auto findings = story.findings();
        const auto* truncated = find(findings, "zip-truncated");
        QVERIFY(truncated && truncated->fix);
        QCOMPARE(truncated->fix->edits, (std::vector<Edit>{{5, "optimizer.apply_gradients(zip(grads[:1], [w, b]))",
                                                            "optimizer.apply_gradients(zip(grads, [w, b]))"}}));
    }
};

QTEST_GUILESS_MAIN(TestPairing)
#include "tst_pairing.moc"
