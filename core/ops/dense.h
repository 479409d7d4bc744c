// SPDX-License-Identifier: Apache-2.0
// Matrices of a batch as Eigen's own. Included by the files of Eigen's solvers only.
#pragma once

#include <Eigen/Core>

#include "core/ops/matrices.h"

namespace tapescope::rows {

/// In the dtype itself: the signs of the vectors depend on how many rotations it takes.
template <class T>
using Dense = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
Dense<T> denseAt(const Tensor& tensor, std::int64_t batch) {
    const auto view = matrixAt<T>(tensor, batch);
    Dense<T> dense(view.rows, view.columns);
    std::copy_n(view.data, dense.size(), dense.data());
    return dense;
}

template <class T>
void put(const View<T>& out, const Dense<T>& value) {
    std::copy_n(value.data(), value.size(), out.data);
}

}  // namespace tapescope::rows
