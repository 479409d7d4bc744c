// SPDX-License-Identifier: Apache-2.0
// The same elements in another order.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> blocksTrials() {
    const std::int64_t zero = 0;
    const std::int64_t one = 1;
    return {
        {"Tile", {{2, 3}}, {Shape{2, 3}}},
        {"ReverseV2", {{2, 3}}, {Shape{-1}}},
        {"Roll", {{2, 3}}, {Shape{1, -2}, Shape{0, 1}}},
        {"ReverseSequence", {{2, 4}, {2}}, {one, zero}, -2, 2, {{1, indices({2}, {3, 2})}}},
        {"SpaceToBatchND", {{1, 2, 3, 2}}, {Shape{2, 2}, Shape{0, 0, 1, 0}}},
        {"BatchToSpaceND", {{4, 1, 2, 2}}, {Shape{2, 2}, Shape{0, 0, 1, 0}}},
        {"SpaceToDepth", {{1, 4, 2, 3}}, {std::int64_t{2}}},
        {"DepthToSpace", {{1, 2, 1, 8}}, {std::int64_t{2}}},
    };
}

}  // namespace tapescope::testing
