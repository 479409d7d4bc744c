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

namespace tapescope {

template <>
struct DTypeOf<Eigen::half> {
    static constexpr DType value = DType::Float16;
};
template <>
struct DTypeOf<Eigen::bfloat16> {
    static constexpr DType value = DType::BFloat16;
};

}  // namespace tapescope

namespace tapescope::kernel {

/// Float for the floats of 16 bits, else T: what a loop of its own computes in, to round once at its end.
template <class T>
using Wide = std::conditional_t<std::is_same_v<T, Eigen::half> || std::is_same_v<T, Eigen::bfloat16>, float, T>;

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
[[noreturn]] void refuse(const OpRow& row, const std::string& text, std::string_view kernel = {},
                         ErrorKind kind = ErrorKind::InvalidArgument);
/// The operation has no kernel for this dtype.
[[noreturn]] void refuseDType(const OpRow& row, DType dtype);
/// All inputs from `first` on must have the dtype of the first: TensorFlow's "cannot compute ... as input #1".
void requireSameDType(const OpRow& row, Inputs inputs);
/// Both inputs must have as many elements as each other, in whatever shape: what kernels of slopes ask.
void requireSameCount(const OpRow& row, Inputs inputs);

/// Calls f.template operator()<T>() for a floating dtype: float, double, Eigen::half, Eigen::bfloat16.
template <class F>
auto floating(const OpRow& row, DType dtype, F&& f) {
    switch (dtype) {
        case DType::Float32: return f.template operator()<float>();
        case DType::Float64: return f.template operator()<double>();
        case DType::Float16: return f.template operator()<Eigen::half>();
        case DType::BFloat16: return f.template operator()<Eigen::bfloat16>();
        default: refuseDType(row, dtype);
    }
}

/// Every integer dtype.
template <class F>
auto integral(const OpRow& row, DType dtype, F&& f) {
    switch (dtype) {
        case DType::Int8: return f.template operator()<std::int8_t>();
        case DType::Int16: return f.template operator()<std::int16_t>();
        case DType::Int32: return f.template operator()<std::int32_t>();
        case DType::Int64: return f.template operator()<std::int64_t>();
        case DType::UInt8: return f.template operator()<std::uint8_t>();
        case DType::UInt16: return f.template operator()<std::uint16_t>();
        case DType::UInt32: return f.template operator()<std::uint32_t>();
        case DType::UInt64: return f.template operator()<std::uint64_t>();
        default: refuseDType(row, dtype);
    }
}

/// The complex dtypes alone.
template <class F>
auto complex(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Complex64) return f.template operator()<std::complex<float>>();
    if (dtype == DType::Complex128) return f.template operator()<std::complex<double>>();
    refuseDType(row, dtype);
}

/// Every floating and every integer dtype.
template <class F>
auto numeric(const OpRow& row, DType dtype, F&& f) {
    if (tapescope::row(dtype).integer()) return integral(row, dtype, std::forward<F>(f));
    return floating(row, dtype, std::forward<F>(f));
}

/// The floating and the complex dtypes.
template <class F>
auto floatingOrComplex(const OpRow& row, DType dtype, F&& f) {
    if (tapescope::row(dtype).complex()) return complex(row, dtype, std::forward<F>(f));
    return floating(row, dtype, std::forward<F>(f));
}

/// numeric and the complex dtypes.
template <class F>
auto numericOrComplex(const OpRow& row, DType dtype, F&& f) {
    if (tapescope::row(dtype).complex()) return complex(row, dtype, std::forward<F>(f));
    return numeric(row, dtype, std::forward<F>(f));
}

/// Everything with a size: numbers, complex numbers, truth values. To move elements about, byElementSize is cheaper to
/// compile and moves strings too.
template <class F>
auto any(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Bool) return f.template operator()<bool>();
    return numericOrComplex(row, dtype, std::forward<F>(f));
}

/// For what only moves elements: T is an unsigned integer of the element's size (std::complex<double> for 16 bytes,
/// std::string for strings). End with `std::move(result).done(dtype)`: T is not the C++ type of the dtype.
template <class F>
auto byElementSize(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::String) return f.template operator()<std::string>();
    switch (tapescope::row(dtype).size) {
        case 1: return f.template operator()<std::uint8_t>();
        case 2: return f.template operator()<std::uint16_t>();
        case 4: return f.template operator()<std::uint32_t>();
        case 8: return f.template operator()<std::uint64_t>();
        case 16: return f.template operator()<std::complex<double>>();
        default: refuseDType(row, dtype);
    }
}

/// The floats of 16 bits as float32, and float32 as such a float again.
Tensors widened(Inputs inputs);
Tensors narrowed(Tensors outputs, DType dtype);

/// For loops of their own: f.template operator()<T>(inputs) with T float or double gives the outputs. Floats of 16 bits
/// are computed in float32.
template <class F>
Tensors inFloatOrDouble(const OpRow& row, Inputs inputs, F&& f) {
    const DType dtype = inputs[0].dtype();
    switch (dtype) {
        case DType::Float32: return f.template operator()<float>(inputs);
        case DType::Float64: return f.template operator()<double>(inputs);
        case DType::Float16:
        case DType::BFloat16: return narrowed(f.template operator()<float>(Inputs(widened(inputs))), dtype);
        default: refuseDType(row, dtype);
    }
}

/// The tensor repeated to `shape`, to which it broadcasts.
Tensor stretched(const Tensor& tensor, const Shape& shape);

/// Axes of an attribute (None: all), from 0, sorted; throws TensorFlow's complaint for one that is out of range.
std::vector<std::size_t> axesOf(const OpRow& row, const AttributeValue& attribute, std::size_t rank);

/// The shape after reducing over the axes.
Shape reducedShape(const Shape& shape, const std::vector<std::size_t>& axes, bool keepDimensions);

/// Sums a gradient back to the shape of an operand that was broadcast.
Operand reducedTo(Runner& runner, const Operand& gradient, const Shape& shape);

/// A scalar of the dtype of `like`, which is any number.
Operand number(Runner& runner, double value, const Operand& like);

}  // namespace tapescope::kernel
