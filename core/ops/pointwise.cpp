// SPDX-License-Identifier: Apache-2.0
// One operand, element by element.
#include <cmath>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct Negate {
    auto operator()(const auto& x) const { return -x; }
};
struct Square {
    auto operator()(const auto& x) const { return x.square(); }
};
struct Root {
    auto operator()(const auto& x) const { return x.sqrt(); }
};
struct InverseRoot {
    auto operator()(const auto& x) const { return x.rsqrt(); }
};
struct Exponential {
    auto operator()(const auto& x) const { return x.exp(); }
};
struct Logarithm {
    auto operator()(const auto& x) const { return x.log(); }
};
struct LogarithmOfOnePlus {
    auto operator()(const auto& x) const { return x.log1p(); }
};
struct Magnitude {
    auto operator()(const auto& x) const { return x.abs(); }
};
struct SignOf {
    auto operator()(const auto& x) const { return x.sign(); }
};
struct HalfToEven {
    auto operator()(const auto& x) const { return x.rint(); }
};
struct Down {
    auto operator()(const auto& x) const { return x.floor(); }
};
struct Up {
    auto operator()(const auto& x) const { return x.ceil(); }
};
struct Sine {
    auto operator()(const auto& x) const { return x.sin(); }
};
struct Cosine {
    auto operator()(const auto& x) const { return x.cos(); }
};

template <class Function, class T>
Tensor mapped(const Tensor& input) {
    Filling<T> result(input.shape());
    map(result) = Function{}(map<T>(input));
    return std::move(result).done();
}

template <class Function>
std::vector<Tensor> forNumbers(const OpRow& row, Inputs inputs, const Attributes&) {
    return {numeric(row, inputs[0].dtype(), [&]<class T>() { return mapped<Function, T>(inputs[0]); })};
}

template <class Function>
std::vector<Tensor> forFloats(const OpRow& row, Inputs inputs, const Attributes&) {
    return {floating(row, inputs[0].dtype(), [&]<class T>() { return mapped<Function, T>(inputs[0]); })};
}

using Gradients = std::span<const Operand>;

std::vector<Operand> negateBack(Runner& run, const Executed&, Gradients g) {
    return {run.run("Neg", {g[0]})};
}

std::vector<Operand> squareBack(Runner& run, const Executed& op, Gradients g) {
    const Operand twice = run.run("Mul", {op.inputs[0], number(run, 2, op.inputs[0])});
    return {run.run("Mul", {g[0], twice})};
}

std::vector<Operand> rootBack(Runner& run, const Executed& op, Gradients g) {
    const Operand half = run.run("Mul", {g[0], number(run, 0.5, g[0])});
    return {run.run("RealDiv", {half, op.outputs[0]})};
}

std::vector<Operand> inverseRootBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& y = op.outputs[0];
    const Operand cube = run.run("Mul", {run.run("Square", {y}), y});
    return {run.run("Mul", {run.run("Mul", {g[0], number(run, -0.5, g[0])}), cube})};
}

std::vector<Operand> exponentialBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], op.outputs[0]})};
}

std::vector<Operand> logarithmBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("RealDiv", {g[0], op.inputs[0]})};
}

std::vector<Operand> logarithmOfOnePlusBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("RealDiv", {g[0], run.run("AddV2", {op.inputs[0], number(run, 1, op.inputs[0])})})};
}

std::vector<Operand> magnitudeBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], run.run("Sign", {op.inputs[0]})})};
}

std::vector<Operand> signBack(Runner& run, const Executed& op, Gradients) {
    return {run.run("ZerosLike", {op.inputs[0]})};
}

std::vector<Operand> sineBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], run.run("Cos", {op.inputs[0]})})};
}

std::vector<Operand> cosineBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {g[0], run.run("Neg", {run.run("Sin", {op.inputs[0]})})})};
}
}  // namespace

std::vector<OpRow> pointwise() {
    return {
        {"Neg",
         "negative math.negative",
         "y = −x",
         "The opposite number.",
         {{"x"}},
         {},
         forNumbers<Negate>,
         negateBack},
        {"Square", "square math.square", "y = x²", "The square.", {{"x"}}, {}, forNumbers<Square>, squareBack},
        {"Sqrt",
         "sqrt math.sqrt",
         "y = √x",
         "The square root; the derivative at 0 is infinite.",
         {{"x"}},
         {},
         forFloats<Root>,
         rootBack},
        {"Rsqrt",
         "math.rsqrt",
         "y = 1/√x",
         "The inverse of the square root.",
         {{"x"}},
         {},
         forFloats<InverseRoot>,
         inverseRootBack},
        {"Exp", "exp math.exp", "y = eˣ", "The exponential.", {{"x"}}, {}, forFloats<Exponential>, exponentialBack},
        {"Log", "math.log", "y = ln x", "The natural logarithm.", {{"x"}}, {}, forFloats<Logarithm>, logarithmBack},
        {"Log1p",
         "math.log1p",
         "y = ln(1 + x)",
         "The natural logarithm of 1 + x.",
         {{"x"}},
         {},
         forFloats<LogarithmOfOnePlus>,
         logarithmOfOnePlusBack},
        {"Abs",
         "abs math.abs",
         "y = |x|",
         "The absolute value; the derivative at 0 is 0.",
         {{"x", Kinked}},
         {},
         forNumbers<Magnitude>,
         magnitudeBack},
        {"Sign",
         "sign math.sign",
         "y = sign x",
         "−1, 0 or 1; its gradient is 0 everywhere.",
         {{"x", Zero}},
         {},
         forNumbers<SignOf>,
         signBack},
        {"Round",
         "round math.round",
         "y = round x",
         "To the nearest integer, halves to the even one; has no gradient.",
         {{"x", Severed}},
         {},
         forFloats<HalfToEven>},
        {"Floor",
         "floor math.floor",
         "y = ⌊x⌋",
         "The next integer below; has no gradient.",
         {{"x", Severed}},
         {},
         forFloats<Down>},
        {"Ceil",
         "math.ceil",
         "y = ⌈x⌉",
         "The next integer above; has no gradient.",
         {{"x", Severed}},
         {},
         forFloats<Up>},
        {"Sin", "sin math.sin", "y = sin x", "The sine.", {{"x"}}, {}, forFloats<Sine>, sineBack},
        {"Cos", "cos math.cos", "y = cos x", "The cosine.", {{"x"}}, {}, forFloats<Cosine>, cosineBack},
    };
}

}  // namespace tapescope::rows
