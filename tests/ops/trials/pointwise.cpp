// SPDX-License-Identifier: Apache-2.0
// One operand, element by element.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> pointwiseTrials() {
    return {
        {"Neg", {{3}}, {}}, {"Square", {{3}}, {}},      {"Sqrt", {{3}}, {}, 0.5, 2},  {"Rsqrt", {{3}}, {}, 0.5, 2},
        {"Exp", {{3}}, {}}, {"Log", {{3}}, {}, 0.5, 2}, {"Log1p", {{3}}, {}, 0.5, 2}, {"Abs", {{3}}, {}, 0.5, 2},
        {"Sin", {{3}}, {}}, {"Cos", {{3}}, {}},
    };
}

}  // namespace tapescope::testing
