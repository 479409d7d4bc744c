// SPDX-License-Identifier: Apache-2.0
// From a pair back to its two calls and their text.
#include "core/diagnosis/pairing.h"

#include "core/diagnosis/rules.h"

namespace tapescope {

namespace {

/// Text that names all variables of a call: the second operand of its zip, or a list of one name.
std::optional<std::string> variablesText(const Timeline& timeline, const Script& script, const ApplyBegan& began) {
    if (const auto* zip = script.callAt(began.zipSite, "zip")) {
        if (const auto operand = script.argument(*zip, 1, "")) return script.text(*operand);
    }
    if (began.pairs.size() != 1) return std::nullopt;
    return "[" + timeline.variables()[began.pairs[0].variable.index()].label + "]";
}

}  // namespace

const ApplyBegan& beganOf(const Timeline& timeline, ApplyId apply) {
    return timeline.get<ApplyBegan>(timeline.applies()[apply.index()].began);
}

const GradientAsked& askedOf(const Timeline& timeline, GradientId gradient) {
    return timeline.get<GradientAsked>(timeline.gradients()[gradient.index()].asked);
}

std::vector<Edit> askForVariables(const Timeline& timeline, const Script& script, GradientId gradient, ApplyId apply) {
    const auto& asked = askedOf(timeline, gradient);
    const auto& began = beganOf(timeline, apply);
    const auto* call = script.callAt(asked.site, "gradient");
    const auto wanted = variablesText(timeline, script, began);
    if (!call || !wanted || !shareScope(timeline, asked.site, began.site)) return {};
    const auto sources = script.argument(*call, 1, "sources");
    if (!sources) return {};
    const auto written = script.text(*sources);
    const bool list = written.starts_with('[') || written.starts_with('(');
    const bool single = wanted->starts_with('[') && began.pairs.size() == 1 && began.droppedVariables.empty();
    if (list) return script.edits({{*sources, *wanted}});
    return single ? script.edits({{*sources, wanted->substr(1, wanted->size() - 2)}}) : std::vector<Edit>();
}

}  // namespace tapescope
