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
    std::array<std::uint32_t, 16> histogram{};  ///< equal bins from minimum to maximum; of many elements, evenly spaced ones
    std::array<double, 4> corners{};            ///< first, end of first row, start of last row, last

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

struct Value {
    DType dtype = DType::Float32;
    Shape shape;
    Tensor whole;            ///< false where only the summary is kept
    Boxed<Summary> summary;  ///< only where `whole` is not

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
