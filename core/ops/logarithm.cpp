// SPDX-License-Identifier: Apache-2.0
// Logarithms of matrices: Eigen's, as in TensorFlow.
#include <Eigen/Eigenvalues>
#include <unsupported/Eigen/MatrixFunctions>

#include "core/ops/dense.h"
#include "core/ops/transforms.h"

namespace tapescope::rows {

namespace {
Tensors logarithm(const OpRow& row, Inputs in, const Attributes&) {
    requireOneSquare(row, in);
    return {complex(row, in[0].dtype(), [&]<class T>() {
        const std::int64_t n = rowsOf(in[0]);
        const Shape batch = batchOf(in[0].shape());
        Results<T> result(batch, n, n);
        for (std::int64_t b = 0; b < elementCount(batch) && n > 0; ++b) {
            const Dense<T> log = denseAt<T>(in[0], b).log();
            put<T>(result.at(b), log);
        }
        return std::move(result).done();
    })};
}
}  // namespace

std::vector<OpRow> logarithms() {
    return {{"MatrixLogarithm",
             "linalg.logm",
             "X = log A, eˣ = A",
             "The principal logarithm of a complex matrix.",
             {{"input", Flow::Unregistered}},
             {},
             logarithm}};
}

}  // namespace tapescope::rows
