// SPDX-License-Identifier: Apache-2.0
// Which tensors a Python value came out of: by object identity, never by value.
#pragma once

#include <pybind11/pybind11.h>

#include <vector>

#include "core/base/ids.h"

namespace tapescope {

/// Remembers that `value` came out of `tensor`. Keeps the object, so that its identity is not given to another; the
/// oldest are forgotten past a few thousand.
void rememberOrigin(pybind11::handle value, TensorId tensor);

/// Where a value, or the elements of a list or tuple, came from. Empty for most.
std::vector<TensorId> originsOf(pybind11::handle value);

/// All tensors that values are remembered to have come out of.
std::vector<TensorId> rememberedTensors();

}  // namespace tapescope
