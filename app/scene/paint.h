// SPDX-License-Identifier: Apache-2.0
// Draws a Scene: the only painter of the picture, for window, PNG and SVG alike.
#pragma once

#include <QPainter>

#include "app/scene/scene.h"
#include "app/scene/theme.h"

namespace tapescope {

void paint(QPainter& painter, const Scene& scene, const Theme& theme);

/// What lies under a point, topmost first in the painting order; nothing where it is empty.
Hit hit(const Scene& scene, QPointF point);

}  // namespace tapescope
