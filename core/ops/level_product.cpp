// SPDX-License-Identifier: Apache-2.0
// Compiled once for each level, TS_LEVEL its name. Eigen gets a namespace of its own in each, so that the linker does
// not take one level's code for another's; nothing else here may leave code that other files have too.
#define TS_JOIN_TEXT(a, b) a##b
#define TS_JOIN(a, b) TS_JOIN_TEXT(a, b)
#define Eigen TS_JOIN(Eigen_, TS_LEVEL)
#include <Eigen/Core>

#include "core/ops/product.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Stored = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
void multiply(const T* a, const T* b, T* c, const ProductSizes& s) {
    Eigen::Map<Stored<T>> result(c, s.rows, s.columns);
    const Eigen::Map<const Stored<T>> left(a, s.transposeA ? s.inner : s.rows, s.transposeA ? s.rows : s.inner);
    const Eigen::Map<const Stored<T>> right(b, s.transposeB ? s.columns : s.inner, s.transposeB ? s.inner : s.columns);
    if (s.inner == 0) {
        result.setZero();
    } else if (s.transposeA && s.transposeB) {
        result.noalias() = left.transpose() * right.transpose();
    } else if (s.transposeA) {
        result.noalias() = left.transpose() * right;
    } else if (s.transposeB) {
        result.noalias() = left * right.transpose();
    } else {
        result.noalias() = left * right;
    }
}
}  // namespace

void single(const float* a, const float* b, float* c, const ProductSizes& sizes) {
    multiply(a, b, c, sizes);
}
void twofold(const double* a, const double* b, double* c, const ProductSizes& sizes) {
    multiply(a, b, c, sizes);
}

}  // namespace tapescope::kernel::TS_LEVEL
