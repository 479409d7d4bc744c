// SPDX-License-Identifier: Apache-2.0
// The dimensions of a tensor, outermost first; {} is a scalar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/smallvector.h"

namespace tapescope {

using Shape = SmallVector<std::int64_t, 4>;

/// Number of elements; 1 for a scalar.
std::int64_t elementCount(const Shape& shape);

/// "(2, 2)", "(2,)", "()": as Python prints it.
std::string pythonText(const Shape& shape);

/// "[2,2]", "[]": as TensorFlow's kernels print it.
std::string kernelText(const Shape& shape);

/// "2×2", "2", "scalar": as the picture prints it.
std::string pictureText(const Shape& shape);

/// numpy's rule: align at the right, 1 stretches. Nothing where they do not fit.
std::optional<Shape> broadcast(const Shape& a, const Shape& b);

}  // namespace tapescope
