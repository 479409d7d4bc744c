// SPDX-License-Identifier: Apache-2.0
// What can be done with a path of cubic Béziers: points on it by arc length, parts, shifting sideways, moving an end.
#pragma once

#include <QPointF>
#include <QRectF>
#include <span>

#include "app/layout/layout.h"

namespace tapescope {

struct CurvePoint {
    QPointF at;
    double angle = 0;  ///< of the direction of travel in degrees, clockwise on the screen
};

double lengthOf(const Curve& curve);

/// The point at a fraction of the arc length.
CurvePoint pointAt(const Curve& curve, double fraction);
/// The same for several fractions, with one look at the curve.
std::vector<CurvePoint> pointsAt(const Curve& curve, std::span<const double> fractions);

/// `count` + 1 points at equal distances along the path, both ends among them.
std::vector<QPointF> pointsAlong(const Curve& curve, int count);

/// The stretch between two fractions of the arc length; empty where it has no length.
Curve part(const Curve& curve, double from, double to);

Curve reversed(const Curve& curve);

/// Shifted by `distance` to the left of the direction of travel (y down), bulging a little more between the ends.
Curve beside(const Curve& curve, double distance);

enum class CurveEnd { Start, Finish };

/// Moves one end and blends the move out towards the other.
void moveEnd(Curve& curve, CurveEnd end, QPointF to);

/// A path that leaves `from` and arrives at `to` vertically.
Curve verticalCurve(QPointF from, QPointF to);

/// A path along the points, its corners rounded.
Curve roundedCurve(std::span<const QPointF> points, double radius);

/// Mirrored so that down becomes right.
inline QPointF turned(QPointF point) {
    return {point.y(), point.x()};
}
inline QRectF turned(const QRectF& rect) {
    return {rect.y(), rect.x(), rect.height(), rect.width()};
}
inline QSizeF turned(QSizeF size) {
    return size.transposed();
}

/// The rectangle of the control points: never smaller than the path.
QRectF boundsOf(const Curve& curve);

}  // namespace tapescope
