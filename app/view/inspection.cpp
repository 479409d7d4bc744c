// SPDX-License-Identifier: Apache-2.0
// Gathers the facts about a box from graph and log.
#include "app/view/inspection.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "app/document/operation.h"
#include "app/scene/words.h"
#include "app/view/formula.h"
#include "app/view/names.h"
#include "app/view/walk.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr int digits = 4;
constexpr std::size_t mostBars = 60;

QString say(const char* source) {
    return QCoreApplication::translate("tapescope::inspection", source);
}
QString plain(std::string_view bytes) {
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

struct Place {
    const Timeline& timeline;
    const StepGraph& graph;
    EventIndex upTo;
};

/// The newest gradient that reached a tensor within the step so far.
const Value* gradientAt(const Place& place, TensorId tensor) {
    const Step& step = place.timeline.steps()[place.graph.step];
    const auto arrivals = place.timeline.findAll(Event(GradientArrived{}).index());
    auto after = std::upper_bound(arrivals.begin(), arrivals.end(), place.upTo);
    while (after != arrivals.begin()) {
        const EventIndex event = *--after;
        if (event < step.begin) break;
        const auto& arrived = place.timeline.get<GradientArrived>(event);
        if (arrived.tensor == tensor) return &arrived.value;
    }
    return nullptr;
}

const Value* valueOfTensor(const Place& place, TensorId tensor) {
    if (tensor.index() >= place.timeline.tensors().size()) return nullptr;
    const TensorRecord& record = place.timeline.tensors()[tensor.index()];
    const auto* op = place.timeline.getIf<OpExecuted>(record.event);
    return op && record.output < op->values.size() ? &op->values[record.output] : nullptr;
}

void addTable(Inspection& inspection, const QString& heading, const Value* value, const QString& missing, Ink ink) {
    inspection.tables.push_back({.heading = heading,
                                 .value = value ? std::optional<Value>(*value) : std::nullopt,
                                 .missing = missing,
                                 .ink = ink});
}

/// Of what has too many elements to be read one by one.
void addHistogram(Inspection& inspection, const QString& heading, const Value* value, Ink ink) {
    constexpr std::int64_t few = 12;
    std::int64_t count = 1;
    if (value != nullptr)
        for (const std::int64_t size : value->shape()) count *= size;
    if (value == nullptr || count <= few || value->dtype() == DType::String) return;
    const Summary summary = summaryOf(*value);
    Inspection::Histogram histogram{
        heading, summary.minimum, summary.maximum, {}, summary.zeros, summary.nans + summary.infinities, ink};
    for (const std::uint32_t bin : summary.histogram) histogram.bins.push_back(bin);
    inspection.histograms.push_back(std::move(histogram));
}

void addLine(Inspection& inspection, const Place& place, const GraphBox& box) {
    const std::uint32_t line = place.timeline.lineOf(siteOf(place.timeline, box));
    if (line > 0) inspection.rows.push_back({say("line"), plain(place.timeline.places().words(line)).sliced(5)});
}

QString gradientWords(GradientState state) {
    if (state == GradientState::Pending) return say("not computed yet");
    if (state == GradientState::None) return say("%1: there is no path").arg(gradientStateWords(state));
    const QString words = gradientStateWords(state);
    return words.isEmpty() ? say("has a gradient") : words;
}

/// Norm of every change of the variable, by step.
void addHistory(Inspection& inspection, const Place& place, VariableId variable) {
    std::vector<Inspection::Bar>& bars = inspection.bars;
    for (const EventIndex event : place.timeline.variables()[variable.index()].assigned) {
        const std::uint32_t step = place.timeline.stepOf(event) + 1;
        if (bars.empty() || bars.back().step != step)
            bars.push_back({.step = step, .height = 0, .caution = false, .now = false});
        bars.back().height += place.timeline.get<VariableAssigned>(event).change;
        bars.back().now = step == place.graph.step + 1;
    }
    for (const PairRow& pair : place.graph.pairs) {
        if (place.graph.boxes[pair.variable].variable != variable || !pair.mismatch) continue;
        for (auto& bar : bars) bar.caution = bar.caution || bar.step == place.graph.step + 1;
    }
    if (bars.size() > mostBars) bars.erase(bars.begin(), bars.end() - static_cast<std::ptrdiff_t>(mostBars));
    if (!bars.empty()) inspection.barsTitle = say("‖Δ%1‖ per step").arg(inspection.title);
}

void addPair(Inspection& inspection, const Place& place, const PairRow& pair) {
    if (pair.dropped) {
        inspection.rows.push_back({say("update"), say("left out: zip() ran out of gradients")});
        return;
    }
    const auto* applied =
        pair.applies > 0 && pair.applies <= place.upTo ? place.timeline.getIf<PairApplied>(pair.applies) : nullptr;
    if (pair.mismatch)
        inspection.rows.push_back({say("paired with"), say("the gradient of %1").arg(plain(pair.sourceName))});
    if (!applied) {
        inspection.rows.push_back({say("update"), say("not yet")});
        return;
    }
    if (!applied->rule.empty()) inspection.rows.push_back({say("update"), plain(applied->rule)});
    addTable(inspection, say("before"), &applied->before, {}, Ink::Forward);
    const bool none = applied->outcome == PairOutcome::NoGradient;
    addTable(inspection, say("gradient used"), none ? nullptr : &applied->used, say("None"), Ink::Gradient);
    if (applied->trueGradient) {
        addTable(inspection, say("true gradient"), &*applied->trueGradient, {}, Ink::Gradient);
    } else {
        addTable(inspection, say("after"), &applied->after, {}, Ink::Update);
    }
}

/// The last call of the step that has answered for the tensor.
void addCheck(Inspection& inspection, const Place& place, TensorId tensor) {
    const Step& step = place.timeline.steps()[place.graph.step];
    const auto calls = place.timeline.gradients();
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        const EventIndex answered = calls[i].answered;
        if (answered == 0 || answered < step.begin || answered >= step.end || answered > place.upTo) continue;
        for (const SourceAnswer& answer : place.timeline.get<GradientAnswered>(answered).answers)
            if (answer.source == tensor && answer.result.valid())
                inspection.check = Inspection::Check{GradientId{i}, tensor};
    }
}

void inspectVariable(Inspection& inspection, const Place& place, const GraphBox& box, std::uint32_t index) {
    const ObjectRef object{.kind = ObjectKind::Variable, .id = box.variable.value, .items = {}};
    inspection.kind = objectText(place.timeline, object);
    addLine(inspection, place, box);
    for (const VariableMark& mark : place.graph.marks) {
        if (mark.box != index) continue;
        const GradientState state = mark.since <= place.upTo ? mark.state : GradientState::Pending;
        inspection.rows.push_back({say("gradient"), gradientWords(state)});
    }
    bool paired = false;
    for (const PairRow& pair : place.graph.pairs) {
        if (pair.variable != index || paired || pair.begins > place.upTo) continue;
        addPair(inspection, place, pair);
        paired = true;
    }
    if (inspection.tables.empty()) {
        const Snapshot now = place.timeline.at(place.upTo);
        const auto state = now.variables.find(box.variable);
        if (state != now.variables.end()) addTable(inspection, say("value"), &state->second.value, {}, Ink::Forward);
        if (const Value* gradient = gradientAt(place, box.tensor))
            addTable(inspection, say("gradient"), gradient, {}, Ink::Gradient);
    }
    for (const Inspection::Table& table : std::vector(inspection.tables))
        addHistogram(inspection, table.heading, table.value ? &*table.value : nullptr, table.ink);
    addHistory(inspection, place, box.variable);
    addCheck(inspection, place, box.tensor);
}

/// The value of the same site in other steps: a loss, the norm of an activation.
void addValueHistory(Inspection& inspection, const Place& place, const GraphBox& box) {
    const auto nodes = place.timeline.nodes();
    const CallSiteId site = place.timeline.op(box.node).site;
    const std::uint32_t ordinal = place.timeline.ordinal(box.node);
    const auto steps = place.timeline.steps();
    const std::size_t first = steps.size() > mostBars ? steps.size() - mostBars : 0;
    std::vector<Inspection::Bar> bars;
    auto at = static_cast<std::size_t>(std::ranges::lower_bound(nodes, steps[first].begin, {}, &NodeRecord::event) -
                                       nodes.begin());
    for (; at < nodes.size() && nodes[at].event <= place.upTo; ++at) {
        const NodeId node{static_cast<std::uint32_t>(at)};
        const OpExecuted& op = place.timeline.op(node);
        if (op.site != site || op.backward.valid() || op.values.empty() || place.timeline.ordinal(node) != ordinal)
            continue;
        const std::uint32_t step = place.timeline.stepOf(nodes[at].event) + 1;
        const Value& value = op.values.front();
        const double height = value.whole && value.shape().empty() ? value.whole.at(0) : normOf(value);
        if (op.op != place.timeline.op(box.node).op || !std::isfinite(height)) continue;
        bars.push_back({.step = step, .height = height, .caution = false, .now = step == place.graph.step + 1});
    }
    if (bars.size() < 2) return;
    const Value& value = place.timeline.op(box.node).values.front();
    inspection.bars = std::move(bars);
    inspection.barsTitle = value.shape().empty() ? say("value in each step") : say("‖value‖ in each step");
}

void addNumbers(Inspection& inspection, const Place& place, const OpExecuted& op) {
    constexpr qsizetype longest = 26;
    QStringList inputs;
    for (const TensorId input : op.inputs) {
        const Value* value = valueOfTensor(place, input);
        if (value == nullptr || !value->whole || value->dtype() == DType::String) return;
        inputs << plain(value->shape().empty() ? std::string() : valueText(*value, 3));
        if (inputs.back().isEmpty()) inputs.back() = numberWords(value->whole.at(0));
        if (inputs.back().size() > longest) return;
    }
    if (op.values.empty() || !op.values.front().whole) return;
    const QString result = plain(valueText(op.values.front(), 3));
    if (result.size() <= longest)
        inspection.numbers = withNumbers(inspection.formula, operationFacts(op.op).inputs, inputs, result);
}

void addInputs(Inspection& inspection, const Place& place, const OpExecuted& op) {
    const QStringList roles = operationFacts(op.op).inputs;
    for (std::size_t index = 0; index < op.inputs.size(); ++index) {
        const TensorId input = op.inputs[index];
        const QString role = roles.value(static_cast<qsizetype>(index), QString::number(index + 1));
        const Value* value = valueOfTensor(place, input);
        const QString words = value ? plain(valueText(*value, digits)) : QString();
        inspection.rows.push_back({role, QStringLiteral("%1  %2").arg(plain(nameOf(place.timeline, input)), words)});
    }
    for (const auto& [name, setting] : op.attributes) inspection.rows.push_back({plain(name), plain(setting)});
}

void inspectOperation(Inspection& inspection, const Place& place, const GraphBox& box) {
    inspection.kind = box.key.kind == BoxKind::Constant ? say("constant")
                      : box.fold.valid()                ? say("function made of several operations")
                                                        : say("operation");
    if (!box.subtitle.empty()) inspection.kind += QStringLiteral(" · ") + plain(box.subtitle);
    addLine(inspection, place, box);
    if (!box.node.valid()) return;
    const OpExecuted& op = place.timeline.op(box.node);
    if (!box.fold.valid()) inspection.formula = operationFacts(op.op).formula;
    if (box.key.kind == BoxKind::Operation) {
        addInputs(inspection, place, op);
        if (box.appears <= place.upTo) addNumbers(inspection, place, op);
    }
    if (box.tapes.empty() && box.key.kind != BoxKind::Constant)
        inspection.rows.push_back({say("tape"), say("none recorded it")});
    if (box.appears > place.upTo) {
        inspection.rows.push_back({say("value"), say("did not run yet")});
        return;
    }
    const Value* value = valueOfTensor(place, box.tensor);
    const Value* gradient = gradientAt(place, box.tensor);
    if (value) addTable(inspection, say("value"), value, {}, Ink::Forward);
    addTable(inspection, say("gradient"), gradient, say("none so far"), Ink::Gradient);
    addHistogram(inspection, say("value"), value, Ink::Forward);
    addHistogram(inspection, say("gradient"), gradient, Ink::Gradient);
    if (box.key.kind != BoxKind::Constant) addValueHistory(inspection, place, box);
}

/// A closed fold: what it holds, and how far it has run.
void inspectGroup(Inspection& inspection, const Place& place, const GraphBox& box) {
    inspection.kind = say("fold of %1 operations: open it with + or a double click").arg(box.members);
    addLine(inspection, place, box);
    const QString ran = box.until <= place.upTo    ? say("all of it")
                        : box.appears > place.upTo ? say("did not run yet")
                                                   : say("a part of it");
    inspection.rows.push_back({say("ran"), ran});
    inspection.rows.push_back({say("tape"), box.tapes.empty() ? say("none recorded it") : say("recorded")});
    if (box.cuts > 0) inspection.rows.push_back({say("paths cut in it"), QString::number(box.cuts)});
    if (box.until > place.upTo) return;
    const Value* value = valueOfTensor(place, box.tensor);
    if (value) addTable(inspection, say("last value"), value, {}, Ink::Forward);
    if (const Value* gradient = gradientAt(place, box.tensor))
        addTable(inspection, say("gradient"), gradient, {}, Ink::Gradient);
}

void inspectOptimizer(Inspection& inspection, const Place& place, const GraphBox& box, std::uint32_t index) {
    const auto& created =
        place.timeline.get<OptimizerCreated>(place.timeline.optimizers()[box.optimizer.index()].created);
    inspection.kind = say("Optimizer %1").arg(plain(created.rule));
    for (const auto& [name, setting] : created.settings)
        inspection.rows.push_back({plain(name), QString::number(setting)});
    for (const PairRow& pair : place.graph.pairs) {
        if (pair.optimizer != index) continue;
        const QString variable = plain(place.graph.boxes[pair.variable].title);
        const QString gradient =
            pair.gradient.valid() ? QStringLiteral("∂/∂%1").arg(plain(pair.sourceName)) : QStringLiteral("—");
        const QString words = pair.dropped    ? say(" (dropped: zip() ran out of gradients)")
                              : pair.mismatch ? say(" (does not belong to it)")
                                              : QString();
        inspection.rows.push_back(
            {say("pair %1").arg(pair.index + 1), QStringLiteral("%1 → %2%3").arg(gradient, variable, words)});
    }
}

}  // namespace

Inspection inspect(const Timeline& timeline, const StepGraph& graph, const BoxKey& key, EventIndex upTo) {
    Inspection inspection;
    const auto index = boxIndex(graph, key);
    if (!index) return inspection;
    const GraphBox& box = graph.boxes[*index];
    const Place place{.timeline = timeline, .graph = graph, .upTo = upTo};
    inspection.title = plain(box.title);
    if (box.key.kind == BoxKind::Group) {
        inspectGroup(inspection, place, box);
    } else if (box.variable.valid() && box.members > 1) {
        inspection.kind = say("%1 variables that stand together: each has its gradient, and was updated where the "
                              "optimizer had it")
                              .arg(box.members);
        inspection.rows.push_back({say("from, to"), plain(box.subtitle)});
    } else if (box.variable.valid()) {
        inspectVariable(inspection, place, box, *index);
    } else if (box.optimizer.valid()) {
        inspectOptimizer(inspection, place, box, *index);
    } else {
        inspectOperation(inspection, place, box);
    }
    inspection.title += say(" · step %1").arg(graph.step + 1);
    return inspection;
}

}  // namespace tapescope
