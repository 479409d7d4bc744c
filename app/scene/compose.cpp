// SPDX-License-Identifier: Apache-2.0
#include "app/scene/compose.h"

#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double margin = 14;

std::uint32_t lineOf(const Timeline& timeline, const GraphBox& box) {
    if (box.node.valid()) return timeline.lineOf(timeline.op(box.node).site);
    if (box.variable.valid()) return timeline.lineOf(timeline.created(box.variable).site);
    return 0;
}

/// Broad soft lines under the edges between boxes that light up together.
void addRelatedEdges(Composition& stage) {
    constexpr double broad = 9;
    const std::set<BoxKey>& related = stage.look.related;
    if (related.empty()) return;
    const auto lit = [&](std::uint32_t box) { return related.contains(stage.box(box).key); };
    const auto add = [&](const Curve& curve, Ink ink) {
        CurveMark mark{curve, ink, broad, Stroke::Solid, false};
        stage.add(mark);
    };
    const auto& values = stage.graph().values;
    if (stage.look.gradientWay) {
        for (std::uint32_t i = 0; i < stage.graph().gradients.size(); ++i) {
            const GradientEdge& gradient = stage.graph().gradients[i];
            const ValueEdge& along = values[gradient.along];
            if (gradient.end == EdgeEnd::Open && lit(along.from) && lit(along.to))
                add(stage.layout.gradients[i], Ink::GradientSoft);
        }
        return;
    }
    for (std::uint32_t i = 0; i < values.size(); ++i)
        if (lit(values[i].from) && lit(values[i].to)) add(stage.layout.values[i], Ink::ForwardSoft);
}

/// Halos behind the selected box and behind the boxes of lit lines.
void addHalos(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i) {
        const GraphBox& box = stage.box(i);
        const bool selected = stage.look.selection == box.key;
        const bool related = stage.look.related.contains(box.key), hovered = stage.look.hovered.contains(box.key);
        const bool lit = stage.look.litLines.contains(lineOf(stage.timeline(), box));
        if (!selected && !related && !hovered && !lit) continue;
        const bool pill = box.key.kind == BoxKind::Operation || box.key.kind == BoxKind::Fold;
        const bool way = related && stage.look.gradientWay;
        ShapeMark halo{stage.rect(i).adjusted(-6, -6, 6, 6), pill ? Outline::Pill : Outline::Box,
                       way ? Ink::GradientSoft : Ink::ForwardSoft, way ? Ink::Gradient : Ink::Forward,
                       selected             ? 2.0
                       : related || hovered ? 1.0
                                            : 0};
        stage.add(halo);
    }
}

}  // namespace

std::shared_ptr<const Labels> groundOf(const Layout& layout) {
    auto ground = std::make_shared<Labels>();
    for (const auto& [key, rect] : layout.boxes) ground->avoid(rect.adjusted(-3, -3, 3, 3));
    for (const auto* curves :
         {&layout.values, &layout.gradients, &layout.uses, &layout.arrivals, &layout.updates, &layout.assigns})
        for (const Curve& curve : *curves) ground->avoid(curve);
    return ground;
}

Scene compose(const Moment& moment, const Layout& layout, const Look& look, const Labels* ground) {
    const std::shared_ptr<const Labels> own = ground ? nullptr : groundOf(layout);
    Composition stage(moment, layout, look, ground ? ground : own.get());
    avoidSigns(stage);
    addBands(stage);
    addRelatedEdges(stage);
    addValueEdges(stage);
    addOptimizers(stage);
    addHalos(stage);
    addWires(stage);
    addOperations(stage);
    addGroups(stage);
    addGradients(stage);
    addVariables(stage);
    addValueLabels(stage);
    addTags(stage);
    stage.scene.bounds = layout.bounds;
    const QRectF said = stage.labels.extent();
    if (!said.isNull()) stage.scene.bounds |= said.adjusted(-margin, -margin, margin, margin);
    if (look.legend) stage.scene = withLegend(std::move(stage.scene));
    stage.scene.caption = captionOf(moment);
    stage.scene.narration = narrationOf(moment);
    return std::move(stage.scene);
}

}  // namespace tapescope
