// SPDX-License-Identifier: Apache-2.0
// The state of a run after an event. Only fold() makes one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/trace/event.h"

namespace tapescope {

struct VariableState {
    std::uint32_t version = 0;
    Value value;
    bool alive = true;  ///< some name still leads to it, or none ever did

    friend bool operator==(const VariableState&, const VariableState&) = default;
};

struct TapeState {
    bool recording = false;
    bool consumed = false;

    friend bool operator==(const TapeState&, const TapeState&) = default;
};

struct OptimizerState {
    std::int64_t iterations = 0;
    std::map<VariableId, std::vector<SlotChange>> slots;  ///< latest change of each slot

    friend bool operator==(const OptimizerState&, const OptimizerState&) = default;
};

struct NameState {
    std::string scope;
    ObjectRef object;
    EventIndex since = 0;

    friend bool operator==(const NameState&, const NameState&) = default;
};

struct Snapshot {
    std::map<VariableId, VariableState> variables;
    std::map<TapeId, TapeState> tapes;  ///< that record or may still be asked
    std::map<OptimizerId, OptimizerState> optimizers;
    std::map<std::string, NameState> names;  ///< by NameBound::name
    std::vector<LoopPosition> loops;
    CallSiteId at;                    ///< of the latest event that had a call site
    ApplyId applying;                 ///< a running apply_gradients,
    OptimizerId applyingOptimizer;    ///< whose it is
    std::vector<Pair> applyingPairs;  ///< and what it was given
    GradientId differentiating;       ///< a running gradient()
    std::optional<RunEnded> ended;

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// Brings `snapshot` from before `event` to after it. The only interpreter of events as state.
void fold(Snapshot& snapshot, const Event& event, EventIndex index);

}  // namespace tapescope
