// SPDX-License-Identifier: Apache-2.0
#include "core/ops/kernel.h"

#include <algorithm>
#include <numeric>

#include "core/base/convert.h"
#include "core/ops/definition.h"

namespace tapescope::kernel {

void refuse(const OpRow& row, const std::string& text, std::string_view kernel, ErrorKind kind) {
    const std::string type(row.type);
    throw Error(kind, "{{function_node __wrapped__" + (kernel.empty() ? type : std::string(kernel)) +
                          "_device_/job:localhost/replica:0/task:0/device:CPU:0}} " + text + " [Op:" + type +
                          "] name: ");
}

void refuseDType(const OpRow& row, DType dtype) {
    refuseType(row, "T", dtype);
}

void requireSameDType(const OpRow& row, Inputs inputs) {
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        if (inputs[i].dtype() == inputs[0].dtype()) continue;
        throw Error(ErrorKind::InvalidArgument, "cannot compute " + std::string(row.type) + " as input #" +
                                                    std::to_string(i) + "(zero-based) was expected to be a " +
                                                    std::string(tapescope::row(inputs[0].dtype()).kernelName) +
                                                    " tensor but is a " +
                                                    std::string(tapescope::row(inputs[i].dtype()).kernelName) +
                                                    " tensor [Op:" + std::string(row.type) + "] name: ");
    }
}

void requireSameCount(const OpRow& row, Inputs inputs) {
    if (inputs[0].count() == inputs[1].count()) return;
    refuse(row, "The two arguments to a cwise op must have same number of elements, got " +
                    std::to_string(inputs[0].count()) + " and " + std::to_string(inputs[1].count()));
}

Tensors widened(Inputs inputs) {
    Tensors wide;
    for (const Tensor& input : inputs) {
        const bool narrow = input.dtype() == DType::Float16 || input.dtype() == DType::BFloat16;
        wide.push_back(narrow ? converted(input, DType::Float32) : input);
    }
    return wide;
}

Tensors narrowed(Tensors outputs, DType dtype) {
    for (Tensor& output : outputs) {
        if (output.dtype() == DType::Float32) output = converted(output, dtype);
    }
    return outputs;
}

namespace {
/// Elements between neighbours along each axis of `shape` as seen from `target`; 0 where the axis is repeated.
Shape strides(const Shape& shape, const Shape& target) {
    Shape result(target.size(), 0);
    std::int64_t stride = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const std::size_t from = shape.size() - 1 - i;
        if (shape[from] != 1) result[target.size() - 1 - i] = stride;
        stride *= shape[from];
    }
    return result;
}

template <class T>
Tensor repeated(const Tensor& tensor, const Shape& shape) {
    Filling<T> filling(shape);
    const auto source = tensor.as<T>();
    const auto step = strides(tensor.shape(), shape);
    Shape at(shape.size(), 0);
    std::int64_t offset = 0;
    for (auto& value : filling.values) {
        value = source[static_cast<std::size_t>(offset)];
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            offset += step[axis];
            if (++at[axis] < shape[axis]) break;
            offset -= step[axis] * shape[axis];
            at[axis] = 0;
        }
    }
    return std::move(filling).done(tensor.dtype());
}
}  // namespace

Tensor stretched(const Tensor& tensor, const Shape& shape) {
    if (tensor.shape() == shape) return tensor;
    if (tensor.count() == elementCount(shape)) return tensor.reshaped(shape);
    static const OpRow& broadcasting = findOp("BroadcastTo");
    return byElementSize(broadcasting, tensor.dtype(), [&]<class T>() { return repeated<T>(tensor, shape); });
}

std::vector<std::size_t> axesOf(const OpRow& row, const AttributeValue& attribute, std::size_t rank) {
    std::vector<std::size_t> axes;
    if (std::holds_alternative<std::monostate>(attribute)) {
        axes.resize(rank);
        std::iota(axes.begin(), axes.end(), std::size_t{0});
        return axes;
    }
    const auto signedRank = static_cast<std::int64_t>(rank);
    for (const auto axis : std::get<Shape>(attribute)) {
        if (axis < -signedRank || axis >= signedRank) {
            refuse(row, "Invalid reduction dimension (" + std::to_string(axis) + " for input with " +
                            std::to_string(rank) + " dimension(s)");
        }
        axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + signedRank : axis));
    }
    std::ranges::sort(axes);
    if (const auto twice = std::ranges::adjacent_find(axes); twice != axes.end())
        refuse(row, "Invalid reduction arguments: Axes contains duplicate dimension: " + std::to_string(*twice));
    return axes;
}

Shape reducedShape(const Shape& shape, const std::vector<std::size_t>& axes, bool keepDimensions) {
    Shape result;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!std::ranges::binary_search(axes, i)) {
            result.push_back(shape[i]);
        } else if (keepDimensions) {
            result.push_back(1);
        }
    }
    return result;
}

Operand reducedTo(Runner& runner, const Operand& gradient, const Shape& shape) {
    const Shape& from = gradient.value.shape();
    if (from == shape) return gradient;
    Shape axes;
    const std::size_t extra = from.size() - shape.size();
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (i < extra || (shape[i - extra] == 1 && from[i] != 1)) axes.push_back(static_cast<std::int64_t>(i));
    }
    Operand summed = axes.empty() ? gradient : runner.run("Sum", {gradient}, {axes, false});
    if (summed.value.shape() != shape) summed = runner.run("Reshape", {summed}, {shape});
    return summed;
}

Operand number(Runner& runner, double value, const Operand& like) {
    return runner.constant(scalarOf(value, like.value.dtype()));
}

}  // namespace tapescope::kernel

namespace tapescope {

void refuseCall(const OpRow& row, const std::string& text) {
    kernel::refuse(row, text);
}

}  // namespace tapescope
