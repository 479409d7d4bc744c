// SPDX-License-Identifier: Apache-2.0
// Two operands, broadcast.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> arithmeticTrials() {
    return {
        {"AddV2", {{2, 3}, {3}}, {}},
        {"Sub", {{2, 1}, {2, 3}}, {}},
        {"Mul", {{2, 3}, {}}, {}},
        {"RealDiv", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Maximum", {{4}, {4}}, {}},
        {"Minimum", {{4}, {1}}, {}},
        {"Pow", {{3}, {3}}, {}, 0.5, 2},
        {"SquaredDifference", {{2, 2}, {2}}, {}},
        {"FloorMod", {{3}, {3}}, {}, 1.1, 1.4},
    };
}

}  // namespace tapescope::testing
