// SPDX-License-Identifier: Apache-2.0
// Many elements to fewer: sums, means, extremes, norms.
#include <algorithm>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

/// The tensor as [kept, reduced]: each row holds the elements that go into one result.
template <class T>
std::vector<T> grouped(const Tensor& input, const std::vector<std::size_t>& axes, std::int64_t groups) {
    const Shape& shape = input.shape();
    std::vector<std::int64_t> keptStride(shape.size(), 0);
    std::vector<std::int64_t> reducedStride(shape.size(), 0);
    std::int64_t kept = 1;
    std::int64_t reduced = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        const bool out = std::ranges::binary_search(axes, axis);
        (out ? reducedStride : keptStride)[axis] = out ? reduced : kept;
        (out ? reduced : kept) *= shape[axis];
    }
    std::vector<T> result(static_cast<std::size_t>(groups * reduced));
    Shape at(shape.size(), 0);
    for (const T value : input.as<T>()) {
        std::int64_t group = 0;
        std::int64_t place = 0;
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            group += at[axis] * keptStride[axis];
            place += at[axis] * reducedStride[axis];
        }
        result[static_cast<std::size_t>(group * reduced + place)] = value;
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            if (++at[axis] < shape[axis]) break;
            at[axis] = 0;
        }
    }
    return result;
}

template <class T, class F>
Tensor reducedWith(const OpRow& row, const Tensor& input, const Attributes& attributes, F&& function) {
    const auto axes = axesOf(row, attributes[0], input.shape().size());
    const Shape shape = reducedShape(input.shape(), axes, std::get<bool>(attributes[1]));
    Filling<T> result(shape);
    const auto groups = elementCount(shape);
    const auto size = groups == 0 ? 0 : input.count() / groups;
    // All elements, or the last axes: they lie together already.
    const bool together = axes.empty() || axes.front() + axes.size() == input.shape().size();
    const std::vector<T> moved = together ? std::vector<T>{} : grouped<T>(input, axes, groups);
    const T* elements = together ? input.as<T>().data() : moved.data();
    for (std::int64_t i = 0; i < groups; ++i) {
        result.values[static_cast<std::size_t>(i)] = function(Map<T>(elements + i * size, size));
    }
    return std::move(result).done();
}

std::vector<Tensor> sumForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        return reducedWith<T>(row, in[0], attributes, [](const Map<T>& x) { return x.sum(); });
    })};
}

std::vector<Tensor> meanForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        return reducedWith<T>(row, in[0], attributes,
                              [](const Map<T>& x) { return static_cast<T>(x.sum() / static_cast<T>(x.size())); });
    })};
}

std::vector<Tensor> maxForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        return reducedWith<T>(row, in[0], attributes, [](const Map<T>& x) {
            return x.size() == 0 ? std::numeric_limits<T>::lowest() : x.template maxCoeff<Eigen::PropagateNaN>();
        });
    })};
}

std::vector<Tensor> minForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        return reducedWith<T>(row, in[0], attributes, [](const Map<T>& x) {
            return x.size() == 0 ? std::numeric_limits<T>::max() : x.template minCoeff<Eigen::PropagateNaN>();
        });
    })};
}

std::vector<Tensor> halfSquares(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result({});
        result.values[0] = map<T>(in[0]).square().sum() / T(2);
        return std::move(result).done();
    })};
}

std::vector<Tensor> sumOfTensors(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(in[0].shape());
        auto total = map(result);
        total = map<T>(in[0]);
        for (std::size_t i = 1; i < in.size(); ++i) {
            if (in[i].shape() != in[0].shape())
                refuse(row, "Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: " +
                                kernelText(in[0].shape()) + " != input " + std::to_string(i) + ": " +
                                kernelText(in[i].shape()));
            total += map<T>(in[i]);
        }
        return std::move(result).done();
    })};
}

/// A value of the reduced shape, in the shape of the input again: axes kept with size 1, then repeated.
Operand spread(Runner& run, const Executed& op, const Operand& value) {
    const Shape& shape = op.inputs[0].value.shape();
    const auto axes = axesOf(findOp("Sum"), op.attributes[0], shape.size());
    const Shape kept = reducedShape(shape, axes, true);
    const Operand reshaped = value.value.shape() == kept ? value : run.run("Reshape", {value}, {kept});
    return run.run("BroadcastTo", {reshaped}, {shape});
}

std::vector<Operand> sumBack(Runner& run, const Executed& op, Gradients g) {
    return {spread(run, op, g[0])};
}

std::vector<Operand> meanBack(Runner& run, const Executed& op, Gradients g) {
    const auto outputs = std::max<std::int64_t>(op.outputs[0].value.count(), 1);
    const auto share = static_cast<double>(op.inputs[0].value.count() / outputs);
    const Operand whole = spread(run, op, g[0]);
    return {run.run("RealDiv", {whole, number(run, share, whole)})};
}

/// Ties share the gradient equally (math_grad.py _MinOrMaxGrad).
std::vector<Operand> extremeBack(Runner& run, const Executed& op, Gradients g) {
    const Operand there = run.run("Equal", {op.inputs[0], spread(run, op, op.outputs[0])});
    const Operand marks = run.run("Cast", {there}, {g[0].value.dtype()});
    const Operand ties = run.run("Sum", {marks}, op.attributes);
    const Operand shares = run.run("RealDiv", {marks, spread(run, op, ties)});
    return {run.run("Mul", {shares, spread(run, op, g[0])})};
}

std::vector<Operand> halfSquaresBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Mul", {op.inputs[0], g[0]})};
}

std::vector<Operand> sumOfTensorsBack(Runner&, const Executed& op, Gradients g) {
    return std::vector<Operand>(op.inputs.size(), g[0]);
}

std::vector<AttributeRow> overAxes() {
    return {{"axis", std::monostate{}}, {"keepdims", false}};
}
}  // namespace

std::vector<OpRow> reduction() {
    return {
        {"Sum",
         "reduce_sum math.reduce_sum",
         "y = Σ x",
         "The sum over the axes.",
         {{"input_tensor"}},
         overAxes(),
         sumForward,
         sumBack},
        {"Mean",
         "reduce_mean math.reduce_mean",
         "y = (Σ x) / n",
         "The mean over the axes.",
         {{"input_tensor"}},
         overAxes(),
         meanForward,
         meanBack},
        {"Max",
         "reduce_max math.reduce_max",
         "y = max x",
         "The largest over the axes; ties share the gradient equally.",
         {{"input_tensor", Kinked}},
         overAxes(),
         maxForward,
         extremeBack},
        {"Min",
         "reduce_min math.reduce_min",
         "y = min x",
         "The smallest over the axes; ties share the gradient equally.",
         {{"input_tensor", Kinked}},
         overAxes(),
         minForward,
         extremeBack},
        {"L2Loss", "nn.l2_loss", "y = ½ Σ x²", "Half the sum of squares.", {{"t"}}, {}, halfSquares, halfSquaresBack},
        {"AddN",
         "",
         "y = Σᵢ xᵢ",
         "The sum of several tensors of one shape.",
         {{"inputs"}},
         {},
         sumOfTensors,
         sumOfTensorsBack},
    };
}

}  // namespace tapescope::rows
