// SPDX-License-Identifier: Apache-2.0
// late-or-aliased-observation: prints that stand behind all updates, and a second name that was meant as a copy.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/diagnosis/log.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/script.h"
#include "core/diagnosis/wording.h"

namespace tapescope {

namespace {

/// Two prints of one value after several updates, of which none was ever looked at.
///
/// A report at the end of a training loop prints the same value twice as well. So the updates must be written out one
/// by one, at lines of their own and outside any loop, and both values must go straight into a print.
class LatePrints {
public:
    explicit LatePrints(const Timeline& timeline) : timeline_(timeline), script_(timeline) {
        for (const auto index : eventsOf<ValueLeft>(timeline)) {
            const auto variable = timeline.tensors()[timeline.get<ValueLeft>(index).tensor.index()].variable;
            if (variable.valid()) looks_[variable].push_back(index);
        }
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [variable, looks] : looks_) {
            const auto updates = separateUpdates(variable, looks.front());
            if (updates.size() < 2) continue;
            if (const auto second = secondPrint(looks))
                findings.push_back(finding(cause, variable, updates, looks.front(), *second));
        }
        return findings;
    }

private:
    /// The updates before the first look, if each was written out at a line of its own; else nothing.
    std::vector<EventIndex> separateUpdates(VariableId variable, EventIndex firstLook) const {
        std::vector<EventIndex> updates;
        std::set<std::uint32_t> lines;
        for (const auto index : timeline_.variables()[variable.index()].assigned) {
            if (index > firstLook) break;
            const bool loop = timeline_.steps()[timeline_.stepOf(index)].loop;
            if (loop || !lines.insert(lineOf(index)).second) return {};
            updates.push_back(index);
        }
        return updates;
    }

    /// A second print of the version that the first look saw, in another line.
    std::optional<EventIndex> secondPrint(const std::vector<EventIndex>& looks) const {
        const auto& first = timeline_.get<ValueLeft>(looks.front());
        if (!printed(first)) return std::nullopt;
        for (const auto index : looks) {
            const auto& look = timeline_.get<ValueLeft>(index);
            if (look.version != first.version) break;
            if (lineOf(index) != lineOf(looks.front()) && printed(look)) return index;
        }
        return std::nullopt;
    }

    bool printed(const ValueLeft& look) const {
        if (look.how == "print") return true;
        const auto* call = script_.callAt(look.site, "numpy");
        const auto* around = call ? script_.parentOf(*call) : nullptr;
        return around && around->kind == SyntaxKind::Call && around->name == "print" &&
               std::ranges::find(around->parts, call->range) != around->parts.end();
    }

    /// An optimizer's step has the site of its apply_gradients.
    std::uint32_t lineOf(EventIndex index) const { return timeline_.lineAt(index); }

    Finding finding(const Cause& cause, VariableId variable, const std::vector<EventIndex>& updates, EventIndex first,
                    EventIndex second) const {
        auto finding = about(timeline_, cause, {variable});
        const auto& name = finding.names.front();
        std::vector<std::uint32_t> lines;
        for (const auto update : updates) lines.push_back(lineOf(update));
        const auto between = lineOf(updates[updates.size() - 2]);
        finding.line = lineOf(first);
        finding.event = first;
        finding.title = "Both prints show " + name + " after its last update";
        finding.message = theLines(timeline_, {finding.line, lineOf(second)}) + " print the same value of " + name +
                          ": no update lies between them.";
        finding.message.front() = 'L';
        finding.explanation =
            name + " was updated in " + theLines(timeline_, lines) +
            " and never looked at in between. Equal prints do not mean that it stood still: it moved by " +
            fourDigits(timeline_.get<VariableAssigned>(updates.back()).change) + " " + inLine(timeline_, lines.back()) +
            ".";
        finding.fix = Fix{"Print " + name + " right after the update " + inLine(timeline_, between) +
                              ", or keep a copy there: before = " + name + ".numpy().",
                          moveUp(finding.line, between)};
        finding.evidence = updates;
        finding.evidence.insert(finding.evidence.end(), {first, second});
        return finding;
    }

    /// The line `from` behind the line `to`, where both are whole statements at the margin.
    std::vector<Edit> moveUp(std::uint32_t from, std::uint32_t to) const {
        const std::string moved(script_.line(from)), anchor(script_.line(to)), next(script_.line(to + 1));
        const auto margin = [](const std::string& line) {
            return !line.empty() && line.front() != ' ' && line.front() != '\t';
        };
        const bool whole = std::ranges::count(moved, '(') == std::ranges::count(moved, ')') &&
                           std::ranges::count(anchor, '(') == std::ranges::count(anchor, ')');
        if (!margin(moved) || !margin(anchor) || !whole || (!next.empty() && !margin(next))) return {};
        return {{to, anchor, anchor + "\n" + moved}, {from, moved, ""}};
    }

    const Timeline& timeline_;
    Script script_;
    std::map<VariableId, std::vector<EventIndex>> looks_;  ///< ValueLeft, in order
};

/// A variable minus itself, under two names of which the younger one is older than an update.
class Aliases {
public:
    explicit Aliases(const Timeline& timeline) : timeline_(timeline), script_(timeline) {}

    std::vector<Finding> findings(const Cause& cause) const {
        std::map<std::uint32_t, Finding> byLine;
        for (const auto index : eventsOf<OpExecuted>(timeline_)) {
            const auto& op = timeline_.get<OpExecuted>(index);
            if (op.op != "Sub" || op.backward.valid() || op.inputs.size() != 2) continue;
            const auto variable = readTwice(op);
            const auto line = timeline_.lineOf(op.site);
            if (!variable.valid() || byLine.contains(line)) continue;
            if (auto found = examine(cause, variable, index, line)) byLine.emplace(line, std::move(*found));
        }
        std::vector<Finding> findings;
        for (auto& [line, each] : byLine) findings.push_back(std::move(each));
        return findings;
    }

private:
    /// The variable that both inputs are reads of, at one version.
    VariableId readTwice(const OpExecuted& op) const {
        const auto* left = readOf(op.inputs[0]);
        const auto* right = readOf(op.inputs[1]);
        if (!left || !right || left->inputs != right->inputs || left->version != right->version) return {};
        return timeline_.tensors()[left->inputs.front().index()].variable;
    }

    const OpExecuted* readOf(TensorId tensor) const {
        const auto producer = timeline_.tensors()[tensor.index()].producer;
        if (!producer.valid()) return nullptr;
        const auto& op = timeline_.op(producer);
        return op.op == "ReadVariableOp" && !op.inputs.empty() ? &op : nullptr;
    }

    std::optional<Finding> examine(const Cause& cause, VariableId variable, EventIndex index,
                                   std::uint32_t line) const {
        const auto names = namesInLine(variable, index, line);
        if (names.size() < 2) return std::nullopt;
        const auto youngest = std::ranges::max(names, {}, &std::pair<std::string, EventIndex>::second);
        const auto& assigned = timeline_.variables()[variable.index()].assigned;
        const auto update = std::ranges::upper_bound(assigned, youngest.second);
        if (update == assigned.end() || *update > index) return std::nullopt;

        auto finding = about(timeline_, cause, {variable});
        const auto& name = finding.names.front();
        const auto& alias = youngest.first;
        finding.line = line;
        finding.event = index;
        finding.title = alias + " is no copy of " + name;
        finding.message =
            "This subtracts " + name + " from itself: " + alias + " is a second name of the same variable.";
        finding.explanation = theLine(timeline_, timeline_.lineAt(youngest.second)) + " gave " + name + " the name " +
                              alias + ", too. The update " + inLine(timeline_, timeline_.lineAt(*update)) +
                              " moved the variable by " + fourDigits(timeline_.get<VariableAssigned>(*update).change) +
                              ", and both names show the new value.";
        finding.fix = Fix{"Keep a copy of the value before the update: " + alias + " = " + name + ".numpy().", {}};
        finding.evidence = {youngest.second, *update, index};
        return finding;
    }

    /// The names that led to the variable at this moment and stand in the line.
    std::vector<std::pair<std::string, EventIndex>> namesInLine(VariableId variable, EventIndex index,
                                                                std::uint32_t line) const {
        std::set<std::string_view> mentioned;
        const std::vector<std::string_view> text{script_.line(line)};
        for (const auto& mention : mentions(text)) mentioned.insert(mention.name);
        std::vector<std::pair<std::string, EventIndex>> names;
        for (const auto& [name, state] : timeline_.at(index).names) {
            const auto written = writtenName(name, state.scope);
            if (state.object.kind != ObjectKind::Variable || state.object.id != variable.value) continue;
            if (mentioned.contains(written)) names.emplace_back(written, state.since);
        }
        return names;
    }

    const Timeline& timeline_;
    Script script_;
};

}  // namespace

void findLateOrAliasedObservation(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : LatePrints(timeline).findings(cause)) findings.push_back(std::move(finding));
    for (auto& finding : Aliases(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
