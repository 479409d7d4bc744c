// SPDX-License-Identifier: Apache-2.0
// A layout while it is being made: what the stages of layOut() hand to each other.
#pragma once

#include <set>

#include "app/layout/engine.h"

namespace tapescope {

struct Draft {
    const StepGraph& graph;
    std::vector<QRectF> rects;  ///< one for each box of the graph
    Layout layout;

    const GraphBox& box(std::uint32_t index) const { return graph.boxes[index]; }
    bool isRow(std::size_t index) const { return graph.boxes[index].key.kind == BoxKind::Variable; }
    bool isOptimizer(std::size_t index) const { return graph.boxes[index].key.kind == BoxKind::Optimizer; }
    bool isPill(std::size_t index) const {
        const BoxKind kind = graph.boxes[index].key.kind;
        return kind == BoxKind::Operation || kind == BoxKind::Fold;
    }
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

/// The point of a box's border nearest to a point, for edges that come from above or below.
QPointF borderPoint(const QRectF& rect, bool pill, QPointF near);

/// Free room to both sides of a variable, for what is said about it.
double sideRoom(const StepGraph& graph);

}  // namespace tapescope
