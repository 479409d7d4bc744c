// SPDX-License-Identifier: Apache-2.0
// What softmaxes and cross entropies have in common: rows of logits with the largest of each taken off, and the sums of
// their exponentials, in the order of TensorFlow's kernels. Included by core/ops/*.cpp only.
#pragma once

#include <cmath>
#include <vector>

#include "core/ops/reducers.h"
#include "core/ops/totals.h"

namespace tapescope::kernel {

template <class T>
struct ShiftedRows {
    std::int64_t rows, columns;
    std::vector<T> values;  ///< logits less the largest of their row
    std::vector<T> sums;    ///< of the exponentials of each row

    explicit ShiftedRows(const Tensor& logits) {
        columns = logits.shape().empty() ? 1 : logits.shape().back();
        rows = columns == 0 ? 0 : logits.count() / columns;
        values.assign(logits.as<T>().begin(), logits.as<T>().end());
        std::vector<T> powers(static_cast<std::size_t>(columns));
        for (std::int64_t r = 0; r < rows; ++r) {
            T* row = values.data() + r * columns;
            T largest = row[0];
            for (std::int64_t i = 1; i < columns; ++i) {
                if (row[i] > largest || std::isnan(row[i])) largest = row[i];
            }
            for (std::int64_t i = 0; i < columns; ++i) row[i] -= largest;
            mapNumbers(MapKind::Exp, row, powers.data(), columns, logits.count());
            sums.push_back(totalOf<Summing, T>(powers.data(), columns, r * columns));
        }
    }
    /// Of all numbers, in one go.
    std::vector<T> exponentials() const { return mapped(MapKind::Exp, values); }
    std::vector<T> logarithms() const { return mapped(MapKind::Log, sums); }
    std::vector<T> inverses() const { return mapped(MapKind::Reciprocal, sums); }

private:
    static std::vector<T> mapped(MapKind kind, const std::vector<T>& x) {
        std::vector<T> y(x.size());
        mapNumbers(kind, x.data(), y.data(), static_cast<std::int64_t>(x.size()));
        return y;
    }
};

}  // namespace tapescope::kernel
