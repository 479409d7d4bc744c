// SPDX-License-Identifier: Apache-2.0
// The tape of the deck: lanes, steps, losses, diamonds and where the keys stop.
#include <QtTest>
#include <numeric>

#include "app/view/deck.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/sampletape.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestDeck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyTimelineIsAnEmptyDeck();
    void stretchesCoverTheBeatsWithoutGaps();
    void phasesAlternateWithinAStep();
    void wrongUpdateIsMarked();
    void waitingGradientsAreNoMistake_data();
    void waitingGradientsAreNoMistake();
    void lossesAreTheValuesOfTheTargets();
    void diamondsStandAtTheirEvents();
    void phaseKeysStopAtEnds();
    void stepKeysStopAtEnds();
    void findingKeysGoBothWays();
    void manySteps();
};

void TestDeck::emptyTimelineIsAnEmptyDeck() {
    const Deck deck = deckOf(Timeline(), {});
    QCOMPARE(deck.beats, 0U);
    QVERIFY(deck.stretches.empty());
    QCOMPARE(nextPhase(deck, 0, 1), 0.0);
    QCOMPARE(stepAt(deck, 0), 0U);
}

void TestDeck::stretchesCoverTheBeatsWithoutGaps() {
    const Timeline timeline = timelineOf(wrongSourceTrace());
    const Deck deck = deckOf(timeline, {});
    QCOMPARE(deck.beats, static_cast<std::uint32_t>(timeline.beats().size()));
    std::uint32_t at = 0;
    for (const Stretch& stretch : deck.stretches) {
        QCOMPARE(stretch.begin, at);
        QVERIFY(stretch.end > stretch.begin);
        for (std::uint32_t beat = stretch.begin; beat < stretch.end; ++beat) {
            QCOMPARE(timeline.phaseOf(timeline.beats()[beat]), stretch.phase);
        }
        at = stretch.end;
    }
    QCOMPARE(at, deck.beats);
}

void TestDeck::phasesAlternateWithinAStep() {
    // The script runs forward, backward and apply in both of its steps.
    const Deck deck = deckOf(timelineOf(wrongSourceTrace()), {});
    QCOMPARE(deck.steps.size(), std::size_t{2});
    std::vector<Phase> phases;
    for (const Stretch& stretch : deck.stretches) phases.push_back(stretch.phase);
    const std::vector<Phase> once{Phase::Forward, Phase::Backward, Phase::Apply};
    QVERIFY(phases.size() >= 6);
    QVERIFY(std::equal(once.begin(), once.end(), phases.begin()));
    QVERIFY(std::equal(once.begin(), once.end(), phases.begin() + 3));
}

void TestDeck::wrongUpdateIsMarked() {
    const Deck deck = deckOf(timelineOf(wrongSourceTrace()), {});
    std::vector<bool> cautions;
    for (const Stretch& stretch : deck.stretches) {
        if (stretch.phase == Phase::Apply) cautions.push_back(stretch.caution);
    }
    QCOMPARE(cautions, (std::vector<bool>{false, true}));
}

/// A gradient that waits for others, or a step that loss scaling leaves out, is what the script asked for.
void TestDeck::waitingGradientsAreNoMistake_data() {
    QTest::addColumn<PairOutcome>("outcome");
    QTest::addColumn<bool>("caution");
    QTest::addRow("accumulated") << PairOutcome::Accumulated << false;
    QTest::addRow("not finite") << PairOutcome::NotFinite << false;
    QTest::addRow("no gradient") << PairOutcome::NoGradient << true;
    QTest::addRow("refused") << PairOutcome::Refused << true;
}

void TestDeck::waitingGradientsAreNoMistake() {
    QFETCH(PairOutcome, outcome);
    QFETCH(bool, caution);
    std::vector<Event> events = wrongSourceTrace();
    for (Event& event : events) {
        if (auto* pair = std::get_if<PairApplied>(&event)) {
            pair->outcome = outcome;
            pair->trueGradient.reset();
        }
    }
    const Deck deck = deckOf(timelineOf(events), {});
    for (const Stretch& stretch : deck.stretches) {
        if (stretch.phase == Phase::Apply) QCOMPARE(stretch.caution, caution);
    }
}

void TestDeck::lossesAreTheValuesOfTheTargets() {
    const Deck deck = deckOf(timelineOf(wrongSourceTrace()), {});
    // sum(X·W + b) with X = [[1 2] [3 4]], W = [[.31 .07] [.80 .52]] and b = 0: column sums of X are 4 and 6.
    QVERIFY(deck.steps[0].loss.has_value());
    QVERIFY(std::abs(*deck.steps[0].loss - (4 * (0.31 + 0.07) + 6 * (0.80 + 0.52))) < 1e-5);
    // One step of 0.01 along [[4 4] [6 6]] and [2 2] takes 0.01 * (2*4*4 + 2*6*6 + 2*2*2) off it.
    QVERIFY(std::abs(*deck.steps[0].loss - *deck.steps[1].loss - 0.01 * (32 + 72 + 8)) < 1e-5);
}

void TestDeck::diamondsStandAtTheirEvents() {
    const Timeline timeline = timelineOf(wrongSourceTrace());
    const std::vector<Finding> findings = diagnose(timeline);
    const Deck deck = deckOf(timeline, findings);
    QCOMPARE(deck.diamonds.size(), findings.size());
    QVERIFY(!findings.empty());
    double before = 0;
    for (const Diamond& diamond : deck.diamonds) {
        const Finding& finding = findings[diamond.finding];
        QCOMPARE(diamond.position, static_cast<double>(timeline.beatOf(finding.event)));
        QCOMPARE(diamond.phase, timeline.phaseOf(finding.event));
        QVERIFY(diamond.position >= before);
        before = diamond.position;
    }
}

void TestDeck::phaseKeysStopAtEnds() {
    const Deck deck = deckOf(timelineOf(wrongSourceTrace()), {});
    double position = 0;
    for (const Stretch& stretch : deck.stretches) {
        position = nextPhase(deck, position, 1);
        QCOMPARE(position, static_cast<double>(stretch.end));
    }
    QCOMPARE(nextPhase(deck, position, 1), position);
    for (std::size_t i = deck.stretches.size(); i-- > 0;) {
        position = nextPhase(deck, position, -1);
        QCOMPARE(position, static_cast<double>(deck.stretches[i].begin));
    }
    QCOMPARE(nextPhase(deck, 0.5, -1), 0.0);
}

void TestDeck::stepKeysStopAtEnds() {
    const Deck deck = deckOf(timelineOf(wrongSourceTrace()), {});
    const double first = nextStep(deck, 0, 1);
    QCOMPARE(first, static_cast<double>(deck.steps[0].end));
    QCOMPARE(nextStep(deck, first, 1), static_cast<double>(deck.beats));
    QCOMPARE(nextStep(deck, deck.beats, -1), first);
    QCOMPARE(nextStep(deck, first, -1), 0.0);
    QCOMPARE(stepAt(deck, first), 0U);
    QCOMPARE(stepAt(deck, first + 0.5), 1U);
    QCOMPARE(stepAt(deck, deck.beats), 1U);
}

void TestDeck::findingKeysGoBothWays() {
    Deck deck;
    deck.beats = 10;
    deck.diamonds = {{.finding = 1, .position = 3}, {.finding = 0, .position = 7}};
    QCOMPARE(nextFinding(deck, 0, 1), std::optional<std::uint32_t>(0));
    QCOMPARE(nextFinding(deck, 3, 1), std::optional<std::uint32_t>(1));
    QCOMPARE(nextFinding(deck, 7, 1), std::optional<std::uint32_t>());
    QCOMPARE(nextFinding(deck, 7, -1), std::optional<std::uint32_t>(0));
    QCOMPARE(nextFinding(deck, 3, -1), std::optional<std::uint32_t>());
}

void TestDeck::manySteps() {
    constexpr std::uint32_t steps = 2000;
    const Deck deck = deckOf(timelineOf(loopTrace(steps)), {});
    QCOMPARE(deck.steps.size(), std::size_t{steps});
    // Every step takes 0.01 * (1 + 4) off X·W: a falling line.
    const auto rises = std::adjacent_find(
        deck.steps.begin(), deck.steps.end(),
        [](const DeckStep& a, const DeckStep& b) { return !a.loss || !b.loss || *b.loss >= *a.loss; });
    QVERIFY(rises == deck.steps.end());
    QCOMPARE(stepAt(deck, deck.beats), steps - 1);
}

QTEST_MAIN(TestDeck)
#include "tst_deck.moc"
