// SPDX-License-Identifier: Apache-2.0
// What tests ask of a step's graph.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/trace/stepgraph.h"

namespace tapescope::testing {

inline std::vector<std::string> titles(const StepGraph& graph, BoxKind kind) {
    std::vector<std::string> result;
    for (const GraphBox& box : graph.boxes)
        if (box.key.kind == kind) result.push_back(box.title);
    return result;
}

/// The first of that title; an empty one where there is none.
inline const GraphBox& box(const StepGraph& graph, const std::string& title) {
    static const GraphBox none;
    const auto found = std::ranges::find(graph.boxes, title, &GraphBox::title);
    return found == graph.boxes.end() ? none : *found;
}

}  // namespace tapescope::testing
