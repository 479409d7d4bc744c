// SPDX-License-Identifier: Apache-2.0
// A value as the trace keeps it: whole where it is small, a summary where it is large.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/tensor.h"

namespace tapescope {

/// What is kept of a tensor of more than wholeLimit elements.
struct Summary {
    double minimum = 0, maximum = 0, mean = 0;  ///< over the finite elements
    double norm = 0;                            ///< L2, over the finite elements
    std::int64_t zeros = 0, nans = 0, infinities = 0;
    std::array<std::uint32_t, 16>
        histogram{};                  ///< equal bins from minimum to maximum; of many elements, evenly spaced ones
    std::array<double, 4> corners{};  ///< first, end of first row, start of last row, last

    friend bool operator==(const Summary&, const Summary&) = default;
};

/// Tensors up to this many elements are kept whole (architecture: full recording).
inline constexpr std::int64_t wholeLimit = largeCount;
/// And strings up to this many bytes together.
inline constexpr std::size_t wholeStringBytes = std::size_t{1} << 16U;

/// An optional that keeps its content on the heap: events stay small where, as nearly always, there is none.
template <class T>
class Boxed {
public:
    Boxed() = default;
    Boxed(std::nullopt_t) {}
    Boxed(T content) : content_(std::make_unique<T>(std::move(content))) {}
    Boxed(const Boxed& other) : content_(other ? std::make_unique<T>(*other) : nullptr) {}
    Boxed(Boxed&& other) noexcept = default;
    Boxed& operator=(Boxed other) noexcept {
        content_ = std::move(other.content_);
        return *this;
    }
    ~Boxed() = default;

    explicit operator bool() const { return content_ != nullptr; }
    bool has_value() const { return content_ != nullptr; }
    const T& operator*() const { return *content_; }
    T& operator*() { return *content_; }
    const T* operator->() const { return content_.get(); }
    T* operator->() { return content_.get(); }
    friend bool operator==(const Boxed& a, const Boxed& b) { return a && b ? *a == *b : !a && !b; }

private:
    std::unique_ptr<T> content_;
};

/// What is known of a value that is not kept whole.
class Sketch {
public:
    Sketch(DType dtype, Shape shape, std::optional<Summary> summary)
        : dtype_(dtype), shape_(std::move(shape)), summary_(summary) {}
    /// Of a tensor, which it holds until somebody asks for the summary: who computes does not wait for statistics.
    explicit Sketch(const Tensor& large) : dtype_(large.dtype()), shape_(large.shape()), large_(large) {}

    DType dtype() const { return dtype_; }
    const Shape& shape() const { return shape_; }
    const std::optional<Summary>& summary() const;
    std::size_t heldBytes() const { return large_ ? large_.byteCount() : 0; }

    friend bool operator==(const Sketch& a, const Sketch& b) {
        return a.dtype_ == b.dtype_ && a.shape_ == b.shape_ && a.summary() == b.summary();
    }

private:
    DType dtype_;
    Shape shape_;
    mutable std::optional<Summary> summary_;
    mutable Tensor large_;
};

/// Small, since events are full of them: two pointers.
struct Value {
    Tensor whole;          ///< false where only a sketch is kept, or nothing
    Boxed<Sketch> sketch;  ///< only where `whole` is not

    Value() = default;
    explicit Value(Tensor tensor) : whole(std::move(tensor)) {}
    Value(DType dtype, Shape shape, std::optional<Summary> summary);

    DType dtype() const { return sketch ? sketch->dtype() : whole.dtype(); }
    const Shape& shape() const { return sketch ? sketch->shape() : whole.shape(); }
    /// Null where there is none.
    const Summary* summary() const { return sketch && sketch->summary() ? &*sketch->summary() : nullptr; }

    friend bool operator==(const Value&, const Value&) = default;
};

/// The value as it goes into a trace.
Value valueOf(const Tensor& tensor);

/// What is wrong with a value that may be forged (dimensions, whole or summary at odds with them); null if nothing is.
const char* objection(const Value& value);

/// Statistics of a value, computed from it where it is whole.
Summary summaryOf(const Value& value);
Summary summarize(const Tensor& tensor);

}  // namespace tapescope
