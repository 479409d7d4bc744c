// SPDX-License-Identifier: Apache-2.0
// The equation of an Einstein summation, and its way back.
#pragma once

#include <string>
#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

/// "ij,jk->ik": subscripts of the operands and of the result. An ellipsis is "...".
struct Equation {
    std::vector<std::string> inputs;
    std::string output;
};

Equation equationOf(const std::string& text);

/// linalg_grad.py _EinsumGrad: the way back is a summation again, with the equation turned round.
Operands einsumBack(Runner& run, const Executed& op, std::span<const Operand> gradients);

}  // namespace tapescope::rows
