// SPDX-License-Identifier: Apache-2.0
// Activations and their gradient operations.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> activationTrials() {
    return {
        {"Tanh", {{3}}, {}},          {"Sigmoid", {{3}}, {}},          {"Relu", {{3}}, {}, 0.5, 2},
        {"Softplus", {{3}}, {}},      {"Softmax", {{2, 3}}, {}},       {"LogSoftmax", {{2, 3}}, {}},
        {"TanhGrad", {{3}, {3}}, {}}, {"SigmoidGrad", {{3}, {3}}, {}}, {"ReluGrad", {{3}, {3}}, {}, 0.5, 2},
    };
}

}  // namespace tapescope::testing
