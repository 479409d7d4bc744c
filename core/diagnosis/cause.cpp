// SPDX-License-Identifier: Apache-2.0
// The table of causes, and what the rules share.
#include <algorithm>
#include <array>
#include <tuple>

#include "core/diagnosis/log.h"
#include "core/diagnosis/rules.h"

namespace tapescope {

namespace {

constexpr std::array<Cause, 7> causes{{
    {"gradient-of-intermediate", Severity::Error, "The gradient belongs to something else than the variable",
     findGradientOfIntermediate},
    {"zip-truncated", Severity::Error, "zip() dropped what had no partner", findZipTruncated},
    {"transformed-gradient-unused", Severity::Error, "The clipped gradients are not the ones that are applied",
     findTransformedGradientUnused},
    {"optimizer-unknown-variable", Severity::Error, "The optimizer was not built for this variable",
     findOptimizerUnknownVariable},
    {"left-tensorflow", Severity::Error, "The value left TensorFlow, and its gradient with it", findLeftTensorFlow},
    {"nan-gradient", Severity::Error, "A number that is not finite was applied", findNanGradient},
    {"late-or-aliased-observation", Severity::Hint, "The value is looked at too late, or under two names",
     findLateOrAliasedObservation},
}};

}  // namespace

std::span<const Cause> causeTable() {
    return causes;
}

std::vector<Finding> diagnose(const Timeline& timeline) {
    std::vector<Finding> findings;
    for (const auto& cause : causes) cause.find(timeline, cause, findings);
    for (auto& finding : findings) {
        std::ranges::sort(finding.evidence);
        finding.evidence.erase(std::unique(finding.evidence.begin(), finding.evidence.end()), finding.evidence.end());
    }
    std::ranges::stable_sort(findings, {},
                             [](const Finding& each) { return std::tie(each.event, each.id, each.line); });
    return findings;
}

Finding about(const Timeline& timeline, const Cause& cause, std::vector<VariableId> variables) {
    Finding finding;
    finding.id = cause.id;
    finding.severity = cause.severity;
    for (const auto variable : variables) finding.names.push_back(timeline.variables()[variable.index()].label);
    finding.variables = std::move(variables);
    return finding;
}

std::string writtenName(const std::string& name, const std::string& scope) {
    const bool local = !scope.empty() && name.starts_with(scope + ".");
    return local ? name.substr(scope.size() + 1) : name;
}

std::uint32_t stepNumber(const Timeline& timeline, EventIndex index) {
    return timeline.stepOf(index) + 1;
}

bool updatedInStepOf(const Timeline& timeline, VariableId variable, EventIndex index) {
    const auto& step = timeline.steps()[timeline.stepOf(index)];
    const auto& assigned = timeline.variables()[variable.index()].assigned;
    const auto first = std::ranges::lower_bound(assigned, step.begin);
    return first != assigned.end() && *first < step.end;
}

std::optional<EventIndex> raisedBy(const Timeline& timeline, ApplyId apply) {
    const auto raised = eventsOf<Raised>(timeline);
    if (raised.empty() || apply.index() + 1 != timeline.applies().size()) return std::nullopt;
    const auto& record = timeline.applies()[apply.index()];
    if (record.ended != 0 && !timeline.get<ApplyEnded>(record.ended).raised) return std::nullopt;
    return raised.back() > record.began ? std::optional(raised.back()) : std::nullopt;
}

const PairApplied* outcomeOf(const Timeline& timeline, ApplyId apply, std::size_t pair) {
    for (const auto index : timeline.applies()[apply.index()].pairs) {
        const auto& applied = timeline.get<PairApplied>(index);
        if (applied.index == pair) return &applied;
    }
    return nullptr;
}

bool shareScope(const Timeline& timeline, CallSiteId a, CallSiteId b) {
    const auto left = timeline.stack(a);
    const auto right = timeline.stack(b);
    if (left.empty() || left.size() != right.size()) return false;
    if (left.back().file != right.back().file || left.back().function != right.back().function) return false;
    return std::ranges::equal(left.first(left.size() - 1), right.first(right.size() - 1));
}

}  // namespace tapescope
