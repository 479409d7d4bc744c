// SPDX-License-Identifier: Apache-2.0
// Parts of tensors, and choices between them.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> slicingTrials() {
    return {
        {"StridedSlice", {{4, 5}}, {Shape{3, 1}, Shape{-1, 2}, Shape{-2, 1}, Shape{1}}},
        {"StridedSliceGrad", {{2}}, {Shape{3, 1}, Shape{-1, 2}, Shape{-2, 1}, Shape{1}, Shape{4, 5}}},
        {"SelectV2", {{3}, {3}, {1}}, {}, -2, 2, {{0, condition({3}, {1, 0, 1})}}},
    };
}

}  // namespace tapescope::testing
