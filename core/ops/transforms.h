// SPDX-License-Identifier: Apache-2.0
// The families of rows that make other numbers of the whole of a vector or a matrix.
#pragma once

#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

std::vector<OpRow> spectra();     ///< Fourier transforms
std::vector<OpRow> logarithms();  ///< of matrices

}  // namespace tapescope::rows
