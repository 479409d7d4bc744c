// SPDX-License-Identifier: Apache-2.0
// The row of variables at the top and the row of optimizers at the bottom: places that stay for the whole run.
#include <algorithm>
#include <cmath>

#include "app/layout/curve.h"
#include "app/layout/draft.h"

namespace tapescope {

namespace {

constexpr double rowGap = 60, loneGap = 40;
constexpr double optimizerDistance = 56, optimizerGap = 28;
constexpr double apart = 16;  ///< between a box that had to give way and what it gave way to

void moveBox(Draft& draft, std::uint32_t index, QPointF delta) {
    draft.rects[index].translate(delta);
    for (std::size_t i = 0; i < draft.graph.values.size(); ++i) {
        Curve& curve = draft.layout.values[i];
        if (curve.empty()) continue;
        if (draft.graph.values[i].from == index) moveEnd(curve, CurveEnd::Start, curve.front() + delta);
        if (draft.graph.values[i].to == index) moveEnd(curve, CurveEnd::Finish, curve.back() + delta);
    }
}

void moveAll(Draft& draft, QPointF delta) {
    for (QRectF& rect : draft.rects) rect.translate(delta);
    for (Curve& curve : draft.layout.values)
        for (QPointF& point : curve) point += delta;
}

const QRectF* placeOf(const RunPlaces& places, const BoxKey& key) {
    const auto found = places.boxes.find(key);
    return found == places.boxes.end() ? nullptr : &found->second;
}

double rightEnd(const RunPlaces& places) {
    double right = 0;
    for (const auto& [key, rect] : places.boxes)
        if (key.kind == BoxKind::Variable) right = std::max(right, rect.right());
    return right;
}

bool anyVariable(const RunPlaces& places) {
    return std::any_of(places.boxes.begin(), places.boxes.end(),
                       [](const auto& place) { return place.first.kind == BoxKind::Variable; });
}

/// How far the drawing has to move so that its variables meet their places as well as they can.
QPointF offsetToPlaces(const Draft& draft, const RunPlaces& places) {
    QPointF sum, firstNew;
    int known = 0, fresh = 0;
    for (std::size_t i = 0; i < draft.rects.size(); ++i) {
        if (!draft.isRow(i)) continue;
        if (const QRectF* place = placeOf(places, draft.graph.boxes[i].key)) {
            sum += place->center() - draft.rects[i].center();
            ++known;
        } else if (fresh++ == 0) {
            firstNew = draft.rects[i].center();
        }
    }
    if (known > 0) return sum / known;
    if (fresh == 0) return {};
    return anyVariable(places) ? QPointF(0, -firstNew.y()) : -firstNew;
}

void placeVariables(Draft& draft, RunPlaces& places) {
    const bool first = !anyVariable(places);
    for (std::uint32_t i = 0; i < draft.rects.size(); ++i) {
        if (!draft.isRow(i)) continue;
        const BoxKey key = draft.graph.boxes[i].key;
        QRectF target = draft.rects[i];
        if (const QRectF* place = placeOf(places, key)) {
            target.moveCenter(place->center());
        } else if (!first) {
            target.moveLeft(std::max(target.left(), rightEnd(places) + 2 * sideRoom(draft)));
            target.moveTop(-target.height() / 2);
        }
        moveBox(draft, i, target.center() - draft.rects[i].center());
        places.boxes[key] = draft.rects[i];
    }
}

bool isFree(const QRectF& rect, const std::vector<QRectF>& taken) {
    const QRectF wide = rect.adjusted(-apart, -4, apart, 4);
    return std::none_of(taken.begin(), taken.end(), [&wide](const QRectF& other) { return wide.intersects(other); });
}

/// The nearest free place beside the boxes that are in the way, on the same height.
QRectF nearestFree(const QRectF& rect, const std::vector<QRectF>& taken) {
    QRectF best;
    double distance = std::numeric_limits<double>::max();
    for (const QRectF& other : taken) {
        for (const double left : {other.left() - apart - rect.width() - 1, other.right() + apart + 1}) {
            QRectF candidate = rect;
            candidate.moveLeft(left);
            if (std::abs(left - rect.left()) >= distance || !isFree(candidate, taken)) continue;
            distance = std::abs(left - rect.left());
            best = candidate;
        }
    }
    return best;
}

void clearTheRow(Draft& draft, const RunPlaces& places) {
    std::vector<QRectF> taken;
    for (const auto& [key, rect] : places.boxes)
        if (key.kind == BoxKind::Variable) taken.push_back(rect);
    if (taken.empty()) return;
    const double bottom = std::max_element(taken.begin(), taken.end(), [](const QRectF& a, const QRectF& b) {
                              return a.bottom() < b.bottom();
                          })->bottom();
    for (std::uint32_t i = 0; i < draft.rects.size(); ++i) {
        if (draft.isRow(i) || draft.isOptimizer(i) || draft.rects[i].top() > bottom) continue;
        if (!isFree(draft.rects[i], taken))
            moveBox(draft, i, nearestFree(draft.rects[i], taken).center() - draft.rects[i].center());
        taken.push_back(draft.rects[i]);
    }
}

/// The rectangle around everything between the two rows.
QRectF middleOf(const Draft& draft) {
    QRectF middle, all;
    for (std::size_t i = 0; i < draft.rects.size(); ++i) {
        if (draft.isOptimizer(i)) continue;
        all |= draft.rects[i];
        if (!draft.isRow(i)) middle |= draft.rects[i];
    }
    for (const TapeBand& band : draft.layout.bands) middle |= band.rect;
    return middle.isNull() ? all : middle;
}

void placeCells(Draft& draft) {
    std::map<std::uint32_t, std::size_t> counts, next;
    for (const PairRow& pair : draft.graph.pairs) ++counts[pair.optimizer];
    for (const PairRow& pair : draft.graph.pairs)
        draft.layout.pairs.push_back(draft.seen(PairCells::cell(
            draft.seen(draft.rects[pair.optimizer]), counts[pair.optimizer], next[pair.optimizer]++, draft.direction)));
}

}  // namespace

void placeRow(Draft& draft, RunPlaces& places) {
    moveAll(draft, offsetToPlaces(draft, places));
    placeVariables(draft, places);
    clearTheRow(draft, places);
}

void placeLone(Draft& draft) {
    std::vector<bool> alone(draft.rects.size(), true);
    for (const ValueEdge& edge : draft.graph.values) alone[edge.from] = alone[edge.to] = false;
    QRectF others;
    double width = -loneGap;
    for (std::size_t i = 0; i < draft.rects.size(); ++i) {
        alone[i] = alone[i] && draft.isPill(i) && draft.graph.boxes[i].tapes.empty();
        if (alone[i]) width += draft.rects[i].width() + loneGap;
        if (!alone[i] && !draft.isOptimizer(i)) others |= draft.rects[i];
    }
    if (others.isNull()) return;
    double left = others.center().x() - width / 2;
    for (std::size_t i = 0; i < draft.rects.size(); ++i) {
        if (!alone[i]) continue;
        draft.rects[i].moveTopLeft({left, others.bottom() + rowGap});
        left = draft.rects[i].right() + loneGap;
    }
}

void placeOptimizers(Draft& draft, RunPlaces& places) {
    // One below the other: the wires of each come and go on both sides, where nothing is in their way.
    const QRectF middle = middleOf(draft);
    double top = middle.bottom() + optimizerDistance;
    for (std::size_t i = 0; i < draft.rects.size(); ++i) {
        if (!draft.isOptimizer(i)) continue;
        QRectF& rect = draft.rects[i];
        const BoxKey key = draft.graph.boxes[i].key;
        const QRectF* place = placeOf(places, key);
        rect.moveCenter({(place ? *place : middle).center().x(), 0});
        rect.moveTop(std::max(place ? place->top() : top, top));
        top = rect.bottom() + optimizerGap;
        places.boxes[key] = rect;
    }
    placeCells(draft);
}

namespace {

/// How many cells stand across the flow, and how many along it.
struct CellGrid {
    std::size_t across, along;
    explicit CellGrid(std::size_t cells)
        : across(std::clamp<std::size_t>(cells, 1, 2)), along(std::max<std::size_t>((cells + 1) / 2, 1)) {}
};

}  // namespace

QSizeF PairCells::blockSize(std::size_t cells, double cellWidth, double headerWidth, Direction direction) {
    const CellGrid grid(cells);
    if (direction == Direction::Right) {
        const double cellsWidth = cells == 0 ? 0 : double(grid.along) * (cellWidth + gap);
        const double tall = double(grid.across) * height + double(grid.across - 1) * 3 * gap;
        return {sideHeader + cellsWidth + 2 * padding, std::max(tall, header) + 2 * padding};
    }
    const double width = double(grid.across) * cellWidth + double(grid.across - 1) * 3 * gap;
    const double cellsHeight = cells == 0 ? 0 : double(grid.along) * (height + gap) + padding - gap;
    return {std::max(width, headerWidth) + 2 * padding, header + cellsHeight};
}

QRectF PairCells::cell(const QRectF& block, std::size_t cells, std::size_t index, Direction direction) {
    const CellGrid grid(cells);
    if (direction == Direction::Right) {
        const double width = (block.width() - 2 * padding - sideHeader) / double(grid.along) - gap;
        const double x = block.left() + padding + sideHeader + gap + double(index / grid.across) * (width + gap);
        const double tall = double(grid.across) * height + double(grid.across - 1) * 3 * gap;
        const double y = block.center().y() - tall / 2 + double(index % grid.across) * (height + 3 * gap);
        return {x, y, width, height};
    }
    const double width = (block.width() - 2 * padding - double(grid.across - 1) * 3 * gap) / double(grid.across);
    const double x = block.left() + padding + double(index % grid.across) * (width + 3 * gap);
    const double y = block.top() + header + double(index / grid.across) * (height + gap);
    return {x, y, width, height};
}

}  // namespace tapescope
