// SPDX-License-Identifier: Apache-2.0
// The decompositions that stand in a file of their own, and the ways back of all, as
// tensorflow/python/ops/linalg_grad.py has them.
#pragma once

#include <span>
#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

using Gradients = std::span<const Operand>;

Tensors qr(const OpRow& row, Inputs in, const Attributes& attributes);
Tensors leastSquares(const OpRow& row, Inputs in, const Attributes& attributes);
Tensors svd(const OpRow& row, Inputs in, const Attributes& attributes);
Tensors eigh(const OpRow& row, Inputs in, const Attributes& attributes);

Tensors eig(const OpRow& row, Inputs in, const Attributes& attributes);
Tensors squareRoot(const OpRow& row, Inputs in, const Attributes& attributes);

Operands inverseBack(Runner& run, const Executed& op, Gradients g);
Operands determinantBack(Runner& run, const Executed& op, Gradients g);
Operands logDeterminantBack(Runner& run, const Executed& op, Gradients g);
Operands choleskyBack(Runner& run, const Executed& op, Gradients g);
Operands qrBack(Runner& run, const Executed& op, Gradients g);
Operands solveBack(Runner& run, const Executed& op, Gradients g);
Operands leastSquaresBack(Runner& run, const Executed& op, Gradients g);
Operands triangularBack(Runner& run, const Executed& op, Gradients g);
Operands eigenBack(Runner& run, const Executed& op, Gradients g);
Operands eigBack(Runner& run, const Executed& op, Gradients g);
Operands squareRootBack(Runner& run, const Executed& op, Gradients g);
Operands singularBack(Runner& run, const Executed& op, Gradients g);

}  // namespace tapescope::rows
