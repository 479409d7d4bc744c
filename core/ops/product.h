// SPDX-License-Identifier: Apache-2.0
// Products of matrices that lie one after another in memory.
#pragma once

#include "core/base/tensor.h"
#include "core/ops/op.h"

namespace tapescope::kernel {

/// In which order floats are summed (level_sums.cpp): as in MatMul, or as one chain, which goes on from c where the
/// product adds, or as a chain from 0 that is added to c then.
enum class Sums { MatMul, Chain, Apart };

/// c = a·b of one pair: rows × inner and inner × columns, each stored the other way round where transposed.
struct ProductSizes {
    std::int64_t rows = 0, inner = 0, columns = 0;
    bool transposeA = false, transposeB = false;
    /// Elements from one stored row to the next; 0 where the rows lie one after another.
    std::int64_t strideA = 0, strideB = 0, strideC = 0;
    bool adds = false;  ///< c += a·b
    Sums sums = Sums::MatMul;
};

/// One product for each pair of offsets (in matrices) into a and b; the results lie one after another. `shape`: of the
/// result. Refuses dtypes that have no product.
Tensor products(const OpRow& row, const Tensor& a, const Tensor& b, const ProductSizes& sizes, const Shape& shape,
                std::span<const std::pair<std::int64_t, std::int64_t>> pairs);

/// Pairs of matrices under broadcasting of the batch shapes `a` and `b` to `whole`.
std::vector<std::pair<std::int64_t, std::int64_t>> batchPairs(const Shape& a, const Shape& b, const Shape& whole);

}  // namespace tapescope::kernel
