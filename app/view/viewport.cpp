// SPDX-License-Identifier: Apache-2.0
// Arithmetic of panning and zooming.
#include "app/view/viewport.h"

#include <algorithm>

namespace tapescope {

void Viewport::zoom(double factor, QPointF point) {
    const QPointF fixed = toScene(point);
    scale = std::clamp(scale * factor, smallest, largest);
    offset = point - fixed * scale;
}

Viewport centredOn(const Viewport& view, const QRectF& rect, QSizeF size) {
    Viewport moved = view;
    moved.offset = QPointF(size.width(), size.height()) / 2 - rect.center() * view.scale;
    return moved;
}

Viewport fitted(const QRectF& bounds, QSizeF size, double margin, double most) {
    Viewport view;
    const double width = std::max(1.0, size.width() - 2 * margin), height = std::max(1.0, size.height() - 2 * margin);
    const double wanted = std::min(width / std::max(1.0, bounds.width()), height / std::max(1.0, bounds.height()));
    view.scale = std::clamp(wanted, Viewport::smallest, most);
    view.offset = QPointF(size.width(), size.height()) / 2 - bounds.center() * view.scale;
    return view;
}

}  // namespace tapescope
