// SPDX-License-Identifier: Apache-2.0
// Python numbers, texts and nested sequences of them as values, by the rules of TensorFlow's conversion: the first
// element decides the dtype, the others must fit it.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>

#include "core/base/tensor.h"

namespace tapescope {

/// Throws TensorFlow's ValueError or TypeError ("Can't convert non-rectangular Python sequence to Tensor.", "Cannot
/// convert 1.5 to EagerTensor of dtype int32").
Tensor fromSequence(pybind11::handle value, std::optional<DType> wanted);

/// A str as UTF-8, bytes as they are; of what is no text a ValueError of these words.
std::string bytesOf(pybind11::handle value, const char* complaint);

/// "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor."
[[noreturn]] void refuseValue(pybind11::handle value);

}  // namespace tapescope
