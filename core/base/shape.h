// SPDX-License-Identifier: Apache-2.0
// The dimensions of a tensor, outermost first; {} is a scalar.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/smallvector.h"

namespace tapescope {

using Shape = SmallVector<std::int64_t, 4>;

/// What stands for that many elements and for all that are more: no memory holds them, and their bytes can still be
/// counted.
inline constexpr std::int64_t mostElements = std::int64_t{1} << 58;

/// Number of elements; 1 for a scalar.
inline std::int64_t elementCount(const Shape& shape) {
    std::int64_t count = 1;
    bool tooMany = false;
    for (const auto dimension : shape) tooMany = __builtin_mul_overflow(count, dimension, &count) || tooMany;
    if (tooMany) return std::find(shape.begin(), shape.end(), 0) == shape.end() ? mostElements : 0;
    return std::min(count, mostElements);
}

/// "(2, 2)", "(2,)", "()": as Python prints it.
std::string pythonText(const Shape& shape);

/// "[2,2]", "[]": as TensorFlow's kernels print it.
std::string kernelText(const Shape& shape);

/// "2×2", "2", "scalar": as the picture prints it.
std::string pictureText(const Shape& shape);

/// numpy's rule: align at the right, 1 stretches. Nothing where they do not fit.
std::optional<Shape> broadcast(const Shape& a, const Shape& b);

}  // namespace tapescope
