// SPDX-License-Identifier: Apache-2.0
// An immutable value: dtype, shape and shared storage, row-major. Copying is a reference count.
#pragma once

#include <algorithm>
#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/dtype.h"
#include "core/base/shape.h"

namespace tapescope {

class Tensor {
public:
    /// No value at all; boolean false. Not the same as a tensor of no elements.
    Tensor() = default;

    /// A value over `bytes`, which holds elementCount(shape) elements of `dtype`: of a string dtype std::strings, which
    /// the pointer's own deleter destroys (Filling makes such storage).
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

    /// The elements; T must be the C++ type of dtype() (or one of the same size, to move bits).
    template <class T>
    std::span<const T> as() const {
        return {reinterpret_cast<const T*>(bytes_.get()), static_cast<std::size_t>(count())};
    }

    /// Element i as a double, whatever the dtype: for showing, never for computing. A complex number's real part, 0 for
    /// a string.
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
    /// As elements of `dtype`, which has T's size: where T only moves bits.
    Tensor done(DType dtype) && { return {dtype, std::move(shape), std::move(bytes)}; }
};

/// The dtype of a C++ type; a type without one does not compile. core/ops/kernel.h adds the floats of 16 bits.
template <class T>
struct DTypeOf;
template <>
struct DTypeOf<float> {
    static constexpr DType value = DType::Float32;
};
template <>
struct DTypeOf<double> {
    static constexpr DType value = DType::Float64;
};
template <>
struct DTypeOf<std::int8_t> {
    static constexpr DType value = DType::Int8;
};
template <>
struct DTypeOf<std::int16_t> {
    static constexpr DType value = DType::Int16;
};
template <>
struct DTypeOf<std::int32_t> {
    static constexpr DType value = DType::Int32;
};
template <>
struct DTypeOf<std::int64_t> {
    static constexpr DType value = DType::Int64;
};
template <>
struct DTypeOf<std::uint8_t> {
    static constexpr DType value = DType::UInt8;
};
template <>
struct DTypeOf<std::uint16_t> {
    static constexpr DType value = DType::UInt16;
};
template <>
struct DTypeOf<std::uint32_t> {
    static constexpr DType value = DType::UInt32;
};
template <>
struct DTypeOf<std::uint64_t> {
    static constexpr DType value = DType::UInt64;
};
template <>
struct DTypeOf<bool> {
    static constexpr DType value = DType::Bool;
};
template <>
struct DTypeOf<std::complex<float>> {
    static constexpr DType value = DType::Complex64;
};
template <>
struct DTypeOf<std::complex<double>> {
    static constexpr DType value = DType::Complex128;
};
template <>
struct DTypeOf<std::string> {
    static constexpr DType value = DType::String;
};
template <class T>
inline constexpr DType dtypeOf = DTypeOf<T>::value;

/// More elements than this are large.
inline constexpr std::size_t largeCount = 4096;

template <class T>
Filling<T>::Filling(Shape s) : shape(std::move(s)) {
    const auto count = static_cast<std::size_t>(elementCount(shape));
    if constexpr (std::is_same_v<T, std::string>) {
        // One more, so that an empty tensor is not taken for none.
        auto strings = std::make_shared<std::vector<std::string>>(count + 1);
        auto* first = reinterpret_cast<std::byte*>(strings->data());
        bytes = std::shared_ptr<std::byte[]>(std::move(strings), first);
    } else if (count > largeCount) {
        // Apart from its count of owners, so that who only remembers it does not keep it.
        bytes = std::shared_ptr<std::byte[]>(new std::byte[count * sizeof(T)]);
    } else {
        bytes = std::make_shared_for_overwrite<std::byte[]>(count * sizeof(T) + 1);
    }
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
