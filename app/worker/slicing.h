// SPDX-License-Identifier: Apache-2.0
// Python's brackets on tensors and variables.
#pragma once

#include <pybind11/pybind11.h>

#include "core/ops/op.h"

namespace tapescope {

/// self[index] as tensor_getitem_override.py reads it: numbers, slices, ellipsis, newaxis, scalar tensors, and masks of
/// truth values. Throws what TensorFlow throws.
Operand sliced(const Operand& whole, pybind11::handle index);

}  // namespace tapescope
