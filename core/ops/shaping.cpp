// SPDX-License-Identifier: Apache-2.0
// The same numbers in another arrangement.
#include <algorithm>
#include <numeric>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

/// The wanted shape with a -1 filled in; throws TensorFlow's complaint where the numbers do not fit.
Shape filledIn(const OpRow& row, const Shape& wanted, std::int64_t count) {
    Shape shape = wanted;
    const auto open = std::ranges::find(shape, -1);
    if (open != shape.end()) {
        *open = 1;
        const auto rest = elementCount(shape);
        if (rest == 0 || count % rest != 0) {
            refuse(row, "Input to reshape is a tensor with " + std::to_string(count) +
                            " values, but the requested shape requires a multiple of " + std::to_string(rest));
        }
        *open = count / rest;
    }
    if (elementCount(shape) != count) {
        refuse(row, "Input to reshape is a tensor with " + std::to_string(count) +
                        " values, but the requested shape has " + std::to_string(elementCount(shape)));
    }
    return shape;
}

std::vector<Tensor> reshaped(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {in[0].reshaped(filledIn(row, std::get<Shape>(attributes[0]), in[0].count()))};
}

std::vector<Operand> reshapedBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Reshape", {g[0]}, {op.inputs[0].value.shape()})};
}

std::vector<Tensor> repeated(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = std::get<Shape>(attributes[0]);
    const auto common = broadcast(in[0].shape(), shape);
    if (!common || *common != shape) {
        refuse(row, "Incompatible shapes: " + kernelText(in[0].shape()) + " vs. " + kernelText(shape));
    }
    return {stretched(in[0], shape)};
}

std::vector<Operand> repeatedBack(Runner& run, const Executed& op, Gradients g) {
    return {reducedTo(run, g[0], op.inputs[0].value.shape())};
}

std::vector<std::size_t> permutationOf(const OpRow& row, const AttributeValue& attribute, std::size_t rank) {
    std::vector<std::size_t> order(rank);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    if (std::holds_alternative<std::monostate>(attribute)) return order;
    const Shape& given = std::get<Shape>(attribute);
    Shape sorted = given;
    std::ranges::sort(sorted);
    Shape expected(rank);
    std::iota(expected.begin(), expected.end(), 0);
    if (sorted != expected) {
        refuse(row, "transpose expects a vector of size " + std::to_string(rank) +
                        ". But input(1) is a vector of size " + std::to_string(given.size()));
    }
    std::ranges::transform(given, order.begin(), [](std::int64_t axis) { return static_cast<std::size_t>(axis); });
    return order;
}

template <class T>
Tensor permuted(const Tensor& input, const std::vector<std::size_t>& order) {
    const Shape& from = input.shape();
    std::vector<std::int64_t> stride(from.size(), 1);
    for (std::size_t axis = from.size(); axis-- > 1;) stride[axis - 1] = stride[axis] * from[axis];
    Shape shape(from.size());
    for (std::size_t axis = 0; axis < from.size(); ++axis) shape[axis] = from[order[axis]];
    Filling<T> result(shape);
    const auto source = input.as<T>();
    Shape at(shape.size(), 0);
    for (auto& value : result.values) {
        std::int64_t offset = 0;
        for (std::size_t axis = 0; axis < at.size(); ++axis) offset += at[axis] * stride[order[axis]];
        value = source[static_cast<std::size_t>(offset)];
        for (std::size_t axis = at.size(); axis-- > 0;) {
            if (++at[axis] < shape[axis]) break;
            at[axis] = 0;
        }
    }
    return std::move(result).done(input.dtype());
}

std::vector<Tensor> transposed(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto order = permutationOf(row, attributes[0], in[0].shape().size());
    return {byElementSize(row, in[0].dtype(), [&]<class T>() { return permuted<T>(in[0], order); })};
}

std::vector<Operand> transposedBack(Runner& run, const Executed& op, Gradients g) {
    const auto order = permutationOf(findOp("Transpose"), op.attributes[0], op.inputs[0].value.shape().size());
    Shape inverse(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) inverse[order[i]] = static_cast<std::int64_t>(i);
    return {run.run("Transpose", {g[0]}, {inverse})};
}

std::vector<Tensor> expanded(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto axis = std::get<std::int64_t>(attributes[0]);
    const auto rank = static_cast<std::int64_t>(in[0].shape().size());
    if (axis < -rank - 1 || axis > rank) {
        refuse(row, "Tried to expand dim index " + std::to_string(axis) + " for tensor with " + std::to_string(rank) +
                        " dimensions.");
    }
    Shape shape = in[0].shape();
    shape.insert(shape.begin() + (axis < 0 ? axis + rank + 1 : axis), 1);
    return {in[0].reshaped(shape)};
}

std::vector<Tensor> squeezed(const OpRow& row, Inputs in, const Attributes& attributes) {
    const bool every = std::holds_alternative<std::monostate>(attributes[0]);
    const auto axes = axesOf(row, attributes[0], in[0].shape().size());
    Shape shape;
    for (std::size_t i = 0; i < in[0].shape().size(); ++i) {
        const auto size = in[0].shape()[i];
        const bool named = std::ranges::binary_search(axes, i);
        if (named && !every && size != 1) {
            refuse(row, "Can not squeeze dim[" + std::to_string(i) + "], expected a dimension of 1, got " +
                            std::to_string(size));
        }
        if (!named || size != 1) shape.push_back(size);
    }
    return {in[0].reshaped(shape)};
}
}  // namespace

std::vector<OpRow> shaping() {
    return {
        {"Reshape",
         "reshape",
         "y = x in another shape",
         "The same elements in another shape.",
         {{"tensor"}},
         {{"shape", Shape{}}},
         reshaped,
         reshapedBack},
        {"BroadcastTo",
         "broadcast_to",
         "y = x, repeated",
         "Repeats along axes of size 1; the gradient sums over them.",
         {{"input"}},
         {{"shape", Shape{}}},
         repeated,
         repeatedBack},
        {"Transpose",
         "transpose",
         "y = xᵀ",
         "The axes in another order.",
         {{"a"}},
         {{"perm", std::monostate{}}},
         transposed,
         transposedBack},
        {"ExpandDims",
         "expand_dims",
         "y = x with an axis of size 1",
         "One axis more.",
         {{"input"}},
         {{"axis", std::int64_t{0}}},
         expanded,
         reshapedBack},
        {"Squeeze",
         "squeeze",
         "y = x without axes of size 1",
         "Fewer axes.",
         {{"input"}},
         {{"axis", std::monostate{}}},
         squeezed,
         reshapedBack},
    };
}

}  // namespace tapescope::rows
