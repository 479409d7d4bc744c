// SPDX-License-Identifier: Apache-2.0
// Products of matrices.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> linearTrials() {
    return {
        {"MatMul", {{2, 3}, {3, 4}}, {false, false}},
        {"MatMul", {{3, 2}, {3, 4}}, {true, false}},
        {"MatMul", {{2, 3}, {4, 3}}, {false, true}},
        {"MatMul", {{3, 2}, {4, 3}}, {true, true}},
    };
}

}  // namespace tapescope::testing
