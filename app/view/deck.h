// SPDX-License-Identifier: Apache-2.0
// The tape of the deck as a value: what the transport draws and where its keys stop. Positions count beats: 0 is before
// the first, n is after the n-th.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/diagnosis/finding.h"
#include "core/trace/timeline.h"

namespace tapescope {

/// Beats of one phase in a row.
struct Stretch {
    Phase phase = Phase::Forward;
    std::uint32_t begin = 0;  ///< position before its first beat
    std::uint32_t end = 0;    ///< position after its last
    bool caution = false;     ///< an update in it was wrong or did not happen
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct DeckStep {
    std::uint32_t begin = 0, end = 0;
    std::optional<double> loss;  ///< of the first target of the first gradient() in it
    friend bool operator==(const DeckStep&, const DeckStep&) = default;
};

struct Diamond {
    std::uint32_t finding = 0;  ///< index
    double position = 0;
    Phase phase = Phase::Forward;
    friend bool operator==(const Diamond&, const Diamond&) = default;
};

struct Deck {
    std::uint32_t beats = 0;
    std::vector<Stretch> stretches;
    std::vector<DeckStep> steps;
    std::vector<Diamond> diamonds;  ///< by position
};

Deck deckOf(const Timeline& timeline, std::span<const Finding> findings);

/// The nearest stop of the kind beyond `position` in the direction (+1, -1); the end of the tape where there is none.
double nextPhase(const Deck& deck, double position, int direction);
double nextStep(const Deck& deck, double position, int direction);
std::optional<std::uint32_t> nextFinding(const Deck& deck, double position, int direction);  ///< index of a diamond

/// The step at a position, from 0.
std::uint32_t stepAt(const Deck& deck, double position);

}  // namespace tapescope
