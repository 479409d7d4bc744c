// SPDX-License-Identifier: Apache-2.0
// Values on their way from box to box.
#include "app/layout/curve.h"
#include "app/scene/composition.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr double notYet = 0.35;
constexpr std::size_t roomForShapes = 80;  ///< edges; with more, shapes are for the inspector

/// The value travels in the first part of its consumer's beat; then the operation fills.
constexpr double travel = 0.55;

const std::string scalar = shapeWords(Shape{});

/// What is on its way, in a few characters; of several values nothing.
QString travelling(const Composition& stage, const ValueEdge& edge) {
    if (edge.count > 1) return {};
    const TensorRecord& record = stage.timeline().tensors()[edge.tensor.index()];
    if (!record.variable.valid()) {
        const auto& values = stage.timeline().op(record.producer).values;
        return record.output < values.size() ? valueWords(values[record.output], 16) : QString();
    }
    const auto held = stage.moment.before.variables.find(record.variable);
    return held == stage.moment.before.variables.end() ? QString() : valueWords(held->second.value, 16);
}

void addValueEdge(Composition& stage, std::uint32_t index) {
    const ValueEdge& edge = stage.graph().values[index];
    const Curve& curve = stage.layout.values[index];
    const When when = stage.when(edge.flows);
    CurveMark mark{curve, Ink::Slate, edge.recorded ? 1.5 : 1.2, edge.host ? Stroke::Dotted : Stroke::Solid};
    mark.hit.value = index;
    mark.opacity = when == When::After ? 1 : notYet;
    stage.add(mark);
    if (when != When::Now) return;
    const double to = std::min(1.0, stage.progress() / travel);
    mark.opacity = 1;
    mark.to = to;
    mark.arrow = to >= 1;
    stage.add(mark);
    if (to >= 1) return;
    const QPointF at = pointAt(curve, to).at;
    stage.add(GlyphMark{Glyph::Pulse, at, 13, 0, Ink::Slate});
    addRider(stage, at, travelling(stage, edge), Ink::Slate);
}

QString labelOf(const ValueEdge& edge) {
    return edge.host ? words(edge.label) + QStringLiteral(" through Python") : words(edge.label);
}

}  // namespace

void addValueEdges(Composition& stage) {
    const auto& values = stage.graph().values;
    for (std::uint32_t i = 0; i < values.size(); ++i) addValueEdge(stage, i);
}

void addValueLabels(Composition& stage) {
    const auto& values = stage.graph().values;
    if (values.size() > roomForShapes) return;
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        if (values[i].label == scalar && !values[i].host) continue;  // what has no shape needs no word for it
        const QSizeF size = stage.extent(labelOf(values[i]), type::small);
        const std::vector<QPointF> places = stage.beside(stage.layout.values[i], 0.45, size, 5);
        // A shape is said where there is room for it; that a value went through Python, always.
        const auto rect =
            values[i].host ? std::optional(stage.labels.place(size, places)) : stage.labels.placeWithRoom(size, places);
        if (!rect) continue;
        stage.text(*rect, labelOf(values[i]), Ink::Muted, type::small, Weight::Normal, Align::Left,
                   stage.when(values[i].flows) == When::Before ? 0.55 : 1);
    }
}

}  // namespace tapescope
