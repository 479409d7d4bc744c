// SPDX-License-Identifier: Apache-2.0
// What happened to each variable in each step: one pass over the log, then the rows.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/diagnosis/log.h"
#include "core/diagnosis/pairing.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"
#include "core/trace/stepgraph.h"

namespace tapescope {

namespace {

/// What one step did with one variable.
struct Doings {
    std::vector<std::pair<GradientId, const SourceAnswer*>> answers;
    std::vector<std::pair<ApplyId, std::size_t>> pairs;
    ApplyId droppedBy;
    EventIndex firstUpdate = 0, lastUpdate = 0;
    EventIndex lastOptimized = 0;  ///< the last update by an optimizer's rule
    bool readSince = false;        ///< between that one and the last
    bool used = false;             ///< created, read or named in this step
};

class Reports {
public:
    explicit Reports(const Timeline& timeline) : timeline_(timeline), doings_(timeline.variables().size()) {
        collectCreations();
        collectGradients();
        collectPairs();
        collectUses();
    }

    std::vector<VariableReport> all() const {
        const auto names = finalNames();
        std::vector<VariableReport> reports;
        for (std::uint32_t i = 0; i < doings_.size(); ++i) {
            const VariableId variable{i};
            VariableReport report;
            report.variable = variable;
            const auto& record = timeline_.variables()[i];
            const auto found = names.find(variable);
            report.names = found != names.end() ? found->second : std::vector<std::string>{record.label};
            report.line = timeline_.lineOf(timeline_.created(variable).site);
            for (const auto& [step, doings] : doings_[i]) {
                report.steps.push_back(row(variable, step, doings));
                report.updated = report.updated || report.steps.back().applied;
            }
            reports.push_back(std::move(report));
        }
        return reports;
    }

private:
    Doings& at(VariableId variable, EventIndex index) { return doings_[variable.index()][timeline_.stepOf(index)]; }

    void collectCreations() {
        for (const auto index : eventsOf<VariableCreated>(timeline_))
            at(timeline_.get<VariableCreated>(index).variable, index).used = true;
        for (const auto index : eventsOf<VariableAssigned>(timeline_)) {
            auto& doings = at(timeline_.get<VariableAssigned>(index).variable, index);
            if (doings.firstUpdate == 0) doings.firstUpdate = index;
            doings.lastUpdate = index;
            if (timeline_.get<VariableAssigned>(index).kind == AssignKind::Optimizer) doings.lastOptimized = index;
        }
    }

    void collectGradients() {
        for (const auto index : eventsOf<GradientAnswered>(timeline_)) {
            const auto& answered = timeline_.get<GradientAnswered>(index);
            lastGradient_[timeline_.stepOf(index)] = answered.gradient;
            for (const auto& answer : answered.answers) {
                const auto variable = timeline_.tensors()[answer.source.index()].variable;
                if (variable.valid()) at(variable, index).answers.emplace_back(answered.gradient, &answer);
            }
        }
    }

    void collectPairs() {
        for (const auto index : eventsOf<ApplyBegan>(timeline_)) {
            const auto& began = timeline_.get<ApplyBegan>(index);
            for (std::size_t i = 0; i < began.pairs.size(); ++i)
                at(began.pairs[i].variable, index).pairs.emplace_back(began.apply, i);
            for (const auto variable : began.droppedVariables) at(variable, index).droppedBy = began.apply;
        }
    }

    /// Steps that read a variable, or end with a global name for it, have a row even where nothing was done to it.
    void collectUses() {
        for (const auto index : eventsOf<OpExecuted>(timeline_)) {
            const auto& op = timeline_.get<OpExecuted>(index);
            if (op.op != "ReadVariableOp" || op.inputs.empty()) continue;
            const auto variable = timeline_.tensors()[op.inputs.front().index()].variable;
            if (!variable.valid()) continue;
            auto& doings = at(variable, index);
            doings.used = true;
            if (doings.lastOptimized < index && index < doings.lastUpdate) doings.readSince = true;
        }
        std::map<std::string, VariableId> globals;
        const auto bindings = eventsOf<NameBound>(timeline_);
        auto next = bindings.begin();
        for (const auto& step : timeline_.steps()) {
            for (; next != bindings.end() && *next < step.end; ++next) {
                const auto& bound = timeline_.get<NameBound>(*next);
                if (!bound.scope.empty()) continue;
                const bool variable = bound.object.kind == ObjectKind::Variable;
                globals[bound.name] = variable ? VariableId{bound.object.id} : VariableId{};
            }
            for (const auto& [name, variable] : globals)
                if (variable.valid()) at(variable, step.end - 1).used = true;
        }
    }

    /// Paths from the globals at the end, plain names first, in the order in which they were bound.
    std::map<VariableId, std::vector<std::string>> finalNames() const {
        struct Path {
            bool item;
            EventIndex since;
            std::string text;
            VariableId variable;
        };
        std::vector<Path> paths;
        if (timeline_.empty()) return {};
        for (const auto& [name, state] : timeline_.at(timeline_.size() - 1).names) {
            if (!state.scope.empty()) continue;
            if (state.object.kind == ObjectKind::Variable)
                paths.push_back({false, state.since, name, VariableId{state.object.id}});
            for (std::size_t i = 0; i < state.object.items.size(); ++i) {
                const auto& item = state.object.items[i];
                if (item.kind != ObjectKind::Variable) continue;
                paths.push_back({true, state.since, name + "[" + std::to_string(i) + "]", VariableId{item.id}});
            }
        }
        std::ranges::stable_sort(paths, {}, [](const Path& path) { return std::pair(path.item, path.since); });
        std::map<VariableId, std::vector<std::string>> names;
        for (auto& path : paths) names[path.variable].push_back(std::move(path.text));
        return names;
    }

    VariableStep row(VariableId variable, std::uint32_t step, const Doings& doings) const {
        VariableStep row;
        row.step = step + 1;
        row.gradient = GradientState::Pending;
        const auto last = lastGradient_.find(step);
        if (last != lastGradient_.end()) {
            row.gradient = GradientState::NotAsked;
            row.line = timeline_.lineOf(askedOf(timeline_, last->second).site);
        }
        const auto* answer = decisive(doings);
        if (answer) {
            row.gradient = answer->second->state;
            row.cutLine = timeline_.lineOf(answer->second->cutSite);
            row.line = timeline_.lineOf(askedOf(timeline_, answer->first).site);
        }
        if (!doings.pairs.empty()) row.pairedWith = pairedWith(doings);
        row.applied = doings.lastUpdate != 0;
        if (row.applied) {
            row.line = timeline_.lineAt(doings.lastUpdate);
            row.change = change(variable, doings);
        }
        row.reason = reason(variable, row, doings, answer);
        return row;
    }

    /// Of several gradient() calls in a step the one that counts: whose answer was applied, else that was asked, else
    /// the last.
    const std::pair<GradientId, const SourceAnswer*>* decisive(const Doings& doings) const {
        const std::pair<GradientId, const SourceAnswer*>* best = nullptr;
        int bestRank = -1;
        for (const auto& answer : doings.answers) {
            int rank = answer.second->asked ? 1 : 0;
            for (const auto& [apply, position] : doings.pairs) {
                const auto gradient = beganOf(timeline_, apply).pairs[position].gradient;
                if (rank > 0 && gradient.valid() && provenanceOf(timeline_, gradient).gradient == answer.first)
                    rank = 2;
            }
            if (rank >= bestRank) best = &answer;
            bestRank = std::max(rank, bestRank);
        }
        return best;
    }

    TensorId pairedSource(const Doings& doings) const {
        const auto& [apply, position] = doings.pairs.back();
        const auto gradient = beganOf(timeline_, apply).pairs[position].gradient;
        return gradient.valid() ? provenanceOf(timeline_, gradient).source : TensorId{};
    }

    std::string pairedWith(const Doings& doings) const {
        const auto source = pairedSource(doings);
        return source.valid() ? nameOf(timeline_, source) : std::string();
    }

    /// L2 norm over the whole step where it had several updates and the values are there; else what the event says.
    double change(VariableId variable, const Doings& doings) const {
        const auto& last = timeline_.get<VariableAssigned>(doings.lastUpdate);
        if (doings.firstUpdate == doings.lastUpdate) return last.change;
        const auto& assigned = timeline_.variables()[variable.index()].assigned;
        const auto first = std::ranges::lower_bound(assigned, doings.firstUpdate);
        const auto& before = first == assigned.begin() ? timeline_.created(variable).value
                                                       : timeline_.get<VariableAssigned>(*std::prev(first)).value;
        if (!before.whole || !last.value.whole || before.shape() != last.value.shape()) return last.change;
        double sum = 0;
        for (std::int64_t i = 0; i < before.whole.count(); ++i) {
            const double difference = last.value.whole.at(i) - before.whole.at(i);
            sum += difference * difference;
        }
        return std::sqrt(sum);
    }

    std::string reason(VariableId variable, const VariableStep& row, const Doings& doings,
                       const std::pair<GradientId, const SourceAnswer*>* answer) const {
        const auto& name = timeline_.variables()[variable.index()].label;
        if (!doings.pairs.empty()) {
            const auto source = pairedSource(doings);
            const auto handle = timeline_.variables()[variable.index()].handle;
            if (source.valid() && source != handle)
                return "the gradient belongs to " + row.pairedWith + ", not to " + name;
        }
        if (doings.droppedBy.valid() && !row.applied) return dropped(doings.droppedBy);
        if (row.gradient == GradientState::None) return reasonText(timeline_, *answer->second);
        if (row.applied) return doings.lastOptimized == 0 ? "" : withoutEffect(doings);
        if (!doings.pairs.empty()) return refused(doings);
        if (row.gradient == GradientState::NotAsked) return "nobody asked for its gradient";
        if (row.gradient == GradientState::Pending) return "";
        return "its gradient was not applied";
    }

    /// Why the variable does not show what the optimizer's rule made of it; "" where it does.
    std::string withoutEffect(const Doings& doings) const {
        const auto& rule = timeline_.get<VariableAssigned>(doings.lastOptimized);
        const auto& last = timeline_.get<VariableAssigned>(doings.lastUpdate);
        if (doings.lastUpdate != doings.lastOptimized && last.change != 0) {
            const EventIndex ended = timeline_.applies()[rule.apply.index()].ended;
            if (ended == 0 || doings.lastUpdate < ended)
                return "the optimizer itself changed it again after the update: a constraint, or the average of ema";
            if (last.kind == AssignKind::Assign && !doings.readSince)
                return "the update was overwritten " + inLine(timeline_, timeline_.lineAt(doings.lastUpdate));
        }
        if (doings.pairs.empty()) return "";
        const auto* pair = outcomeOf(timeline_, doings.pairs.back().first, doings.pairs.back().second);
        const bool suppressed = pair != nullptr && pair->change == 0 && summaryOf(pair->used).norm > 0;
        return suppressed ? "the update was suppressed: with these numbers the rule changes nothing: " + pair->rule
                          : "";
    }

    std::string dropped(ApplyId apply) const {
        const auto& began = beganOf(timeline_, apply);
        return "zip() dropped it: " + counted(began.pairs.size() + began.droppedGradients.size(), "gradient") +
               " for " + counted(began.pairs.size() + began.droppedVariables.size(), "variable");
    }

    std::string refused(const Doings& doings) const {
        const auto apply = doings.pairs.back().first;
        const auto* pair = outcomeOf(timeline_, apply, doings.pairs.back().second);
        if (pair != nullptr && pair->outcome == PairOutcome::Accumulated)
            return "its gradient was accumulated: the optimizer adds gradients up and updates in a later step";
        if (pair != nullptr && pair->outcome == PairOutcome::NotFinite)
            return "the step was skipped: a gradient was not finite, and the optimizer lowers the scale of the loss";
        if (pair != nullptr && pair->outcome == PairOutcome::NoGradient)
            return "the optimizer got None for its gradient";
        const auto raised = raisedBy(timeline_, apply);
        return raised ? "apply_gradients raised " + timeline_.get<Raised>(*raised).type : "it was not updated";
    }

    const Timeline& timeline_;
    std::vector<std::map<std::uint32_t, Doings>> doings_;  ///< by variable, then step from 0
    std::map<std::uint32_t, GradientId> lastGradient_;     ///< by step
};

}  // namespace

std::vector<VariableReport> variableReports(const Timeline& timeline) {
    return Reports(timeline).all();
}

}  // namespace tapescope
