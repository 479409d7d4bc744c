// SPDX-License-Identifier: Apache-2.0
// The families of rows for values that are not dense numbers.
#pragma once

#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

std::vector<OpRow> strings();      ///< texts, one by one
std::vector<OpRow> stringParts();  ///< texts put together and taken apart
std::vector<OpRow> sparse();       ///< values with their places

}  // namespace tapescope::rows
