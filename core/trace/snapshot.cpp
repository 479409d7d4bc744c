// SPDX-License-Identifier: Apache-2.0
// The fold: what each event does to the state of a run.
#include "core/trace/snapshot.h"

#include <algorithm>

namespace tapescope {

namespace {

bool leadsTo(const ObjectRef& object, VariableId variable) {
    const auto names = [&](const ObjectRef& ref) {
        return ref.kind == ObjectKind::Variable && ref.id == variable.value;
    };
    return names(object) || std::ranges::any_of(object.items, names);
}

std::vector<VariableId> variablesIn(const ObjectRef& object) {
    std::vector<VariableId> found;
    if (object.kind == ObjectKind::Variable) found.push_back({object.id});
    for (const auto& item : object.items)
        if (item.kind == ObjectKind::Variable) found.push_back({item.id});
    return found;
}

/// One overload for each event that changes the state; the last takes those that do not, by name, so that a new event
/// has to be put somewhere.
struct Folding {
    Snapshot& state;
    EventIndex index;

    void operator()(const LoopsMoved& fact) { state.loops = fact.stack; }

    void operator()(const NameBound& fact) {
        auto& name = state.names[fact.name];
        const auto old = variablesIn(name.object);
        name = {fact.scope, fact.object, index};
        for (const auto variable : variablesIn(fact.object)) state.variables[variable].alive = true;
        for (const auto variable : old)
            state.variables[variable].alive = std::ranges::any_of(
                state.names, [&](const auto& entry) { return leadsTo(entry.second.object, variable); });
    }

    void operator()(const VariableCreated& fact) { state.variables[fact.variable] = {0, fact.value, true}; }

    void operator()(const VariableAssigned& fact) {
        auto& variable = state.variables[fact.variable];
        variable.version = fact.version;
        variable.value = fact.value;
    }

    /// Tapes come by the thousand, one a step: those that are over go when the next one comes.
    void operator()(const TapeOpened& fact) {
        std::erase_if(state.tapes, [this](const auto& entry) {
            const auto& [tape, is] = entry;
            return !is.recording && (is.consumed || !isNamed(tape));
        });
        state.tapes[fact.tape] = {true, false};
    }

    bool isNamed(TapeId tape) const {
        return std::ranges::any_of(state.names, [tape](const auto& entry) {
            const auto& object = entry.second.object;
            return object.kind == ObjectKind::Tape && object.id == tape.value;
        });
    }

    void operator()(const TapeChanged& fact) {
        auto& tape = state.tapes[fact.tape];
        switch (fact.change) {
            case TapeChange::Entered:
            case TapeChange::Resumed: tape.recording = true; break;
            case TapeChange::Exited:
            case TapeChange::Paused: tape.recording = false; break;
            case TapeChange::Reset: tape.consumed = false; break;
            case TapeChange::Consumed: tape = {false, true}; break;
        }
    }

    void operator()(const GradientAsked& fact) {
        stopApplying();
        state.differentiating = fact.gradient;
    }
    void operator()(const GradientAnswered&) { state.differentiating = {}; }

    void operator()(const OptimizerCreated& fact) { state.optimizers[fact.optimizer]; }

    void operator()(const ApplyBegan& fact) {
        state.differentiating = {};
        state.applying = fact.apply;
        state.applyingOptimizer = fact.optimizer;
        state.applyingPairs = fact.pairs;
    }

    void operator()(const PairApplied& fact) {
        if (fact.slots.empty() || fact.index >= state.applyingPairs.size()) return;
        state.optimizers[state.applyingOptimizer].slots[state.applyingPairs[fact.index].variable] = fact.slots;
    }

    void operator()(const ApplyEnded& fact) {
        if (state.applyingOptimizer.valid()) state.optimizers[state.applyingOptimizer].iterations = fact.iterations;
        stopApplying();
    }

    void operator()(const Raised&) { stopCalls(); }

    void operator()(const RunEnded& fact) {
        stopCalls();
        state.ended = fact;
    }

    template <class Fact>
    requires(std::same_as<Fact, RunStarted> || std::same_as<Fact, ScriptRead> || std::same_as<Fact, ScriptDigest> ||
             std::same_as<Fact, CallSiteSeen> || std::same_as<Fact, FoldBegan> || std::same_as<Fact, OpExecuted> ||
             std::same_as<Fact, ValueLeft> || std::same_as<Fact, TapeWatched> || std::same_as<Fact, GradientArrived> ||
             std::same_as<Fact, Printed> || std::same_as<Fact, Warned> || std::same_as<Fact, Noted>) void
    operator()(const Fact&) {}

    void stopApplying() {
        state.applying = {};
        state.applyingOptimizer = {};
        state.applyingPairs.clear();
    }

    void stopCalls() {
        state.differentiating = {};
        stopApplying();
    }
};

}  // namespace

void fold(Snapshot& snapshot, const Event& event, EventIndex index) {
    std::visit(Folding{snapshot, index}, event);
    if (const auto site = siteOf(event); site.valid()) snapshot.at = site;
}

}  // namespace tapescope
