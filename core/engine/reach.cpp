// SPDX-License-Identifier: Apache-2.0
#include "core/engine/reach.h"

#include <algorithm>
#include <functional>

namespace tapescope {

Reach::Reach(const Graph& graph, const Tape& tape, const std::vector<bool>& trainable, std::span<const Operand> targets,
             const DroppedEdges& dropped)
    : graph_(graph), tape_(tape), trainable_(trainable), dropped_(dropped) {
    for (const auto& target : targets) {
        standing_[target.id].reaches = true;
        targets_.push_back(target.id);
    }
    // Newest first: when a node is met, everything that its results lead to is known.
    for (const NodeId id : nodesBehind(targets)) {
        const Node node = graph.node(id);
        const bool onTape = recorded(id, node);
        edgesInto(id, node, [&](const Edge& edge) { weigh(edge, node, onTape); });
    }
    for (const auto& [tensor, standing] : standing_) {
        if (graph.tensor(tensor).variable.valid()) handles_.push_back(tensor);
    }
    std::ranges::sort(handles_);
}

template <class Take>
void Reach::edgesInto(NodeId id, const Node& node, Take take) const {
    for (std::uint32_t i = 0; i < node.inputs.size(); ++i) take({node.inputs[i], id, i, Route::Operation});
    for (std::uint32_t i = 0; i < node.hostInputs.size(); ++i) take({node.hostInputs[i], id, i, Route::Host});
    // Who takes a handle reads the variable.
    if (node.inputs.empty()) return;
    const VariableId variable = graph_.tensor(node.inputs[0]).variable;
    if (!variable.valid()) return;
    const VersionFacts version = graph_.version(variable, node.version);
    if (version.operand.valid() && version.since >= tape_.began()) {
        take({version.operand, id, 0, node.version == 0 ? Route::Creation : Route::State});
    }
}

std::vector<NodeId> Reach::nodesBehind(std::span<const Operand> targets) {
    std::vector<NodeId> nodes;
    IdMap<NodeId, char> seen;
    const auto visit = [&](TensorId tensor) {
        const NodeId producer = graph_.tensor(tensor).producer;
        if (producer.valid() && seen.add(producer, 1).second) nodes.push_back(producer);
    };
    for (const auto& target : targets) visit(target.id);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        edgesInto(nodes[i], graph_.node(nodes[i]), [&](const Edge& edge) { visit(edge.from); });
    }
    std::ranges::sort(nodes, std::greater<>());
    return nodes;
}

bool Reach::recorded(NodeId id, const Node& node) const {
    const Recording& recording = *tape_.recorded();
    const auto entry = node.outputs.empty() ? std::nullopt : recording.entryOf(node.outputs.front());
    return entry && recording.node(*entry) == id;
}

bool Reach::good(const Edge& edge, const Node& node, bool recorded) const {
    // A read on behalf of tf.stop_gradient is not where the path ends: behind it stands the StopGradient itself.
    if (edge.route != Route::Operation || (!recorded && !node.suspended)) return false;
    if (!dropped_.empty() && dropped_.contains({edge.node, edge.input})) return false;
    return row(graph_.tensor(edge.from).dtype).trainable && node.flows[edge.input] != Flow::Severed;
}

void Reach::weigh(const Edge& edge, const Node& node, bool recorded) {
    Standing& from = standing_[edge.from];
    const auto keep = [&from](const Edge& candidate) {
        if (!from.hasCut || candidate.node < from.cut.node) from.cut = candidate;
        from.hasCut = true;
    };
    if (!good(edge, node, recorded)) {
        keep(edge);
        return;
    }
    for (const TensorId output : node.outputs) {
        const Standing* next = standing_.find(output);
        if (next == nullptr) continue;
        if (next->reaches) {
            from.reaches = true;
            from.first = edge;
        } else if (next->hasCut) {
            keep(next->cut);
        }
    }
}

bool Reach::path(TensorId source) const {
    const Standing* found = standing_.find(source);
    return found != nullptr && found->reaches && tape_.recorded()->knows(source);
}

Cut Reach::cut(TensorId source) const {
    if (path(source)) return {};
    if (std::ranges::find(targets_, source) != targets_.end()) return {CutReason::TargetNotRecorded, {}, 0};
    const Standing* found = standing_.find(source);
    if (found == nullptr) return {CutReason::Unused, {}, 0};
    const Standing& standing = *found;
    if (standing.reaches) return {unwatched(source), standing.first.node, standing.first.input};
    return classify(standing.cut);
}

Cut Reach::classify(const Edge& edge) const {
    return {reasonFor(edge), edge.node, edge.input};
}

CutReason Reach::reasonFor(const Edge& edge) const {
    const Node node = graph_.node(edge.node);
    switch (edge.route) {
        case Route::Host: return node.copied ? CutReason::Copied : CutReason::LeftTensorFlow;
        case Route::State: return CutReason::StateBlocks;
        case Route::Creation: return CutReason::Copied;
        case Route::Operation: break;
    }
    if (node.row->type == "StopGradient") return CutReason::StopGradient;
    if (!row(graph_.tensor(edge.from).dtype).trainable) return CutReason::IntegerDtype;
    const bool taped = std::ranges::any_of(node.outputs, [this](TensorId id) { return tape_.recorded()->knows(id); });
    if (taped) return CutReason::NotDifferentiable;
    return unrecorded(edge);
}

CutReason Reach::unrecorded(const Edge& edge) const {
    const Clock when = graph_.node(edge.node).when;
    switch (tape_.phaseAt(when)) {
        case TapePhase::Paused: return CutReason::Paused;
        case TapePhase::Ended: return CutReason::TapeEnded;
        case TapePhase::Outside: return graph_.node(edge.node).taped ? CutReason::OtherTape : CutReason::OutsideTape;
        case TapePhase::Recording: break;
    }
    if (tape_.resetAt() && when < *tape_.resetAt()) return CutReason::TapeReset;
    return unwatched(edge.from);
}

CutReason Reach::unwatched(TensorId tensor) const {
    const VariableId variable = graph_.tensor(tensor).variable;
    if (tape_.watchedAt(tensor)) return CutReason::WatchedLate;
    if (!variable.valid()) return CutReason::NotWatched;
    if (!trainable_[variable.index()]) return CutReason::NotTrainable;
    return tape_.watchesVariables() ? CutReason::NotWatched : CutReason::WatchDisabled;
}

}  // namespace tapescope
