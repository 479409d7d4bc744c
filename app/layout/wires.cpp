// SPDX-License-Identifier: Apache-2.0
// What goes into a pair and what comes out of it: round the sides of the picture, where no boxes are.
#include <algorithm>
#include <array>

#include "app/layout/curve.h"
#include "app/layout/draft.h"

namespace tapescope {

namespace {

constexpr double laneGap = 16, laneDistance = 30, overheadGap = 12, overheadDistance = 26, cornerRadius = 34;

/// Room for words: beside the last variable about its state, and beside scissors. They are wider than high.
double stateRoom(const Draft& draft) {
    return draft.isTurned() ? 52 : 132;
}
double reasonRoom(const Draft& draft) {
    return draft.isTurned() ? 76 : 240;
}

/// One side of the picture, with the lanes that are taken on it. `sign` is -1 on the left.
struct Side {
    double sign = 1;
    double limit = 0;
    int lanes = 0;
    double nextLane() { return limit + sign * (laneDistance + laneGap * lanes++); }
};

/// Where a wire touches a cell or a variable: a fraction of its height.
enum class Port { Arrival, Update };

class Wiring {
public:
    explicit Wiring(Draft& draft) : draft_(draft), sides_{Side{-1, 0, 0}, Side{1, 0, 0}} {
        QRectF all, row;
        for (std::size_t i = 0; i < draft.rects.size(); ++i) {
            all |= draft.rects[i];
            if (draft.isRow(i)) row |= draft.rects[i];
        }
        for (const TapeBand& band : draft.layout.bands) all |= band.rect;
        sides_[0].limit = all.left();
        sides_[1].limit = std::max(all.right(), row.isNull() ? all.right() : row.right() + stateRoom(draft));
        for (std::size_t i = 0; i < draft.graph.gradients.size(); ++i) {
            // Why a path is cut stands beside the scissors.
            if (draft.graph.gradients[i].end != EdgeEnd::Scissors) continue;
            sides_[1].limit =
                std::max(sides_[1].limit, pointAt(draft.layout.gradients[i], 0.4).at.x() + reasonRoom(draft));
        }
        top_ = all.top();
        centre_ = all.center().x();
    }

    /// A gradient on its way into an operation: from a variable down the side, from elsewhere as directly as may be.
    Curve use(const GradientUse& gradient) {
        const QRectF from = draft_.rects[gradient.from], to = draft_.rects[gradient.to];
        const std::size_t usual = from.center().x() > to.center().x() ? 1 : 0;
        const bool row = draft_.isRow(gradient.from);
        const bool other = row && inTheWay(sides_[1 - usual], to) < inTheWay(sides_[usual], to);
        Side& side = sides_[other ? 1 - usual : usual];
        if (row && inTheWay(side, to) > 0 && isOpenAbove(to)) return overTheTop(side, from, to);
        if (draft_.isRow(gradient.from)) return reversed(overhead(side, to, from, Port::Arrival));
        return fromTheMiddle(side, {gradient.from, gradient.to}, to);
    }

    /// From what made a value to the variable that takes it: from below up the side, and into the variable's side.
    Curve assign(const AssignEdge& edge) {
        const QRectF from = draft_.rects[edge.from], to = draft_.rects[edge.variable];
        if (draft_.isRow(edge.from)) return overTheTop(sides_[1], from, to);
        const std::size_t usual = from.center().x() > centre_ ? 1 : 0;
        const bool other = inTheWay(sides_[1 - usual], from) < inTheWay(sides_[usual], from);
        Side& side = sides_[other ? 1 - usual : usual];
        if (inTheWay(side, from) == 0) return overhead(side, from, to, Port::Update);
        const double lane = side.nextLane(), gap = from.bottom() + 16;
        const QPointF foot(from.center().x() + side.sign * from.width() / 4, from.bottom());
        const double over = top_ - overheadDistance - overheadGap * (side.lanes - 1);
        const QPointF down(to.center().x() + side.sign * to.width() * 0.12, to.top());
        const std::array points{
            foot, QPointF(foot.x(), gap), QPointF(lane, gap), QPointF(lane, over), QPointF(down.x(), over), down};
        return roundedCurve(points, cornerRadius);
    }

    void draw(std::size_t pair) {
        const PairRow& row = draft_.graph.pairs[pair];
        const QRectF cell = draft_.layout.pairs[pair];
        Side& side = sideOf(row, cell);
        const QRectF variable = draft_.rects[row.variable];
        if (!row.dropped && row.gradient.valid() && (row.sourceShown || row.makerShown))
            draft_.layout.arrivals[pair] = arrival(side, row, cell);
        if (!row.dropped && row.gradient.valid())
            draft_.layout.updates[pair] = overhead(side, cell, variable, Port::Update);
    }

private:
    Side& sideOf(const PairRow& row, const QRectF& cell) {
        const QRectF block = draft_.rects[row.optimizer];
        const bool alone = cell.width() > block.width() / 2;
        const double x = alone ? draft_.rects[row.variable].center().x() : cell.center().x();
        return sides_[x > (alone ? centre_ : block.center().x()) ? 1 : 0];
    }

    static QPointF port(const QRectF& rect, double sign, Port which) {
        const double y = rect.top() + rect.height() * (which == Port::Arrival ? 0.3 : 0.7);
        return {sign < 0 ? rect.left() : rect.right(), y};
    }

    Curve arrival(Side& side, const PairRow& row, const QRectF& cell) {
        const std::uint32_t source = row.makerShown ? row.makerBox : row.sourceBox;
        if (draft_.isRow(source)) return reversed(overhead(side, cell, draft_.rects[source], Port::Arrival));
        return fromTheMiddle(side, {source, row.optimizer}, cell);
    }

    /// From a box between the rows: a swing straight to the cell where nothing is in the way, else down the side.
    Curve fromTheMiddle(Side& side, std::array<std::uint32_t, 2> ends, const QRectF& cell) {
        const QRectF source = draft_.rects[ends[0]];
        const QPointF beside = port(source, side.sign, Port::Update);
        const QPointF from = draft_.border(ends[0], beside + QPointF(side.sign, 0));
        const QPointF to = port(cell, side.sign, Port::Arrival);
        const double swing = std::max(60.0, side.sign * (to.x() - from.x()) + 50);
        const Curve direct{from, from + QPointF(side.sign * swing, 0), to + QPointF(side.sign * 70, -20), to};
        if (boxesUnder(draft_, direct, ends) == 0 && !runsOver(direct, draft_.rects[ends[1]], to, side.sign))
            return direct;
        const double lane = side.nextLane(), gap = source.bottom() + 16;
        const QPointF foot(source.center().x() + side.sign * source.width() / 4, source.bottom());
        const std::array points{foot, QPointF(foot.x(), gap), QPointF(lane, gap), QPointF(lane, to.y()), to};
        return roundedCurve(points, cornerRadius);
    }

    /// Does a curve to a cell cross its block beyond the cell's border?
    static bool runsOver(const Curve& curve, const QRectF& block, QPointF to, double sign) {
        constexpr int samples = 40;
        const std::vector<QPointF> points = pointsAlong(curve, samples);
        return std::ranges::any_of(
            points, [&](QPointF point) { return block.contains(point) && sign * (point.x() - to.x()) < -2; });
    }

    /// How many boxes stand between a side of the picture and a box.
    std::ptrdiff_t inTheWay(const Side& side, const QRectF& box) const {
        const QPointF at = port(box, side.sign, Port::Arrival);
        const QRectF way = QRectF(QPointF(side.limit + side.sign * laneDistance, at.y()), at + QPointF(side.sign, 0))
                               .normalized()
                               .adjusted(0, -4, 0, 4);
        return std::count_if(draft_.rects.begin(), draft_.rects.end(),
                             [&way](const QRectF& rect) { return way.intersects(rect); });
    }

    bool isOpenAbove(const QRectF& box) const {
        const double x = box.center().x();
        const QRectF way(QPointF(x - 8, top_ - 1), QPointF(x + 8, box.top() - 1));
        return std::none_of(draft_.rects.begin(), draft_.rects.end(),
                            [&way](const QRectF& rect) { return way.intersects(rect); });
    }

    /// From the top of a variable over everything into the top of a box.
    Curve overTheTop(Side& side, const QRectF& from, const QRectF& to) {
        const double over = top_ - overheadDistance - overheadGap * side.lanes++;
        const double sign = to.center().x() > from.center().x() ? 1 : -1;
        const QPointF up(from.center().x() + sign * from.width() * 0.26, from.top());
        const QPointF down(to.center().x(), to.top());
        const std::array points{up, QPointF(up.x(), over), QPointF(down.x(), over), down};
        return roundedCurve(points, cornerRadius);
    }

    /// Is the way from the lane to the side of a box in the upper row free?
    bool openTo(double lane, QPointF port) const {
        const QRectF way = QRectF(QPointF(lane, port.y()), port).normalized().adjusted(1, -8, -1, 8);
        return std::none_of(draft_.rects.begin(), draft_.rects.end(),
                            [&way](const QRectF& rect) { return way.intersects(rect); });
    }

    /// From the cell to a box of the upper row: by a lane at the side, and from above where the side is not free.
    Curve overhead(Side& side, const QRectF& cell, const QRectF& box, Port which) {
        const double lane = side.nextLane();
        const QPointF from = port(cell, side.sign, which);
        // At the variable the two ports are swapped, so that the inner lane is the lower one at both ends.
        const QPointF beside = port(box, side.sign, which == Port::Arrival ? Port::Update : Port::Arrival);
        const double inward = -side.sign * 3;
        if (openTo(lane, beside + QPointF(-inward, 0))) {
            const std::array points{from, QPointF(lane, from.y()), QPointF(lane, beside.y()), beside};
            return roundedCurve(points, cornerRadius);
        }
        const double over = top_ - overheadDistance - overheadGap * (side.lanes - 1);
        const QPointF down(box.center().x() + side.sign * box.width() * (which == Port::Update ? 0.12 : 0.26),
                           box.top());
        const std::array points{from, QPointF(lane, from.y()), QPointF(lane, over), QPointF(down.x(), over), down};
        return roundedCurve(points, cornerRadius);
    }

    Draft& draft_;
    std::array<Side, 2> sides_;
    double top_ = 0, centre_ = 0;
};

}  // namespace

void drawWires(Draft& draft) {
    draft.layout.arrivals.resize(draft.graph.pairs.size());
    draft.layout.updates.resize(draft.graph.pairs.size());
    Wiring wiring(draft);
    for (const GradientUse& use : draft.graph.uses) draft.layout.uses.push_back(wiring.use(use));
    for (std::size_t i = 0; i < draft.graph.pairs.size(); ++i) wiring.draw(i);
    for (const AssignEdge& edge : draft.graph.assigns) draft.layout.assigns.push_back(wiring.assign(edge));
}

}  // namespace tapescope
