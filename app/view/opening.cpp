// SPDX-License-Identifier: Apache-2.0
#include "app/view/opening.h"

#include <algorithm>
#include <vector>

namespace tapescope {

namespace {

class Chooser {
public:
    Chooser(const StepGraph& graph, const Layout& layout, const Scene& scene, QSizeF room, const OpeningScales& scales)
        : graph_(graph), layout_(layout), scene_(scene), room_(room), scales_(scales) {}

    /// All that ran, without the block that applies it and the wires around.
    std::optional<Viewport> core(const std::optional<BoxKey>& chosen) const {
        QRectF all;
        for (const auto& [key, rect] : layout_.boxes)
            if (key.kind != BoxKind::Optimizer || key == chosen) all |= rect;
        for (const TapeBand& band : layout_.bands) all |= band.rect;
        const Viewport view = fitted(withWords(all), room_, scales_.margin, scales_.pleasant);
        return view.scale >= scales_.readable ? std::optional(view) : std::nullopt;
    }

    Viewport part(const std::optional<BoxKey>& chosen) const {
        QRectF about = anchor();
        if (const QRectF box = chosen ? rect(*chosen) : QRectF(); !box.isNull())
            about = fits(about | box) ? about | box : box;
        about = grown(about);
        return clearLeft(fitted(withWords(about), room_, scales_.margin, scales_.pleasant), about);
    }

private:
    /// Nothing for a box whose place is awaited still.
    QRectF rect(const BoxKey& key) const {
        const auto found = layout_.boxes.find(key);
        return found != layout_.boxes.end() ? found->second : QRectF();
    }
    QRectF rect(std::uint32_t box) const { return rect(graph_.boxes[box].key); }

    bool fits(const QRectF& rect) const {
        return fitted(rect, room_, scales_.margin, scales_.pleasant).scale >= partScale();
    }

    /// What is said beside the boxes: "no gradient".
    QRectF withWords(const QRectF& boxes) const {
        constexpr double beside = 40;
        QRectF all = boxes;
        for (const Mark& mark : scene_.marks) {
            const auto* text = std::get_if<TextMark>(&mark);
            if (text == nullptr || !text->rect.intersects(boxes.adjusted(-beside, -beside, beside, beside))) continue;
            all.setLeft(std::min(all.left(), text->rect.left()));
            all.setRight(std::max(all.right(), text->rect.right()));
        }
        return all;
    }

    double partScale() const { return (scales_.readable + scales_.pleasant) / 2; }

    /// Both ends of the first edge that is cut, or the first target, or what ran last.
    QRectF anchor() const {
        for (const GradientEdge& gradient : graph_.gradients) {
            if (gradient.end != EdgeEnd::Scissors) continue;
            const ValueEdge& edge = graph_.values[gradient.along];
            const QRectF both = rect(edge.from) | rect(edge.to);
            return fits(both) ? both : rect(edge.to);
        }
        const GraphBox* last = nullptr;
        for (const GraphBox& box : graph_.boxes) {
            if (box.target) return rect(box.key);
            if (box.key.kind != BoxKind::Variable && (last == nullptr || box.appears >= last->appears)) last = &box;
        }
        return last != nullptr ? rect(last->key) : QRectF();
    }

    /// With whole boxes around it, the nearest first.
    QRectF grown(QRectF about) const {
        const QPointF middle = about.center();
        std::vector<QRectF> others;
        for (const auto& [key, rect] : layout_.boxes) others.push_back(rect);
        std::ranges::stable_sort(others, {},
                                 [middle](const QRectF& rect) { return (rect.center() - middle).manhattanLength(); });
        for (const QRectF& rect : others)
            if (fits(about | rect)) about |= rect;
        return about;
    }

    /// To the right by so much that no box is cut at the left edge, as long as what it is about stays in the view.
    Viewport clearLeft(Viewport view, const QRectF& about) const {
        const QRectF seen = view.toScene(QRectF(QPointF(), room_));
        double left = seen.left();
        for (const auto& [key, rect] : layout_.boxes)
            if (rect.left() < seen.left() && rect.right() > seen.left() && rect.bottom() > seen.top() &&
                rect.top() < seen.bottom())
                left = std::max(left, rect.right() + 4);
        const double most = about.left() - 4;
        view.pan({-(std::min(left, std::max(most, seen.left())) - seen.left()) * view.scale, 0});
        return view;
    }

    const StepGraph& graph_;
    const Layout& layout_;
    const Scene& scene_;
    const QSizeF room_;
    const OpeningScales scales_;
};

}  // namespace

Opening openingOf(const StepGraph& graph, const Layout& layout, const Scene& scene, const std::optional<BoxKey>& chosen,
                  QSizeF room, const OpeningScales& scales) {
    const Viewport all = fitted(scene.bounds, room, scales.margin, scales.most);
    if (all.scale >= scales.readable || layout.boxes.empty()) return {all, true};
    const Chooser chooser(graph, layout, scene, room, scales);
    if (const auto core = chooser.core(chosen)) return {*core, false};
    return {chooser.part(chosen), false};
}

}  // namespace tapescope
