// SPDX-License-Identifier: Apache-2.0
// The film strips behind the operations that tapes recorded.
#include <algorithm>

#include "app/layout/draft.h"

namespace tapescope {

namespace {

/// Around the boxes: sprockets at the left, the label at the top.
constexpr double left = 46, top = 40, right = 30, bottom = 24;
constexpr double leastWidth = 240;  ///< for the label
constexpr double nestedSide = 12, nestedTop = 24;

/// How many bands lie inside this one.
int depthOf(const std::vector<Recorded>& tapes, std::size_t index) {
    const auto& own = tapes[index].boxes;
    int depth = 0;
    for (std::size_t i = 0; i < tapes.size(); ++i) {
        const auto& other = tapes[i].boxes;
        const bool inside = std::includes(own.begin(), own.end(), other.begin(), other.end());
        const bool same = own == other;
        if (i != index && inside && (!same || i > index)) ++depth;
    }
    return depth;
}

/// Wide enough for its label: to both sides or to one, unless boxes that the tape did not record would come to lie in
/// it.
QRectF widened(const Draft& draft, const QRectF& rect) {
    const double more = std::max(0.0, leastWidth - rect.width());
    for (const QRectF& wide :
         {rect.adjusted(-more / 2, 0, more / 2, 0), rect.adjusted(-more, 0, 0, 0), rect.adjusted(0, 0, more, 0)}) {
        const auto hides = [&](const QRectF& box) { return wide.intersects(box) && !rect.intersects(box); };
        if (std::none_of(draft.rects.begin(), draft.rects.end(), hides)) return wide;
    }
    return rect;
}

}  // namespace

void drawBands(Draft& draft) {
    const std::vector<Recorded> tapes = recordedBoxes(draft.graph);
    for (std::size_t i = 0; i < tapes.size(); ++i) {
        QRectF rect;
        for (const std::uint32_t box : tapes[i].boxes) rect |= draft.rects[box];
        const int depth = depthOf(tapes, i);
        rect.adjust(-left - 2 * nestedSide * depth, -top - nestedTop * depth, right + nestedSide * depth,
                    bottom + nestedSide * depth);
        draft.layout.bands.push_back({tapes[i].tape, widened(draft, rect)});
    }
    std::stable_sort(draft.layout.bands.begin(), draft.layout.bands.end(), [](const TapeBand& a, const TapeBand& b) {
        return a.rect.width() * a.rect.height() > b.rect.width() * b.rect.height();
    });
}

}  // namespace tapescope
