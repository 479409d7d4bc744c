// SPDX-License-Identifier: Apache-2.0
// What the rules about pairs share: the two calls that a pair comes from, and the edit that asks for the variables.
#pragma once

#include <vector>

#include "core/diagnosis/finding.h"
#include "core/diagnosis/script.h"

namespace tapescope {

const ApplyBegan& beganOf(const Timeline& timeline, ApplyId apply);
const GradientAsked& askedOf(const Timeline& timeline, GradientId gradient);

/// The sources of gradient() replaced by the variables that the call of apply_gradients pairs with; empty where that
/// cannot be done in the text.
std::vector<Edit> askForVariables(const Timeline& timeline, const Script& script, GradientId gradient, ApplyId apply);

}  // namespace tapescope
