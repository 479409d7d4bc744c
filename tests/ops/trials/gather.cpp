// SPDX-License-Identifier: Apache-2.0
// Parts that integers name.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> gatherTrials() {
    const std::int64_t one = 1;
    return {
        {"GatherV2", {{4, 2}, {3}}, {}, -2, 2, {{1, indices({3}, {3, 0, 3})}}},
        {"GatherV2", {{2, 4, 3}, {2, 2}}, {one, std::int64_t{0}}, -2, 2, {{1, indices({2, 2}, {3, 0, 3, 1})}}},
        {"GatherV2", {{2, 3, 4}, {2, 3}}, {std::int64_t{2}, one}, -2, 2, {{1, indices({2, 3}, {3, 0, 3, 1, 1, 2})}}},
        {"ResourceGather", {{4, 2}, {3}}, {}, -2, 2, {{1, indices({3}, {3, 0, 3})}}},
        {"GatherNd", {{3, 4}, {2, 1}}, {}, -2, 2, {{1, indices({2, 1}, {2, 2})}}},
        {"GatherNd", {{3, 4}, {2, 2}}, {}, -2, 2, {{1, indices({2, 2}, {2, 3, 0, 1})}}},
        {"ResourceGatherNd", {{3, 4}, {2, 2}}, {}, -2, 2, {{1, indices({2, 2}, {2, 3, 2, 3})}}},
    };
}

}  // namespace tapescope::testing
