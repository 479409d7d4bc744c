// SPDX-License-Identifier: Apache-2.0
// Activations of neural networks, and the operations that their gradients are made of.
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

template <class T, class F>
Tensor mapped(const Tensor& input, F&& function) {
    Filling<T> result(input.shape());
    map(result) = function(map<T>(input));
    return std::move(result).done();
}

std::vector<Tensor> tanhForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(),
                     [&]<class T>() { return mapped<T>(in[0], [](const auto& x) { return x.tanh(); }); })};
}

std::vector<Tensor> sigmoidForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        return mapped<T>(in[0], [](const auto& x) { return (T(1) + (-x).exp()).inverse(); });
    })};
}

std::vector<Tensor> reluForward(const OpRow& row, Inputs in, const Attributes&) {
    return {numeric(row, in[0].dtype(),
                    [&]<class T>() { return mapped<T>(in[0], [](const auto& x) { return x.max(T(0)); }); })};
}

/// max(x, 0) + log1p(exp(-|x|)): does not overflow.
std::vector<Tensor> softplusForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        return mapped<T>(in[0], [](const auto& x) { return x.max(T(0)) + (-x.abs()).exp().log1p(); });
    })};
}

/// Over the last axis, with the largest taken off first.
template <class T>
Tensor normalised(const Tensor& input, bool logarithm) {
    Filling<T> result(input.shape());
    const auto columns = input.shape().empty() ? 1 : input.shape().back();
    const auto rows = columns == 0 ? 0 : input.count() / columns;
    const Matrix<T> x(input.as<T>().data(), rows, columns);
    MutableMatrix<T> y(result.values.data(), rows, columns);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const auto wide = x.row(i).array().template cast<Wide<T>>().eval();
        const auto shifted = (wide - wide.maxCoeff()).eval();
        const Wide<T> total = shifted.exp().sum();
        if (logarithm) {
            y.row(i) = (shifted - std::log(total)).template cast<T>();
        } else {
            y.row(i) = (shifted.exp() / total).template cast<T>();
        }
    }
    return std::move(result).done();
}

std::vector<Tensor> softmaxForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return normalised<T>(in[0], false); })};
}

std::vector<Tensor> logSoftmaxForward(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return normalised<T>(in[0], true); })};
}

/// The formulas of the gradient operations: (a, b) -> result, of one shape.
template <class F>
std::vector<Tensor> combined(const OpRow& row, Inputs in, F&& function) {
    requireSameDType(row, in);
    return {floating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(in[0].shape());
        map(result) = function(map<T>(in[0]), map<T>(in[1]), T(1));
        return std::move(result).done();
    })};
}

std::vector<Tensor> tanhGradForward(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, [](const auto& y, const auto& g, auto one) { return g * (one - y.square()); });
}

std::vector<Tensor> sigmoidGradForward(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, [](const auto& y, const auto& g, auto one) { return g * y * (one - y); });
}

std::vector<Tensor> reluGradForward(const OpRow& row, Inputs in, const Attributes&) {
    return combined(row, in, [](const auto& g, const auto& y, auto one) {
        return g * (y > (one - one)).template cast<decltype(one)>();
    });
}

std::vector<Operand> tanhBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("TanhGrad", {op.outputs[0], g[0]})};
}

std::vector<Operand> sigmoidBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SigmoidGrad", {op.outputs[0], g[0]})};
}

std::vector<Operand> reluBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ReluGrad", {g[0], op.outputs[0]})};
}

std::vector<Operand> softplusBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], run.run("Sigmoid", {op.inputs[0]})})};
}

std::vector<Operand> softmaxBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& y = op.outputs[0];
    const Operand total = run.run("Sum", {run.run("Mul", {g[0], y})}, {Shape{-1}, true});
    return {run.run("Mul", {run.run("Sub", {g[0], total}), y})};
}

std::vector<Operand> logSoftmaxBack(Runner& run, const Executed& op, Gradients g) {
    const Operand softmax = run.run("Exp", {op.outputs[0]});
    const Operand total = run.run("Sum", {g[0]}, {Shape{-1}, true});
    return {run.run("Sub", {g[0], run.run("Mul", {total, softmax})})};
}

/// math_grad.py _TanhGradGrad: y' = -2·b·y·g, g' = TanhGrad(y, b).
std::vector<Operand> tanhGradBack(Runner& run, const Executed& op, Gradients b) {
    const Operand& y = op.inputs[0];
    const Operand scaled = run.run("Mul", {run.run("Mul", {b[0], number(run, -2, y)}), y});
    return {run.run("Mul", {scaled, op.inputs[1]}), run.run("TanhGrad", {y, b[0]})};
}

/// math_grad.py _SigmoidGradGrad: y' = b·g·(1 - 2y), g' = SigmoidGrad(y, b).
std::vector<Operand> sigmoidGradBack(Runner& run, const Executed& op, Gradients b) {
    const Operand& y = op.inputs[0];
    const Operand gb = run.run("Mul", {op.inputs[1], b[0]});
    const Operand twice = run.run("Mul", {run.run("Mul", {number(run, 2, y), gb}), y});
    return {run.run("Sub", {gb, twice}), run.run("SigmoidGrad", {y, b[0]})};
}

std::vector<Operand> reluGradBack(Runner& run, const Executed& op, Gradients b) {
    return {run.run("ReluGrad", {b[0], op.inputs[1]}), run.run("ZerosLike", {op.inputs[1]})};
}
}  // namespace

std::vector<OpRow> activation() {
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
        {"Relu",
         "nn.relu",
         "y = max(x, 0)",
         "The rectifier; the derivative at 0 is 0.",
         {{"features", Kinked}},
         {},
         reluForward,
         reluBack},
        {"Softplus",
         "nn.softplus math.softplus",
         "y = ln(1 + eˣ)",
         "The smooth rectifier.",
         {{"features"}},
         {},
         softplusForward,
         softplusBack},
        {"Softmax",
         "nn.softmax",
         "yᵢ = eˣⁱ / Σⱼ eˣʲ",
         "Probabilities over the last axis.",
         {{"logits"}},
         {},
         softmaxForward,
         softmaxBack},
        {"LogSoftmax",
         "nn.log_softmax",
         "yᵢ = xᵢ − ln Σⱼ eˣʲ",
         "Logarithms of probabilities over the last axis.",
         {{"logits"}},
         {},
         logSoftmaxForward,
         logSoftmaxBack},
        {"TanhGrad",
         "",
         "dx = g·(1 − y²)",
         "The way back through tanh.",
         {{"y"}, {"dy"}},
         {},
         tanhGradForward,
         tanhGradBack},
        {"SigmoidGrad",
         "",
         "dx = g·y·(1 − y)",
         "The way back through the logistic function.",
         {{"y"}, {"dy"}},
         {},
         sigmoidGradForward,
         sigmoidGradBack},
        {"ReluGrad",
         "",
         "dx = g where y > 0, else 0",
         "The way back through the rectifier.",
         {{"gradients"}, {"features", Zero}},
         {},
         reluGradForward,
         reluGradBack},
    };
}

}  // namespace tapescope::rows
