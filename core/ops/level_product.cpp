// SPDX-License-Identifier: Apache-2.0
// Compiled once for each level (level_eigen.h).
#include "core/ops/level_eigen.h"

#include "core/ops/product.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Stored = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class M>
using Strided = Eigen::Map<M, 0, Eigen::OuterStride<>>;

template <class M>
Strided<M> mapped(decltype(std::declval<M&>().data()) numbers, std::int64_t rows, std::int64_t columns,
                  std::int64_t stride) {
    return {numbers, rows, columns, Eigen::OuterStride<>(stride == 0 ? columns : stride)};
}

template <class Result, class Left, class Right>
void put(Result& result, const Left& left, const Right& right, bool adds) {
    if (adds) {
        result.noalias() += left * right;
    } else if (left.cols() == 0) {
        result.setZero();
    } else {
        result.noalias() = left * right;
    }
}

template <class T>
void multiply(const T* a, const T* b, T* c, const ProductSizes& s) {
    using M = Stored<T>;
    auto result = mapped<M>(c, s.rows, s.columns, s.strideC);
    const auto left = mapped<const M>(a, s.transposeA ? s.inner : s.rows, s.transposeA ? s.rows : s.inner, s.strideA);
    const auto right =
        mapped<const M>(b, s.transposeB ? s.columns : s.inner, s.transposeB ? s.inner : s.columns, s.strideB);
    if (s.transposeA && s.transposeB) {
        put(result, left.transpose(), right.transpose(), s.adds);
    } else if (s.transposeA) {
        put(result, left.transpose(), right, s.adds);
    } else if (s.transposeB) {
        put(result, left, right.transpose(), s.adds);
    } else {
        put(result, left, right, s.adds);
    }
}
}  // namespace

/// Of floats where the processor has no instruction for level_sums.cpp.
void large(const float* a, const float* b, float* c, const ProductSizes& sizes) {
    multiply(a, b, c, sizes);
}
void twofold(const double* a, const double* b, double* c, const ProductSizes& sizes) {
    multiply(a, b, c, sizes);
}

}  // namespace tapescope::kernel::TS_LEVEL
