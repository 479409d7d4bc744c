// SPDX-License-Identifier: Apache-2.0
// Finds free places for words beside the marks. Everything that may ever be drawn is in the way from the start,
// whatever the moment, so that words stay where they are while the deck plays.
#pragma once

#include <QRectF>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/layout/layout.h"

namespace tapescope {

class Labels {
public:
    /// On a ground that was looked at before, and that has to live as long.
    explicit Labels(const Labels* ground = nullptr) : ground_(ground) {}

    void avoid(const QRectF& rect);
    void avoid(const Curve& curve);

    /// The first of the places that is free, or the one that covers least; it is taken from then on.
    QRectF place(QSizeF size, const std::vector<QPointF>& topLefts);
    /// Nothing where each of the places is taken by a box or by other words.
    std::optional<QRectF> placeWithRoom(QSizeF size, const std::vector<QPointF>& topLefts);

    /// Places beside a point on a curve: right, left (where values flow to the right: above, below), further away, then
    /// further along it.
    static std::vector<QPointF> beside(const Curve& curve, double fraction, QSizeF size, double distance,
                                       Direction direction = Direction::Down);
    /// Places around a rectangle: right, left, above, below.
    static std::vector<QPointF> around(const QRectF& rect, QSizeF size, double distance);

    /// Does it lie in a place over lines, taken because there was none without?
    bool liesOnLines(const QRectF& rect) const;

    const QRectF& extent() const { return extent_; }  ///< of everything placed

private:
    struct Choice {
        QRectF rect;
        double covered = 0;
    };
    Choice choose(QSizeF size, const std::vector<QPointF>& topLefts) const;
    QRectF take(const Choice& choice);
    /// What the rectangle covers; any number over `enough` stands for too much.
    double cover(const QRectF& rect, double enough) const;
    double coverOwn(const QRectF& rect, double enough) const;

    const Labels* ground_;
    std::unordered_map<qint64, std::vector<QRectF>> hard_;   ///< by cell of a grid: each in all that it covers
    std::unordered_map<qint64, std::vector<QPointF>> soft_;  ///< points on curves, by cell of a grid
    std::vector<QRectF> onLines_;
    QRectF extent_;
};

}  // namespace tapescope
