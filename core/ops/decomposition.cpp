// SPDX-License-Identifier: Apache-2.0
// Triangular decompositions and solvers of batches of matrices. The algorithms are those of Eigen that TensorFlow
// takes, in the same order of operations, so that signs, pivots and digits are the same; written out, because they
// compile in a hundredth of the time.
#include "core/ops/decomposition.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/convert.h"
#include "core/ops/definition.h"
#include "core/ops/matrices.h"
#include "core/ops/product.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
/// Factors in place, the lower triangle only; false where the matrix is not positive definite.
template <class T>
bool factorCholesky(const View<T>& a) {
    for (std::int64_t k = 0; k < a.rows; ++k) {
        auto pivot = std::real(a(k, k));
        for (std::int64_t j = 0; j < k; ++j) pivot -= squaredSize(a(k, j));
        if (!(pivot > 0)) return false;
        pivot = std::sqrt(pivot);
        a(k, k) = pivot;
        for (std::int64_t i = k + 1; i < a.rows; ++i) {
            T sum = a(i, k);
            for (std::int64_t j = 0; j < k; ++j) sum -= a(i, j) * conjugate(a(k, j));
            a(i, k) = sum / pivot;
        }
    }
    return true;
}

Tensors cholesky(const OpRow& row, Inputs in, const Attributes&) {
    requireOneSquare(row, in);
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        using Real = decltype(std::real(T()));
        const Shape batch = batchOf(in[0].shape());
        Results<T> result(batch, rowsOf(in[0]), rowsOf(in[0]));
        for (std::int64_t b = 0; b < elementCount(batch); ++b) {
            const auto a = matrixAt<T>(in[0], b);
            const auto out = result.at(b);
            for (std::int64_t i = 0; i < a.rows; ++i) std::copy_n(&a(i, 0), i + 1, &out(i, 0));
            if (factorCholesky(out)) continue;
            // TensorFlow leaves the upper triangle as it was in memory; here it is zero.
            for (std::int64_t i = 0; i < a.rows; ++i) {
                std::fill_n(&out(i, 0), i + 1, std::numeric_limits<Real>::quiet_NaN());
            }
        }
        return std::move(result).done();
    })};
}

/// L and U in one matrix, the unit diagonal of L left out.
template <class T>
struct Lu {
    std::vector<T> values;
    View<T> a;
    std::vector<std::int64_t> order;  ///< row i of the factors is row order[i] of the matrix
    int sign = 1;

    Lu(const View<const T>& matrix, bool adjoint) : values(matrix.rows * matrix.rows), order(matrix.rows) {
        a = {values.data(), matrix.rows, matrix.rows};
        std::iota(order.begin(), order.end(), 0);
        for (std::int64_t i = 0; i < a.rows; ++i) {
            for (std::int64_t j = 0; j < a.rows; ++j) a(i, j) = adjoint ? conjugate(matrix(j, i)) : matrix(i, j);
        }
        for (std::int64_t k = 0; k < a.rows; ++k) eliminate(k);
    }

    void eliminate(std::int64_t k) {
        std::int64_t best = k;
        for (std::int64_t i = k + 1; i < a.rows; ++i) {
            if (std::abs(a(i, k)) > std::abs(a(best, k))) best = i;
        }
        if (best != k) {
            std::swap_ranges(&a(k, 0), &a(k, 0) + a.columns, &a(best, 0));
            std::swap(order[k], order[best]);
            sign = -sign;
        }
        if (a(k, k) == T(0)) return;
        for (std::int64_t i = k + 1; i < a.rows; ++i) {
            a(i, k) /= a(k, k);
            for (std::int64_t j = k + 1; j < a.columns; ++j) a(i, j) -= a(i, k) * a(k, j);
        }
    }

    [[nodiscard]] bool invertible() const {
        for (std::int64_t k = 0; k < a.rows; ++k) {
            if (!(std::abs(a(k, k)) > 0)) return false;  // and not for NaN
        }
        return true;
    }

    /// x = A⁻¹·x, with the rows of x already in the order of the factors.
    void solve(const View<T>& x) const {
        for (std::int64_t i = 0; i < a.rows; ++i) {
            for (std::int64_t k = 0; k < i; ++k) subtract(x, i, k);
        }
        for (std::int64_t i = a.rows; i-- > 0;) {
            for (std::int64_t k = i + 1; k < a.rows; ++k) subtract(x, i, k);
            for (std::int64_t j = 0; j < x.columns; ++j) x(i, j) /= a(i, i);
        }
    }

private:
    void subtract(const View<T>& x, std::int64_t i, std::int64_t k) const {
        for (std::int64_t j = 0; j < x.columns; ++j) x(i, j) -= a(i, k) * x(k, j);
    }
};

template <class T>
Lu<T> factored(const OpRow& row, const View<const T>& matrix, bool transposed, const char* complaint) {
    Lu<T> factor(matrix, transposed);
    if (!factor.invertible()) refuse(row, complaint);
    return factor;
}

Tensors inverse(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneSquare(row, in);
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        const Shape batch = batchOf(in[0].shape());
        Results<T> result(batch, rowsOf(in[0]), rowsOf(in[0]));
        for (std::int64_t b = 0; b < elementCount(batch); ++b) {
            const auto factor =
                factored<T>(row, matrixAt<T>(in[0], b), flag(attributes, 0), "Input is not invertible.");
            const auto out = result.at(b);
            for (std::int64_t i = 0; i < out.rows; ++i) out(i, factor.order[i]) = 1;
            factor.solve(out);
        }
        return std::move(result).done();
    })};
}

Tensors solve(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    requireMatrices(row, in, 2);
    requireSquare(row, in[0], "First input (lhs) must be a square matrix.");
    if (rowsOf(in[0]) != rowsOf(in[1])) refuse(row, "Input matrix and rhs are incompatible.");
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        const Shape batch = batchOf(in[0].shape());
        Results<T> result(batch, rowsOf(in[1]), columnsOf(in[1]));
        for (std::int64_t b = 0; b < elementCount(batch) && in[1].count() > 0; ++b) {
            const auto factor =
                factored<T>(row, matrixAt<T>(in[0], b), flag(attributes, 0), "Input matrix is not invertible.");
            const auto right = matrixAt<T>(in[1], b);
            const auto out = result.at(b);
            for (std::int64_t i = 0; i < out.rows; ++i) {
                std::copy_n(&right(factor.order[i], 0), out.columns, &out(i, 0));
            }
            factor.solve(out);
        }
        return std::move(result).done();
    })};
}

/// Solves T·x = b in place of b, for the lower or upper triangle of a, or of its transpose.
template <class T>
void solveTriangle(const View<const T>& a, const View<T>& x, bool lower, bool adjoint) {
    const bool forward = lower != adjoint;
    for (std::int64_t step = 0; step < a.rows; ++step) {
        const std::int64_t i = forward ? step : a.rows - 1 - step;
        for (std::int64_t before = 0; before < step; ++before) {
            const std::int64_t k = forward ? before : a.rows - 1 - before;
            const T factor = adjoint ? conjugate(a(k, i)) : a(i, k);
            for (std::int64_t j = 0; j < x.columns; ++j) x(i, j) -= factor * x(k, j);
        }
        const T pivot = adjoint ? conjugate(a(i, i)) : a(i, i);
        for (std::int64_t j = 0; j < x.columns; ++j) x(i, j) /= pivot;
    }
}

void requireTriangular(const OpRow& row, Inputs in, bool lower, bool adjoint) {
    for (std::size_t i = 0; i < 2; ++i) {
        const auto rank = in[i].shape().size();
        if (rank < 2) refuse(row, "In[" + std::to_string(i) + "] ndims must be >= 2: " + std::to_string(rank));
    }
    const std::string a = kernelText(in[0].shape());
    const std::string b = kernelText(in[1].shape());
    if (!broadcast(batchOf(in[0].shape()), batchOf(in[1].shape()))) {
        refuse(row, "In[0] and In[1] must have compatible batch dimensions: " + a + " vs. " + b);
    }
    const std::int64_t m = rowsOf(in[0]);
    if (m != columnsOf(in[0])) {
        refuse(row, "In[0] matrices in the last dimensions must be square (" + std::to_string(columnsOf(in[0])) +
                        " =/= " + std::to_string(m) + ")");
    }
    if (m == rowsOf(in[1])) return;
    refuse(row, "In[0] mismatch In[1] shape: " + std::to_string(m) + " vs. " + std::to_string(rowsOf(in[1])) + ": " +
                    a + " " + b + (lower ? " 1" : " 0") + (adjoint ? " 1" : " 0"));
}

Tensors solveTriangular(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const bool lower = flag(attributes, 0);
    const bool adjoint = flag(attributes, 1);
    requireTriangular(row, in, lower, adjoint);
    const Shape a = batchOf(in[0].shape());
    const Shape b = batchOf(in[1].shape());
    const Shape batch = *broadcast(a, b);
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        Results<T> result(batch, rowsOf(in[0]), columnsOf(in[1]));
        std::int64_t at = 0;
        for (const auto& [i, j] : batchPairs(a, b, batch)) {
            const auto out = result.at(at++);
            std::copy_n(matrixAt<T>(in[1], j).data, out.rows * out.columns, out.data);
            solveTriangle<T>(matrixAt<T>(in[0], i), out, lower, adjoint);
        }
        return std::move(result).done();
    })};
}

/// determinant_op.cc SLogDet: sign, and logarithm of the absolute value.
template <class T>
std::pair<T, T> signAndLog(const View<const T>& matrix) {
    const Lu<T> factor(matrix, false);
    using Real = decltype(std::abs(T()));
    T sign(static_cast<Real>(factor.sign));
    Real log = 0;
    for (std::int64_t k = 0; k < matrix.rows; ++k) {
        const Real size = std::abs(factor.a(k, k));
        sign *= factor.a(k, k) / size;
        log += std::log(size);
    }
    if (std::isfinite(log)) return {sign, T(log)};
    const Real infinity = std::numeric_limits<Real>::infinity();
    return {T(0), T(log > 0 ? infinity : -infinity)};
}

Tensors determinant(const OpRow& row, Inputs in, const Attributes&) {
    requireOneSquare(row, in);
    return {solvedOrComplex(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(batchOf(in[0].shape()));
        for (std::size_t b = 0; b < result.values.size(); ++b) {
            const auto [sign, log] = signAndLog<T>(matrixAt<T>(in[0], static_cast<std::int64_t>(b)));
            result.values[b] = sign * std::exp(log);
        }
        return std::move(result).done();
    })};
}

Tensors logDeterminant(const OpRow& row, Inputs in, const Attributes&) {
    requireOneSquare(row, in);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() -> Tensors {
        Filling<T> signs(batchOf(in[0].shape()));
        Filling<T> logs(batchOf(in[0].shape()));
        for (std::size_t b = 0; b < signs.values.size(); ++b) {
            const auto [sign, log] = signAndLog<T>(matrixAt<T>(in[0], static_cast<std::int64_t>(b)));
            signs.values[b] = sign;
            logs.values[b] = log;
        }
        return {std::move(signs).done(), std::move(logs).done()};
    });
}

Tensors lu(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneSquare(row, in);
    const DType index = std::get<DType>(attributes[0]);
    if (index != DType::Int32 && index != DType::Int64) refuseType(row, "output_idx_type", index);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() -> Tensors {
        const Shape batch = batchOf(in[0].shape());
        const std::int64_t n = rowsOf(in[0]);
        Results<T> result(batch, n, n);
        Filling<std::int32_t> order(joined(batch, {n}));
        for (std::int64_t b = 0; b < elementCount(batch); ++b) {
            const auto factor = factored<T>(row, matrixAt<T>(in[0], b), false, "Input is not invertible.");
            std::ranges::copy(factor.values, result.at(b).data);
            for (std::int64_t i = 0; i < n; ++i) {
                order.values[static_cast<std::size_t>(b * n + i)] = static_cast<std::int32_t>(factor.order[i]);
            }
        }
        return {std::move(result).done(), converted(std::move(order).done(), index)};
    });
}
}  // namespace

std::vector<OpRow> decomposition() {
    using enum Flow;
    const AttributeRow adjoint{"adjoint", false};
    return {
        {"Cholesky",
         "linalg.cholesky",
         "A = L·Lᵀ",
         "The lower triangular factor of a positive definite matrix.",
         {{"input"}},
         {},
         cholesky,
         choleskyBack},
        {"Qr",
         "linalg.qr",
         "A = Q·R",
         "An orthogonal and an upper triangular factor.",
         {{"input"}},
         {{"full_matrices", false}},
         qr,
         qrBack,
         nullptr,
         "q r"},
        {"Svd",
         "",
         "A = U·diag(s)·Vᵀ",
         "Singular values and vectors.",
         {{"input"}},
         {{"compute_uv", true}, {"full_matrices", false}},
         svd,
         singularBack,
         nullptr,
         "s u v"},
        {"SelfAdjointEigV2",
         "",
         "A = V·diag(e)·Vᵀ",
         "Eigenvalues, ascending, and eigenvectors of a symmetric matrix.",
         {{"input"}},
         {{"compute_v", true}},
         eigh,
         eigenBack,
         nullptr,
         "e v"},
        {"Eig",
         "",
         "A·V = V·diag(e)",
         "Eigenvalues and eigenvectors of any square matrix, as complex numbers.",
         {{"input", Kinked}},
         {{"compute_v", true}},
         eig,
         eigBack,
         nullptr,
         "e v"},
        {"MatrixSquareRoot",
         "linalg.sqrtm matrix_square_root",
         "X·X = A",
         "The principal square root of a matrix.",
         {{"input"}},
         {},
         squareRoot,
         squareRootBack},
        {"MatrixInverse", "linalg.inv", "A⁻¹", "The inverse.", {{"input"}}, {adjoint}, inverse, inverseBack},
        {"MatrixSolve",
         "linalg.solve",
         "A·X = B",
         "The solution of systems of linear equations.",
         {{"matrix"}, {"rhs"}},
         {adjoint},
         solve,
         solveBack},
        {"MatrixSolveLs",
         "",
         "min ‖A·X − B‖",
         "The solution of least squares by an orthogonal decomposition.",
         {{"matrix"}, {"rhs"}},
         {},
         leastSquares,
         leastSquaresBack},
        {"MatrixTriangularSolve",
         "linalg.triangular_solve",
         "L·X = B",
         "The solution for a triangular matrix.",
         {{"matrix"}, {"rhs"}},
         {{"lower", true}, adjoint},
         solveTriangular,
         triangularBack},
        {"MatrixDeterminant", "linalg.det", "det A", "The determinant.", {{"input"}}, {}, determinant, determinantBack},
        {"LogMatrixDeterminant",
         "linalg.slogdet",
         "sign(det A), log |det A|",
         "The determinant as its sign and the logarithm of its absolute value.",
         {{"input"}},
         {},
         logDeterminant,
         logDeterminantBack,
         nullptr,
         "sign log_abs_determinant"},
        {"Lu",
         "linalg.lu",
         "P·A = L·U",
         "Triangular factors, packed in one matrix, and the order of the rows.",
         {{"input", Unregistered}},
         {{"output_idx_type", DType::Int32}},
         lu,
         nullptr,
         nullptr,
         "lu p"},
    };
}

}  // namespace tapescope::rows
