// SPDX-License-Identifier: Apache-2.0
// Eigenvalues and eigenvectors of symmetric matrices, by Eigen's solver, which is TensorFlow's.
#include <Eigen/Eigenvalues>

#include "core/ops/decomposition.h"
#include "core/ops/dense.h"

namespace tapescope::rows {

Tensors eigh(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneSquare(row, in);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() -> Tensors {
        const Shape batch = batchOf(in[0].shape());
        const std::int64_t n = rowsOf(in[0]);
        const bool vectors = flag(attributes, 0);
        Results<T> values(batch, n, 1);
        Results<T> all(batch, vectors ? n : 0, vectors ? n : 0);
        for (std::int64_t b = 0; b < elementCount(batch) && n > 0; ++b) {
            const Eigen::SelfAdjointEigenSolver<Dense<T>> factor(
                denseAt<T>(in[0], b), vectors ? Eigen::ComputeEigenvectors : Eigen::EigenvaluesOnly);
            if (factor.info() != Eigen::Success) {
                refuse(row, "Self-adjoint eigen decomposition was not successful. The input might not be valid.");
            }
            put<T>(values.at(b), factor.eigenvalues().template cast<T>());
            if (vectors) put<T>(all.at(b), factor.eigenvectors());
        }
        return {std::move(values).done().reshaped(joined(batch, {n})), std::move(all).done()};
    });
}

}  // namespace tapescope::rows
