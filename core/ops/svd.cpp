// SPDX-License-Identifier: Apache-2.0
// Singular values and vectors by Eigen's Jacobi rotations, which TensorFlow takes for matrices of up to 16 columns.
#include <Eigen/SVD>

#include <limits>

#include "core/ops/decomposition.h"
#include "core/ops/matrices.h"

namespace tapescope::rows {

namespace {
/// In double, whatever the dtype: the results are rounded.
template <class T>
using Doubled = std::conditional_t<std::is_arithmetic_v<T>, double, std::complex<double>>;
template <class T>
using Dense = Eigen::Matrix<Doubled<T>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
Dense<T> denseAt(const Tensor& tensor, std::int64_t batch) {
    const auto view = matrixAt<T>(tensor, batch);
    Dense<T> dense(view.rows, view.columns);
    std::copy_n(view.data, dense.size(), dense.data());
    return dense;
}

template <class T>
void put(const View<T>& out, const Dense<T>& value) {
    std::transform(value.data(), value.data() + value.size(), out.data, [](auto x) { return static_cast<T>(x); });
}

/// nan in every place of what a matrix that is not finite would have.
template <class T>
void putNothing(auto&& place, const auto& like) {
    put<T>(place, Dense<T>::Constant(like.rows(), like.cols(), std::numeric_limits<double>::quiet_NaN()));
}

/// Ones where row and column are the same: any vectors serve a matrix without numbers.
template <class T>
void putUnit(const View<T>& place) {
    for (std::int64_t i = 0; i < std::min(place.rows, place.columns); ++i) place(i, i) = T(1);
}

template <class T>
Tensors singularValues(const Tensor& a, bool vectors, bool full) {
    const Shape batch = batchOf(a.shape());
    const std::int64_t m = rowsOf(a);
    const std::int64_t n = columnsOf(a);
    const std::int64_t least = std::min(m, n);
    const unsigned options =
        vectors ? (full ? Eigen::ComputeFullU | Eigen::ComputeFullV : Eigen::ComputeThinU | Eigen::ComputeThinV) : 0;
    Results<T> s(batch, least, 1);
    Results<T> u(batch, vectors ? m : 0, vectors ? (full ? m : least) : 0);
    Results<T> v(batch, vectors ? n : 0, vectors ? (full ? n : least) : 0);
    for (std::int64_t b = 0; b < elementCount(batch); ++b) {
        if (least == 0) {
            putUnit(u.at(b));
            putUnit(v.at(b));
            continue;
        }
        const Dense<T> matrix = denseAt<T>(a, b);
        const Eigen::JacobiSVD<Dense<T>> factor(matrix, options);
        if (!matrix.allFinite()) {
            putNothing<T>(s.at(b), factor.singularValues());
            if (vectors) putNothing<T>(u.at(b), factor.matrixU());
            if (vectors) putNothing<T>(v.at(b), factor.matrixV());
            continue;
        }
        put<T>(s.at(b), factor.singularValues().template cast<Doubled<T>>());
        if (!vectors) continue;
        put<T>(u.at(b), factor.matrixU());
        put<T>(v.at(b), factor.matrixV());
    }
    return {std::move(s).done().reshaped(joined(batch, {least})), std::move(u).done(), std::move(v).done()};
}

/// The solution of least norm among those of least squares.
template <class T>
Dense<T> leastNorm(const Dense<T>& matrix, const Dense<T>& right) {
    if (matrix.size() == 0) return Dense<T>::Zero(matrix.cols(), right.cols());
    const Eigen::JacobiSVD<Dense<T>> factor(matrix, Eigen::ComputeThinU | Eigen::ComputeThinV);
    Dense<T> middle = factor.matrixU().adjoint() * right;
    const double limit = factor.singularValues()(0) * 1e-15 * static_cast<double>(matrix.rows());
    for (Eigen::Index i = 0; i < middle.rows(); ++i) {
        const double size = factor.singularValues()(i);
        middle.row(i) *= size > limit ? 1 / size : 0.0;
    }
    return factor.matrixV() * middle;
}
}  // namespace

Tensors svd(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireMatrices(row, in, 1);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        return singularValues<T>(in[0], flag(attributes, 0), flag(attributes, 1));
    });
}

Tensors leastSquares(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    requireMatrices(row, in, 2);
    if (rowsOf(in[0]) != rowsOf(in[1])) refuse(row, "Input matrix and rhs are incompatible.");
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        const Shape batch = batchOf(in[0].shape());
        Results<T> result(batch, columnsOf(in[0]), columnsOf(in[1]));
        for (std::int64_t b = 0; b < elementCount(batch); ++b) {
            put<T>(result.at(b), leastNorm<T>(denseAt<T>(in[0], b), denseAt<T>(in[1], b)));
        }
        return std::move(result).done();
    })};
}

}  // namespace tapescope::rows
