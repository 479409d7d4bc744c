// SPDX-License-Identifier: Apache-2.0
// An immutable value: dtype, shape and elements in one piece of memory, row-major. Copying is a reference count.
#pragma once

#include <algorithm>
#include <atomic>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/dtype.h"
#include "core/base/shape.h"

namespace tapescope {

/// More elements than this are large.
inline constexpr std::size_t largeCount = 4096;

template <class T>
struct Filling;

class Tensor {
public:
    /// No value at all; boolean false. Not the same as a tensor of no elements.
    Tensor() = default;
    Tensor(const Tensor& other) : content_(other.content_) {
        if (content_ != nullptr) content_->owners.fetch_add(1, std::memory_order_relaxed);
    }
    Tensor(Tensor&& other) noexcept : content_(std::exchange(other.content_, nullptr)) {}
    Tensor& operator=(Tensor other) noexcept {
        std::swap(content_, other.content_);
        return *this;
    }
    ~Tensor() {
        if (content_ != nullptr && content_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) discard(content_);
    }

    /// Copies `values`; their number must be elementCount(shape). T is the C++ type of a dtype row.
    template <class T>
    static Tensor of(const Shape& shape, std::span<const T> values);
    template <class T>
    static Tensor of(const Shape& shape, const std::vector<T>& values) {
        return of<T>(shape, std::span<const T>(values));
    }
    static Tensor scalar(float value);
    /// Copies the bytes of as many elements as the shape has, of a dtype with a size.
    static Tensor copied(DType dtype, const Shape& shape, const void* bytes);

    explicit operator bool() const { return content_ != nullptr; }
    DType dtype() const { return content_ == nullptr ? DType::Float32 : content_->dtype; }
    const Shape& shape() const { return content_ == nullptr ? none : content_->shape; }
    std::int64_t count() const { return elementCount(shape()); }
    std::size_t byteCount() const { return static_cast<std::size_t>(count()) * row(dtype()).size; }
    const std::byte* bytes() const { return content_ == nullptr ? nullptr : content_->bytes; }
    /// A number for the elements of a large tensor, the same for all that share them and never given again; else 0.
    std::uint64_t storage() const { return content_ == nullptr ? 0 : content_->storage; }

    /// The elements; T must be the C++ type of dtype() (or one of the same size, to move bits).
    template <class T>
    std::span<const T> as() const {
        return {reinterpret_cast<const T*>(bytes()), static_cast<std::size_t>(count())};
    }

    /// Element i as a double, whatever the dtype: for showing, never for computing. A complex number's real part, 0 for
    /// a string.
    double at(std::int64_t i) const;

    /// The same elements in another shape of as many elements; shares the storage.
    Tensor reshaped(const Shape& shape) const { return viewed(dtype(), shape); }
    /// The same bytes as elements of another dtype, and as many of them as they hold.
    Tensor viewed(DType dtype, const Shape& shape) const;

    /// Same dtype, shape and bits.
    friend bool operator==(const Tensor& a, const Tensor& b);

private:
    template <class T>
    friend struct Filling;
    friend struct ByteFilling;

    /// Facts and, where they are not another's, the elements behind them: one piece of memory.
    struct Content {
        std::atomic<std::uint32_t> owners{1};
        DType dtype = DType::Float32;
        std::byte* bytes = nullptr;
        std::uint64_t storage = 0;
        Content* owner = nullptr;  ///< of the elements, where they are another's
        Shape shape;
    };

    explicit Tensor(Content* content) : content_(content) {}
    /// With room for so many bytes, which are not set. `remarkable`: worth a number.
    static Content* made(DType dtype, const Shape& shape, std::size_t bytes, bool remarkable);
    static Content* madeOfStrings(const Shape& shape, std::size_t count);
    static void discard(Content* content) noexcept;
    static const Shape none;

    Content* content_ = nullptr;
};

/// L2 norm of b - a, of equal shapes: how far a variable moved.
double distance(const Tensor& a, const Tensor& b);

/// Storage to be filled before a Tensor takes it.
template <class T>
struct Filling {
    std::span<T> values;

    explicit Filling(const Shape& shape);
    const Shape& shape() const { return filled_.content_->shape; }
    Tensor done() &&;
    /// As elements of `dtype`, which has T's size: where T only moves bits.
    Tensor done(DType dtype) && {
        filled_.content_->dtype = dtype;
        return std::move(filled_);
    }

private:
    Tensor filled_;
};

/// The same where only the dtype is known, one with a size.
struct ByteFilling {
    std::span<std::byte> bytes;

    ByteFilling(DType dtype, const Shape& shape);
    Tensor done() && { return std::move(filled_); }

private:
    Tensor filled_;
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

template <class T>
Filling<T>::Filling(const Shape& shape) {
    const auto count = static_cast<std::size_t>(elementCount(shape));
    if constexpr (std::is_same_v<T, std::string>) {
        filled_ = Tensor(Tensor::madeOfStrings(shape, count));
    } else {
        filled_ = Tensor(Tensor::made(DType::Float32, shape, count * sizeof(T), count > largeCount));
    }
    values = {reinterpret_cast<T*>(filled_.content_->bytes), count};
}

template <class T>
Tensor Filling<T>::done() && {
    return std::move(*this).done(dtypeOf<T>);
}

template <class T>
Tensor Tensor::of(const Shape& shape, std::span<const T> values) {
    Filling<T> filling(shape);
    std::copy(values.begin(), values.end(), filling.values.begin());
    return std::move(filling).done();
}

}  // namespace tapescope
