// SPDX-License-Identifier: Apache-2.0
#include "app/scene/labels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/layout/curve.h"

namespace tapescope {

namespace {

constexpr double cellSize = 48;
constexpr double hardWeight = 1000, softWeight = 40;

qint64 cellOf(double coordinate) {
    return static_cast<qint64>(std::floor(coordinate / cellSize));
}

qint64 keyOf(qint64 column, qint64 row) {
    return (column << 32) ^ (row & 0xffffffff);
}

}  // namespace

void Labels::avoid(const QRectF& rect) {
    for (qint64 column = cellOf(rect.left()); column <= cellOf(rect.right()); ++column) {
        for (qint64 row = cellOf(rect.top()); row <= cellOf(rect.bottom()); ++row)
            hard_[keyOf(column, row)].push_back(rect);
    }
}

void Labels::avoid(const Curve& curve) {
    // Where thousands of edges run through a very long picture, they are looked at less closely.
    constexpr double every = 7;
    constexpr int most = 4096;
    constexpr std::size_t crowd = 64;
    if (curve.empty()) return;
    const int count = std::clamp(static_cast<int>(lengthOf(curve) / every), 2, most);
    for (const QPointF& point : pointsAlong(curve, count)) {
        auto& cell = soft_[keyOf(cellOf(point.x()), cellOf(point.y()))];
        if (cell.size() < crowd) cell.push_back(point);
    }
}

double Labels::cover(const QRectF& rect, double enough) const {
    const double below = ground_ ? ground_->coverOwn(rect, enough) : 0;
    return below < enough ? below + coverOwn(rect, enough - below) : below;
}

double Labels::coverOwn(const QRectF& rect, double enough) const {
    double sum = 0;
    const QRectF wide = rect.adjusted(-2, -1, 2, 1);
    const qint64 left = cellOf(wide.left()), top = cellOf(wide.top());
    for (qint64 column = left; column <= cellOf(wide.right()); ++column) {
        for (qint64 row = top; row <= cellOf(wide.bottom()) && sum < enough; ++row) {
            if (const auto cell = hard_.find(keyOf(column, row)); cell != hard_.end()) {
                for (const QRectF& other : cell->second) {
                    // One that lies in several cells counts in the first that both lie in.
                    if (column != std::max(left, cellOf(other.left())) || row != std::max(top, cellOf(other.top())))
                        continue;
                    const QRectF both = other & rect;
                    if (both.isValid()) sum += hardWeight + both.width() * both.height();
                }
            }
            const auto cell = soft_.find(keyOf(column, row));
            if (cell == soft_.end()) continue;
            for (const QPointF& point : cell->second)
                if (wide.contains(point)) sum += softWeight;
        }
    }
    return sum;
}

Labels::Choice Labels::choose(QSizeF size, const std::vector<QPointF>& topLefts) const {
    Choice best{{}, std::numeric_limits<double>::infinity()};
    for (const QPointF& topLeft : topLefts) {
        const QRectF rect(topLeft, size);
        const double covered = cover(rect, best.covered);
        if (covered >= best.covered) continue;
        best = {rect, covered};
        if (covered <= 0) break;
    }
    return best;
}

QRectF Labels::take(const Choice& choice) {
    avoid(choice.rect);
    extent_ |= choice.rect;
    if (choice.covered > 0 && choice.covered < hardWeight) onLines_.push_back(choice.rect);
    return choice.rect;
}

QRectF Labels::place(QSizeF size, const std::vector<QPointF>& topLefts) {
    return take(choose(size, topLefts));
}

std::optional<QRectF> Labels::placeWithRoom(QSizeF size, const std::vector<QPointF>& topLefts) {
    const Choice choice = choose(size, topLefts);
    return choice.covered < hardWeight ? std::optional(take(choice)) : std::nullopt;
}

bool Labels::liesOnLines(const QRectF& rect) const {
    return std::any_of(onLines_.begin(), onLines_.end(), [&rect](const QRectF& one) { return one.contains(rect); });
}

std::vector<QPointF> Labels::beside(const Curve& curve, double fraction, QSizeF size, double distance,
                                    Direction direction) {
    std::vector<double> fractions;
    for (const double along : {0.0, 0.12, -0.12, 0.22, -0.22, 0.32, -0.32})
        if (fraction + along >= 0.03 && fraction + along <= 0.97) fractions.push_back(fraction + along);
    const std::vector<CurvePoint> points = pointsAt(curve, fractions);
    std::vector<QPointF> places;
    for (const double away : {distance, distance + 14, distance + 30}) {
        for (const CurvePoint& point : points) {
            const QPointF at = point.at;
            if (direction == Direction::Right) {
                places.emplace_back(at.x() - size.width() / 2, at.y() - away - size.height());
                places.emplace_back(at.x() - size.width() / 2, at.y() + away);
                continue;
            }
            places.emplace_back(at.x() + away, at.y() - size.height() / 2);
            places.emplace_back(at.x() - away - size.width(), at.y() - size.height() / 2);
        }
    }
    return places;
}

std::vector<QPointF> Labels::around(const QRectF& rect, QSizeF size, double distance) {
    const double middle = rect.center().y() - size.height() / 2;
    return {{rect.right() + distance, middle},
            {rect.left() - distance - size.width(), middle},
            {rect.left(), rect.top() - 11 - size.height()},
            {rect.right() - size.width(), rect.top() - 11 - size.height()},
            {rect.left(), rect.top() - 24 - size.height()},
            {rect.right() + distance, rect.bottom() + 6},
            {rect.left() - distance - size.width(), rect.bottom() + 6},
            {rect.right() + distance + 24, middle},
            {rect.left() - distance - 24 - size.width(), middle},
            {rect.left(), rect.bottom() + 6},
            {rect.right() - size.width(), rect.bottom() + 6}};
}

}  // namespace tapescope
