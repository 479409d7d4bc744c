// SPDX-License-Identifier: Apache-2.0
// A value as a small heat map.
#pragma once

#include "app/scene/scene.h"
#include "core/trace/value.h"

namespace tapescope {

/// The value on its way from `before` to `after` in a square; blocks are averaged where there are more than 8 by 8
/// elements. The two ends share one scale, so that a change is seen as one. Nothing where there is nothing to show.
std::optional<HeatMark> thumbnail(const QRectF& square, const Value& before, const Value& after, double share);

}  // namespace tapescope
