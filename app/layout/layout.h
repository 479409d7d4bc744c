// SPDX-License-Identifier: Apache-2.0
// Where the boxes of a step stand and how its edges run. A value that depends on the step's graph and on the sizes of
// the boxes only: scrubbing never moves anything. Scene coordinates: logical pixels, y down.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <atomic>
#include <map>
#include <string_view>
#include <vector>

#include "core/trace/stepgraph.h"

namespace tapescope {

/// A path of cubic Béziers: start, then three points a piece.
using Curve = std::vector<QPointF>;

/// Where values flow to: what are rows of boxes in the one are columns in the other.
enum class Direction : std::uint8_t { Down, Right };
/// As settings and the command line write it: "down", "right"; what is neither is down.
std::string_view directionWord(Direction direction);
Direction directionOf(std::string_view word);

struct TapeBand {
    TapeId tape;
    QRectF rect;
};

struct Layout {
    std::map<BoxKey, QRectF> boxes;
    std::vector<Curve> values;     ///< one for each ValueEdge of the graph
    std::vector<Curve> gradients;  ///< one for each GradientEdge, from the consumer back to the value
    std::vector<Curve> uses;       ///< one for each GradientUse, from the box that the gradient belongs to
    std::vector<QRectF> pairs;     ///< one for each PairRow, inside its optimizer's box
    std::vector<Curve> arrivals;   ///< one for each PairRow: gradient into the pair; empty where there is none
    std::vector<Curve> updates;    ///< one for each PairRow: from the pair to the variable; empty where dropped
    std::vector<Curve> assigns;    ///< one for each AssignEdge: from the value's box to the variable
    std::vector<TapeBand> bands;   ///< one for each tape that recorded something in the step
    QRectF bounds;
    Direction direction = Direction::Down;
};

/// Sizes of the boxes, from the font metrics of the theme.
using BoxSizes = std::map<BoxKey, QSizeF>;

/// Places of variables and optimizers, kept for the whole run while its direction stays; always as if values flowed
/// down.
struct RunPlaces {
    std::map<BoxKey, QRectF> boxes;
};

/// Where the cells of an optimizer's block stand in it: two columns, so that every cell has a side of its own to the
/// outside. Where values flow to the right these are two rows, with the header to the left of them.
struct PairCells {
    static constexpr double header = 52, height = 46, gap = 12, padding = 14, sideHeader = 280;
    static QSizeF blockSize(std::size_t cells, double cellWidth, double headerWidth,
                            Direction direction = Direction::Down);
    static QRectF cell(const QRectF& block, std::size_t cells, std::size_t index,
                       Direction direction = Direction::Down);
};

/// Lays out one step. `places` gives what earlier steps have placed and takes what this one adds.
/// Uses Graphviz through `Engine`; falls back to the linear layered layout where the cost estimate or a failure says
/// so. Where `cancelled` becomes true meanwhile it ends early, with a layout that is good for nothing.
class LayoutEngine;
Layout layOut(const StepGraph& graph, const BoxSizes& sizes, RunPlaces& places, LayoutEngine& engine,
              Direction direction = Direction::Down, const std::atomic<bool>* cancelled = nullptr);

}  // namespace tapescope
