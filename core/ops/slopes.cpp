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
    static T packed(T y, T g) {
        return T(0.5) / conjugate(y) * g;
    }
    template <class T>
    static T single(T y, T g) {
        return T(0.5) * g / conjugate(y);
    }
};
struct InverseRootSlope {
    template <class T>
    static T packed(T y, T g) {
        const T value = conjugate(y);
        const T reached = value * g;
        return reached == T(0) ? T(0) : T(-0.5) * (value * value) * reached;
    }
    template <class T>
    static T single(T y, T g) {
        const T value = conjugate(y);
        return T(-0.5) * (g * value) * (value * value);
    }
};
struct InverseSlope {
    template <class T>
    static T packed(T y, T g) {
        const T value = conjugate(y);
        return -(value * value) * g;
    }
    template <class T>
    static T single(T y, T g) {
        const T value = conjugate(y);
        return -value * value * g;
    }
};

template <class Slope>
Tensors slopes(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    const bool one = in[1].count() == 1;
    if (!one) requireSameCount(row, in);
    // As many elements in whatever shape: the result has that of the first.
    const Tensor seed = in[1].reshaped(one ? Shape{} : in[0].shape());
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() {
        using W = Wide<T>;
        Filling<T> result(in[0].shape());
        const T* y = in[0].as<T>().data();
        const T* g = seed.as<T>().data();
        const std::int64_t count = in[0].count();
        // 32 bytes at a time, and what is left over one by one; halves are computed as floats.
        constexpr std::int64_t atOnce = 32 / sizeof(T);
        const std::int64_t whole = std::is_same_v<T, W> ? count / atOnce * atOnce : 0;
        for (std::int64_t i = 0; i < count; ++i) {
            const W value = static_cast<W>(y[i]);
            const W reached = static_cast<W>(g[one ? 0 : i]);
            const W slope = i < whole ? Slope::packed(value, reached) : Slope::single(value, reached);
            result.values[static_cast<std::size_t>(i)] = static_cast<T>(reached == W(0) ? W(0) : slope);
        }
        return std::move(result).done();
    })};
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
