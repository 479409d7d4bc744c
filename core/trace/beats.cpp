// SPDX-License-Identifier: Apache-2.0
// The rule for each event. Operations of a fold, of the way back and of an optimizer belong to the beat that stands for
// them: the fold, the arriving gradient, the pair.
#include "core/trace/beats.h"

#include <concepts>

namespace tapescope {

namespace {

bool isNamed(ObjectKind kind) {
    return kind != ObjectKind::None && kind != ObjectKind::Other;
}

struct Seeing {
    const Snapshot& before;

    bool operator()(const OpExecuted& fact) const {
        return !fact.backward.valid() && !fact.fold.valid() && !before.applying.valid() && fact.op != "ReadVariableOp";
    }
    bool operator()(const FoldBegan& fact) const {
        return !fact.parent.valid() && !before.differentiating.valid() && !before.applying.valid();
    }
    bool operator()(const VariableAssigned& fact) const { return fact.kind != AssignKind::Optimizer; }
    bool operator()(const ApplyBegan& fact) const { return !fact.droppedVariables.empty(); }

    bool operator()(const NameBound& fact) const {
        const auto old = before.names.find(fact.name);
        if (old == before.names.end() || !isNamed(fact.object.kind)) return false;
        const auto& was = old->second.object;
        return was.kind != fact.object.kind || was.id != fact.object.id;
    }

    template <class Fact>
    requires(std::same_as<Fact, GradientArrived> || std::same_as<Fact, PairApplied> ||
             std::same_as<Fact, VariableCreated> || std::same_as<Fact, Printed> || std::same_as<Fact, Warned> ||
             std::same_as<Fact, Raised>) bool
    operator()(const Fact&) const {
        return true;
    }

    template <class Fact>
    requires(std::same_as<Fact, RunStarted> || std::same_as<Fact, ScriptRead> || std::same_as<Fact, ScriptDigest> ||
             std::same_as<Fact, CallSiteSeen> || std::same_as<Fact, LoopsMoved> || std::same_as<Fact, ValueLeft> ||
             std::same_as<Fact, TapeOpened> || std::same_as<Fact, TapeChanged> || std::same_as<Fact, TapeWatched> ||
             std::same_as<Fact, GradientAsked> || std::same_as<Fact, GradientAnswered> ||
             std::same_as<Fact, OptimizerCreated> || std::same_as<Fact, ApplyEnded> || std::same_as<Fact, Noted> ||
             std::same_as<Fact, RunEnded>) bool
    operator()(const Fact&) const {
        return false;
    }
};

}  // namespace

bool isBeat(const Event& event, const Snapshot& before) {
    return std::visit(Seeing{before}, event);
}

}  // namespace tapescope
