// SPDX-License-Identifier: Apache-2.0
// Folds that are closed: calls, loops and stretches of operations as one box, with how far they have run.
#include "app/scene/composition.h"

namespace tapescope {

namespace {

/// How much of it has happened: by its events, which is how the deck counts.
double doneOf(const Composition& stage, const GraphBox& box) {
    const double now = double(stage.moment.position.event) + stage.progress();
    if (box.until <= box.appears) return stage.share(box.appears);
    return std::clamp((now - box.appears) / double(box.until + 1 - box.appears), 0.0, 1.0);
}

void addGroup(Composition& stage, const GraphBox& box, const QRectF& rect) {
    const double done = doneOf(stage, box);
    const bool recorded = !box.tapes.empty(), begun = done > 0, now = begun && done < 1;
    const Ink line = recorded ? Ink::Forward : Ink::Slate;
    const Stroke stroke = begun ? Stroke::Solid : Stroke::Dashed;
    for (const double away : {8.0, 4.0}) {
        ShapeMark behind{rect.translated(away, -away), Outline::Box, Ink::Paper, line, 1.2, stroke};
        behind.opacity = begun ? 0.8 : 0.5;
        stage.add(behind);
    }
    ShapeMark shape{rect, Outline::Box, now ? Ink::ForwardSoft : Ink::Paper, line, now ? 2.6 : 1.6, stroke};
    shape.opacity = begun ? 1 : 0.6;
    shape.hit.box = box.key;
    stage.add(shape);
    const double opacity = begun ? 1 : 0.65, left = rect.left() + 12, width = rect.width() - 24;
    stage.text({left, rect.top() + 6, 16, 19}, QStringLiteral("⊞"), line, type::title, Weight::Normal, Align::Left,
               opacity);
    stage.text({left + 20, rect.top() + 6, width - 20, 19}, words(box.title), Ink::Text, type::title, Weight::Bold,
               Align::Left, opacity);
    stage.text({left, rect.top() + 25, width, 15}, words(box.subtitle), Ink::Muted, type::subtitle, Weight::Normal,
               Align::Left, opacity);
    stage.add(ShapeMark{{left, rect.bottom() - 8, width * done, 3}, Outline::Box, line, line, 0});
    if (box.target && done >= 1)
        stage.add(
            ShapeMark{rect.adjusted(-3, -3, 3, 3), Outline::Box, Ink::Paper, Ink::Forward, 2.6, Stroke::Solid, false});
    if (box.cuts > 0) stage.add(GlyphMark{Glyph::Scissors, rect.topRight() + QPointF(-4, 2), 22, 0, Ink::Gradient});
}

}  // namespace

void addGroups(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i)
        if (stage.box(i).key.kind == BoxKind::Group) addGroup(stage, stage.box(i), stage.rect(i));
}

}  // namespace tapescope
