// SPDX-License-Identifier: Apache-2.0
// Parts of Adam that other rules have as well: keras/src/optimizers/adam.py.
#pragma once

#include "core/engine/rules/term.h"

namespace tapescope::rules {

Term firstMoment(const Step& step, double beta);   ///< m + (1 − β)·(g − m), in the slot "momentum"
Term secondMoment(const Step& step, double beta);  ///< v + (1 − β)·(g² − v), in the slot "velocity"
Term powerOfStep(const Step& step, double beta);   ///< βᵗ
/// α = rate·√(1 − β₂ᵗ) / (1 − β₁ᵗ).
Term adamRate(const Step& step, const Term& rate, double beta1, double beta2);

std::string momentTexts(double beta1, double beta2);
std::string adamRateText(const Settings& settings, double rate, double beta1, double beta2);

}  // namespace tapescope::rules
