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

/// Halos behind the selected box and behind the boxes of lit lines.
void addHalos(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i) {
        const GraphBox& box = stage.box(i);
        const bool selected = stage.look.selection == box.key;
        if (!selected && !stage.look.litLines.contains(lineOf(stage.timeline(), box))) continue;
        const bool pill = box.key.kind == BoxKind::Operation || box.key.kind == BoxKind::Fold;
        ShapeMark halo{stage.rect(i).adjusted(-6, -6, 6, 6), pill ? Outline::Pill : Outline::Box, Ink::ForwardSoft,
                       Ink::Forward, selected ? 2.0 : 0};
        stage.add(halo);
    }
}

}  // namespace

Scene compose(const Moment& moment, const Layout& layout, const Look& look) {
    Composition stage(moment, layout, look);
    avoidSigns(stage);
    addBands(stage);
    addValueEdges(stage);
    addOptimizers(stage);
    addHalos(stage);
    addWires(stage);
    addOperations(stage);
    addGradients(stage);
    addVariables(stage);
    addValueLabels(stage);
    stage.scene.bounds = layout.bounds;
    const QRectF said = stage.labels.extent();
    if (!said.isNull()) stage.scene.bounds |= said.adjusted(-margin, -margin, margin, margin);
    addLegend(stage);
    stage.scene.caption = captionOf(moment);
    stage.scene.narration = narrationOf(moment);
    return std::move(stage.scene);
}

}  // namespace tapescope
