// SPDX-License-Identifier: Apache-2.0
// Compiled for registers of 32 bytes without fused steps (level_eigen.h), as TensorFlow is: where a sum is split
// depends on their width.
#include "core/ops/level_eigen.h"

#include <Eigen/QR>
#include <cstdint>

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Stored = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// linalg/qr_op_impl.h: a full q has as many columns as rows.
template <class T>
void decompose(const T* a, std::int64_t rows, std::int64_t columns, bool full, T* q, T* r) {
    const std::int64_t inner = full || rows < columns ? rows : columns;
    const Stored<T> given = Eigen::Map<const Stored<T>>(a, rows, columns);
    const Eigen::HouseholderQR<Stored<T>> found(given);
    Stored<T> directions;
    if (full) {
        directions = found.householderQ();
    } else {
        const Stored<T> identity = Stored<T>::Identity(rows, inner);
        directions = found.householderQ() * identity;
    }
    Eigen::Map<Stored<T>>(q, rows, inner) = directions;
    const Stored<T> upper = found.matrixQR().topRows(inner).template triangularView<Eigen::Upper>();
    Eigen::Map<Stored<T>>(r, inner, columns) = upper;
}
}  // namespace

void singleQr(const float* a, std::int64_t rows, std::int64_t columns, bool full, float* q, float* r) {
    decompose(a, rows, columns, full, q, r);
}
void twofoldQr(const double* a, std::int64_t rows, std::int64_t columns, bool full, double* q, double* r) {
    decompose(a, rows, columns, full, q, r);
}

}  // namespace tapescope::kernel::TS_LEVEL
