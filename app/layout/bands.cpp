// SPDX-License-Identifier: Apache-2.0
// The film strips behind the operations that tapes recorded.
#include <algorithm>
#include <numeric>

#include "app/layout/draft.h"

namespace tapescope {

namespace {

/// Around the boxes: sprockets at the left, the label at the top.
constexpr double left = 46, top = 40, right = 30, bottom = 24;
constexpr double leastWidth = 240;  ///< for the label
constexpr double nestedLeft = 26, nestedSide = 14, nestedTop = 24, nestedBottom = 30;

/// Does the band of one tape lie in that of another? Of two with the same operations, the later one lies inside.
bool liesIn(const std::vector<Recorded>& tapes, std::size_t inner, std::size_t outer) {
    const auto &a = tapes[inner].boxes, &b = tapes[outer].boxes;
    return inner != outer && std::includes(b.begin(), b.end(), a.begin(), a.end()) && (a != b || inner > outer);
}

/// Wide enough for its label: to both sides or to one, unless boxes that the tape did not record would come to lie in
/// it.
QRectF widened(const std::vector<QRectF>& boxes, const QRectF& rect) {
    const double more = std::max(0.0, leastWidth - rect.width());
    for (const QRectF& wide :
         {rect.adjusted(-more / 2, 0, more / 2, 0), rect.adjusted(-more, 0, 0, 0), rect.adjusted(0, 0, more, 0)}) {
        const auto hides = [&](const QRectF& box) { return wide.intersects(box) && !rect.intersects(box); };
        if (std::none_of(boxes.begin(), boxes.end(), hides)) return wide;
    }
    return rect;
}

}  // namespace

/// Sprockets and labels stand where they do in either direction: the boxes are taken as they are seen.
void drawBands(Draft& draft) {
    std::vector<QRectF> boxes;
    for (const QRectF& rect : draft.rects) boxes.push_back(draft.seen(rect));
    const std::vector<Recorded> tapes = recordedBoxes(draft.graph);
    std::vector<std::size_t> order(tapes.size());  // the innermost first
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&tapes](std::size_t a, std::size_t b) {
        return std::pair(tapes[a].boxes.size(), tapes.size() - a) < std::pair(tapes[b].boxes.size(), tapes.size() - b);
    });
    std::map<std::size_t, QRectF> rects;
    for (const std::size_t index : order) {
        QRectF rect;
        for (const std::uint32_t box : tapes[index].boxes) rect |= boxes[box];
        rect.adjust(-left, -top, right, bottom);
        for (const auto& [inner, drawn] : rects)
            if (liesIn(tapes, inner, index)) rect |= drawn.adjusted(-nestedLeft, -nestedTop, nestedSide, nestedBottom);
        rects[index] = widened(boxes, rect);
        draft.layout.bands.insert(draft.layout.bands.begin(), {tapes[index].tape, draft.seen(rects[index])});
    }
}

}  // namespace tapescope
