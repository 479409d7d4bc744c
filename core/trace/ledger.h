// SPDX-License-Identifier: Apache-2.0
// The log with its records: who was made when, found without a search. What append() writes; Timeline shows it
// read-only.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/looptargets.h"
#include "core/trace/places.h"
#include "core/trace/records.h"

namespace tapescope {

struct Ledger {
    std::deque<Event> events;
    std::vector<NodeRecord> nodes;
    std::vector<TensorRecord> tensors;
    std::vector<VariableRecord> variables;
    std::vector<TapeRecord> tapes;
    std::vector<GradientRecord> gradients;
    std::vector<OptimizerRecord> optimizers;
    std::vector<ApplyRecord> applies;
    std::vector<FoldRecord> folds;
    std::vector<EventIndex> callSites;  ///< CallSiteSeen, by id
    std::vector<EventIndex> files;      ///< ScriptRead, by id
    Places places;                      ///< the lines of all files
    LoopTargets targets;                ///< names that loops of the script bind
    std::vector<EventIndex> sited;      ///< events that have a call site
    std::array<std::vector<EventIndex>, std::variant_size_v<Event>> byKind;

    std::string texts() const;  ///< of all files, as lines count through them

    /// Takes an event that is admissible.
    void enter(Event&& event);
};

/// What is wrong with `event` as the next of this log, in a few words; nothing if it may be entered.
std::optional<std::string> objection(const Ledger& ledger, const Event& event);

}  // namespace tapescope
