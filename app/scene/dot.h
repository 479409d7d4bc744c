// SPDX-License-Identifier: Apache-2.0
// The graph of a step in the language of Graphviz, for other programs.
#pragma once

#include <QByteArray>

#include "app/scene/theme.h"
#include "core/trace/stepgraph.h"

namespace tapescope {

/// Boxes with their titles, values, gradients, cuts and updates, in the colours of the theme.
QByteArray dotOf(const StepGraph& graph, const Theme& theme, Direction direction = Direction::Down);

}  // namespace tapescope
