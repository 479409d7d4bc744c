// SPDX-License-Identifier: Apache-2.0
// What makes an event inadmissible. Everything that reads a log relies on what is refused here: that ids exist, that
// counts agree, that values are what they say, that nothing nests without end.
#include <algorithm>
#include <limits>

#include "core/trace/ledger.h"

namespace tapescope {

namespace {

constexpr std::size_t listLimit = std::size_t{1} << 20;
constexpr std::size_t nestingLimit = 4096;

/// Collects the first objection. One overload for each event.
class Examining {
public:
    explicit Examining(const Ledger& ledger) : log_(ledger) {}

    void operator()(const RunStarted&) { require(log_.events.empty(), "a run starts once"); }
    void operator()(const ScriptRead& fact) { next(fact.file, log_.files, "file"); }

    void operator()(const ScriptDigest& fact) {
        known(fact.file, log_.files, "file");
        bounded(fact.items, "items");
        for (std::size_t i = 0; i < fact.items.size(); ++i) {
            const auto parent = fact.items[i].parent;
            require(parent >= -1 && parent < static_cast<std::int64_t>(i), "an item whose parent does not come before");
            bounded(fact.items[i].parts, "parts");
        }
    }

    void operator()(const CallSiteSeen& fact) {
        next(fact.site, log_.callSites, "call site");
        require(!fact.stack.empty(), "a call site without a frame");
        require(fact.stack.size() <= nestingLimit, "too deep a stack");
        for (const auto& frame : fact.stack) known(frame.file, log_.files, "file");
    }

    void operator()(const LoopsMoved& fact) { require(fact.stack.size() <= nestingLimit, "too many loops"); }

    void operator()(const NameBound& fact) {
        at(fact.site);
        reference(fact.object);
        bounded(fact.object.items, "items");
        for (const auto& item : fact.object.items) {
            reference(item);
            require(item.items.empty(), "a list within a list");
        }
    }

    void operator()(const FoldBegan& fact) {
        next(fact.fold, log_.folds, "fold");
        ifAny(fact.parent, log_.folds, "fold");
        at(fact.site);
    }

    void operator()(const OpExecuted& fact) {
        next(fact.node, log_.nodes, "node");
        at(fact.site);
        ifAny(fact.fold, log_.folds, "fold");
        all(fact.inputs, log_.tensors, "tensor");
        all(fact.hostInputs, log_.tensors, "tensor");
        all(fact.tapes, log_.tapes, "tape");
        ifAny(fact.backward, log_.gradients, "gradient");
        bounded(fact.outputs, "outputs");
        bounded(fact.attributes, "attributes");
        require(fact.outputs.size() == fact.values.size(), "as many values as outputs");
        for (std::size_t i = 0; i < fact.outputs.size(); ++i)
            require(fact.outputs[i].index() == log_.tensors.size() + i, "outputs that are not the next tensors");
        for (const auto& each : fact.values) value(each);
    }

    void operator()(const ValueLeft& fact) {
        known(fact.tensor, log_.tensors, "tensor");
        at(fact.site);
    }

    void operator()(const VariableCreated& fact) {
        next(fact.variable, log_.variables, "variable");
        next(fact.handle, log_.tensors, "tensor");
        ifAny(fact.initial, log_.tensors, "tensor");
        value(fact.value);
        at(fact.site);
    }

    void operator()(const VariableAssigned& fact) {
        known(fact.variable, log_.variables, "variable");
        ifAny(fact.operand, log_.tensors, "tensor");
        ifAny(fact.apply, log_.applies, "apply");
        value(fact.value);
        at(fact.site);
        if (objection_) return;
        require(fact.version > log_.variables[fact.variable.index()].version, "a version that is not a later one");
    }

    void operator()(const TapeOpened& fact) {
        next(fact.tape, log_.tapes, "tape");
        at(fact.site);
    }

    void operator()(const TapeChanged& fact) {
        known(fact.tape, log_.tapes, "tape");
        at(fact.site);
    }

    void operator()(const TapeWatched& fact) {
        known(fact.tape, log_.tapes, "tape");
        known(fact.tensor, log_.tensors, "tensor");
        at(fact.site);
    }

    void operator()(const GradientAsked& fact) {
        next(fact.gradient, log_.gradients, "gradient");
        known(fact.tape, log_.tapes, "tape");
        all(fact.targets, log_.tensors, "tensor");
        all(fact.sources, log_.tensors, "tensor");
        at(fact.site);
    }

    void operator()(const GradientArrived& fact) {
        known(fact.gradient, log_.gradients, "gradient");
        known(fact.tensor, log_.tensors, "tensor");
        ifAny(fact.total, log_.tensors, "tensor");
        value(fact.value);
        input(fact.through, fact.input, false);
    }

    void operator()(const GradientAnswered& fact) {
        known(fact.gradient, log_.gradients, "gradient");
        bounded(fact.answers, "answers");
        for (const auto& answer : fact.answers) {
            known(answer.source, log_.tensors, "tensor");
            ifAny(answer.result, log_.tensors, "tensor");
            value(answer.value);
            input(answer.cutNode, answer.cutInput, true);
            at(answer.cutSite);
        }
        if (objection_) return;
        require(log_.gradients[fact.gradient.index()].answered == 0, "a second answer");
    }

    void operator()(const OptimizerCreated& fact) {
        next(fact.optimizer, log_.optimizers, "optimizer");
        bounded(fact.settings, "settings");
        at(fact.site);
    }

    void operator()(const ApplyBegan& fact) {
        next(fact.apply, log_.applies, "apply");
        known(fact.optimizer, log_.optimizers, "optimizer");
        bounded(fact.zipLengths, "lengths");
        bounded(fact.pairs, "pairs");
        for (const auto& pair : fact.pairs) {
            ifAny(pair.gradient, log_.tensors, "tensor");
            known(pair.variable, log_.variables, "variable");
        }
        bounded(fact.droppedGradients, "gradients");
        for (const auto gradient : fact.droppedGradients) ifAny(gradient, log_.tensors, "tensor");
        all(fact.droppedVariables, log_.variables, "variable");
        at(fact.site);
        at(fact.zipSite);
    }

    void operator()(const PairApplied& fact) {
        running(fact.apply);
        for (const auto* each : {&fact.before, &fact.after, &fact.used}) value(*each);
        if (fact.trueGradient) value(*fact.trueGradient);
        bounded(fact.slots, "slots");
        for (const auto& slot : fact.slots) {
            value(slot.before);
            value(slot.after);
        }
        if (objection_) return;
        const auto& began = std::get<ApplyBegan>(log_.events[log_.applies[fact.apply.index()].began]);
        require(fact.index < began.pairs.size(), "a pair that the call does not have");
    }

    void operator()(const ApplyEnded& fact) { running(fact.apply); }
    void operator()(const Printed& fact) { at(fact.site); }
    void operator()(const Warned& fact) { at(fact.site); }
    void operator()(const Raised& fact) { at(fact.site); }
    void operator()(const Noted&) {}
    void operator()(const RunEnded&) {}

    std::optional<std::string> result() && { return std::move(objection_); }

private:
    void require(bool holds, const char* what) {
        if (!holds && !objection_) objection_ = what;
    }

    template <class Tag, class Record>
    void known(Id<Tag> id, const std::vector<Record>& records, const char* what) {
        if (id.index() < records.size() || objection_) return;
        objection_ = std::string(what) + " " + std::to_string(id.value) + ", which nothing made";
    }

    template <class Tag, class Record>
    void ifAny(Id<Tag> id, const std::vector<Record>& records, const char* what) {
        if (id.valid()) known(id, records, what);
    }

    template <class Ids, class Record>
    void all(const Ids& ids, const std::vector<Record>& records, const char* what) {
        bounded(ids, what);
        for (const auto id : ids) known(id, records, what);
    }

    template <class Tag, class Record>
    void next(Id<Tag> id, const std::vector<Record>& records, const char* what) {
        if (id.index() == records.size() || objection_) return;
        objection_ =
            std::string(what) + " " + std::to_string(id.value) + " where the next is " + std::to_string(records.size());
    }

    void at(CallSiteId site) { ifAny(site, log_.callSites, "call site"); }

    template <class List>
    void bounded(const List& list, const char* what) {
        if (list.size() <= listLimit || objection_) return;
        objection_ = std::string("too many ") + what;
    }

    void value(const Value& value) {
        if (const char* wrong = objection(value)) require(false, wrong);
    }

    void reference(const ObjectRef& object) {
        switch (object.kind) {
            case ObjectKind::Tensor: known(TensorId{object.id}, log_.tensors, "tensor"); break;
            case ObjectKind::Variable: known(VariableId{object.id}, log_.variables, "variable"); break;
            case ObjectKind::Tape: known(TapeId{object.id}, log_.tapes, "tape"); break;
            case ObjectKind::Optimizer: known(OptimizerId{object.id}, log_.optimizers, "optimizer"); break;
            case ObjectKind::None:
            case ObjectKind::List:
            case ObjectKind::Other: break;
        }
    }

    /// Where `host`, the position may be one of the inputs that came through Python.
    void input(NodeId node, std::uint32_t position, bool host) {
        if (!node.valid()) return;
        known(node, log_.nodes, "node");
        if (objection_) return;
        const auto& op = std::get<OpExecuted>(log_.events[log_.nodes[node.index()].event]);
        require(position < std::max(op.inputs.size(), host ? op.hostInputs.size() : 0),
                "an input that the operation does not have");
    }

    void running(ApplyId apply) {
        known(apply, log_.applies, "apply");
        if (objection_) return;
        require(log_.applies[apply.index()].ended == 0, "a call of apply_gradients that has ended");
    }

    const Ledger& log_;
    std::optional<std::string> objection_;
};

}  // namespace

std::optional<std::string> objection(const Ledger& ledger, const Event& event) {
    const auto& events = ledger.events;
    if (events.size() >= std::numeric_limits<EventIndex>::max() - 1) return "the log is full";
    if (!events.empty() && std::holds_alternative<RunEnded>(events.back())) return "the run has ended";
    Examining examining(ledger);
    std::visit(examining, event);
    return std::move(examining).result();
}

}  // namespace tapescope
