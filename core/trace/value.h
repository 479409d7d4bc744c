// SPDX-License-Identifier: Apache-2.0
// A value as the trace keeps it: whole where it is small, a summary where it is large.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/tensor.h"

namespace tapescope {

/// What is kept of a tensor of more than wholeLimit elements.
struct Summary {
    double minimum = 0, maximum = 0, mean = 0;  ///< over the finite elements
    double norm = 0;                            ///< L2, over the finite elements
    std::int64_t zeros = 0, nans = 0, infinities = 0;
    std::array<std::uint32_t, 16> histogram{};  ///< equal bins from minimum to maximum, finite elements
    std::array<double, 4> corners{};            ///< first, end of first row, start of last row, last

    friend bool operator==(const Summary&, const Summary&) = default;
};

/// Tensors up to this many elements are kept whole (architecture: full recording).
inline constexpr std::int64_t wholeLimit = 4096;

struct Value {
    DType dtype = DType::Float32;
    Shape shape;
    Tensor whole;                    ///< false where only the summary is kept
    std::optional<Summary> summary;  ///< only where `whole` is not

    friend bool operator==(const Value&, const Value&) = default;
};

/// The value as it goes into a trace.
Value valueOf(const Tensor& tensor);

/// Statistics of a value, computed from it where it is whole.
Summary summaryOf(const Value& value);
Summary summarize(const Tensor& tensor);

}  // namespace tapescope
