// SPDX-License-Identifier: Apache-2.0
// Elements of one dtype as elements of another, by the rules of TensorFlow's Cast.
#pragma once

#include "core/base/tensor.h"

namespace tapescope {

/// Toward zero from floats to integers, wrapping to fewer bits; what no 32-bit (for wide dtypes: 64-bit) integer holds
/// becomes its smallest. Complex numbers lose their imaginary part. Both dtypes must be numbers or bool.
Tensor converted(const Tensor& tensor, DType dtype);

/// A scalar of a dtype that is a number or bool.
Tensor scalarOf(double value, DType dtype);

}  // namespace tapescope
