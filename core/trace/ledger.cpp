// SPDX-License-Identifier: Apache-2.0
// Entering events into the records.
#include "core/trace/ledger.h"

#include <algorithm>
#include <concepts>

namespace tapescope {

namespace {

/// What TensorFlow and Keras call a variable that nobody gave a name.
bool isGiven(const std::string& name) {
    return !name.starts_with("Variable") && !name.starts_with("variable");
}

/// "weight:0" without what TensorFlow appends.
std::string withoutOutput(const std::string& name) {
    return name.substr(0, name.rfind(':'));
}

/// Without the function that it is a name of; of an attribute of the function's own object, the attribute.
std::string plainName(const NameBound& fact) {
    if (fact.scope.empty()) return fact.name;
    const bool own = fact.name.starts_with(fact.scope + ".");
    return fact.name.substr(own ? fact.scope.size() + 1 : fact.name.rfind('.') + 1);
}

/// One overload for each event that leaves a mark in the records.
struct Entering {
    Ledger& ledger;
    EventIndex index;

    void operator()(const ScriptRead& fact) {
        ledger.files.push_back(index);
        ledger.places.add(fact.name, fact.text);
    }
    void operator()(const ScriptDigest& fact) { ledger.targets = LoopTargets(ledger.texts(), fact.items); }
    void operator()(const CallSiteSeen&) { ledger.callSites.push_back(index); }
    void operator()(const FoldBegan&) { ledger.folds.push_back({index, {}}); }

    void operator()(const OpExecuted& fact) {
        ledger.nodes.push_back({index});
        for (std::size_t i = 0; i < fact.outputs.size(); ++i) {
            TensorRecord& made = ledger.tensors.emplace_back();
            made.event = index;
            made.producer = fact.node;
            made.output = static_cast<std::uint32_t>(i);
        }
        for (const auto input : fact.inputs) addConsumer(input, fact.node);
        for (const auto input : fact.hostInputs) addConsumer(input, fact.node);
        if (fact.fold.valid()) ledger.folds[fact.fold.index()].nodes.push_back(fact.node);
        if (fact.backward.valid()) return;
        for (const auto tape : fact.tapes) ledger.tapes[tape.index()].nodes.push_back(fact.node);
    }

    void operator()(const VariableCreated& fact) {
        TensorRecord& handle = ledger.tensors.emplace_back();
        handle.event = index;
        handle.variable = fact.variable;
        VariableRecord& made = ledger.variables.emplace_back();
        made.event = index;
        made.handle = fact.handle;
        made.label = withoutOutput(fact.name);
        if (isGiven(made.label)) made.labelRank = LabelRank::Given;
    }

    void operator()(const VariableAssigned& fact) {
        auto& variable = ledger.variables[fact.variable.index()];
        variable.assigned.push_back(index);
        variable.version = fact.version;
    }

    void operator()(const TapeOpened&) { ledger.tapes.push_back({index, {}, LabelRank::None, {}, {}}); }
    void operator()(const TapeChanged& fact) { ledger.tapes[fact.tape.index()].changes.push_back(index); }
    void operator()(const GradientAsked&) { ledger.gradients.push_back({index, {}, 0}); }
    void operator()(const GradientArrived& fact) { ledger.gradients[fact.gradient.index()].arrivals.push_back(index); }

    void operator()(const GradientAnswered& fact) {
        ledger.gradients[fact.gradient.index()].answered = index;
        for (const auto& answer : fact.answers) {
            if (!answer.asked || !answer.result.valid()) continue;
            auto& result = ledger.tensors[answer.result.index()];
            if (result.gradientOf.valid()) continue;
            result.gradientOf = fact.gradient;
            result.gradientSource = answer.source;
        }
    }

    void operator()(const OptimizerCreated& fact) {
        ledger.optimizers.push_back({index, fact.name, LabelRank::Own, {}});
    }

    void operator()(const ApplyBegan& fact) {
        ledger.applies.push_back({index, {}, 0});
        ledger.optimizers[fact.optimizer.index()].applies.push_back(fact.apply);
    }
    void operator()(const PairApplied& fact) { ledger.applies[fact.apply.index()].pairs.push_back(index); }
    void operator()(const ApplyEnded& fact) { ledger.applies[fact.apply.index()].ended = index; }

    void operator()(const NameBound& fact) {
        const auto plain = plainName(fact);
        if (plain == "_") return;  // what nobody means to call anything
        const bool loops = ledger.targets.bind(plain, lineOf(fact.site));
        const auto rank = loops ? LabelRank::Loop : fact.scope.empty() ? LabelRank::Global : LabelRank::Local;
        name(fact.object, plain, rank, true);
        for (std::size_t i = 0; i < fact.object.items.size(); ++i)
            name(fact.object.items[i], plain + "[" + std::to_string(i) + "]", rank, false);
    }

    template <class Fact>
    requires(std::same_as<Fact, RunStarted> || std::same_as<Fact, LoopsMoved> || std::same_as<Fact, ValueLeft> ||
             std::same_as<Fact, TapeWatched> || std::same_as<Fact, Printed> || std::same_as<Fact, Warned> ||
             std::same_as<Fact, Raised> || std::same_as<Fact, Noted> || std::same_as<Fact, RunEnded>) void
    operator()(const Fact&) {}

    std::uint32_t lineOf(CallSiteId site) const {
        if (site.index() >= ledger.callSites.size()) return 0;
        const auto& seen = std::get<CallSiteSeen>(ledger.events[ledger.callSites[site.index()]]);
        return seen.stack.empty() ? 0 : seen.stack.back().range.line;
    }

    void addConsumer(TensorId tensor, NodeId node) {
        auto& consumers = ledger.tensors[tensor.index()].consumers;
        if (consumers.empty() || consumers.back() != node) consumers.push_back(node);
    }

    void name(const ObjectRef& object, const std::string& name, LabelRank rank, bool whole) {
        const auto label = [&](auto& record) {
            if (rank <= record.labelRank) return;
            record.label = name;
            record.labelRank = rank;
        };
        if (object.kind == ObjectKind::Variable) label(ledger.variables[object.id]);
        if (object.kind == ObjectKind::Tape) label(ledger.tapes[object.id]);
        if (object.kind == ObjectKind::Optimizer) label(ledger.optimizers[object.id]);
        if (object.kind != ObjectKind::Tensor) return;
        auto& tensor = ledger.tensors[object.id];
        label(tensor);
        if (whole && std::ranges::find(tensor.names, name) == tensor.names.end()) tensor.names.push_back(name);
    }
};

}  // namespace

std::string Ledger::texts() const {
    std::string all;
    for (const EventIndex index : files) {
        if (index != files.front()) all += '\n';
        all += std::get<ScriptRead>(events[index]).text;
    }
    return all;
}

void Ledger::enter(Event&& event) {
    const auto index = static_cast<EventIndex>(events.size());
    std::visit(Entering{*this, index}, event);
    byKind[event.index()].push_back(index);
    if (siteOf(event).valid()) sited.push_back(index);
    events.push_back(std::move(event));
}

}  // namespace tapescope
