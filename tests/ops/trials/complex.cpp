// SPDX-License-Identifier: Apache-2.0
// Complex numbers: a gradient is the direction in which the real and imaginary parts rise together.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

namespace {
Trial ofComplex(const char* op) {
    return {op, {{3}}, {}, 0, 0, {{0, complexNumbers({3}, {{1, 2}, {-0.5, 0.7}, {0.3, -1.1}})}}};
}

Trial ofTwo(const char* op) {
    Trial trial = ofComplex(op);
    trial.inputs.push_back({});
    trial.given.emplace_back(1, complexNumbers({}, {{0.8, -0.6}}));
    return trial;
}
}  // namespace

/// Without Cumprod, whose gradient TensorFlow does not conjugate: for complex numbers it is no derivative.
std::vector<Trial> complexTrials() {
    std::vector<Trial> all{{"Complex", {{2, 3}, {3}}}};
    for (const char* op :
         {"Real",  "Imag",  "Angle", "Conj", "ComplexAbs", "Neg", "Square", "Sqrt", "Rsqrt",  "Reciprocal", "Exp",
          "Expm1", "Log",   "Log1p", "Sin",  "Cos",        "Tan", "Asin",   "Acos", "Atan",   "Sinh",       "Cosh",
          "Asinh", "Acosh", "Atanh", "Tanh", "Sigmoid",    "Sum", "Prod",   "Mean", "Cumsum", "FFT",        "IFFT"})
        all.push_back(ofComplex(op));
    for (const char* op : {"AddV2", "Sub", "Mul", "RealDiv", "DivNoNan", "Pow"}) all.push_back(ofTwo(op));
    return all;
}

}  // namespace tapescope::testing
