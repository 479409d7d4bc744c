// SPDX-License-Identifier: Apache-2.0
// More room around a tensor.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> paddingTrials() {
    return {
        {"Pad", {{2, 3}}, {Shape{1, 0, 2, 1}}},
        {"PadV2", {{2, 3}, {}}, {Shape{1, 0, 2, 1}}},
        {"MirrorPad", {{2, 3}}, {Shape{1, 0, 2, 1}, std::string("REFLECT")}},
        {"MirrorPad", {{2, 3}}, {Shape{1, 2, 3, 1}, std::string("SYMMETRIC")}},
        {"MirrorPadGrad", {{3, 6}}, {Shape{1, 0, 2, 1}, std::string("REFLECT")}},
    };
}

}  // namespace tapescope::testing
