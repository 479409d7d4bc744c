// SPDX-License-Identifier: Apache-2.0
// Questions about the graph of a step that the panels ask: neighbours along edges, boxes of a line, a box in words.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "app/layout/layout.h"
#include "core/trace/stepgraph.h"

namespace tapescope {

enum class Heading { Up, Down, Left, Right };

/// The box to which an arrow key leads where values flow down: up against the edges, down along them, left and right to
/// the neighbour that stands at about the same height. Where they flow to the right, up and left change places, and
/// down and right.
std::optional<BoxKey> neighbour(const StepGraph& graph, const Layout& layout, const BoxKey& from, Heading heading);

/// Boxes at the other ends of the edges that enter (or leave) a box, optimizer and updated variable among them.
std::vector<std::uint32_t> linked(const StepGraph& graph, std::uint32_t box, bool forward);

std::optional<std::uint32_t> boxIndex(const StepGraph& graph, const BoxKey& key);

/// Where a box comes from: the site of its operation, its creation.
CallSiteId siteOf(const Timeline& timeline, const GraphBox& box);

/// Boxes with this line in the stack of their site; a variable also where the line updates it.
std::vector<BoxKey> boxesOnLine(const Timeline& timeline, const StepGraph& graph, std::uint32_t line);

/// What an event is about: the operation that runs, both ends of the edge along which a gradient arrives, the variable
/// that is updated. Of other events, the operation before.
std::vector<BoxKey> boxesAt(const StepGraph& graph, EventIndex event);

/// What lights up with a box.
enum class Related : std::uint8_t {
    Nothing,
    Ancestors,    ///< everything that its value was made of
    Descendants,  ///< everything that was made of it
    GradientWay   ///< the boxes through which its gradient came, from the target on
};
std::set<BoxKey> related(const StepGraph& graph, const BoxKey& key, Related which);

QString kindWords(BoxKind kind);

/// "MatMul, operation in line 9, from X and W, to AddV2": for people who hear the picture.
QString describe(const Timeline& timeline, const StepGraph& graph, const BoxKey& key);

}  // namespace tapescope
