// SPDX-License-Identifier: Apache-2.0
// The decompositions that stand in a file of their own, and the ways back of all, as
// tensorflow/python/ops/linalg_grad.py has them.
#pragma once

#include <span>
#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

using Gradients = std::span<const Operand>;

std::vector<Tensor> qr(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);
std::vector<Tensor> leastSquares(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);
std::vector<Tensor> svd(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);
std::vector<Tensor> eigh(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);

std::vector<Tensor> eig(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);
std::vector<Tensor> squareRoot(const OpRow& row, std::span<const Tensor> in, const Attributes& attributes);

std::vector<Operand> inverseBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> determinantBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> logDeterminantBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> choleskyBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> qrBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> solveBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> leastSquaresBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> triangularBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> eigenBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> eigBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> squareRootBack(Runner& run, const Executed& op, Gradients g);
std::vector<Operand> singularBack(Runner& run, const Executed& op, Gradients g);

}  // namespace tapescope::rows
