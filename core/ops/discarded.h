// SPDX-License-Identifier: Apache-2.0
// Imaginary parts that ways back have thrown away, which TensorFlow's tf.cast warns of there too.
#pragma once

#include <utility>
#include <vector>

#include "core/base/dtype.h"

namespace tapescope {

/// From which complex dtype to which real one, in order, since somebody took them (std::exchange). Of this thread.
std::vector<std::pair<DType, DType>>& discardedParts();

}  // namespace tapescope
