// SPDX-License-Identifier: Apache-2.0
// Sums, means, extremes.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> reductionTrials() {
    return {
        {"Sum", {{2, 3}}, {Shape{0}, false}},
        {"Mean", {{2, 3}}, {Shape{-1}, true}},
        {"Max", {{2, 3}}, {Shape{1}, false}},
        {"Min", {{2, 3}}, {std::monostate{}, false}},
        {"L2Loss", {{2, 3}}, {}},
        {"AddN", {{2}, {2}, {2}}, {}},
    };
}

}  // namespace tapescope::testing
