// SPDX-License-Identifier: Apache-2.0
// Builds the deck from a timeline in one pass over its beats.
#include "app/view/deck.h"

#include <algorithm>
#include <cmath>

namespace tapescope {

namespace {

bool isWrong(const PairApplied& pair) {
    return pair.trueGradient || pair.outcome == PairOutcome::NoGradient || pair.outcome == PairOutcome::Refused;
}

/// The value of a target: what gradient() differentiates, the sum of the elements.
std::optional<double> lossOf(const Timeline& timeline, TensorId target) {
    if (target.index() >= timeline.tensors().size()) return std::nullopt;
    const auto& record = timeline.tensors()[target.index()];
    const auto* op = timeline.getIf<OpExecuted>(record.event);
    if (!op || record.output >= op->values.size()) return std::nullopt;
    const Value& value = op->values[record.output];
    if (value.whole && value.whole.count() == 1) return value.whole.at(0);
    const Summary summary = summaryOf(value);
    return summary.mean * static_cast<double>(elementCount(value.shape()));
}

void fillLosses(Deck& deck, const Timeline& timeline) {
    for (const auto& record : timeline.gradients()) {
        const auto& asked = timeline.get<GradientAsked>(record.asked);
        auto& step = deck.steps[std::min<std::size_t>(timeline.stepOf(record.asked), deck.steps.size() - 1)];
        if (!step.loss && !asked.targets.empty()) step.loss = lossOf(timeline, asked.targets.front());
    }
}

std::vector<DeckStep> stepsOf(const Timeline& timeline) {
    std::vector<DeckStep> steps;
    std::uint32_t begin = 0;
    for (const Step& step : timeline.steps()) {
        const std::uint32_t end = step.end == 0 ? 0 : timeline.beatOf(step.end - 1);
        steps.push_back({.begin = begin, .end = std::max(begin, end), .loss = {}});
        begin = steps.back().end;
    }
    return steps;
}

std::vector<Stretch> stretchesOf(const Timeline& timeline, const std::vector<DeckStep>& steps) {
    std::vector<Stretch> stretches;
    std::size_t step = 0;
    const auto beats = timeline.beats();
    for (std::uint32_t beat = 0; beat < beats.size(); ++beat) {
        const Phase phase = timeline.phaseOf(beats[beat]);
        bool fresh = stretches.empty() || stretches.back().phase != phase;
        while (step + 1 < steps.size() && beat >= steps[step].end) {
            ++step;
            fresh = true;
        }
        if (fresh) stretches.push_back({.phase = phase, .begin = beat, .end = beat, .caution = false});
        stretches.back().end = beat + 1;
        const auto* pair = timeline.getIf<PairApplied>(beats[beat]);
        if (pair && isWrong(*pair)) stretches.back().caution = true;
    }
    return stretches;
}

std::vector<Diamond> diamondsOf(const Timeline& timeline, std::span<const Finding> findings) {
    std::vector<Diamond> diamonds;
    for (std::uint32_t index = 0; index < findings.size(); ++index) {
        const EventIndex event = std::min(findings[index].event, timeline.size() - 1);
        diamonds.push_back({.finding = index,
                            .position = static_cast<double>(timeline.beatOf(event)),
                            .phase = timeline.phaseOf(event)});
    }
    std::stable_sort(diamonds.begin(), diamonds.end(),
                     [](const Diamond& a, const Diamond& b) { return a.position < b.position; });
    return diamonds;
}

/// A position this close to a stop stands on it.
constexpr double near = 1e-6;

template <class Range, class Place>
double nextStop(const Range& range, Place place, double position, int direction, double last) {
    double best = direction > 0 ? last : 0;
    for (const auto& item : range) {
        const double stop = place(item);
        if (direction > 0 && stop > position + near) best = std::min(best, stop);
        if (direction < 0 && stop < position - near) best = std::max(best, stop);
    }
    return best;
}

}  // namespace

Deck deckOf(const Timeline& timeline, std::span<const Finding> findings) {
    Deck deck;
    if (timeline.empty()) return deck;
    deck.beats = static_cast<std::uint32_t>(timeline.beats().size());
    deck.steps = stepsOf(timeline);
    deck.stretches = stretchesOf(timeline, deck.steps);
    deck.diamonds = diamondsOf(timeline, findings);
    if (!deck.steps.empty()) fillLosses(deck, timeline);
    return deck;
}

double nextPhase(const Deck& deck, double position, int direction) {
    const auto end = [](const Stretch& stretch) { return static_cast<double>(stretch.end); };
    return nextStop(deck.stretches, end, position, direction, deck.beats);
}

double nextStep(const Deck& deck, double position, int direction) {
    const auto end = [](const DeckStep& step) { return static_cast<double>(step.end); };
    return nextStop(deck.steps, end, position, direction, deck.beats);
}

std::optional<std::uint32_t> nextFinding(const Deck& deck, double position, int direction) {
    std::optional<std::uint32_t> best;
    for (std::uint32_t index = 0; index < deck.diamonds.size(); ++index) {
        const double place = deck.diamonds[index].position;
        if (direction > 0 && place > position + near) return index;
        if (direction < 0 && place < position - near) best = index;
    }
    return best;
}

std::uint32_t stepAt(const Deck& deck, double position) {
    if (deck.steps.empty()) return 0;
    const auto after =
        std::find_if(deck.steps.begin(), deck.steps.end(), [&](const DeckStep& step) { return position <= step.end; });
    const auto index = after - deck.steps.begin();
    return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(index, std::ssize(deck.steps) - 1));
}

}  // namespace tapescope
