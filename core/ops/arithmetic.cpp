// SPDX-License-Identifier: Apache-2.0
// Two operands, broadcast by numpy's rule. Pullbacks sum over what was broadcast.
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct Plus {
    auto operator()(const auto& a, const auto& b) const { return a + b; }
};
struct Minus {
    auto operator()(const auto& a, const auto& b) const { return a - b; }
};
struct Times {
    auto operator()(const auto& a, const auto& b) const { return a * b; }
};
struct Over {
    auto operator()(const auto& a, const auto& b) const { return a / b; }
};
struct Larger {
    auto operator()(const auto& a, const auto& b) const { return a.max(b); }
};
struct Smaller {
    auto operator()(const auto& a, const auto& b) const { return a.min(b); }
};
struct Power {
    auto operator()(const auto& a, const auto& b) const { return a.pow(b); }
};
struct SquaredGap {
    auto operator()(const auto& a, const auto& b) const { return (a - b).square(); }
};

Shape commonShape(const OpRow& row, Inputs inputs) {
    const auto shape = broadcast(inputs[0].shape(), inputs[1].shape());
    if (!shape) {
        refuse(row, "Incompatible shapes: " + kernelText(inputs[0].shape()) + " vs. " + kernelText(inputs[1].shape()));
    }
    return *shape;
}

template <class Function, class T>
Tensor combined(Inputs inputs, const Shape& shape) {
    const Tensor a = stretched(inputs[0], shape);
    const Tensor b = stretched(inputs[1], shape);
    Filling<T> result(shape);
    map(result) = Function{}(map<T>(a), map<T>(b));
    return std::move(result).done();
}

template <class Function>
std::vector<Tensor> forNumbers(const OpRow& row, Inputs inputs, const Attributes&) {
    requireSameDType(row, inputs);
    const Shape shape = commonShape(row, inputs);
    return {numeric(row, inputs[0].dtype(), [&]<class T>() { return combined<Function, T>(inputs, shape); })};
}

template <class Function>
std::vector<Tensor> forFloats(const OpRow& row, Inputs inputs, const Attributes&) {
    requireSameDType(row, inputs);
    const Shape shape = commonShape(row, inputs);
    return {floating(row, inputs[0].dtype(), [&]<class T>() { return combined<Function, T>(inputs, shape); })};
}

std::vector<Tensor> floorRemainder(const OpRow& row, Inputs inputs, const Attributes&) {
    requireSameDType(row, inputs);
    const Shape shape = commonShape(row, inputs);
    return {floating(row, inputs[0].dtype(), [&]<class T>() {
        const Tensor a = stretched(inputs[0], shape);
        const Tensor b = stretched(inputs[1], shape);
        Filling<T> result(shape);
        map(result) = map<T>(a) - (map<T>(a) / map<T>(b)).floor() * map<T>(b);
        return std::move(result).done();
    })};
}

using Gradients = std::span<const Operand>;

/// The gradient of input i, where it is wanted, brought back to its shape.
template <class F>
Operand toInput(Runner& runner, const Executed& op, std::size_t i, F&& gradient) {
    if (!op.wanted[i]) return {};
    return reducedTo(runner, gradient(), op.inputs[i].value.shape());
}

std::vector<Operand> addBack(Runner& run, const Executed& op, Gradients g) {
    return {toInput(run, op, 0, [&] { return g[0]; }), toInput(run, op, 1, [&] { return g[0]; })};
}

std::vector<Operand> subtractBack(Runner& run, const Executed& op, Gradients g) {
    return {toInput(run, op, 0, [&] { return g[0]; }), toInput(run, op, 1, [&] { return run.run("Neg", {g[0]}); })};
}

std::vector<Operand> multiplyBack(Runner& run, const Executed& op, Gradients g) {
    return {toInput(run, op, 0,
                    [&] {
                        return run.run("Mul", {g[0], op.inputs[1]});
                    }),
            toInput(run, op, 1, [&] {
                return run.run("Mul", {op.inputs[0], g[0]});
            })};
}

std::vector<Operand> divideBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& x = op.inputs[0];
    const Operand& y = op.inputs[1];
    return {toInput(run, op, 0,
                    [&] {
                        return run.run("RealDiv", {g[0], y});
                    }),
            toInput(run, op, 1, [&] {
                const Operand ratio = run.run("RealDiv", {run.run("RealDiv", {run.run("Neg", {x}), y}), y});
                return run.run("Mul", {g[0], ratio});
            })};
}

/// All of the gradient to the first operand where it wins or ties, the rest to the second.
std::vector<Operand> extremeBack(Runner& run, const Executed& op, Gradients g, std::string_view wins) {
    const Operand mask = run.run(wins, {op.inputs[0], op.inputs[1]});
    const Operand zeros = run.run("ZerosLike", {g[0]});
    return {toInput(run, op, 0,
                    [&] {
                        return run.run("SelectV2", {mask, g[0], zeros});
                    }),
            toInput(run, op, 1, [&] {
                return run.run("SelectV2", {mask, zeros, g[0]});
            })};
}

std::vector<Operand> maximumBack(Runner& run, const Executed& op, Gradients g) {
    return extremeBack(run, op, g, "GreaterEqual");
}

std::vector<Operand> minimumBack(Runner& run, const Executed& op, Gradients g) {
    return extremeBack(run, op, g, "LessEqual");
}

/// math_grad.py _PowGrad: the logarithm is taken as 0 where x <= 0.
std::vector<Operand> powerBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& x = op.inputs[0];
    const Operand& y = op.inputs[1];
    return {toInput(run, op, 0,
                    [&] {
                        const Operand lower = run.run("Pow", {x, run.run("Sub", {y, number(run, 1, y)})});
                        return run.run("Mul", {run.run("Mul", {g[0], y}), lower});
                    }),
            toInput(run, op, 1, [&] {
                const Operand positive = run.run("Greater", {x, number(run, 0, x)});
                const Operand safe = run.run("SelectV2", {positive, x, run.run("OnesLike", {x})});
                const Operand logarithm =
                    run.run("SelectV2", {positive, run.run("Log", {safe}), run.run("ZerosLike", {x})});
                return run.run("Mul", {run.run("Mul", {g[0], op.outputs[0]}), logarithm});
            })};
}

std::vector<Operand> squaredGapBack(Runner& run, const Executed& op, Gradients g) {
    const Operand gap = run.run("Sub", {op.inputs[0], op.inputs[1]});
    const Operand slope = run.run("Mul", {run.run("Mul", {number(run, 2, g[0]), g[0]}), gap});
    return {toInput(run, op, 0, [&] { return slope; }), toInput(run, op, 1, [&] { return run.run("Neg", {slope}); })};
}

/// math_grad.py _FloorModGrad: the floor counts as constant.
std::vector<Operand> remainderBack(Runner& run, const Executed& op, Gradients g) {
    return {toInput(run, op, 0, [&] { return g[0]; }), toInput(run, op, 1, [&] {
                const Operand floor = run.run("Floor", {run.run("RealDiv", {op.inputs[0], op.inputs[1]})});
                return run.run("Mul", {g[0], run.run("Neg", {floor})});
            })};
}
}  // namespace

std::vector<OpRow> arithmetic() {
    return {
        {"AddV2",
         "add math.add",
         "z = x + y",
         "Sum, element by element.",
         {{"x"}, {"y"}},
         {},
         forNumbers<Plus>,
         addBack},
        {"Sub",
         "subtract math.subtract",
         "z = x − y",
         "Difference, element by element.",
         {{"x"}, {"y"}},
         {},
         forNumbers<Minus>,
         subtractBack},
        {"Mul",
         "multiply math.multiply",
         "z = x · y",
         "Product, element by element.",
         {{"x"}, {"y"}},
         {},
         forNumbers<Times>,
         multiplyBack},
        {"RealDiv",
         "divide math.divide truediv math.truediv",
         "z = x / y",
         "Quotient, element by element.",
         {{"x"}, {"y"}},
         {},
         forFloats<Over>,
         divideBack},
        {"Maximum",
         "maximum math.maximum",
         "z = max(x, y)",
         "The larger; at a tie the gradient goes to x.",
         {{"x", Kinked}, {"y", Kinked}},
         {},
         forNumbers<Larger>,
         maximumBack},
        {"Minimum",
         "minimum math.minimum",
         "z = min(x, y)",
         "The smaller; at a tie the gradient goes to x.",
         {{"x", Kinked}, {"y", Kinked}},
         {},
         forNumbers<Smaller>,
         minimumBack},
        {"Pow",
         "pow math.pow",
         "z = xʸ",
         "Power, element by element; d/dy takes log x as 0 where x ≤ 0.",
         {{"x"}, {"y"}},
         {},
         forFloats<Power>,
         powerBack},
        {"SquaredDifference",
         "math.squared_difference",
         "z = (x − y)²",
         "Squared difference, element by element.",
         {{"x"}, {"y"}},
         {},
         forNumbers<SquaredGap>,
         squaredGapBack},
        {"FloorMod",
         "math.floormod math.mod",
         "z = x − ⌊x/y⌋·y",
         "Remainder with the sign of y; jumps count as constant.",
         {{"x", Kinked}, {"y", Kinked}},
         {},
         floorRemainder,
         remainderBack},
    };
}

}  // namespace tapescope::rows
