// SPDX-License-Identifier: Apache-2.0
// Several tensors made one, and one made several.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> joiningTrials() {
    const std::int64_t one = 1;
    return {
        {"ConcatV2", {{2, 3}, {2, 1}, {2, 2}}, {one}}, {"Pack", {{2, 3}, {2, 3}}, {one}},
        {"Unpack", {{2, 3}}, {std::int64_t{3}, one}},  {"Split", {{2, 4}}, {std::int64_t{2}, one}},
        {"SplitV", {{2, 4}}, {Shape{3, 1}, one}},
    };
}

}  // namespace tapescope::testing
