// SPDX-License-Identifier: Apache-2.0
// The same numbers in another arrangement.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> shapingTrials() {
    return {
        {"Reshape", {{2, 3}}, {Shape{3, -1}}},        {"BroadcastTo", {{3, 1}}, {Shape{2, 3, 4}}},
        {"Transpose", {{2, 3, 4}}, {Shape{2, 0, 1}}}, {"ExpandDims", {{2, 3}}, {std::int64_t{-1}}},
        {"Squeeze", {{2, 1, 3}}, {Shape{1}}},         {"EnsureShape", {{2, 3}}, {Shape{2, -1}}},
    };
}

}  // namespace tapescope::testing
