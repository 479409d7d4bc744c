// SPDX-License-Identifier: Apache-2.0
// The operations that gradients of activations are made of, and their own ways back.
#include <algorithm>
#include <utility>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

/// The slopes of sigmoid and tanh count elements (SimpleBinaryOp), the others look at shapes (BinaryElementWiseOp).
void requireLike(const OpRow& row, Inputs in) {
    if (row.type == "TanhGrad" || row.type == "SigmoidGrad") return requireSameCount(row, in);
    if (in[0].shape() == in[1].shape()) return;
    const std::string type(row.type);
    refuse(row, "Inputs to operation " + type + " of type " + type + " must have the same size and shape.  Input 0: " +
                    kernelText(in[0].shape()) + " != input 1: " + kernelText(in[1].shape()));
}

/// (a, b) -> result, of one shape, one number after the other.
template <class F>
Tensors combined(const OpRow& row, Inputs in, F&& function) {
    requireSameDType(row, in);
    requireLike(row, in);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result(x[0].shape());
        const auto a = x[0].as<T>();
        const auto b = x[1].as<T>();
        for (std::size_t i = 0; i < a.size(); ++i) result.values[i] = function(a[i], b[i]);
        return Tensors{std::move(result).done()};
    });
}

template <class F>
Tensors combinedOrComplex(const OpRow& row, Inputs in, F&& function) {
    if (!tapescope::row(in[0].dtype()).complex()) return combined(row, in, std::forward<F>(function));
    requireSameDType(row, in);
    requireLike(row, in);
    return {complex(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(in[0].shape());
        std::ranges::transform(in[0].as<T>(), in[1].as<T>(), result.values.begin(), function);
        return std::move(result).done();
    })};
}

Tensors tanhGrad(const OpRow& row, Inputs in, const Attributes&) {
    return combinedOrComplex(row, in, []<class T>(T y, T g) { return g * (T(1) - y * y); });
}

/// TensorFlow multiplies from the right where it takes 32 bytes at a time, and from the left in what is left over.
Tensors sigmoidGrad(const OpRow& row, Inputs in, const Attributes&) {
    if (tapescope::row(in[0].dtype()).complex())
        return combinedOrComplex(row, in, []<class T>(T y, T g) { return g * y * (T(1) - y); });
    const std::size_t size = std::max<std::size_t>(1, tapescope::row(in[0].dtype()).size);
    const std::size_t whole = static_cast<std::size_t>(in[0].count()) / (32 / size) * (32 / size);
    return combined(row, in, [&, i = std::size_t{0}]<class T>(T y, T g) mutable {
        return i++ < whole ? g * (y * (T(1) - y)) : g * y * (T(1) - y);
    });
}

// A product, as TensorFlow's: an infinity that arrives at 0 makes nan, and a negative number -0.
Tensors reluGrad(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, []<class T>(T g, T y) { return g * T(y > 0); });
}

Tensors relu6Grad(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, []<class T>(T g, T y) { return g * T(y > 0 && y < 6); });
}

Tensors leakyReluGrad(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto alpha = static_cast<float>(std::get<double>(attributes[0]));
    return combined(row, in, [alpha]<class T>(T g, T x) { return x > 0 ? g : g * static_cast<T>(alpha); });
}

Tensors eluGrad(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, []<class T>(T g, T y) { return y < 0 ? (y + 1) * g : g; });
}

/// In halves, each step is rounded.
template <class Kept>
struct ScaledSlope {
    template <class T>
    static T rounded(T x) {
        if constexpr (std::is_void_v<Kept>)
            return x;
        else
            return static_cast<T>(static_cast<Kept>(static_cast<float>(x)));
    }
    template <class T>
    T operator()(T g, T y) const {
        const T scale = rounded(static_cast<T>(1.0507009873554804934193349852946));
        const T scaleAlpha = rounded(static_cast<T>(1.7580993408473768599402175208123));
        return y < 0 ? g * rounded(y + scaleAlpha) : g * scale;
    }
};

Tensors seluGrad(const OpRow& row, Inputs in, const Attributes&) {
    if (in[0].dtype() == DType::Float16) return combined(row, in, ScaledSlope<Eigen::half>{});
    if (in[0].dtype() == DType::BFloat16) return combined(row, in, ScaledSlope<Eigen::bfloat16>{});
    return combined(row, in, ScaledSlope<void>{});
}

Tensors softsignGrad(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, []<class T>(T g, T x) {
        const T one = (x < 0 ? -x : x) + 1;
        return g / (one * one);
    });
}

/// math_grad.py _TanhGradGrad: y' = -2·b·y·g, g' = TanhGrad(y, b).
Operands tanhGradBack(Runner& run, const Executed& op, Gradients b) {
    const Operand y = Term{run, op.inputs[0]}.conjugate();
    const Operand g = Term{run, op.inputs[1]}.conjugate();
    const Operand scaled = run.run("Mul", {run.run("Mul", {b[0], number(run, -2, y)}), g});
    return {run.run("Mul", {scaled, y}), run.run("TanhGrad", {y, b[0]})};
}

/// math_grad.py _SigmoidGradGrad: y' = b·g·(1 - 2y), g' = SigmoidGrad(y, b).
Operands sigmoidGradBack(Runner& run, const Executed& op, Gradients b) {
    const Operand y = Term{run, op.inputs[0]}.conjugate();
    const Operand gb = run.run("Mul", {Term{run, op.inputs[1]}.conjugate(), b[0]});
    const Operand twice = run.run("Mul", {run.run("Mul", {number(run, 2, y), gb}), y});
    return {run.run("Sub", {gb, twice}), run.run("SigmoidGrad", {y, b[0]})};
}

Operands reluGradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("ReluGrad", {b[0], op.inputs[1]}), run.run("ZerosLike", {op.inputs[1]})};
}

Operands relu6GradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("Relu6Grad", {b[0], op.inputs[1]}), run.run("ZerosLike", {op.inputs[1]})};
}

Operands leakyReluGradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("LeakyReluGrad", {b[0], op.inputs[1]}, op.attributes), run.run("ZerosLike", {op.inputs[1]})};
}

/// nn_grad.py _EluGradGrad and _SeluGradGrad: b·g where y < 0, else 0.
Operand belowZero(Runner& run, const Executed& op, const Operand& b) {
    const Operand& y = op.inputs[1];
    const Operand below = run.run("Less", {y, number(run, 0, y)});
    return run.run("SelectV2", {below, run.run("Mul", {b, op.inputs[0]}), run.run("ZerosLike", {y})});
}

Operands eluGradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("EluGrad", {b[0], op.inputs[1]}), belowZero(run, op, b[0])};
}

Operands seluGradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("SeluGrad", {b[0], op.inputs[1]}), belowZero(run, op, b[0])};
}
}  // namespace

std::vector<OpRow> activationGradients() {
    return {
        {"TanhGrad", "", "dx = g·(1 − y²)", "The way back through tanh.", {{"y"}, {"dy"}}, {}, tanhGrad, tanhGradBack},
        {"SigmoidGrad",
         "",
         "dx = g·y·(1 − y)",
         "The way back through the logistic function.",
         {{"y"}, {"dy"}},
         {},
         sigmoidGrad,
         sigmoidGradBack},
        {"ReluGrad",
         "",
         "dx = g where y > 0, else 0",
         "The way back through the rectifier.",
         {{"gradients"}, {"features", Zero}},
         {},
         reluGrad,
         reluGradBack},
        {"Relu6Grad",
         "",
         "dx = g where 0 < y < 6, else 0",
         "The way back through the rectifier that ends at 6.",
         {{"gradients"}, {"features", Zero}},
         {},
         relu6Grad,
         relu6GradBack},
        {"LeakyReluGrad",
         "",
         "dx = g where x > 0, else α·g",
         "The way back through the leaky rectifier.",
         {{"gradients"}, {"features", Zero}},
         {{"alpha", 0.2}},
         leakyReluGrad,
         leakyReluGradBack},
        {"EluGrad",
         "",
         "dx = g where y ≥ 0, else g·(y + 1)",
         "The way back through the exponential linear unit.",
         {{"gradients"}, {"outputs", Kinked}},
         {},
         eluGrad,
         eluGradBack},
        {"SeluGrad",
         "",
         "dx = λ·g where y ≥ 0, else g·(y + λα)",
         "The way back through the scaled exponential linear unit.",
         {{"gradients"}, {"outputs", Kinked}},
         {},
         seluGrad,
         seluGradBack},
        {"SoftsignGrad",
         "",
         "dx = g / (1 + |x|)²",
         "The way back through softsign.",
         {{"gradients", Unregistered}, {"features", Unregistered}},
         {},
         softsignGrad},
    };
}

}  // namespace tapescope::rows
