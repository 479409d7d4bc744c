// SPDX-License-Identifier: Apache-2.0
// Constants and operations: what ran, what runs, what is still to come.
#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double fillsFrom = 0.45;  ///< of the beat: first the values arrive, then the operation fills

struct PillLook {
    Ink line = Ink::Forward;
    double width = 1.6;
    Stroke stroke = Stroke::Solid;
    bool filled = true;
    double opacity = 1;
};

double fillOf(const Composition& stage, const GraphBox& box) {
    const When when = stage.when(box.appears);
    if (when == When::Before) return 0;
    if (box.target && when == When::After) return 1;
    if (when == When::After) return 0;
    return std::clamp((stage.progress() - fillsFrom) / (1 - fillsFrom), 0.0, 1.0);
}

/// What a tape recorded is drawn with paper inside and a blue line; what none did is hollow and slate.
PillLook lookOf(const Composition& stage, const GraphBox& box) {
    PillLook look;
    const bool recorded = !box.tapes.empty();
    if (!recorded) look = {Ink::Slate, 1.4, Stroke::Solid, false, 1};
    if (stage.when(box.appears) == When::Before) {
        look.stroke = Stroke::Dashed;
        look.width = 1.1;
        look.opacity = 0.5;
    }
    return look;
}

void addTexts(Composition& stage, const GraphBox& box, const QRectF& rect, bool onFill, double opacity) {
    const Ink title = onFill ? Ink::Paper : Ink::Text, subtitle = onFill ? Ink::Paper : Ink::Muted;
    const QRectF inner = rect.adjusted(box.key.kind == BoxKind::Fold ? 24 : 8, 0, -8, 0);
    if (box.subtitle.empty() && !clips(box.title)) {
        stage.text(inner, words(box.title), title, type::title, Weight::Normal, Align::Centre, opacity);
        return;
    }
    double middle = rect.center().y();
    if (clips(box.title) && box.key.kind == BoxKind::Fold) {
        middle -= type::normLine / 2;
        const auto norms = stage.done(box.appears) ? normChange(stage.timeline(), box.fold) : std::nullopt;
        if (norms)
            stage.text({inner.left(), middle + 16, inner.width(), type::normLine}, normWords(*norms),
                       onFill ? Ink::Paper : Ink::GradientText, type::subtitle, Weight::Normal, Align::Centre, opacity);
    }
    stage.text({inner.left(), middle - 18, inner.width(), 18}, words(box.title), title, type::title, Weight::Normal,
               Align::Centre, opacity);
    stage.text({inner.left(), middle + 1, inner.width(), 15}, words(box.subtitle), subtitle, type::subtitle,
               Weight::Normal, Align::Centre, opacity);
}

/// A fold is several operations: a second pill looks out behind it.
void addFoldShadow(Composition& stage, const QRectF& rect, const PillLook& look) {
    ShapeMark behind{rect.translated(4, -4), Outline::Pill, Ink::Paper, look.line, look.width, look.stroke};
    behind.opacity = look.opacity * 0.7;
    stage.add(behind);
}

void addPill(Composition& stage, const GraphBox& box, const QRectF& rect) {
    const PillLook look = lookOf(stage, box);
    if (box.key.kind == BoxKind::Fold) addFoldShadow(stage, rect, look);
    ShapeMark pill{rect, Outline::Pill, Ink::Paper, look.line, look.width, look.stroke};
    pill.filled = look.filled || box.key.kind == BoxKind::Fold;
    pill.opacity = look.opacity;
    pill.hit.box = box.key;
    stage.add(pill);
    const double fill = fillOf(stage, box);
    if (fill > 0) {
        ShapeMark full{rect, Outline::Pill, Ink::Forward, Ink::Forward, look.width};
        full.opacity = fill;
        full.hit.box = box.key;
        stage.add(full);
    }
    const double opacity = stage.begun(box.appears) ? 1 : 0.65;
    if (box.key.kind == BoxKind::Fold)
        stage.text({rect.left() + 10, rect.center().y() - 10, 16, 19}, QStringLiteral("⊞"),
                   fill > 0.5 ? Ink::Paper : look.line, type::title, Weight::Normal, Align::Left, opacity);
    addTexts(stage, box, rect, fill > 0.5, opacity);
}

void addConstant(Composition& stage, const GraphBox& box, const QRectF& rect) {
    const bool there = stage.begun(box.appears);
    ShapeMark shape{rect, Outline::Box, Ink::PanelSoft, Ink::Slate, 1, there ? Stroke::Solid : Stroke::Dashed};
    shape.opacity = there ? 1 : 0.5;
    shape.hit.box = box.key;
    stage.add(shape);
    addTexts(stage, box, rect, false, there ? 1 : 0.65);
}

}  // namespace

void addOperations(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i) {
        const GraphBox& box = stage.box(i);
        if (box.key.kind == BoxKind::Constant) addConstant(stage, box, stage.rect(i));
        if (box.key.kind == BoxKind::Operation || box.key.kind == BoxKind::Fold) addPill(stage, box, stage.rect(i));
    }
}

}  // namespace tapescope
