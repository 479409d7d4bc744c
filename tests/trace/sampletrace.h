// SPDX-License-Identifier: Apache-2.0
// Whole runs as the worker would send them, written by hand: what everything behind the trace is tested with.
#pragma once

#include <string>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/timeline.h"
#include "tests/trace/logbuilder.h"

namespace tapescope::testing {

/// Two steps of a linear layer: the first updates W and b; the second asks for the gradient of y_pred_incorrect (inside
/// the block), pairs it with W by zip(), and leaves b out. 31 lines, ids as declared below.
std::vector<Event> wrongSourceTrace();
std::string wrongSourceScript();

/// One step in which b goes into the loss as tf.constant(b.numpy()): b is asked for and gets None.
std::vector<Event> cutPathTrace();
std::string cutPathScript();

/// One step in which tf.clip_by_global_norm stands between gradient() and apply_gradients().
std::vector<Event> clippedTrace();
std::string clippedScript();

/// A model of two layers, each a fold within the model's, and the gradient of its result; where it is cut, the value
/// goes through Python between the two layers, so that the first one's kernel gets None.
std::vector<Event> layersTrace(bool cut);

/// Ids that the first two share: W and b are made in this order.
inline constexpr VariableId sampleW{0};
inline constexpr VariableId sampleB{1};

}  // namespace tapescope::testing
