// SPDX-License-Identifier: Apache-2.0
// The rows of each family of update rules.
#pragma once

#include "core/engine/rule.h"

namespace tapescope {

std::span<const Rule> descentRules();   ///< SGD, Lion
std::span<const Rule> adaptiveRules();  ///< RMSprop, Adagrad, Adadelta, Ftrl
std::span<const Rule> momentRules();    ///< Adam, AdamW, Adamax, Nadam, Lamb, ScheduleFreeAdamW
std::span<const Rule> matrixRules();    ///< Adafactor, Muon

}  // namespace tapescope
