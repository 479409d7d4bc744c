// SPDX-License-Identifier: Apache-2.0
// The same numbers in another arrangement.
#include <algorithm>
#include <numeric>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

/// reshape_op.h: what stands for a -1. Where another size is 0, axes of size 0 do not count.
std::int64_t missingSize(const OpRow& row, const Shape& input, const Shape& wanted) {
    const bool zero = std::ranges::find(wanted, 0) != wanted.end();
    std::int64_t product = 1;
    for (const auto size : wanted) product *= size > 0 ? size : 1;
    std::int64_t elements = 1;
    bool skipped = false;
    for (const auto size : input) {
        skipped |= zero && size == 0;
        elements *= zero && size == 0 ? 1 : size;
    }
    if (!skipped && elements % product != 0) {
        refuse(row, "Input to reshape is a tensor with " + std::to_string(elements) +
                        " values, but the requested shape requires a multiple of " + std::to_string(product));
    }
    return elements / product;
}

/// The wanted shape with a -1 filled in; throws TensorFlow's complaint where the numbers do not fit.
Shape filledIn(const OpRow& row, const Shape& wanted, const Shape& input) {
    const std::int64_t count = elementCount(input);
    Shape shape = wanted;
    const auto open = std::ranges::find(shape, -1);
    for (auto size = shape.begin(); size != shape.end(); ++size) {
        if (*size >= 0 || size == open) continue;
        if (*size == -1) {
            refuse(row, "Only one input size may be -1, not both " + std::to_string(open - shape.begin()) + " and " +
                            std::to_string(size - shape.begin()));
        }
        refuse(row,
               "Size " + std::to_string(size - shape.begin()) + " must be non-negative, not " + std::to_string(*size));
    }
    if (open != shape.end()) *open = missingSize(row, input, shape);
    if (elementCount(shape) != count) {
        refuse(row, "Input to reshape is a tensor with " + std::to_string(count) +
                        " values, but the requested shape has " + std::to_string(elementCount(shape)));
    }
    return shape;
}

Tensors reshaped(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {in[0].reshaped(filledIn(row, std::get<Shape>(attributes[0]), in[0].shape()))};
}

Operands reshapedBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Reshape", {g[0]}, {op.inputs[0].value.shape()})};
}

Tensors repeated(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = std::get<Shape>(attributes[0]);
    if (in[0].shape().size() > shape.size()) {
        refuse(row, "Rank of input (" + std::to_string(in[0].shape().size()) +
                        ") must be no greater than rank of output shape (" + std::to_string(shape.size()) + ").");
    }
    requireSizes(row, shape);
    const auto common = broadcast(in[0].shape(), shape);
    if (!common || *common != shape) {
        const std::string from = kernelText(in[0].shape());
        const std::string to = kernelText(shape);
        refuse(row, common ? "Unable to broadcast tensor of shape " + from + " to tensor of shape " + to
                           : "Incompatible shapes: " + from + " vs. " + to);
    }
    return {stretched(in[0], shape)};
}

Operands repeatedBack(Runner& run, const Executed& op, Gradients g) {
    return {reducedTo(run, g[0], op.inputs[0].value.shape())};
}

std::vector<std::size_t> permutationOf(const OpRow& row, const AttributeValue& attribute, std::size_t rank) {
    std::vector<std::size_t> order(rank);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    if (std::holds_alternative<std::monostate>(attribute)) return order;
    const Shape& given = std::get<Shape>(attribute);
    if (given.size() != rank) {
        refuse(row, "transpose expects a vector of size " + std::to_string(rank) +
                        ". But input(1) is a vector of size " + std::to_string(given.size()));
    }
    std::vector<bool> seen(rank, false);
    std::string list;
    for (std::size_t i = 0; i < rank; ++i) {
        const std::int64_t axis = fromZero(given[i], rank);
        if (axis < 0 || axis >= static_cast<std::int64_t>(rank))
            refuse(row, std::to_string(given[i]) + " is out of range [0 .. " + std::to_string(rank) + ")");
        order[i] = static_cast<std::size_t>(axis);
        seen[order[i]] = true;
        list += (i == 0 ? "" : ",") + std::to_string(given[i]);
    }
    const auto missing = std::ranges::find(seen, false);
    if (missing != seen.end()) refuse(row, std::to_string(missing - seen.begin()) + " is missing from {" + list + "}.");
    return order;
}

Tensors transposed(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& from = in[0].shape();
    const auto order = permutationOf(row, attributes[0], from.size());
    const auto stride = stridesOf(from);
    Shape shape(from.size());
    std::vector<std::int64_t> step(from.size());
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
        shape[axis] = from[order[axis]];
        step[axis] = stride[order[axis]];
    }
    return {byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto source = in[0].template as<T>();
        Shape at(shape.size(), 0);
        std::int64_t offset = 0;
        for (auto& value : result.values) {
            value = source[static_cast<std::size_t>(offset)];
            for (std::size_t axis = at.size(); axis-- > 0;) {
                offset += step[axis];
                if (++at[axis] < shape[axis]) break;
                offset -= step[axis] * shape[axis];
                at[axis] = 0;
            }
        }
        return std::move(result).done(in[0].dtype());
    })};
}

/// array_grad.py _TransposeGrad: by InvertPermutation, which knows no axes that count from the end.
Operands transposedBack(Runner& run, const Executed& op, Gradients g) {
    if (const auto* given = std::get_if<Shape>(&op.attributes[0])) {
        const auto negative = std::ranges::find_if(*given, [](std::int64_t axis) { return axis < 0; });
        if (negative != given->end()) {
            refuse(findOp("InvertPermutation"),
                   std::to_string(*negative) + " is not between 0 and " + std::to_string(given->size()));
        }
    }
    const auto order = permutationOf(findOp("Transpose"), op.attributes[0], op.inputs[0].value.shape().size());
    Shape inverse(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) inverse[order[i]] = static_cast<std::int64_t>(i);
    return {run.run("Transpose", {g[0]}, {inverse})};
}

Tensors expanded(const OpRow& row, Inputs in, const Attributes& attributes) {
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

Tensors squeezed(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& of = in[0].shape();
    const auto* given = std::get_if<Shape>(&attributes[0]);
    const bool every = given == nullptr || given->empty();
    std::vector<bool> named(of.size(), every);
    for (std::size_t i = 0; !every && i < given->size(); ++i) {
        const std::int64_t axis = fromZero((*given)[i], of.size());
        if (axis < 0 || axis >= static_cast<std::int64_t>(of.size())) {
            refuse(row, "Tried to squeeze dim index " + std::to_string((*given)[i]) + " for tensor with " +
                            std::to_string(of.size()) + " dimensions.");
        }
        named[static_cast<std::size_t>(axis)] = true;
    }
    Shape shape;
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (named[i] && !every && of[i] != 1) {
            refuse(row, "Can not squeeze dim[" + std::to_string(i) + "], expected a dimension of 1, got " +
                            std::to_string(of[i]));
        }
        if (!named[i] || of[i] != 1) shape.push_back(of[i]);
    }
    return {in[0].reshaped(shape)};
}

/// -1 in the expected shape stands for any size; nothing at all for any rank.
Tensors ensured(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    const auto* expected = std::get_if<Shape>(&attributes[0]);
    if (expected == nullptr) return {in[0]};
    bool fits = expected->size() == shape.size();
    for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = (*expected)[i] < 0 || (*expected)[i] == shape[i];
    if (fits) return {in[0]};
    std::string text;
    for (const auto size : *expected) text += (text.empty() ? "" : ",") + (size < 0 ? "?" : std::to_string(size));
    refuse(row,
           "Shape of tensor input " + kernelText(shape) + " is not compatible with expected shape [" + text + "].");
}

Operands passedBack(Runner&, const Executed&, Gradients g) {
    return {g[0]};
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
         "",
         "y = x, repeated",
         "Repeats along axes of size 1; the gradient sums over them.",
         {{"input"}},
         {{"shape", Shape{}}},
         repeated,
         repeatedBack},
        {"Transpose",
         "",
         "y = xᵀ",
         "The axes in another order.",
         {{"a"}},
         {{"perm", std::monostate{}}},
         transposed,
         transposedBack},
        {"ExpandDims",
         "",
         "y = x with an axis of size 1",
         "One axis more.",
         {{"input"}},
         {{"axis", std::int64_t{0}}},
         expanded,
         reshapedBack},
        {"Squeeze",
         "",
         "y = x without axes of size 1",
         "Fewer axes.",
         {{"input"}},
         {{"axis", std::monostate{}}},
         squeezed,
         reshapedBack},
        {"EnsureShape",
         "",
         "y = x",
         "The same value, where its shape is as expected.",
         {{"x"}},
         {{"shape", std::monostate{}}},
         ensured,
         passedBack},
    };
}

}  // namespace tapescope::rows
