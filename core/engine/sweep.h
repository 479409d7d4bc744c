// SPDX-License-Identifier: Apache-2.0
// The way back over a recording: TensorFlow's algorithm (tape.h, ComputeGradient), run with any Runner, so that the
// same code serves gradient(), which records what it does, and the true gradient beside a wrong one, which does not.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/engine/tape.h"

namespace tapescope {

/// A gradient reached a tensor of the forward pass on its way to a source; `total` is the sum so far. TensorFlow sweeps
/// past the sources to the beginning of the tape; what arrives there answers nobody, and is not told.
struct Arrival {
    TensorId tensor;
    NodeId through;  ///< nothing for the seed
    std::uint32_t input = 0;
    Operand total;
};

/// An input for which a pullback gave no gradient although it might have: (operation, input).
using DroppedEdges = std::set<std::pair<NodeId, std::uint32_t>>;

struct Question {
    std::span<const Operand> targets;
    std::span<const Operand> sources;
    std::span<const Operand> seeds;  ///< empty, or one for each target; an empty Operand means ones
    DroppedEdges* dropped = nullptr;
};

/// One gradient for each source; an empty Operand is None. Throws Error(Lookup) where the way back meets an input whose
/// flow is Unregistered.
Operands sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
               const std::function<void(const Arrival&)>& arrived);

}  // namespace tapescope
