// SPDX-License-Identifier: Apache-2.0
// The QR decomposition by Householder reflections, with the signs that Eigen and LAPACK give: by Eigen itself where the
// processor has the registers for which TensorFlow's is compiled.
#include <cmath>
#include <limits>
#include <vector>

#include "core/ops/decomposition.h"
#include "core/ops/level.h"
#include "core/ops/matrices.h"

namespace tapescope::rows {

namespace {
/// H = 1 - tau·v·vᴴ with v = (1, essential): its adjoint maps a column onto beta times the first axis.
template <class T>
struct Reflection {
    using Real = decltype(std::real(T()));
    std::vector<T> essential;
    T tau = 0;
    Real beta = 0;

    Reflection(const View<T>& a, std::int64_t k) {
        Real tail = 0;
        for (std::int64_t i = k + 1; i < a.rows; ++i) tail += squaredSize(a(i, k));
        const T first = a(k, k);
        essential.resize(static_cast<std::size_t>(a.rows - k - 1), T{});
        beta = std::real(first);
        const Real least = std::numeric_limits<Real>::min();
        if (tail <= least && squaredSize(std::imag(first)) <= least) return;
        beta = std::sqrt(squaredSize(first) + tail);
        if (std::real(first) >= 0) beta = -beta;
        for (std::int64_t i = k + 1; i < a.rows; ++i) {
            essential[static_cast<std::size_t>(i - k - 1)] = a(i, k) / (first - beta);
        }
        tau = (beta - first) / beta;
    }

    /// Applies H, or its adjoint, to rows k ... of the columns from `from` on.
    void apply(const View<T>& a, std::int64_t k, std::int64_t from, bool adjoint) const {
        if (tau == T(0)) return;
        const T by = adjoint ? conjugate(tau) : tau;
        for (std::int64_t j = from; j < a.columns; ++j) {
            T sum = a(k, j);
            for (std::size_t i = 0; i < essential.size(); ++i) {
                sum += conjugate(essential[i]) * a(k + 1 + static_cast<std::int64_t>(i), j);
            }
            a(k, j) -= by * sum;
            for (std::size_t i = 0; i < essential.size(); ++i) {
                a(k + 1 + static_cast<std::int64_t>(i), j) -= by * sum * essential[i];
            }
        }
    }
};

template <class T>
void factor(View<const T> input, bool full, const View<T>& q, const View<T>& r) {
    if constexpr (std::is_arithmetic_v<T>) {
        if (decomposed(input.data, input.rows, input.columns, full, q.data, r.data)) return;
    }
    std::vector<T> copy(input.data, input.data + input.rows * input.columns);
    const View<T> a{copy.data(), input.rows, input.columns};
    std::vector<Reflection<T>> reflections;
    for (std::int64_t k = 0; k < std::min(a.rows, a.columns); ++k) {
        reflections.emplace_back(a, k);
        reflections.back().apply(a, k, k + 1, true);
        a(k, k) = reflections.back().beta;
    }
    for (std::int64_t i = 0; i < r.rows; ++i) {
        for (std::int64_t j = i; j < r.columns; ++j) r(i, j) = a(i, j);
    }
    for (std::int64_t i = 0; i < q.columns; ++i) q(i, i) = 1;
    for (std::size_t k = reflections.size(); k-- > 0;) {
        reflections[k].apply(q, static_cast<std::int64_t>(k), static_cast<std::int64_t>(k), false);
    }
}
}  // namespace

Tensors qr(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireMatrices(row, in, 1);
    return solvedOrComplex(row, in[0].dtype(), [&]<class T>() -> Tensors {
        const Shape batch = batchOf(in[0].shape());
        const std::int64_t m = rowsOf(in[0]);
        const std::int64_t n = columnsOf(in[0]);
        const std::int64_t inner = flag(attributes, 0) ? m : std::min(m, n);
        Results<T> q(batch, m, inner);
        Results<T> r(batch, inner, n);
        for (std::int64_t b = 0; b < elementCount(batch); ++b)
            factor<T>(matrixAt<T>(in[0], b), flag(attributes, 0), q.at(b), r.at(b));
        return {std::move(q).done(), std::move(r).done()};
    });
}

}  // namespace tapescope::rows
