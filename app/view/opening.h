// SPDX-License-Identifier: Apache-2.0
// What of a picture is seen first: all of it, as long as it can be read; else the part that tells what happened.
#pragma once

#include <optional>

#include "app/layout/layout.h"
#include "app/scene/scene.h"
#include "app/view/viewport.h"

namespace tapescope {

struct OpeningScales {
    double readable = 0.45;  ///< the least at which letters are letters
    double pleasant = 0.85;  ///< of a part
    double most = 1.6;       ///< of all of it
    double margin = 18;
};

struct Opening {
    Viewport view;
    bool whole = true;  ///< everything is seen
};

/// `scene` is the whole picture, `chosen` a box that the part has to show where it can, like the variable that a
/// finding is about. A part begins at the place where the first path is cut, or at the target; around it lie as many
/// whole boxes as there is room for, and none that is cut at the left edge.
Opening openingOf(const StepGraph& graph, const Layout& layout, const Scene& scene, const std::optional<BoxKey>& chosen,
                  QSizeF room, const OpeningScales& scales = {});

}  // namespace tapescope
