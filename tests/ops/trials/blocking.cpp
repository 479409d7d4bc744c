// SPDX-License-Identifier: Apache-2.0
// What passes values on.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> blockingTrials() {
    return {
        {"Identity", {{3}}, {}},
        {"Cast", {{3}}, {DType::Float64}},
        {"Fill", {{}}, {Shape{2, 2}}},
    };
}

}  // namespace tapescope::testing
