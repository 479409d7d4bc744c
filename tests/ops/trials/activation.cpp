// SPDX-License-Identifier: Apache-2.0
// Activations and their gradient operations.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> activationTrials() {
    const Attributes alpha{0.3};
    return {
        {"Tanh", {{3}}},
        {"Sigmoid", {{3}}},
        {"Softsign", {{3}}},
        {"Softmax", {{2, 3}}},
        {"LogSoftmax", {{2, 3}}},
        {"Relu", {{3}}, {}, 0.5, 2},
        {"Relu6", {{4}}, {}, 0.5, 8},
        {"LeakyRelu", {{3}}, alpha, -2, -0.5},
        {"LeakyRelu", {{3}}, alpha, 0.5, 2},
        {"Elu", {{4}}},
        {"Selu", {{4}}, {}, -2, -0.5},
        {"Softplus", {{3}}},
        {"Swish", {{3}, {}}},
        {"TanhGrad", {{3}, {3}}},
        {"SigmoidGrad", {{3}, {3}}},
        {"ReluGrad", {{3}, {3}}, {}, 0.5, 2},
        {"Relu6Grad", {{3}, {3}}, {}, 0.5, 2},
        {"LeakyReluGrad", {{3}, {3}}, alpha, -2, -0.5},
        {"EluGrad", {{3}, {3}}, {}, -0.9, -0.1},
        {"SeluGrad", {{3}, {3}}, {}, -0.9, -0.1},
    };
}

}  // namespace tapescope::testing
