// SPDX-License-Identifier: Apache-2.0
// An immutable value: dtype, shape and shared storage, row-major. Copying is a reference count.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/dtype.h"
#include "core/base/shape.h"

namespace tapescope {

class Tensor {
public:
    /// No value at all; boolean false. Not the same as a tensor of no elements.
    Tensor() = default;

    /// A value over `bytes`, which holds elementCount(shape) elements of `dtype`.
    Tensor(DType dtype, Shape shape, std::shared_ptr<const std::byte[]> bytes)
        : dtype_(dtype), shape_(std::move(shape)), bytes_(std::move(bytes)) {}

    /// Copies `values`; their number must be elementCount(shape). T is the C++ type of a dtype row.
    template <class T>
    static Tensor of(Shape shape, std::span<const T> values);
    template <class T>
    static Tensor of(Shape shape, const std::vector<T>& values) {
        return of<T>(std::move(shape), std::span<const T>(values));
    }
    static Tensor scalar(float value);

    explicit operator bool() const { return bytes_ != nullptr; }
    DType dtype() const { return dtype_; }
    const Shape& shape() const { return shape_; }
    std::int64_t count() const { return elementCount(shape_); }
    std::size_t byteCount() const { return static_cast<std::size_t>(count()) * row(dtype_).size; }
    const std::byte* bytes() const { return bytes_.get(); }
    const std::shared_ptr<const std::byte[]>& storage() const { return bytes_; }

    /// The elements; T must be the C++ type of dtype().
    template <class T>
    std::span<const T> as() const {
        return {reinterpret_cast<const T*>(bytes_.get()), static_cast<std::size_t>(count())};
    }

    /// Element i as a double, whatever the dtype: for showing, never for computing.
    double at(std::int64_t i) const;

    /// The same elements in another shape of as many elements; shares the storage.
    Tensor reshaped(Shape shape) const { return {dtype_, std::move(shape), bytes_}; }

    /// Same dtype, shape and bits.
    friend bool operator==(const Tensor& a, const Tensor& b);

private:
    DType dtype_ = DType::Float32;
    Shape shape_;
    std::shared_ptr<const std::byte[]> bytes_;
};

/// L2 norm of b - a, of equal shapes: how far a variable moved.
double distance(const Tensor& a, const Tensor& b);

/// Storage to be filled before a Tensor takes it.
template <class T>
struct Filling {
    Shape shape;
    std::shared_ptr<std::byte[]> bytes;
    std::span<T> values;

    explicit Filling(Shape s);
    Tensor done() &&;
};

template <class T>
inline constexpr DType dtypeOf = DType::Float32;
template <>
inline constexpr DType dtypeOf<double> = DType::Float64;
template <>
inline constexpr DType dtypeOf<std::int32_t> = DType::Int32;
template <>
inline constexpr DType dtypeOf<std::int64_t> = DType::Int64;
template <>
inline constexpr DType dtypeOf<bool> = DType::Bool;

template <class T>
Filling<T>::Filling(Shape s) : shape(std::move(s)) {
    const auto count = static_cast<std::size_t>(elementCount(shape));
    bytes = std::make_shared_for_overwrite<std::byte[]>(count * sizeof(T) + 1);
    values = {reinterpret_cast<T*>(bytes.get()), count};
}

template <class T>
Tensor Filling<T>::done() && {
    return {dtypeOf<T>, std::move(shape), std::move(bytes)};
}

template <class T>
Tensor Tensor::of(Shape shape, std::span<const T> values) {
    Filling<T> filling(std::move(shape));
    std::copy(values.begin(), values.end(), filling.values.begin());
    return std::move(filling).done();
}

}  // namespace tapescope
