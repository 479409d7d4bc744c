// SPDX-License-Identifier: Apache-2.0
// Step graphs made by hand.
#pragma once

#include "app/layout/layout.h"

namespace tapescope::testing {

/// y = X·W + b, loss = sum(y); one tape over the three operations, `unrecorded` an operation beside it; SGD with two
/// pairs.
StepGraph linearLayer();

/// The same with a variable more, that the last operation reads as well.
StepGraph linearLayerAndMask();

/// Chains of operations side by side, about `boxes` of them.
StepGraph deepNetwork(std::uint32_t boxes);

BoxSizes sizesOf(const StepGraph& graph, Direction direction = Direction::Down);

}  // namespace tapescope::testing
