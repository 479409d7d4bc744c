// SPDX-License-Identifier: Apache-2.0
// Trigonometric and special functions, and the slopes that gradients run.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

std::vector<Trial> functionTrials() {
    const Tensor orders = Tensor::of<double>({3}, std::vector<double>{1, 2, 3});
    const Tensor shapes = Tensor::of<double>({3}, std::vector<double>{1.5, 2.5, 0.7});
    return {
        {"Tan", {{3}}, {}, -1, 1},
        {"Asin", {{3}}, {}, -0.8, 0.8},
        {"Acos", {{3}}, {}, -0.8, 0.8},
        {"Atan", {{3}}},
        {"Sinh", {{3}}},
        {"Cosh", {{3}}},
        {"Asinh", {{3}}},
        {"Acosh", {{3}}, {}, 1.2, 3},
        {"Atanh", {{3}}, {}, -0.8, 0.8},
        {"Reciprocal", {{3}}, {}, 0.5, 2},
        {"Expm1", {{3}}},
        {"SqrtGrad", {{3}, {3}}, {}, 0.5, 2},
        {"RsqrtGrad", {{3}, {3}}, {}, 0.5, 2},
        {"ReciprocalGrad", {{3}, {3}}, {}, 0.5, 2},
        {"Erf", {{3}}},
        {"Erfc", {{3}}},
        {"Erfinv", {{3}}, {}, -0.8, 0.8},
        {"Ndtri", {{3}}, {}, 0.1, 0.9},
        {"Lgamma", {{3}}, {}, 0.5, 3},
        {"Digamma", {{3}}, {}, 0.5, 3},
        {"BesselI0", {{3}}},
        {"BesselI0e", {{3}}, {}, 0.2, 2},
        {"BesselI1", {{3}}, {}, 0.2, 2},
        {"BesselI1e", {{3}}, {}, 0.2, 2},
        {"BesselJ0", {{3}}, {}, 0.2, 2},
        {"BesselJ1", {{3}}, {}, 0.2, 2},
        {"BesselK0", {{3}}, {}, 0.2, 2},
        {"BesselK0e", {{3}}, {}, 0.2, 2},
        {"BesselK1", {{3}}, {}, 0.5, 2},
        {"BesselK1e", {{3}}, {}, 0.5, 2},
        {"BesselY0", {{3}}, {}, 0.5, 2},
        {"BesselY1", {{3}}, {}, 0.5, 2},
        {"Dawsn", {{4}}, {}, -3, 3},
        {"Expint", {{4}}, {}, 0.2, 4},
        {"FresnelCos", {{6}}, {}, -3, 3},
        {"FresnelSin", {{6}}, {}, -3, 3},
        {"Spence", {{6}}, {}, 0.1, 4},
        {"Igamma", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Igammac", {{3}, {3}}, {}, 0.5, 2},
        {"Zeta", {{3}, {2, 3}}, {}, 0.5, 2, {{0, Tensor::of<double>({3}, std::vector<double>{2, 3, 1.5})}}},
        {"Polygamma", {{3}, {3}}, {}, 0.5, 2, {{0, orders}}},
        {"Betainc", {{3}, {3}, {3}}, {}, 0.2, 0.8, {{0, shapes}, {1, orders}}},
        {"MulNoNan", {{2, 3}, {3}}, {}, 0.5, 2},
        {"DivNoNan", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Atan2", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Xlogy", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Xlog1py", {{2, 3}, {3}}, {}, 0.5, 2},
        {"Xdivy", {{2, 3}, {3}}, {}, 0.5, 2},
        {"NextAfter", {{3}, {3}}},
    };
}

}  // namespace tapescope::testing
