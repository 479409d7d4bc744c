// SPDX-License-Identifier: Apache-2.0
// What the operations that draw random numbers have in common. Their first three attributes say where the generator
// starts.
#pragma once

#include <initializer_list>

#include "core/ops/kernel.h"
#include "core/ops/noise.h"

namespace tapescope::rows {

std::vector<AttributeRow> withSeeds(std::initializer_list<AttributeRow> more);  ///< seed seed2 skip, and more
std::vector<AttributeRow> withKey(std::initializer_list<AttributeRow> more);    ///< key counter skip, and more
Philox generatorOf(const Attributes& attributes);

}  // namespace tapescope::rows
