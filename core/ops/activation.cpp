// SPDX-License-Identifier: Apache-2.0
// Activations of neural networks. What their gradients are made of is in activation_gradient.cpp.
#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct HyperbolicTangent {
    auto operator()(auto x) const { return std::tanh(x); }
    static constexpr MapKind kind = MapKind::Tanh;
};
struct Logistic {
    template <class T>
    T operator()(T x) const {
        return T(1) / (T(1) + std::exp(-x));
    }
    static constexpr MapKind kind = MapKind::Sigmoid;
};
/// Of halves, each step is rounded.
template <class Narrow>
struct NarrowLogistic {
    float operator()(float x) const {
        const auto power = static_cast<float>(static_cast<Narrow>(std::exp(x)));
        return std::isinf(power) ? 1.0F : power / static_cast<float>(static_cast<Narrow>(1.0F + power));
    }
};
template <class Narrow>
float rounded(float x) {
    return static_cast<float>(static_cast<Narrow>(x));
}
template <class Narrow>
float narrowExpm1(float x) {
    return rounded<Narrow>(rounded<Narrow>(std::exp(x)) - 1.0F);
}
template <class Narrow>
struct NarrowExponentialUnit {
    float operator()(float x) const { return x < 0 ? narrowExpm1<Narrow>(x) : x; }
};
template <class Narrow>
struct NarrowScaledUnit {
    float operator()(float x) const {
        return x < 0 ? rounded<Narrow>(1.7580993F) * narrowExpm1<Narrow>(x) : rounded<Narrow>(1.0507009F) * x;
    }
};
/// Does not overflow.
struct SoftPlus {
    template <class T>
    T operator()(T x) const {
        return std::max(x, T(0)) + std::log1p(std::exp(-std::abs(x)));
    }
    static constexpr MapKind kind = MapKind::Softplus;
};
/// As Eigen's max has it: NaN stays.
struct Rectifier {
    template <class T>
    T operator()(T x) const {
        return x < T(0) ? T(0) : x;
    }
    static constexpr MapKind kind = MapKind::Relu;
};
struct RectifierTo6 {
    template <class T>
    T operator()(T x) const {
        return x < T(0) ? T(0) : x > T(6) ? T(6) : x;
    }
    static constexpr MapKind kind = MapKind::Relu6;
};

struct ExponentialUnit {
    template <class T>
    T operator()(T x) const {
        return x < 0 ? std::exp(x) - 1 : x;
    }
    static constexpr MapKind kind = MapKind::Elu;
};
/// Numbers of Klambauer and others, Self-Normalizing Neural Networks (2017).
struct ScaledUnit {
    template <class T>
    T operator()(T x) const {
        const T scale = static_cast<T>(1.0507009873554804934193349852946);
        const T scaleAlpha = static_cast<T>(1.7580993408473768599402175208123);
        return x < 0 ? scaleAlpha * (std::exp(x) - 1) : scale * x;
    }
    static constexpr MapKind kind = MapKind::Selu;
};

Tensors tanhForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], HyperbolicTangent{}); })};
}

Tensors sigmoidForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() {
        if constexpr (std::is_same_v<T, Wide<T>>)
            return eachOf<T, T>(in[0], Logistic{});
        else
            return eachOf<T, T>(in[0], NarrowLogistic<T>{});
    })};
}

Tensors reluForward(const OpRow& row, Inputs in, const Attributes&) {
    return {numeric(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Rectifier{}); })};
}

Tensors relu6Forward(const OpRow& row, Inputs in, const Attributes&) {
    return {numeric(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], RectifierTo6{}); })};
}

/// One number after the other, in float or double.
template <class F>
Tensors forEach(const OpRow& row, Inputs in, F&& function) {
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result(x[0].shape());
        const auto values = x[0].as<T>();
        for (std::size_t i = 0; i < values.size(); ++i) result.values[i] = function(values[i]);
        return Tensors{std::move(result).done()};
    });
}

Tensors leakyReluForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    // An attribute of TensorFlow's is a float32.
    const auto alpha = static_cast<float>(std::get<double>(attributes[0]));
    return forEach(row, in, [alpha]<class T>(T x) { return x > 0 ? x : x * static_cast<T>(alpha); });
}

Tensors eluForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        if constexpr (std::is_same_v<T, Wide<T>>)
            return eachOf<T, T>(in[0], ExponentialUnit{});
        else
            return eachOf<T, T>(in[0], NarrowExponentialUnit<T>{});
    })};
}

Tensors seluForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        if constexpr (std::is_same_v<T, Wide<T>>)
            return eachOf<T, T>(in[0], ScaledUnit{});
        else
            return eachOf<T, T>(in[0], NarrowScaledUnit<T>{});
    })};
}

Tensors softsignForward(const OpRow& row, Inputs in, const Attributes&) {
    return forEach(row, in, []<class T>(T x) { return x / (std::abs(x) + 1); });
}

Tensors softplusForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], SoftPlus{}); })};
}

Operand conjugate(Runner& run, const Operand& a) {
    return Term{run, a}.conjugate();
}

Operands tanhBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("TanhGrad", {conjugate(run, op.outputs[0]), g[0]})};
}

Operands sigmoidBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SigmoidGrad", {conjugate(run, op.outputs[0]), g[0]})};
}

Operands reluBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ReluGrad", {g[0], op.outputs[0]})};
}

Operands relu6Back(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Relu6Grad", {g[0], op.outputs[0]})};
}

Operands leakyReluBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("LeakyReluGrad", {g[0], op.inputs[0]}, op.attributes)};
}

Operands eluBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("EluGrad", {g[0], op.outputs[0]})};
}

Operands seluBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SeluGrad", {g[0], op.outputs[0]})};
}

Operands softsignBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SoftsignGrad", {g[0], op.inputs[0]})};
}

Operands softplusBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], run.run("Sigmoid", {op.inputs[0]})})};
}

Tensor applied(std::string_view op, Tensors inputs) {
    const OpRow& row = findOp(op);
    return row.forward(row, inputs, {}).front();
}

Tensors swishForward(const OpRow&, Inputs in, const Attributes&) {
    const std::string_view times = in[0].dtype() == DType::Bool ? "LogicalAnd" : "Mul";  // as Python's * is
    return {applied("Mul", {in[0], applied("Sigmoid", {applied(times, {in[1], in[0]})})})};
}

/// nn_impl.py swish: the sigmoid is computed anew, and β's gradient is a single number.
Operands swishBack(Runner& run, const Executed& op, Gradients g) {
    const Operand &x = op.inputs[0], &beta = op.inputs[1], one = number(run, 1, x);
    const Operand y = run.run("Sigmoid", {run.run("Mul", {beta, x})});
    const Operand rest = run.run("Sub", {one, y});
    const Operand slope = run.run("AddV2", {one, run.run("Mul", {run.run("Mul", {beta, x}), rest})});
    Operands back{run.run("Mul", {g[0], run.run("Mul", {y, slope})}), {}};
    if (!op.wanted[1]) return back;
    const Operand square = run.run("Mul", {g[0], run.run("Square", {x})});
    back[1] = run.run("Sum", {run.run("Mul", {run.run("Mul", {square, y}), rest})});
    return back;
}

std::vector<OpRow> saturating() {
    return {
        {"Tanh",
         "tanh math.tanh nn.tanh",
         "y = tanh x",
         "The hyperbolic tangent; saturates beyond |x| > 3.",
         {{"x"}},
         {},
         tanhForward,
         tanhBack},
        {"Sigmoid",
         "sigmoid math.sigmoid nn.sigmoid",
         "y = 1 / (1 + e⁻ˣ)",
         "The logistic function; saturates beyond |x| > 5.",
         {{"x"}},
         {},
         sigmoidForward,
         sigmoidBack},
        {"Softsign",
         "nn.softsign math.softsign",
         "y = x / (1 + |x|)",
         "Between −1 and 1, and slow to get there.",
         {{"features"}},
         {},
         softsignForward,
         softsignBack},
    };
}

std::vector<OpRow> rectifying() {
    return {
        {"Relu",
         "nn.relu",
         "y = max(x, 0)",
         "The rectifier; the derivative at 0 is 0.",
         {{"features", Kinked}},
         {},
         reluForward,
         reluBack},
        {"Relu6",
         "nn.relu6",
         "y = min(max(x, 0), 6)",
         "The rectifier that ends at 6; the derivative at 0 and at 6 is 0.",
         {{"features", Kinked}},
         {},
         relu6Forward,
         relu6Back},
        {"LeakyRelu",
         "",
         "y = x where x > 0, else α·x",
         "The rectifier that lets a part of the negative side through; the derivative at 0 is α.",
         {{"features", Kinked}},
         {{"alpha", 0.2}},
         leakyReluForward,
         leakyReluBack},
        {"Elu",
         "nn.elu",
         "y = x where x ≥ 0, else eˣ − 1",
         "The exponential linear unit.",
         {{"features"}},
         {},
         eluForward,
         eluBack},
        {"Selu",
         "nn.selu",
         "y = λ·x where x ≥ 0, else λα·(eˣ − 1)",
         "The scaled exponential linear unit; it keeps mean 0 and variance 1. The derivative at 0 is λ.",
         {{"features", Kinked}},
         {},
         seluForward,
         seluBack},
        {"Softplus",
         "nn.softplus math.softplus",
         "y = ln(1 + eˣ)",
         "The smooth rectifier.",
         {{"features"}},
         {},
         softplusForward,
         softplusBack},
        {"Swish",
         "",
         "y = x / (1 + e⁻ᵝˣ)",
         "The numbers, weighted by their logistic function.",
         {{"features"}, {"beta"}},
         {},
         swishForward,
         swishBack},
    };
}
}  // namespace

std::vector<OpRow> activation() {
    auto rows = saturating();
    for (auto& row : rectifying()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace tapescope::rows
