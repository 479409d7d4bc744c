// SPDX-License-Identifier: Apache-2.0
// Operations that only gradients run: TensorFlow has kernels for the slopes of some functions in terms of their values.
#include "core/ops/loops.h"
#include "core/ops/matrices.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

// Where no gradient arrives none goes on, whatever the slope: so it is in TensorFlow's kernels, and what tf.where left
// out at 0 stays out.
struct RootSlope {
    template <class T>
    T operator()(T y, T g) const {
        return g == T(0) ? T(0) : T(0.5) * g / conjugate(y);
    }
};
struct InverseRootSlope {
    template <class T>
    T operator()(T y, T g) const {
        if (g == T(0)) return T(0);
        const T value = conjugate(y);
        return T(-0.5) * (g * value) * (value * value);
    }
};
struct InverseSlope {
    template <class T>
    T operator()(T y, T g) const {
        if (g == T(0)) return T(0);
        const T value = conjugate(y);
        // In this order, as a kernel of TensorFlow's has it: nothing that reaches an overflow stays nothing.
        return -value * g * value;
    }
};

template <class Slope>
Tensors slopes(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    const bool one = in[1].count() == 1;
    if (!one) requireSameCount(row, in);
    // As many elements in whatever shape: the result has that of the first.
    const Tensor seed = in[1].reshaped(one ? Shape{} : in[0].shape());
    return {floatingOrComplex(row, in[0].dtype(),
                              [&]<class T>() { return pairsOf<T, T>(in[0], seed, in[0].shape(), Slope{}); })};
}

// The formulas of math_grad.py; a is the value of the function, b the gradient that arrived.
Operands rootSlopeBack(Runner& run, const Executed& op, Gradients g) {
    const Back at{run, op, g};
    const Term share = at.g() / at.input(0);
    return {-share.conjugate() * at.output(), 0.5 * share};
}

Operands inverseRootSlopeBack(Runner& run, const Executed& op, Gradients g) {
    const Back at{run, op, g};
    const Term a = at.x(0);
    return {-1.5 * at.g().conjugate() * at.input(1) * a.call("Square"), a.call("RsqrtGrad", at.g())};
}

Operands inverseSlopeBack(Runner& run, const Executed& op, Gradients g) {
    const Back at{run, op, g};
    const Term a = at.x(0);
    return {at.g().conjugate() * -2.0 * at.input(1) * a, a.call("ReciprocalGrad", at.g())};
}
}  // namespace

std::vector<OpRow> slopes() {
    return {
        {"SqrtGrad",
         "",
         "z = ½ g / y",
         "What reaches the input of a square root y.",
         {{"y"}, {"dy"}},
         {},
         slopes<RootSlope>,
         rootSlopeBack},
        {"RsqrtGrad",
         "",
         "z = −½ g · y³",
         "What reaches the input of an inverse root y.",
         {{"y"}, {"dy"}},
         {},
         slopes<InverseRootSlope>,
         inverseRootSlopeBack},
        {"ReciprocalGrad",
         "",
         "z = −g · y²",
         "What reaches the input of an inverse y.",
         {{"y"}, {"dy"}},
         {},
         slopes<InverseSlope>,
         inverseSlopeBack},
    };
}

}  // namespace tapescope::rows
