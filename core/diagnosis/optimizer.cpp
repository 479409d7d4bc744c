// SPDX-License-Identifier: Apache-2.0
// optimizer-unknown-variable: a Keras 3 optimizer raises for variables that it was not built for.
#include <algorithm>
#include <set>

#include "core/diagnosis/log.h"
#include "core/diagnosis/pairing.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"

namespace tapescope {

namespace {

/// A name that led to a variable of the optimizer's and now leads to one that it has never met.
struct Rebinding {
    std::string name;  ///< as written
    EventIndex event = 0;
};

class UnknownVariables {
public:
    UnknownVariables(const Timeline& timeline, const Cause& cause)
        : timeline_(timeline), cause_(cause), script_(timeline) {}

    std::optional<Finding> find() {
        if (timeline_.applies().empty()) return std::nullopt;
        const auto apply = ApplyId{static_cast<std::uint32_t>(timeline_.applies().size() - 1)};
        const auto raised = raisedBy(timeline_, apply);
        if (!raised) return std::nullopt;
        const auto& error = timeline_.get<Raised>(*raised);
        if (error.type != "ValueError" || !error.message.starts_with("Unknown variable: ")) return std::nullopt;
        collect(beganOf(timeline_, apply), error);
        if (unknown_.empty()) return std::nullopt;
        return finding(beganOf(timeline_, apply), *raised);
    }

private:
    /// The optimizer knows what its first call that went well listed; where build() did that, TensorFlow's message says
    /// which variable it does not know.
    void collect(const ApplyBegan& crashed, const Raised& error) {
        for (const auto apply : timeline_.optimizers()[crashed.optimizer.index()].applies) {
            if (apply == crashed.apply) break;
            const auto ended = timeline_.applies()[apply.index()].ended;
            if (ended == 0 || timeline_.get<ApplyEnded>(ended).raised) continue;
            if (known_.empty()) built_ = apply;
            for (const auto& pair : beganOf(timeline_, apply).pairs) known_.insert(pair.variable);
        }
        for (const auto& pair : crashed.pairs) {
            const auto quoted = "<tf.Variable '" + timeline_.created(pair.variable).name + "'";
            const bool named = error.message.find(quoted) != std::string::npos;
            if (known_.contains(pair.variable) || (known_.empty() && !named)) continue;
            if (std::ranges::find(unknown_, pair.variable) == unknown_.end()) unknown_.push_back(pair.variable);
        }
    }

    std::optional<Rebinding> rebindingOf(VariableId variable) const {
        std::set<std::string> led;
        for (const auto index : eventsOf<NameBound>(timeline_)) {
            const auto& bound = timeline_.get<NameBound>(index);
            if (bound.object.kind != ObjectKind::Variable) continue;
            const VariableId now{bound.object.id};
            if (known_.contains(now)) led.insert(bound.name);
            if (now == variable && led.contains(bound.name))
                return Rebinding{writtenName(bound.name, bound.scope), index};
        }
        return std::nullopt;
    }

    Finding finding(const ApplyBegan& crashed, EventIndex raised) const {
        auto finding = about(timeline_, cause_, unknown_);
        const auto crashLine = timeline_.lineOf(crashed.site);
        finding.title = "The optimizer does not know " + listed(finding.names);
        finding.tensorflowSays = timeline_.get<Raised>(raised).message;
        finding.evidence = {timeline_.applies()[crashed.apply.index()].began, raised};
        if (built_.valid()) finding.evidence.push_back(timeline_.applies()[built_.index()].began);
        if (const auto rebinding = rebindingOf(unknown_.front())) {
            explainRebinding(finding, *rebinding, crashLine);
        } else {
            explainStranger(finding, crashLine);
        }
        return finding;
    }

    void explainRebinding(Finding& finding, const Rebinding& first, std::uint32_t crashLine) const {
        const auto& label = timeline_.optimizers()[beganOf(timeline_, lastApply()).optimizer.index()].label;
        finding.line = timeline_.lineOf(timeline_.siteOf(first.event));
        finding.event = first.event;
        finding.names.front() = first.name;
        std::vector<Replacement> replacements;
        for (std::size_t i = 0; i < unknown_.size(); ++i) {
            const auto rebinding = rebindingOf(unknown_[i]);
            if (!rebinding) continue;
            finding.evidence.push_back(rebinding->event);
            finding.names[i] = rebinding->name;
            if (auto replacement = assignInstead(*rebinding)) replacements.push_back(std::move(*replacement));
        }
        const auto names = listed(finding.names);
        const bool one = finding.names.size() == 1;
        finding.message = theLine(timeline_, finding.line) + " gives the name " + finding.names.front() +
                          " to a new variable, for which " + label + " was not built.";
        finding.explanation = names + (one ? " is a new variable" : " are new variables") + " under " +
                              (one ? "an old name" : "old names") + ". " + label + " was built for the old " +
                              (one ? "one" : "ones") + builtWhere() + ", so apply_gradients " +
                              inLine(timeline_, crashLine) + " raises; nothing is updated.";
        finding.fix = Fix{"Give the old variable the new value with " + finding.names.front() +
                              ".assign(...), or make a new optimizer together with the new variables.",
                          script_.edits(std::move(replacements))};
    }

    void explainStranger(Finding& finding, std::uint32_t crashLine) const {
        const auto names = listed(finding.names);
        const auto& crashed = beganOf(timeline_, lastApply());
        const auto& label = timeline_.optimizers()[crashed.optimizer.index()].label;
        const auto created = timeline_.variables()[unknown_.front().index()].event;
        const bool late = built_.valid() && created > timeline_.applies()[built_.index()].began;
        finding.line = late ? timeline_.lineOf(timeline_.siteOf(created)) : crashLine;
        finding.event = late ? created : timeline_.applies()[crashed.apply.index()].began;
        finding.evidence.push_back(created);
        finding.message = label + " was built without " + names + ".";
        finding.explanation = label + " was built for other variables" + builtWhere() +
                              " and takes no more of them, so apply_gradients " + inLine(timeline_, crashLine) +
                              " raises; nothing is updated.";
        finding.fix = Fix{"Give " + names + " an optimizer of " + (finding.names.size() == 1 ? "its" : "their") +
                              " own, or call " + label + ".build() with all variables before the first step.",
                          {}};
    }

    ApplyId lastApply() const { return ApplyId{static_cast<std::uint32_t>(timeline_.applies().size() - 1)}; }

    std::string builtWhere() const {
        if (!built_.valid()) return "";
        return " by the first apply_gradients, in step " +
               std::to_string(stepNumber(timeline_, timeline_.applies()[built_.index()].began));
    }

    /// `W = tf.Variable(value, ...)` as `W.assign(value)`.
    std::optional<Replacement> assignInstead(const Rebinding& rebinding) const {
        const auto site = timeline_.siteOf(rebinding.event);
        const auto& name = rebinding.name;
        const auto* assignment = script_.assignment(name, timeline_.lineOf(site));
        if (!assignment || assignment->name != name || assignment->parts.size() != 2) return std::nullopt;
        const auto* call = script_.callWithin(assignment->parts[1], "Variable");
        if (!call || call->range != assignment->parts[1]) return std::nullopt;
        const auto initial = script_.argument(*call, 0, "initial_value");
        if (!initial) return std::nullopt;
        return Replacement{assignment->range, name + ".assign(" + script_.text(*initial) + ")"};
    }

    const Timeline& timeline_;
    const Cause& cause_;
    Script script_;
    ApplyId built_;  ///< the call that built the optimizer
    std::set<VariableId> known_;
    std::vector<VariableId> unknown_;
};

}  // namespace

void findOptimizerUnknownVariable(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    if (auto finding = UnknownVariables(timeline, cause).find()) findings.push_back(std::move(*finding));
}

}  // namespace tapescope
