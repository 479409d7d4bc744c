// SPDX-License-Identifier: Apache-2.0
// The small signs: scissors, badges, bars. Vector shapes, so that no font has to have them.
#pragma once

#include <QPainter>

#include "app/scene/scene.h"
#include "app/scene/theme.h"

namespace tapescope {

void paintGlyph(QPainter& painter, const GlyphMark& mark, const Theme& theme);

}  // namespace tapescope
