// SPDX-License-Identifier: Apache-2.0
// From Python's values to an operation's attributes.
#pragma once

#include <pybind11/pybind11.h>

#include "core/ops/op.h"

namespace tapescope {

/// The value given for an attribute of a row, which may be an input in TensorFlow. Throws TensorFlow's complaint where
/// it is of another kind, dtype or rank.
AttributeValue attributeFrom(pybind11::handle value, const OpRow& row, const AttributeRow& attribute);

}  // namespace tapescope
