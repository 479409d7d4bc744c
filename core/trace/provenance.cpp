// SPDX-License-Identifier: Apache-2.0
// What things are called, what a gradient is the gradient of, and why there is none, in words.
#include <algorithm>
#include <array>
#include <set>

#include "core/trace/drawing.h"

namespace tapescope {

namespace {

/// A walk further back than this finds nothing that a person would call the same gradient.
constexpr std::size_t farthest = std::size_t{1} << 14;

struct ReasonRow {
    CutReason reason;
    std::string_view words;
    bool line;  ///< "in line 9" follows
};

constexpr std::array reasons{
    ReasonRow{CutReason::Uncut, "", false},
    ReasonRow{CutReason::Unused, "the target does not use it", false},
    ReasonRow{CutReason::OutsideTape, "used outside the tape", true},
    ReasonRow{CutReason::NotWatched, "nobody watched it", false},
    ReasonRow{CutReason::WatchedLate, "watched only after its use", true},
    ReasonRow{CutReason::WatchDisabled, "the tape watches no variables by itself", false},
    ReasonRow{CutReason::NotTrainable, "it is not trainable", false},
    ReasonRow{CutReason::LeftTensorFlow, "left TensorFlow", true},
    ReasonRow{CutReason::Copied, "copied as a new value", true},
    ReasonRow{CutReason::StateBlocks, "went through an assign", true},
    ReasonRow{CutReason::IntegerDtype, "integers carry no gradient", true},
    ReasonRow{CutReason::NotDifferentiable, "has no gradient", true},
    ReasonRow{CutReason::StopGradient, "stopped by stop_gradient", true},
    ReasonRow{CutReason::Paused, "ran inside stop_recording", true},
    ReasonRow{CutReason::TapeReset, "recorded, then dropped by reset()", false},
    ReasonRow{CutReason::TapeEnded, "ran after gradient() had ended the recording", true},
    ReasonRow{CutReason::OtherTape, "recorded by another tape", true},
    ReasonRow{CutReason::TargetNotRecorded, "the target was not recorded", false},
};

/// How the value left that the cut operation used: ".numpy()", "float()"; "" if nothing says.
std::string wayOut(const Timeline& timeline, const SourceAnswer& answer) {
    if (!answer.cutNode.valid()) return {};
    const auto& hosts = timeline.op(answer.cutNode).hostInputs;
    const auto all = timeline.findAll(Event(ValueLeft{}).index());
    const auto used = std::ranges::lower_bound(all, timeline.nodes()[answer.cutNode.index()].event);
    for (auto at = used; at != all.begin();) {
        const auto& left = timeline.get<ValueLeft>(*--at);
        if (std::ranges::find(hosts, left.tensor) == hosts.end()) continue;
        return left.how == "numpy" ? ".numpy()" : left.how + "()";
    }
    return {};
}

/// The name of a tensor, whatever it is the gradient of.
std::string plainName(const Timeline& timeline, TensorId tensor) {
    const auto& record = timeline.tensors()[tensor.index()];
    if (record.variable.valid()) return timeline.variables()[record.variable.index()].label;
    if (!record.label.empty()) return record.label;
    const auto& op = timeline.op(record.producer);
    if (op.op == "ReadVariableOp" && !op.inputs.empty()) {
        const auto variable = timeline.tensors()[op.inputs.front().index()].variable;
        if (variable.valid()) return timeline.variables()[variable.index()].label;
    }
    const std::string what = op.op == "Const" ? "a constant" : "the result of " + operationTitle(op.op);
    const auto line = timeline.lineOf(op.site);
    return line == 0 ? what : what + " in " + timeline.places().words(line);
}

}  // namespace

std::string operationTitle(const std::string& op) {
    const auto size = op.size();
    const bool versioned = size > 2 && op[size - 2] == 'V' && op[size - 1] >= '2' && op[size - 1] <= '9';
    return versioned ? op.substr(0, size - 2) : op;
}

Provenance provenanceOf(const Timeline& timeline, TensorId tensor) {
    if (tensor.index() >= timeline.tensors().size()) return {};
    std::vector<TensorId> open{tensor};
    std::set<TensorId> seen{tensor};
    for (std::size_t i = 0; i < open.size() && i < farthest; ++i) {
        const auto& record = timeline.tensors()[open[i].index()];
        if (record.gradientOf.valid()) return {record.gradientOf, record.gradientSource, i > 0};
        if (!record.producer.valid()) continue;
        const auto& op = timeline.op(record.producer);
        for (const auto* inputs : {&op.inputs, &op.hostInputs})
            for (const auto input : *inputs)
                if (seen.insert(input).second) open.push_back(input);
    }
    return {};
}

std::string nameOf(const Timeline& timeline, TensorId tensor) {
    if (tensor.index() >= timeline.tensors().size()) return {};
    const auto& record = timeline.tensors()[tensor.index()];
    const bool gradient = record.gradientOf.valid() && record.label.empty();
    return gradient ? "the gradient of " + plainName(timeline, record.gradientSource) : plainName(timeline, tensor);
}

std::string reasonText(const Timeline& timeline, const SourceAnswer& answer) {
    const auto& row = *std::ranges::find(reasons, answer.reason, &ReasonRow::reason);
    std::string text(row.words);
    if (answer.reason == CutReason::LeftTensorFlow)
        if (const auto way = wayOut(timeline, answer); !way.empty()) text += " through " + way;
    if (answer.reason == CutReason::NotDifferentiable && answer.cutNode.valid())
        text = operationTitle(timeline.op(answer.cutNode).op) + " " + text;
    const auto line = timeline.lineOf(answer.cutSite);
    if (row.line && line > 0) text += " in " + timeline.places().words(line);
    return text;
}

}  // namespace tapescope
