// SPDX-License-Identifier: Apache-2.0
// Eigenvalues of any matrix by Eigen's solver, which is TensorFlow's, and square roots by way of Schur's form.
#include <Eigen/Eigenvalues>

#include "core/ops/decomposition.h"
#include "core/ops/dense.h"

namespace tapescope::rows {

namespace {
/// The same with complex elements: Schur's form of a real matrix has blocks.
Tensor asComplex(const Tensor& tensor) {
    const auto widened = [&]<class T>() {
        Filling<std::complex<T>> result(tensor.shape());
        std::ranges::copy(tensor.as<T>(), result.values.begin());
        return std::move(result).done();
    };
    if (tensor.dtype() == DType::Float32) return widened.template operator()<float>();
    return tensor.dtype() == DType::Float64 ? widened.template operator()<double>() : tensor;
}

/// Björck and Hammarling's recurrence for an upper triangle, column by column.
template <class T>
Dense<T> triangleRoot(const Dense<T>& triangle) {
    Dense<T> root = Dense<T>::Zero(triangle.rows(), triangle.cols());
    for (Eigen::Index j = 0; j < triangle.cols(); ++j) {
        root(j, j) = std::sqrt(triangle(j, j));
        for (Eigen::Index i = j; i-- > 0;) {
            T rest = triangle(i, j);
            for (Eigen::Index k = i + 1; k < j; ++k) rest -= root(i, k) * root(k, j);
            root(i, j) = rest / (root(i, i) + root(j, j));
        }
    }
    return root;
}

template <class T>
Dense<T> principalRoot(const Dense<T>& matrix) {
    const Eigen::ComplexSchur<Dense<T>> schur(matrix);
    return schur.matrixU() * triangleRoot<T>(schur.matrixT()) * schur.matrixU().adjoint();
}

/// What is in a real dtype has a real root, as far as it has one.
template <class T>
Tensor realParts(const Tensor& tensor) {
    Filling<T> result(tensor.shape());
    std::ranges::transform(tensor.as<std::complex<T>>(), result.values.begin(),
                           [](auto value) { return value.real(); });
    return std::move(result).done();
}
}  // namespace

Tensors eig(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneSquare(row, in);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() -> Tensors {
        constexpr bool real = std::is_arithmetic_v<T>;
        using Complex = std::conditional_t<real, std::complex<typename Eigen::NumTraits<T>::Real>, T>;
        using Solver = std::conditional_t<real, Eigen::EigenSolver<Dense<T>>, Eigen::ComplexEigenSolver<Dense<T>>>;
        const Shape batch = batchOf(in[0].shape());
        const std::int64_t n = rowsOf(in[0]);
        const bool vectors = flag(attributes, 0);
        Results<Complex> values(batch, n, 1);
        Results<Complex> all(batch, vectors ? n : 0, vectors ? n : 0);
        for (std::int64_t b = 0; b < elementCount(batch) && n > 0; ++b) {
            const Solver factor(denseAt<T>(in[0], b), vectors);
            if (factor.info() != Eigen::Success) {
                refuse(row, "Eigen decomposition was not successful. The input might not be valid.");
            }
            put<Complex>(values.at(b), factor.eigenvalues());
            if (vectors) put<Complex>(all.at(b), factor.eigenvectors());
        }
        return {std::move(values).done().reshaped(joined(batch, {n})), std::move(all).done()};
    });
}

Tensors squareRoot(const OpRow& row, Inputs in, const Attributes&) {
    requireOneSquare(row, in);
    const Tensor matrices = asComplex(in[0]);
    const Tensor roots = complex(row, matrices.dtype(), [&]<class T>() {
        const Shape batch = batchOf(matrices.shape());
        const std::int64_t n = rowsOf(matrices);
        Results<T> result(batch, n, n);
        for (std::int64_t b = 0; b < elementCount(batch) && n > 0; ++b) {
            put<T>(result.at(b), principalRoot<T>(denseAt<T>(matrices, b)));
        }
        return std::move(result).done();
    });
    if (in[0].dtype() == DType::Float32) return {realParts<float>(roots)};
    return {in[0].dtype() == DType::Float64 ? realParts<double>(roots) : roots};
}

}  // namespace tapescope::rows
