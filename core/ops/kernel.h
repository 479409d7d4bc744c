// SPDX-License-Identifier: Apache-2.0
// What the rows' forward functions are made of: dispatch over dtypes, Eigen maps onto tensors, TensorFlow's complaints.
// Included by core/ops/*.cpp only.
#pragma once

#include <Eigen/Core>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/ops/op.h"

namespace tapescope::kernel {

template <class T>
using Map = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>;
template <class T>
using MutableMap = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>;
template <class T>
using Matrix = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
template <class T>
using MutableMatrix = Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

template <class T>
Map<T> map(const Tensor& tensor) {
    return {tensor.as<T>().data(), tensor.count()};
}
template <class T>
MutableMap<T> map(Filling<T>& filling) {
    return {filling.values.data(), static_cast<Eigen::Index>(filling.values.size())};
}

/// "{{function_node __wrapped__AddV2_device_/job:...}} text [Op:AddV2] name: ": how TensorFlow wraps a kernel's
/// complaint.
[[noreturn]] void refuse(const OpRow& row, const std::string& text, std::string_view kernel = {});
/// The operation has no kernel for this dtype.
[[noreturn]] void refuseDType(const OpRow& row, DType dtype);
/// All inputs from `first` on must have the dtype of the first: TensorFlow's "cannot compute ... as input #1".
void requireSameDType(const OpRow& row, Inputs inputs);

/// Calls f.template operator()<T>() for a floating dtype.
template <class F>
auto floating(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Float32) return f.template operator()<float>();
    if (dtype == DType::Float64) return f.template operator()<double>();
    refuseDType(row, dtype);
}

template <class F>
auto numeric(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Int32) return f.template operator()<std::int32_t>();
    if (dtype == DType::Int64) return f.template operator()<std::int64_t>();
    return floating(row, dtype, std::forward<F>(f));
}

template <class F>
auto any(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Bool) return f.template operator()<bool>();
    return numeric(row, dtype, std::forward<F>(f));
}

/// The tensor repeated to `shape`, to which it broadcasts.
Tensor stretched(const Tensor& tensor, const Shape& shape);

/// Axes of an attribute (None: all), from 0, sorted; throws TensorFlow's complaint for one that is out of range.
std::vector<std::size_t> axesOf(const OpRow& row, const AttributeValue& attribute, std::size_t rank);

/// The shape after reducing over the axes.
Shape reducedShape(const Shape& shape, const std::vector<std::size_t>& axes, bool keepDimensions);

/// Sums a gradient back to the shape of an operand that was broadcast.
Operand reducedTo(Runner& runner, const Operand& gradient, const Shape& shape);

/// A scalar of the dtype of `like`.
Operand number(Runner& runner, double value, const Operand& like);

}  // namespace tapescope::kernel
