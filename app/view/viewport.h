// SPDX-License-Identifier: Apache-2.0
// What part of the picture the canvas shows: scale and offset as a value.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace tapescope {

struct Viewport {
    static constexpr double smallest = 0.02, largest = 8;

    double scale = 1;
    QPointF offset;  ///< where the scene's origin is on the widget

    QPointF toScene(QPointF point) const { return (point - offset) / scale; }
    QPointF toWidget(QPointF point) const { return point * scale + offset; }
    QRectF toScene(const QRectF& rect) const { return {toScene(rect.topLeft()), toScene(rect.bottomRight())}; }

    /// Scales by `factor` so that what is under `point` stays there.
    void zoom(double factor, QPointF point);
    void pan(QPointF by) { offset += by; }
    friend bool operator==(const Viewport&, const Viewport&) = default;
};

/// Moved so that the middle of `rect` is in the middle of a widget of `size`.
Viewport centredOn(const Viewport& view, const QRectF& rect, QSizeF size);

/// All of `bounds` in a widget of `size`, centred, never enlarged beyond `most`.
Viewport fitted(const QRectF& bounds, QSizeF size, double margin, double most);

}  // namespace tapescope
