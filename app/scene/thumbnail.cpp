// SPDX-License-Identifier: Apache-2.0
#include "app/scene/thumbnail.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tapescope {

namespace {

constexpr std::int64_t mostCells = 8;

struct Grid {
    int rows = 0, columns = 0;
    std::vector<double> cells;
};

struct Extent {
    std::int64_t rows = 1, columns = 1;
};

/// The last axis runs to the right, all others downwards.
Extent extentOf(const Shape& shape) {
    if (shape.empty()) return {};
    const std::int64_t columns = shape.back();
    return {columns > 0 ? elementCount(shape) / columns : 0, columns};
}

double blockMean(const Tensor& tensor, Extent e, std::int64_t row, std::int64_t column, std::int64_t rows,
                 std::int64_t columns) {
    double sum = 0;
    std::int64_t count = 0;
    for (std::int64_t r = row * e.rows / rows; r < (row + 1) * e.rows / rows; ++r)
        for (std::int64_t c = column * e.columns / columns; c < (column + 1) * e.columns / columns; ++c, ++count)
            sum += tensor.at(r * e.columns + c);
    return sum / double(std::max<std::int64_t>(count, 1));
}

Grid gridOf(const Value& value) {
    if (!value.whole) {
        if (!value.summary()) return {};
        const auto& corners = value.summary()->corners;
        return {2, 2, {corners.begin(), corners.end()}};
    }
    const Extent e = extentOf(value.shape());
    const std::int64_t rows = std::min(e.rows, mostCells), columns = std::min(e.columns, mostCells);
    Grid grid{static_cast<int>(rows), static_cast<int>(columns), {}};
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c) grid.cells.push_back(blockMean(value.whole, e, r, c, rows, columns));
    return grid;
}

/// The rectangle of square cells that fits into the middle of the square.
QRectF fitted(const QRectF& square, const Grid& grid) {
    const double cell = std::min({square.width() / grid.columns, square.height() / grid.rows, square.width() / 2});
    QRectF rect(0, 0, cell * grid.columns, cell * grid.rows);
    rect.moveCenter(square.center());
    return rect;
}

}  // namespace

std::optional<HeatMark> thumbnail(const QRectF& square, const Value& before, const Value& after, double share) {
    const Grid a = gridOf(before), b = gridOf(after);
    if (a.cells.empty() || a.cells.size() != b.cells.size()) return {};
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const Grid* grid : {&a, &b}) {
        for (const double cell : grid->cells) {
            if (!std::isfinite(cell)) continue;
            low = std::min(low, cell);
            high = std::max(high, cell);
        }
    }
    HeatMark mark{fitted(square, a), a.rows, a.columns, {}, Ink::ForwardSoft, Ink::Forward};
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
        const double cell = a.cells[i] + (b.cells[i] - a.cells[i]) * share;
        const double scaled = high > low ? (cell - low) / (high - low) : 0.35;
        mark.cells.push_back(std::isnan(cell) ? cell : std::clamp(scaled, 0.0, 1.0));
    }
    return mark;
}

}  // namespace tapescope
