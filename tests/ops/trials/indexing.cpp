// SPDX-License-Identifier: Apache-2.0
// Numbers that name places.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> indexingTrials() {
    return {
        {"DynamicPartition", {{4, 2}, {4}}, {std::int64_t{2}}, -2, 2, {{1, indices({4}, {1, 0, 1, 0})}}},
        {"DynamicStitch",
         {{2}, {2}, {2, 3}, {2, 3}},
         {},
         -2,
         2,
         {{0, indices({2}, {0, 3})}, {1, indices({2}, {2, 1})}}},
    };
}

}  // namespace tapescope::testing
