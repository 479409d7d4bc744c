// SPDX-License-Identifier: Apache-2.0
// Matrix products for wide registers. One source, compiled once for each level that x86-64 processors have; which one
// runs is chosen when it is first asked for. Small products never come here, so that a lesson shows the same digits on
// every machine.
#pragma once

#include <string_view>

#include "core/ops/product.h"

namespace tapescope::kernel {

struct Level {
    std::string_view name;  ///< "avx2", "avx512"
    void (*single)(const float* a, const float* b, float* c, const ProductSizes& sizes);
    void (*twofold)(const double* a, const double* b, double* c, const ProductSizes& sizes);
};

/// The widest that the processor has, or the one that TAPESCOPE_LEVEL names; null: there is the plain way only, which
/// TAPESCOPE_LEVEL=plain asks for.
const Level* level();

/// Multiplications from which on a product is not small.
inline constexpr std::int64_t smallProduct = 32 * 32 * 32;

}  // namespace tapescope::kernel
