// SPDX-License-Identifier: Apache-2.0
// zip-truncated: zip() left a variable or its gradient without a partner, and nothing else took care of it.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/diagnosis/lineage.h"
#include "core/diagnosis/log.h"
#include "core/diagnosis/pairing.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"

namespace tapescope {

namespace {

/// What one zip() dropped, however often it did.
struct Truncation {
    ApplyId apply;  ///< the first call
    std::size_t count = 0;
};

class Truncations {
public:
    explicit Truncations(const Timeline& timeline) : timeline_(timeline), script_(timeline) {
        for (const auto index : eventsOf<ApplyBegan>(timeline)) {
            const auto& began = timeline.get<ApplyBegan>(index);
            const auto lost = began.droppedVariables.empty() && began.droppedGradients.empty()
                                  ? std::vector<VariableId>()
                                  : forgotten(began, index);
            if (lost.empty()) continue;
            auto& truncation = found_[{lineOf(began), lost}];
            if (truncation.count++ == 0) truncation.apply = began.apply;
        }
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [what, truncation] : found_)
            findings.push_back(finding(cause, what.first, what.second, truncation));
        return findings;
    }

private:
    std::uint32_t lineOf(const ApplyBegan& began) const {
        return timeline_.lineOf(began.zipSite.valid() ? began.zipSite : began.site);
    }

    /// The variables that lost their update here. One that was updated in the same step all the same was dropped on
    /// purpose, and so was a gradient that somebody used.
    std::vector<VariableId> forgotten(const ApplyBegan& began, EventIndex index) {
        auto lost = began.droppedVariables;
        for (const auto gradient : began.droppedGradients) {
            if (!gradient.valid()) continue;
            const auto origin = originOf(timeline_, gradient);
            if (!origin.gradient.valid() || used(gradient)) continue;
            const auto variable = timeline_.tensors()[origin.source.index()].variable;
            if (variable.valid()) lost.push_back(variable);
        }
        std::erase_if(lost, [&](VariableId variable) {
            return !timeline_.created(variable).trainable || updatedInStepOf(timeline_, variable, index);
        });
        return lost;
    }

    /// Did anything but a function of TensorFlow's (a norm, a clipping) take this gradient, or did the script look at
    /// it?
    bool used(TensorId gradient) {
        if (looked_.empty()) {
            looked_.insert(TensorId{});
            for (const auto index : eventsOf<ValueLeft>(timeline_))
                looked_.insert(timeline_.get<ValueLeft>(index).tensor);
            for (const auto index : eventsOf<ApplyBegan>(timeline_))
                for (const auto& pair : timeline_.get<ApplyBegan>(index).pairs) looked_.insert(pair.gradient);
        }
        if (looked_.contains(gradient)) return true;
        return std::ranges::any_of(timeline_.tensors()[gradient.index()].consumers,
                                   [&](NodeId consumer) { return !timeline_.op(consumer).fold.valid(); });
    }

    Finding finding(const Cause& cause, std::uint32_t line, const std::vector<VariableId>& lost,
                    const Truncation& truncation) const {
        const auto& began = beganOf(timeline_, truncation.apply);
        auto finding = about(timeline_, cause, lost);
        const auto names = listed(finding.names);
        finding.line = line;
        finding.event = timeline_.applies()[truncation.apply.index()].began;
        const auto steps = inSteps(stepNumber(timeline_, finding.event), truncation.count);
        finding.title = names + " " + wasOrWere(finding.names) + " not updated " + steps;
        const auto gradients = counted(began.pairs.size() + began.droppedGradients.size(), "gradient");
        const auto variables = counted(began.pairs.size() + began.droppedVariables.size(), "variable");
        finding.message = "zip() paired " + gradients + " with " + variables + ", so " + names + " got nothing.";
        finding.explanation = "zip() stops at the end of its shorter operand and says nothing. Of " + gradients +
                              " and " + variables + " it made " + counted(began.pairs.size(), "pair") + "; " + names +
                              " " + wasOrWere(finding.names) + " left over.";
        finding.evidence = {finding.event};
        finding.fix = repair(began, names, finding.evidence);
        return finding;
    }

    Fix repair(const ApplyBegan& began, const std::string& names, std::vector<EventIndex>& evidence) const {
        Fix fix{"Give zip() as many gradients as variables: ask gradient() for " + names +
                    ", too, and let zip(..., strict=True) watch over it.",
                {}};
        if (!began.droppedGradients.empty()) {
            fix.description =
                "Pair " + names + " with the gradient that was computed, and let zip(..., strict=True) watch over it.";
            return fix;
        }
        if (began.pairs.empty()) return fix;
        const auto origin = originOf(timeline_, began.pairs.front().gradient);
        if (!origin.gradient.valid()) return fix;
        const auto& record = timeline_.gradients()[origin.gradient.index()];
        evidence.push_back(record.answered);
        if (askedOf(timeline_, origin.gradient).sources.size() == began.pairs.size()) {
            fix.edits = askForVariables(timeline_, script_, origin.gradient, began.apply);
        } else if (auto edits = withoutSlice(began); !edits.empty()) {
            fix.description = "Give zip() all gradients, not a slice of them.";
            fix.edits = std::move(edits);
        }
        return fix;
    }

    /// `zip(grads[:1], ...)` as `zip(grads, ...)`, where `grads` has as many entries as there are variables.
    std::vector<Edit> withoutSlice(const ApplyBegan& began) const {
        const auto* zip = script_.callAt(began.zipSite, "zip");
        const auto operand = zip ? script_.argument(*zip, 0, "") : std::nullopt;
        if (!operand) return {};
        const auto written = script_.text(*operand);
        const auto bracket = written.find('[');
        if (bracket == 0 || bracket == std::string::npos || !written.ends_with(']')) return {};
        const auto name = written.substr(0, bracket);
        const NameBound* latest = nullptr;
        for (const auto index : eventsOf<NameBound>(timeline_)) {
            if (index > timeline_.applies()[began.apply.index()].began) break;
            const auto& bound = timeline_.get<NameBound>(index);
            if (writtenName(bound.name, bound.scope) == name) latest = &bound;
        }
        const auto wanted = began.pairs.size() + began.droppedVariables.size();
        if (!latest || latest->object.items.size() != wanted) return {};
        return script_.edits({{*operand, name}});
    }

    const Timeline& timeline_;
    Script script_;
    std::set<TensorId> looked_;
    std::map<std::pair<std::uint32_t, std::vector<VariableId>>, Truncation> found_;  ///< by line and what was lost
};

}  // namespace

void findZipTruncated(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : Truncations(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
