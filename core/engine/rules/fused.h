// SPDX-License-Identifier: Apache-2.0
// Rules in one pass over memory, for float32: the same roundings in the same order as operation by operation, so the
// same digits, without a tensor for each operation. The common ones only; a rule falls back to its terms for all else.
#pragma once

#include <optional>

#include "core/engine/rule.h"

namespace tapescope::rules {

/// w ← w − g·α. Missing where the gradient or the variable is no float32, or their shapes differ.
std::optional<RuleResult> fusedDescent(const RuleInput& input, float alpha);

/// m ← m + (g − m)·(1 − β₁);  v ← v + (g² − v)·(1 − β₂);  w ← w − m·α / (√v + ε). Missing where a tensor is no float32
/// or has another shape than the variable.
struct AdamNumbers {
    float alpha, rest1, rest2, epsilon;
};
std::optional<RuleResult> fusedAdam(const RuleInput& input, const AdamNumbers& numbers);

}  // namespace tapescope::rules
