// SPDX-License-Identifier: Apache-2.0
// The families of the operation table; each file gives its rows, op.cpp puts them together.
#pragma once

#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

std::vector<OpRow> arithmetic();  ///< two operands, broadcast
std::vector<OpRow> pointwise();   ///< one operand, element by element
std::vector<OpRow> activation();  ///< of neural networks, and their gradient operations
std::vector<OpRow> comparison();
std::vector<OpRow> reduction();
std::vector<OpRow> linear();
std::vector<OpRow> shaping();
std::vector<OpRow> slicing();
std::vector<OpRow> source();    ///< constants, variables, random numbers
std::vector<OpRow> blocking();  ///< identity, stop_gradient, cast

}  // namespace tapescope::rows
