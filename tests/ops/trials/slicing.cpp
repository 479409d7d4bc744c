// SPDX-License-Identifier: Apache-2.0
// Parts of tensors, and choices between them.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> slicingTrials() {
    const std::int64_t zero = 0;
    const std::int64_t one = 1;
    return {
        {"StridedSlice", {{4, 5}}, {Shape{3, 1}, Shape{0, 2}, Shape{-2, 1}, zero, zero, zero, zero, std::int64_t{2}}},
        {"StridedSlice", {{4, 5}}, {Shape{0, 0}, Shape{0, 3}, Shape{1, 1}, zero, zero, one, one + one, zero}},
        {"StridedSliceGrad",
         {{2}},
         {Shape{3, 1}, Shape{0, 2}, Shape{-2, 1}, zero, zero, zero, zero, std::int64_t{2}, Shape{4, 5}}},
        {"Slice", {{4, 5}}, {Shape{1, 2}, Shape{2, -1}}},
        {"SelectV2", {{3}, {3}, {1}}, {}, -2, 2, {{0, condition({3}, {1, 0, 1})}}},
    };
}

}  // namespace tapescope::testing
