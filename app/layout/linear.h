// SPDX-License-Identifier: Apache-2.0
// Our own layered drawing, linear in the size of the graph: for graphs that cost Graphviz too much, and for when it
// fails.
#pragma once

#include "app/layout/engine.h"

namespace tapescope {

/// Longest-path ranks, a few barycentre sweeps, packed rows. Total: cycles, loops and doubled edges do no harm.
/// Where `cancelled` becomes true it skips what is left of the sweeps.
GraphDrawing drawLinear(const GraphRequest& request, const std::atomic<bool>* cancelled = nullptr);

/// What Graphviz would have to treat: nodes and rows crossed by edges, times edges.
double costOf(const GraphRequest& request);

}  // namespace tapescope
