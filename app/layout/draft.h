// SPDX-License-Identifier: Apache-2.0
// A layout while it is being made: what the stages of layOut() hand to each other.
#pragma once

#include <array>
#include <set>

#include "app/layout/curve.h"
#include "app/layout/engine.h"

namespace tapescope {

/// Values flow down while a layout is made; where they are to flow to the right it is turned at the end. What looks
/// different from its side (round ends of pills, room for words, cells of pairs) asks for the direction.
struct Draft {
    const StepGraph& graph;
    Direction direction = Direction::Down;
    std::vector<QRectF> rects;  ///< one for each box of the graph
    Layout layout;

    const GraphBox& box(std::uint32_t index) const { return graph.boxes[index]; }
    bool isRow(std::size_t index) const { return graph.boxes[index].key.kind == BoxKind::Variable; }
    bool isOptimizer(std::size_t index) const { return graph.boxes[index].key.kind == BoxKind::Optimizer; }
    bool isPill(std::size_t index) const {
        const BoxKind kind = graph.boxes[index].key.kind;
        return kind == BoxKind::Operation || kind == BoxKind::Fold;
    }
    bool isTurned() const { return direction == Direction::Right; }
    /// Between the way it is made and the way it is seen; the same there and back.
    QRectF seen(const QRectF& rect) const { return isTurned() ? turned(rect) : rect; }
    QPointF seen(QPointF point) const { return isTurned() ? turned(point) : point; }
    QPointF border(std::uint32_t index, QPointF near) const;
};

/// The boxes that a tape recorded, as indices, for every tape of the step in order.
struct Recorded {
    TapeId tape;
    std::set<std::uint32_t> boxes;
};
std::vector<Recorded> recordedBoxes(const StepGraph& graph);

// The stages, in their order.
void placeRow(Draft& draft, RunPlaces& places);         ///< variables to their places, the rest out of their way
void placeLone(Draft& draft);                           ///< what no value leads to or from, below the others
void drawBands(Draft& draft);                           ///< one for each tape
void placeOptimizers(Draft& draft, RunPlaces& places);  ///< below everything, with the cells of their pairs
void drawBackward(Draft& draft);                        ///< gradients beside the values
void drawWires(Draft& draft);                           ///< between pairs and variables, round the sides

/// How many boxes a curve runs over, but for two.
std::size_t boxesUnder(const Draft& draft, const Curve& curve, const std::array<std::uint32_t, 2>& except);

/// Free room to both sides of a variable, for what is said about it.
double sideRoom(const Draft& draft);

}  // namespace tapescope
