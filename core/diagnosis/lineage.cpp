// SPDX-License-Identifier: Apache-2.0
// Walks along the graph of a run. Producers come before what they make, so that no walk can turn in a circle.
#include "core/diagnosis/lineage.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/diagnosis/log.h"

namespace tapescope {

namespace {

/// Operations of a clipping function on the way from a gradient to its clipped self, first input to output.
constexpr std::array<std::string_view, 9> clippingOps{"Identity", "Mul",      "RealDiv", "DivNoNan",   "Minimum",
                                                      "Maximum",  "SelectV2", "Cast",    "ClipByValue"};
/// Operations that leave a value standing for what it was made of.
constexpr std::array<std::string_view, 6> standIns{"Identity", "Round", "Sign", "Cast", "StopGradient", "ClipByValue"};

/// A value rounded from a variable is its quantised self, whatever scales it.
constexpr std::array<std::string_view, 4> roundings{"Round", "Rint", "Floor", "Sign"};
constexpr std::array<std::string_view, 4> shifts{"AddV2", "Sub", "Maximum", "Minimum"};

template <std::size_t count>
bool isOneOf(const std::array<std::string_view, count>& types, std::string_view type) {
    return std::ranges::find(types, type) != types.end();
}

NodeId producerOf(const Timeline& timeline, TensorId tensor) {
    return timeline.tensors()[tensor.index()].producer;
}

/// The clipping function that an operation is part of; null for others.
const FoldBegan* clippingFold(const Timeline& timeline, FoldId fold) {
    while (fold.valid()) {
        const auto& began = timeline.get<FoldBegan>(timeline.folds()[fold.index()].began);
        if (began.name.find("clip_by_") != std::string::npos) return &began;
        fold = began.parent;
    }
    return nullptr;
}

bool clips(const Timeline& timeline, const OpExecuted& op) {
    return op.op == "ClipByValue" || (clippingFold(timeline, op.fold) && isOneOf(clippingOps, op.op));
}

/// The input of a clipping operation that is clipped.
TensorId clipped(const OpExecuted& op) {
    const std::size_t position = op.op == "SelectV2" ? 1 : 0;
    return position < op.inputs.size() ? op.inputs[position] : TensorId{};
}

const Shape* shapeOf(const Timeline& timeline, TensorId tensor) {
    const auto& record = timeline.tensors()[tensor.index()];
    if (record.variable.valid()) return &timeline.created(record.variable).value.shape();
    const auto& values = timeline.op(record.producer).values;
    return record.output < values.size() ? &values[record.output].shape() : nullptr;
}

bool sameShape(const Timeline& timeline, TensorId a, TensorId b) {
    const auto* left = shapeOf(timeline, a);
    const auto* right = shapeOf(timeline, b);
    return left && right && *left == *right;
}

/// What a tensor was computed from. Gradients count as numbers of their own: a step along a gradient is a shift.
struct Ancestry {
    std::set<VariableId> variables;
    bool rounded = false;
};

Ancestry ancestryOf(const Timeline& timeline, TensorId tensor) {
    Ancestry ancestry;
    std::set<TensorId> seen;
    std::vector<TensorId> open{tensor};
    while (!open.empty()) {
        const auto next = open.back();
        open.pop_back();
        if (!seen.insert(next).second) continue;
        const auto& record = timeline.tensors()[next.index()];
        if (record.variable.valid()) ancestry.variables.insert(record.variable);
        if (!record.producer.valid()) continue;
        const auto& op = timeline.op(record.producer);
        if (op.backward.valid()) continue;
        ancestry.rounded = ancestry.rounded || isOneOf(roundings, op.op);
        open.insert(open.end(), op.inputs.begin(), op.inputs.end());
        open.insert(open.end(), op.hostInputs.begin(), op.hostInputs.end());
    }
    return ancestry;
}

}  // namespace

Origin originOf(const Timeline& timeline, TensorId tensor) {
    Origin origin;
    while (tensor.valid()) {
        const auto& record = timeline.tensors()[tensor.index()];
        if (record.gradientOf.valid()) {
            origin.gradient = record.gradientOf;
            origin.source = record.gradientSource;
            origin.answer = tensor;
            return origin;
        }
        if (!record.producer.valid()) break;
        const auto& op = timeline.op(record.producer);
        if (clips(timeline, op)) {
            origin.clipped = true;
        } else if (op.op != "Identity") {
            break;
        }
        tensor = clipped(op);
    }
    return {};
}

namespace {

/// Follows one result of a clipping function back to what entered it.
TensorId entered(const Timeline& timeline, const FoldBegan& fold, TensorId tensor) {
    while (tensor.valid()) {
        const auto producer = producerOf(timeline, tensor);
        if (!producer.valid()) return {};
        const auto& op = timeline.op(producer);
        if (clippingFold(timeline, op.fold) != &fold) return tensor;
        if (!clips(timeline, op)) return {};
        tensor = clipped(op);
    }
    return {};
}

bool consumedWithin(const Timeline& timeline, const FoldBegan& fold, TensorId tensor) {
    return std::ranges::any_of(timeline.tensors()[tensor.index()].consumers, [&](NodeId consumer) {
        return clippingFold(timeline, timeline.op(consumer).fold) == &fold;
    });
}

/// The input that the result of an operation stands for; nothing where it stands for none.
TensorId standIn(const Timeline& timeline, const OpExecuted& op) {
    if (op.inputs.size() == 1 && (op.op == "ReadVariableOp" || isOneOf(standIns, op.op))) return op.inputs[0];
    if (op.inputs.size() != 2 || !isOneOf(shifts, op.op)) return {};
    const auto reads = [&](TensorId input) { return !ancestryOf(timeline, input).variables.empty(); };
    const std::size_t along = reads(op.inputs[0]) ? 0 : 1;
    const bool alone = !reads(op.inputs[1 - along]);
    return alone && (op.op != "Sub" || along == 0) ? op.inputs[along] : TensorId{};
}

}  // namespace

std::vector<Clipping> clippings(const Timeline& timeline) {
    std::vector<Clipping> found;
    for (const auto index : eventsOf<OpExecuted>(timeline)) {
        const auto& op = timeline.get<OpExecuted>(index);
        if (op.backward.valid() || op.outputs.empty() || !clips(timeline, op)) continue;
        const auto to = op.outputs.front();
        const auto* fold = clippingFold(timeline, op.fold);
        if (fold && consumedWithin(timeline, *fold, to)) continue;
        const auto from = fold ? entered(timeline, *fold, to) : clipped(op);
        if (!from.valid() || !producerOf(timeline, from).valid() || !sameShape(timeline, from, to)) continue;
        found.push_back({from, to, fold ? fold->site : op.site, index, fold ? fold->name : "tf.clip_by_value"});
    }
    return found;
}

bool standsFor(const Timeline& timeline, TensorId tensor, VariableId variable) {
    const auto handle = timeline.variables()[variable.index()].handle;
    if (!sameShape(timeline, tensor, handle)) return false;
    const auto ancestry = ancestryOf(timeline, tensor);
    if (ancestry.rounded && ancestry.variables == std::set{variable}) return true;
    while (tensor.valid() && tensor != handle) {
        const auto producer = producerOf(timeline, tensor);
        tensor = producer.valid() ? standIn(timeline, timeline.op(producer)) : TensorId{};
    }
    return tensor == handle;
}

}  // namespace tapescope
