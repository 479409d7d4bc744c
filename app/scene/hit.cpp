// SPDX-License-Identifier: Apache-2.0
#include <QLineF>
#include <algorithm>

#include "app/layout/curve.h"
#include "app/scene/paint.h"

namespace tapescope {

namespace {

bool leads(const Hit& hit) {
    return hit.box || hit.pair || hit.value;
}

bool isNear(const CurveMark& mark, QPointF point) {
    constexpr double reach = 6;
    if (!boundsOf(mark.curve).adjusted(-reach, -reach, reach, reach).contains(point)) return false;
    const Curve drawn = part(mark.curve, mark.from, mark.to);
    if (drawn.empty()) return false;
    const int count = std::max(2, static_cast<int>(lengthOf(drawn) / 4));
    const auto points = pointsAlong(drawn, count);
    return std::ranges::any_of(points, [&](const QPointF& at) { return QLineF(at, point).length() <= reach; });
}

}  // namespace

Hit hit(const Scene& scene, QPointF point) {
    for (auto mark = scene.marks.rbegin(); mark != scene.marks.rend(); ++mark) {
        if (const auto* shape = std::get_if<ShapeMark>(&*mark);
            shape && leads(shape->hit) && shape->rect.contains(point))
            return shape->hit;
        if (const auto* curve = std::get_if<CurveMark>(&*mark); curve && leads(curve->hit) && isNear(*curve, point))
            return curve->hit;
    }
    return {};
}

}  // namespace tapescope
