// SPDX-License-Identifier: Apache-2.0
// What the log says of each id, found without a search. Immutable facts with the event that stated them; what changes
// over a run is in Snapshot.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/event.h"

namespace tapescope {

/// Where a label comes from, the better ones last: TensorFlow's own ("Variable"), the variable of a loop that goes over
/// what has no name yet, the one that was given (name="kernel"), a local name, a global one. "grads[0]", from a list,
/// counts as a name; the first of the better kind stays.
enum class LabelRank : std::uint8_t { None, Own, Loop, Given, Local, Global };

struct NodeRecord {
    EventIndex event = 0;
};

struct TensorRecord {
    EventIndex event = 0;  ///< OpExecuted that made it, or VariableCreated for a handle
    NodeId producer;       ///< nothing for a handle
    std::uint32_t output = 0;
    VariableId variable;             ///< for a handle
    std::vector<std::string> names;  ///< Python names it was ever bound to, first first, without scope
    std::string label;               ///< how to call it; empty where nobody named it
    LabelRank labelRank = LabelRank::None;
    std::vector<NodeId> consumers;
    GradientId gradientOf;    ///< where it is an answer of gradient(): the call,
    TensorId gradientSource;  ///< and the source it is the gradient of
};

struct VariableRecord {
    EventIndex event = 0;
    TensorId handle;
    std::string label;  ///< how to call it: its first Python name (a global one first), else TensorFlow's without ":0"
    LabelRank labelRank = LabelRank::Own;
    std::uint32_t version = 0;  ///< the latest
    std::vector<EventIndex> assigned;
};

struct TapeRecord {
    EventIndex opened = 0;
    std::string label;  ///< first Python name; empty where nobody named it
    LabelRank labelRank = LabelRank::None;
    std::vector<EventIndex> changes;  ///< TapeChanged
    std::vector<NodeId> nodes;        ///< forward operations it recorded
};

struct GradientRecord {
    EventIndex asked = 0;
    std::vector<EventIndex> arrivals;
    EventIndex answered = 0;  ///< 0 while it is not
};

struct OptimizerRecord {
    EventIndex created = 0;
    std::string label;  ///< first Python name, else its own
    LabelRank labelRank = LabelRank::Own;
    std::vector<ApplyId> applies;
};

struct ApplyRecord {
    EventIndex began = 0;
    std::vector<EventIndex> pairs;  ///< PairApplied
    EventIndex ended = 0;           ///< 0 while it is not
};

struct FoldRecord {
    EventIndex began = 0;
    std::vector<NodeId> nodes;  ///< innermost fold only
};

}  // namespace tapescope
