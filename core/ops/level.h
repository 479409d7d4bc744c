// SPDX-License-Identifier: Apache-2.0
// Products of matrices of floats. One source, compiled once for each level of registers that processors have; which one
// runs is chosen when it is first asked for. Small products take the plain one, so that a lesson shows the same digits
// on every machine.
#pragma once

#include <string_view>
#include <vector>

#include "core/ops/product.h"

namespace tapescope::kernel {

struct Level {
    std::string_view name;  ///< "plain", "avx2", "avx512"
    void (*single)(const float* a, const float* b, float* c, const ProductSizes& sizes);
    void (*twofold)(const double* a, const double* b, double* c, const ProductSizes& sizes);
};

/// Those that the processor has, the widest first; the plain one is the last.
const std::vector<Level>& levels();

/// For a product of these sizes: plain where it is small, else the widest, or the one that TAPESCOPE_LEVEL names.
const Level& levelFor(const ProductSizes& sizes);

/// Multiplications from which on a product is not small.
inline constexpr std::int64_t smallProduct = 32 * 32 * 32;

}  // namespace tapescope::kernel
