// SPDX-License-Identifier: Apache-2.0
// Compiled once for each level (level_eigen.h).
#include "core/ops/level_eigen.h"

#include <limits>

#include "core/ops/level.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Numbers = Eigen::Array<T, Eigen::Dynamic, 1>;

// What is too small for a normal number is 0, as where TensorFlow computes; the wide exp of minus infinity is not quite
// 0.
template <class T>
void flush(T* y, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) y[i] = y[i] < std::numeric_limits<T>::min() ? T(0) : y[i];
}

template <class T>
void fill(MapKind kind, const T* from, T* to, std::int64_t count) {
    const Eigen::Map<const Numbers<T>> x(from, count);
    Eigen::Map<Numbers<T>> y(to, count);
    switch (kind) {
        case MapKind::Cos: y = x.cos(); return;
        case MapKind::Exp: y = x.exp(); return flush(to, count);
        case MapKind::Log: y = x.log(); return;
        case MapKind::Rsqrt: y = x.rsqrt(); return;
        case MapKind::Sigmoid: y = (T(1) + (-x).exp()).inverse(); return flush(to, count);
        case MapKind::Sin: y = x.sin(); return;
        // max(x, 0) + log1p(exp(-|x|)): does not overflow.
        case MapKind::Softplus: y = x.max(T(0)) + (-x.abs()).exp().log1p(); return flush(to, count);
        case MapKind::Tanh: y = x.tanh(); return;
    }
}
}  // namespace

void singleMap(MapKind kind, const float* x, float* y, std::int64_t count) {
    fill(kind, x, y, count);
}
void twofoldMap(MapKind kind, const double* x, double* y, std::int64_t count) {
    fill(kind, x, y, count);
}

}  // namespace tapescope::kernel::TS_LEVEL
