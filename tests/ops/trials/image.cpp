// SPDX-License-Identifier: Apache-2.0
// Images of other sizes.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> imageTrials() {
    return {
        {"ResizeNearestNeighbor", {{1, 2, 3, 2}}, {Shape{3, 5}}},
        {"ResizeBilinear", {{1, 2, 3, 2}}, {Shape{3, 5}}, -2, 2, {}, 1, false, 4},
    };
}

}  // namespace tapescope::testing
