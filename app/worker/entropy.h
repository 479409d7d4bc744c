// SPDX-License-Identifier: Apache-2.0
// Where "random" bytes of the system come from in a worker: the seed of the run.
#pragma once

#include <cstdint>

namespace tapescope {

void seedEntropy(std::uint64_t seed);

}  // namespace tapescope
