// SPDX-License-Identifier: Apache-2.0
// Values that are looked at on their way.
#include <cmath>

#include "core/base/convert.h"
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

Tensors checked(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (!tapescope::row(in[0].dtype()).floating) refuseDType(row, in[0].dtype());
    bool nan = false;
    bool infinite = false;
    const Tensor wide = converted(in[0], DType::Float64);
    for (const double value : wide.as<double>()) {
        nan |= std::isnan(value);
        infinite |= std::isinf(value);
    }
    if (nan || infinite) {
        const std::string found = nan && infinite ? "Inf and NaN" : nan ? "NaN" : "Inf";
        refuse(row, std::get<std::string>(attributes[0]) + " : Tensor had " + found + " values");
    }
    return {in[0]};
}

/// array_ops.py _CheckNumericsGrad: the gradient is looked at as well.
Operands checkedBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const std::string message =
        "Not a number (NaN) or infinity (Inf) values detected in gradient. " + std::get<std::string>(op.attributes[0]);
    return {run.run("CheckNumerics", {g[0]}, {message})};
}
}  // namespace

std::vector<OpRow> checking() {
    return {{"CheckNumerics",
             "",
             "y = x",
             "The same value, if it is finite; the gradient must be finite too.",
             {{"tensor"}},
             {{"message", std::string{}}},
             checked,
             checkedBack}};
}

}  // namespace tapescope::rows
