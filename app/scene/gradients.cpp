// SPDX-License-Identifier: Apache-2.0
// Gradients on their way back, where they meet, and where the way ends.
#include <cmath>

#include "app/layout/curve.h"
#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double barAway = 17;       ///< pixels from the consumer to the end bar
constexpr double scissorsAt = 0.42;  ///< of the way back
constexpr std::size_t roomForStates = 60;
constexpr double faintly = 0.3;  ///< what a later gradient() has gone over

double widthOf(double norm) {
    return std::isfinite(norm) ? std::min(2.0 + 1.2 * std::log10(1 + norm), 5.0) : 2.0;
}

QString localWords(const Composition& stage, const GradientEdge& gradient);

void addFlow(Composition& stage, const GradientEdge& gradient, const Curve& curve, double opacity) {
    const double share = stage.share(gradient.arrives);
    CurveMark mark{curve, Ink::Gradient, widthOf(gradient.norm), Stroke::Dashed};
    mark.to = share;
    mark.arrow = share >= 1;
    mark.hit.value = gradient.along;
    mark.opacity = opacity;
    stage.add(mark);
    if (opacity < 1) return;
    if (share < 1) {
        const QPointF at = pointAt(curve, share).at;
        stage.add(GlyphMark{Glyph::Pulse, at, 15, 0, Ink::Gradient});
        addRider(stage, at, localWords(stage, gradient), Ink::Gradient);
        return;
    }
    const QPointF middle = pointAt(curve, 0.5).at;
    if (!std::isfinite(gradient.norm)) stage.add(GlyphMark{Glyph::Warning, middle, 16, 0, Ink::Gradient});
    if (gradient.norm == 0) stage.add(GlyphMark{Glyph::Zero, middle, 14, 0, Ink::Gradient});
    if (gradient.meets && curve.size() >= 7)
        stage.add(GlyphMark{Glyph::Plus, curve[curve.size() - 4], 15, 0, Ink::Gradient});
}

/// The fraction of a curve at a distance from its start.
double fractionAt(const Curve& curve, double pixels) {
    return std::min(0.5, pixels / std::max(1.0, lengthOf(curve)));
}

void addEndBar(Composition& stage, const GradientEdge& gradient, const Curve& curve) {
    const Curve value = reversed(stage.layout.values[gradient.along]);
    const double at = fractionAt(curve, barAway);
    const CurvePoint way = pointAt(curve, at), along = pointAt(value, fractionAt(value, barAway));
    CurveMark rest{curve, Ink::Gradient, 1.2, Stroke::Dotted};
    rest.from = at;
    rest.arrow = false;
    rest.opacity = 0.6;
    stage.add(rest);
    stage.add(GlyphMark{Glyph::EndBar, (way.at + along.at) / 2, 30, along.angle, Ink::Gradient});
}

void addScissors(Composition& stage, const GradientEdge& gradient, const Curve& curve) {
    const double share = stage.share(gradient.arrives);
    CurveMark mark{curve, Ink::Gradient, 2, Stroke::Dashed};
    mark.to = scissorsAt * share;
    mark.arrow = false;
    stage.add(mark);
    if (share < 1) {
        stage.add(GlyphMark{Glyph::Pulse, pointAt(curve, mark.to).at, 15, 0, Ink::Gradient});
        return;
    }
    const CurvePoint cut = pointAt(reversed(stage.layout.values[gradient.along]), scissorsAt);
    const double angle = std::cos(cut.angle * 3.14159265 / 180) < 0 ? cut.angle + 90 : cut.angle - 90;
    stage.add(GlyphMark{Glyph::Scissors, cut.at, 24, angle, Ink::Gradient});
}

/// The answer of gradient() that a cut edge belongs to.
const SourceAnswer* answerAt(const Composition& stage, const GradientEdge& gradient) {
    const auto* answered = stage.timeline().getIf<GradientAnswered>(gradient.arrives);
    if (!answered) return nullptr;
    const ValueEdge& edge = stage.graph().values[gradient.along];
    for (const SourceAnswer& answer : answered->answers)
        if (answer.cutNode == edge.consumer && answer.cutInput == edge.input) return &answer;
    for (const SourceAnswer& answer : answered->answers)
        if (answer.cutNode == edge.consumer || answer.source == edge.tensor) return &answer;
    return nullptr;
}

QStringList endWords(const Composition& stage, GradientId gradient) {
    const auto& asked = stage.timeline().get<GradientAsked>(stage.timeline().gradients()[gradient.index()].asked);
    QStringList names;
    for (const TensorId source : asked.sources) names.append(words(nameOf(stage.timeline(), source)));
    return {QStringLiteral("the way back ends here:"), QStringLiteral("you asked for %1").arg(listWords(names))};
}

/// What came along the edge. Where several meet the event has the sum so far; what came is the event's tensor or, of
/// the last, the operand of the sum that is at its place.
const Value& contribution(const Timeline& timeline, EventIndex arrives) {
    const auto& arrived = timeline.get<GradientArrived>(arrives);
    std::vector<TensorId> before;
    for (const EventIndex index : timeline.gradients()[arrived.gradient.index()].arrivals) {
        if (index >= arrives) break;
        const auto& other = timeline.get<GradientArrived>(index);
        if (other.tensor == arrived.tensor) before.push_back(other.total);
    }
    if (before.empty() || !arrived.total.valid()) return arrived.value;
    TensorId came = arrived.total;
    const NodeId sum = timeline.tensors()[came.index()].producer;
    if (sum.valid()) {
        const auto& inputs = timeline.op(sum).inputs;
        if (inputs.size() == before.size() + 1 && inputs.front() == before.front()) came = inputs.back();
    }
    const TensorRecord& record = timeline.tensors()[came.index()];
    return record.producer.valid() ? timeline.op(record.producer).values[record.output] : arrived.value;
}

QString flowWords(const Composition& stage, const GradientEdge& gradient) {
    if (stage.graph().values[gradient.along].count > 1) return {};  // several gradients have no one value
    const bool flows = stage.timeline().getIf<GradientArrived>(gradient.arrives) != nullptr;
    if (!flows) return {};
    // "norm 1.2 (8×2)": the shape stands at the value already.
    const QString text = valueWords(contribution(stage.timeline(), gradient.arrives));
    return text.section(QStringLiteral(" ("), 0, 0);
}

/// The local derivative while the pulse crosses: "∂Pow/∂x = 27"; of what are no single numbers, what comes of it.
QString localWords(const Composition& stage, const GradientEdge& gradient) {
    const Timeline& timeline = stage.timeline();
    const auto* arrived = timeline.getIf<GradientArrived>(gradient.arrives);
    if (!arrived || stage.graph().values[gradient.along].count > 1) return {};
    const Value& came = contribution(timeline, gradient.arrives);
    const Value* above = nullptr;  // what arrived at the result of the operation that the pulse crosses
    for (const EventIndex index : timeline.gradients()[arrived->gradient.index()].arrivals) {
        if (index >= gradient.arrives || !arrived->through.valid()) break;
        const auto& other = timeline.get<GradientArrived>(index);
        const NodeId producer = timeline.tensors()[other.tensor.index()].producer;
        if (producer == arrived->through) above = &other.value;
    }
    const auto isNumber = [](const Value& value) { return value.whole && value.shape().empty(); };
    const double upper = above != nullptr && isNumber(*above) ? above->whole.at(0) : 0;
    if (!isNumber(came) || upper == 0 || !std::isfinite(upper)) return valueWords(came, 16);
    const GraphBox& crossed = stage.box(stage.graph().values[gradient.along].to);
    return QStringLiteral("∂%1/∂%2 = %3")
        .arg(words(crossed.title), words(nameOf(timeline, arrived->tensor)), numberWords(came.whole.at(0) / upper));
}

struct Said {
    Note note;
    std::vector<QPointF> places;
    EventIndex since = 0;
};

std::optional<Said> wordsOf(const Composition& stage, std::uint32_t index) {
    const GradientEdge& gradient = stage.graph().gradients[index];
    const Curve& curve = stage.layout.gradients[index];
    Said said{{}, {}, gradient.arrives};
    if (gradient.end == EdgeEnd::EndBar) {
        said.note.lines = endWords(stage, gradient.gradient);
        said.places = stage.beside(curve, fractionAt(curve, barAway + 12), stage.extent(said.note), 22);
    } else if (gradient.end == EdgeEnd::Scissors) {
        const SourceAnswer* answer = answerAt(stage, gradient);
        if (!answer) return {};
        said.note.lines = wrapped(words(reasonText(stage.timeline(), *answer)), 34);
        said.note.boldFirst = true;
        said.places = stage.beside(curve, scissorsAt, stage.extent(said.note), 18);
        const QPointF cut = pointAt(curve, scissorsAt).at;
        const QSizeF size = stage.extent(said.note);
        for (const double y : {cut.y() - 22 - size.height(), cut.y() + 22, cut.y() - 40 - size.height(), cut.y() + 40})
            for (const double part : {0.5, 0.0, 1.0}) said.places.emplace_back(cut.x() - part * size.width(), y);
    } else {
        said.note.lines = QStringList{flowWords(stage, gradient)};
        said.note.size = type::small;
        said.places = stage.beside(curve, 0.5, stage.extent(said.note), 6);
    }
    return said;
}

/// What is said beside the way back. The end of one gradient() is explained once, at its rightmost bar.
std::vector<bool> speakers(const Composition& stage) {
    const auto& gradients = stage.graph().gradients;
    std::vector<bool> speaks(gradients.size(), true);
    std::map<GradientId, std::uint32_t> rightmost;
    const auto x = [&stage](std::uint32_t i) { return stage.layout.gradients[i].front().x(); };
    for (std::uint32_t i = 0; i < gradients.size(); ++i) {
        if (gradients[i].end == EdgeEnd::Open && gradients.size() > roomForStates) speaks[i] = false;
        if (gradients[i].end != EdgeEnd::EndBar) continue;
        speaks[i] = false;
        const auto [found, fresh] = rightmost.emplace(gradients[i].gradient, i);
        if (!fresh && x(i) > x(found->second)) found->second = i;
    }
    for (const auto& [gradient, index] : rightmost) speaks[index] = true;
    return speaks;
}

/// Of several gradient() calls that went along the same value only the latest speaks; what came before stays faint.
std::vector<bool> overtaken(const Composition& stage) {
    const auto& gradients = stage.graph().gradients;
    std::map<std::uint32_t, GradientId> latest;  // by value edge
    for (const GradientEdge& gradient : gradients)
        if (stage.begun(gradient.arrives)) {
            const auto [found, fresh] = latest.emplace(gradient.along, gradient.gradient);
            if (!fresh && found->second < gradient.gradient) found->second = gradient.gradient;
        }
    std::vector<bool> over(gradients.size(), false);
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const auto found = latest.find(gradients[i].along);
        over[i] = found != latest.end() && gradients[i].gradient < found->second;
    }
    return over;
}

/// "∂loss = 1" at the target, where the way back starts.
void addSeeds(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i) {
        if (!stage.box(i).target) continue;
        for (const GradientRecord& record : stage.timeline().gradients()) {
            for (const EventIndex index : record.arrivals) {
                const auto& arrived = stage.timeline().get<GradientArrived>(index);
                if (arrived.tensor != stage.box(i).tensor || arrived.through.valid()) continue;
                const QString text =
                    QStringLiteral("∂%1 = %2")
                        .arg(words(nameOf(stage.timeline(), arrived.tensor)), valueWords(arrived.value));
                const QSizeF size = stage.extent(text, type::small);
                const QRectF rect = stage.labels.place(size, Labels::around(stage.rect(i), size, 10));
                if (stage.begun(index))
                    stage.text(rect, text, Ink::GradientText, type::small, Weight::Normal, Align::Left,
                               stage.share(index));
            }
        }
    }
}

}  // namespace

void avoidSigns(Composition& stage) {
    const auto avoid = [&stage](QPointF centre, double half) {
        stage.labels.avoid(QRectF(centre - QPointF(half, half), centre + QPointF(half, half)));
    };
    for (std::uint32_t i = 0; i < stage.graph().gradients.size(); ++i) {
        const GradientEdge& gradient = stage.graph().gradients[i];
        const Curve value = reversed(stage.layout.values[gradient.along]);
        if (gradient.end == EdgeEnd::Scissors) avoid(pointAt(value, scissorsAt).at, 14);
        if (gradient.end == EdgeEnd::EndBar) avoid(pointAt(value, fractionAt(value, barAway)).at, 13);
        const Curve& curve = stage.layout.gradients[i];
        if (gradient.norm == 0 || !std::isfinite(gradient.norm)) avoid(pointAt(curve, 0.5).at, 10);
        if (gradient.meets && curve.size() >= 7) avoid(curve[curve.size() - 4], 9);
    }
    for (const VariableMark& mark : stage.graph().marks) avoid(stage.rect(mark.box).topRight(), 12);
    for (const QRectF& cell : stage.layout.pairs) avoid(cell.topRight(), 11);
}

void addGradients(Composition& stage) {
    const auto& gradients = stage.graph().gradients;
    const std::vector<bool> speaks = speakers(stage), over = overtaken(stage);
    for (std::uint32_t i = 0; i < gradients.size(); ++i) {
        const GradientEdge& gradient = gradients[i];
        const Curve& curve = stage.layout.gradients[i];
        if (stage.begun(gradient.arrives)) {
            if (gradient.end == EdgeEnd::Open) addFlow(stage, gradient, curve, over[i] ? faintly : 1);
            if (gradient.end == EdgeEnd::EndBar && stage.done(gradient.arrives)) addEndBar(stage, gradient, curve);
            if (gradient.end == EdgeEnd::Scissors) addScissors(stage, gradient, curve);
        }
    }
    for (const EdgeEnd kind : {EdgeEnd::Scissors, EdgeEnd::EndBar, EdgeEnd::Open}) {
        for (std::uint32_t i = 0; i < gradients.size(); ++i) {
            if (!speaks[i] || gradients[i].end != kind) continue;
            const std::optional<Said> said = wordsOf(stage, i);
            if (!said) continue;
            const QRectF rect = stage.labels.place(stage.extent(said->note), said->places);
            if (stage.done(said->since) && !over[i]) stage.note(rect, said->note);
        }
    }
    addSeeds(stage);
}

}  // namespace tapescope
