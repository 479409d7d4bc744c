// SPDX-License-Identifier: Apache-2.0
#include "core/trace/foldresult.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace tapescope {

namespace {

bool liesIn(const Timeline& timeline, FoldId inner, FoldId fold) {
    while (inner.valid() && inner != fold)
        inner = timeline.get<FoldBegan>(timeline.folds()[inner.index()].began).parent;
    return inner.valid();
}

/// Its operations follow each other; between them only the way back of a tape inside can lie.
std::vector<NodeId> nodesOf(const Timeline& timeline, FoldId fold) {
    const auto all = timeline.nodes();
    const EventIndex began = timeline.folds()[fold.index()].began;
    const auto first = std::ranges::lower_bound(all, began, {}, &NodeRecord::event);
    std::vector<NodeId> nodes;
    for (auto at = first; at != all.end(); ++at) {
        const NodeId node{static_cast<std::uint32_t>(at - all.begin())};
        const OpExecuted& op = timeline.op(node);
        if (liesIn(timeline, op.fold, fold)) {
            nodes.push_back(node);
        } else if (!op.backward.valid()) {
            break;
        }
    }
    return nodes;
}

const Value* valueOf(const Timeline& timeline, TensorId tensor) {
    const TensorRecord& record = timeline.tensors()[tensor.index()];
    if (!record.producer.valid()) return nullptr;
    const auto& values = timeline.op(record.producer).values;
    return record.output < values.size() ? &values[record.output] : nullptr;
}

Shape shapeOf(const Timeline& timeline, TensorId tensor) {
    const Value* value = valueOf(timeline, tensor);
    return value == nullptr ? Shape() : value->shape();
}

double normOfAll(const Timeline& timeline, const std::vector<TensorId>& tensors) {
    double sum = 0;
    for (const TensorId tensor : tensors)
        if (const Value* value = valueOf(timeline, tensor)) sum += std::pow(summaryOf(*value).norm, 2);
    return std::sqrt(sum);
}

}  // namespace

FoldResult foldResult(const Timeline& timeline, FoldId fold) {
    FoldResult result;
    const std::vector<NodeId> nodes = nodesOf(timeline, fold);
    const std::set<NodeId> inside(nodes.begin(), nodes.end());
    std::set<TensorId> seen;
    for (const NodeId node : nodes) {
        const OpExecuted& op = timeline.op(node);
        if (op.op == "ReadVariableOp") {  // what a variable holds is given, not the variable
            if (seen.insert(op.inputs.front()).second) result.given.push_back(op.outputs.front());
            continue;
        }
        if (op.op != "Const") ++result.operations;
        for (const TensorId input : op.inputs) {
            const TensorRecord& record = timeline.tensors()[input.index()];
            const bool own = record.producer.valid() && inside.contains(record.producer);
            if (!own && seen.insert(input).second) result.given.push_back(input);
        }
        for (const TensorId output : op.outputs) {
            const auto& consumers = timeline.tensors()[output.index()].consumers;
            const auto isInside = [&inside](NodeId consumer) { return inside.contains(consumer); };
            if (std::ranges::none_of(consumers, isInside)) result.results.push_back(output);
        }
    }
    return result;
}

bool clips(std::string_view function) {
    return function.find("clip_by_") != std::string_view::npos;
}

std::optional<NormChange> normChange(const Timeline& timeline, FoldId fold) {
    if (!clips(timeline.get<FoldBegan>(timeline.folds()[fold.index()].began).name)) return std::nullopt;
    FoldResult result = foldResult(timeline, fold);
    if (result.results.empty()) return std::nullopt;
    // A limit or a norm that it was given beside is no part of what is clipped; where it looks the same, nothing is
    // said.
    const auto isOther = [&](TensorId tensor) {
        return std::ranges::none_of(
            result.results, [&](TensorId made) { return shapeOf(timeline, made) == shapeOf(timeline, tensor); });
    };
    std::erase_if(result.given, isOther);
    if (result.given.size() != result.results.size()) return std::nullopt;
    return NormChange{normOfAll(timeline, result.given), normOfAll(timeline, result.results)};
}

}  // namespace tapescope
