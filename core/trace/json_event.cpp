// SPDX-License-Identifier: Apache-2.0
// An event as one JSON object, every field of it.
#include "core/trace/json.h"
#include "core/trace/text.h"
#include "core/trace/words.h"

namespace tapescope {

namespace {

template <class T, class Make>
std::vector<JsonObject> objects(const std::vector<T>& items, Make make) {
    std::vector<JsonObject> result;
    result.reserve(items.size());
    for (const auto& item : items) result.push_back(make(item));
    return result;
}

JsonObject json(const Range& range) {
    return JsonObject()
        .add("line", range.line)
        .add("column", range.column)
        .add("end_line", range.endLine)
        .add("end_column", range.endColumn);
}

JsonObject json(const Summary& summary) {
    return JsonObject()
        .add("min", summary.minimum)
        .add("max", summary.maximum)
        .add("mean", summary.mean)
        .add("norm", summary.norm)
        .add("zeros", summary.zeros)
        .add("nans", summary.nans)
        .add("infinities", summary.infinities)
        .add("histogram", std::vector<std::uint32_t>(summary.histogram.begin(), summary.histogram.end()))
        .add("corners", std::vector<double>(summary.corners.begin(), summary.corners.end()));
}

JsonObject json(const Value& value) {
    JsonObject result;
    result.add("dtype", std::string(row(value.dtype()).name)).add("shape", value.shape());
    if (value.whole && row(value.dtype()).size > 0) {
        std::vector<double> data;
        for (std::int64_t i = 0; i < value.whole.count(); ++i) data.push_back(value.whole.at(i));
        result.add("data", data);
    }
    if (value.summary()) result.add("summary", json(*value.summary()));
    return result;
}

JsonObject json(const ObjectRef& object) {
    JsonObject result;
    result.add("kind", word(object.kind));
    result.add("id", Id<void>{object.id});
    if (!object.items.empty())
        result.add("items", objects(object.items, [](const ObjectRef& item) {
                       return JsonObject().add("kind", word(item.kind)).add("id", Id<void>{item.id});
                   }));
    return result;
}

JsonObject json(const SourceAnswer& answer) {
    return JsonObject()
        .add("source", answer.source)
        .add("asked", answer.asked)
        .add("state", word(answer.state))
        .add("path", answer.path)
        .add("result", answer.result)
        .add("value", json(answer.value))
        .add("reason", word(answer.reason))
        .add("cut_node", answer.cutNode)
        .add("cut_input", answer.cutInput)
        .add("cut_site", answer.cutSite);
}

/// Adds the fields of each event.
struct Fields {
    JsonObject& out;

    void operator()(const RunStarted& e) const {
        out.add("program", e.program).add("version", e.version).add("keras", e.keras);
        out.add("seed", e.seed).add("seeded", e.seeded);
    }
    void operator()(const ScriptRead& e) const { out.add("file", e.file).add("name", e.name).add("text", e.text); }
    void operator()(const ScriptDigest& e) const {
        out.add("file", e.file).add("items", objects(e.items, [](const SyntaxItem& item) {
                                        return JsonObject()
                                            .add("kind", word(item.kind))
                                            .add("parent", item.parent)
                                            .add("range", json(item.range))
                                            .add("name", item.name)
                                            .add("parts",
                                                 objects(item.parts, [](const Range& part) { return json(part); }));
                                    }));
    }
    void operator()(const CallSiteSeen& e) const {
        out.add("site", e.site).add("stack", objects(e.stack, [](const Frame& frame) {
                                        return JsonObject()
                                            .add("file", frame.file)
                                            .add("function", frame.function)
                                            .add("range", json(frame.range));
                                    }));
    }
    void operator()(const LoopsMoved& e) const {
        out.add("stack", objects(e.stack, [](const LoopPosition& loop) {
                    return JsonObject()
                        .add("loop", loop.loop)
                        .add("activation", loop.activation)
                        .add("iteration", loop.iteration);
                }));
    }
    void operator()(const NameBound& e) const {
        out.add("name", e.name).add("scope", e.scope).add("object", json(e.object)).add("site", e.site);
    }
    void operator()(const FoldBegan& e) const {
        out.add("fold", e.fold).add("parent", e.parent).add("name", e.name).add("site", e.site);
    }
    void operator()(const OpExecuted& e) const {
        JsonObject attributes;
        for (const auto& [name, value] : e.attributes) attributes.add(name, value);
        out.add("node", e.node).add("op", e.op).add("site", e.site).add("fold", e.fold);
        out.add("inputs", e.inputs).add("outputs", e.outputs);
        out.add("values", objects(e.values, [](const Value& value) { return json(value); }));
        out.add("attributes", attributes).add("tapes", e.tapes).add("backward", e.backward);
        out.add("host_inputs", e.hostInputs).add("version", e.version);
    }
    void operator()(const ValueLeft& e) const {
        out.add("tensor", e.tensor).add("version", e.version).add("how", e.how).add("site", e.site);
    }
    void operator()(const VariableCreated& e) const {
        out.add("variable", e.variable).add("handle", e.handle).add("name", e.name).add("trainable", e.trainable);
        out.add("initial", e.initial).add("value", json(e.value)).add("site", e.site);
    }
    void operator()(const VariableAssigned& e) const {
        out.add("variable", e.variable).add("version", e.version).add("assign", word(e.kind));
        out.add("operand", e.operand).add("apply", e.apply).add("value", json(e.value));
        out.add("change", e.change).add("site", e.site);
    }
    void operator()(const TapeOpened& e) const {
        out.add("tape", e.tape).add("persistent", e.persistent);
        out.add("watches_variables", e.watchesVariables).add("site", e.site);
    }
    void operator()(const TapeChanged& e) const {
        out.add("tape", e.tape).add("change", word(e.change)).add("site", e.site);
    }
    void operator()(const TapeWatched& e) const {
        out.add("tape", e.tape).add("tensor", e.tensor).add("automatic", e.automatic).add("site", e.site);
    }
    void operator()(const GradientAsked& e) const {
        out.add("gradient", e.gradient).add("tape", e.tape).add("targets", e.targets).add("sources", e.sources);
        out.add("inside_block", e.insideBlock).add("site", e.site);
    }
    void operator()(const GradientArrived& e) const {
        out.add("gradient", e.gradient).add("tensor", e.tensor).add("through", e.through).add("input", e.input);
        out.add("total", e.total).add("value", json(e.value));
    }
    void operator()(const GradientAnswered& e) const {
        out.add("gradient", e.gradient);
        out.add("answers", objects(e.answers, [](const SourceAnswer& answer) { return json(answer); }));
    }
    void operator()(const OptimizerCreated& e) const {
        JsonObject settings;
        for (const auto& [name, value] : e.settings) settings.add(name, value);
        out.add("optimizer", e.optimizer).add("rule", e.rule).add("name", e.name);
        out.add("settings", settings).add("site", e.site);
    }
    void operator()(const ApplyBegan& e) const {
        out.add("apply", e.apply).add("optimizer", e.optimizer).add("zip_lengths", e.zipLengths);
        out.add("pairs", objects(e.pairs, [](const Pair& pair) {
                    return JsonObject().add("gradient", pair.gradient).add("variable", pair.variable);
                }));
        out.add("dropped_gradients", e.droppedGradients).add("dropped_variables", e.droppedVariables);
        out.add("site", e.site).add("zip_site", e.zipSite);
    }
    void operator()(const PairApplied& e) const {
        out.add("apply", e.apply).add("index", e.index).add("outcome", word(e.outcome));
        out.add("before", json(e.before)).add("after", json(e.after)).add("used", json(e.used));
        if (e.trueGradient) out.add("true_gradient", json(*e.trueGradient));
        out.add("slots", objects(e.slots, [](const SlotChange& slot) {
                    return JsonObject()
                        .add("name", slot.name)
                        .add("before", json(slot.before))
                        .add("after", json(slot.after));
                }));
        out.add("change", e.change).add("rule", e.rule);
    }
    void operator()(const ApplyEnded& e) const {
        out.add("apply", e.apply).add("iterations", e.iterations).add("raised", e.raised);
    }
    void operator()(const Printed& e) const {
        out.add("error", e.error).add("shown", e.shown).add("text", e.text).add("site", e.site);
    }
    void operator()(const Warned& e) const {
        out.add("category", e.category).add("message", e.message).add("site", e.site);
    }
    void operator()(const Raised& e) const {
        out.add("type", e.type).add("message", e.message).add("traceback", e.traceback);
        out.add("site", e.site).add("raised_line", e.line);
    }
    void operator()(const Noted& e) const { out.add("text", e.text); }
    void operator()(const RunEnded& e) const {
        out.add("outcome", word(e.outcome)).add("message", e.message).add("ended_line", e.line);
    }
};

}  // namespace

std::string jsonLine(const Timeline& timeline, EventIndex index) {
    JsonObject out;
    out.add("event", index).add("kind", std::string(kindName(timeline.event(index))));
    out.add("step", timeline.stepOf(index) + 1).add("beat", timeline.beatOf(index));
    if (const auto line = timeline.lineOf(timeline.siteOf(index)); line > 0) out.add("line", line);
    std::visit(Fields{out}, timeline.event(index));
    return out.done();
}

}  // namespace tapescope
