// SPDX-License-Identifier: Apache-2.0
#include "core/engine/reach.h"

#include <algorithm>
#include <unordered_set>

namespace tapescope {

Reach::Reach(const Graph& graph, const Tape& tape, const std::vector<bool>& trainable, std::span<const Operand> targets)
    : graph_(graph), tape_(tape), trainable_(trainable) {
    std::unordered_set<NodeId> recorded;
    for (const auto& entry : tape.recorded()->entries) recorded.insert(entry.node);
    for (const auto& target : targets) {
        standing_[target.id].reaches = true;
        targets_.push_back(target.id);
    }
    // Newest first: when a node is met, everything that its results lead to is known.
    for (const NodeId node : nodesBehind(targets)) {
        for (const Edge& edge : edgesInto(node)) weigh(edge, recorded.contains(node));
    }
    for (const auto& [tensor, standing] : standing_) {
        if (graph.tensor(tensor).variable.valid()) handles_.push_back(tensor);
    }
    std::ranges::sort(handles_);
}

std::vector<Reach::Edge> Reach::edgesInto(NodeId node) const {
    const Node& facts = graph_.node(node);
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i < facts.inputs.size(); ++i)
        edges.push_back({facts.inputs[i], node, i, Route::Operation});
    for (std::uint32_t i = 0; i < facts.hostInputs.size(); ++i)
        edges.push_back({facts.hostInputs[i], node, i, Route::Host});
    if (facts.row->type != "ReadVariableOp") return edges;
    const VariableId variable = graph_.tensor(facts.inputs[0]).variable;
    const VersionFacts& version = graph_.versions(variable)[facts.version];
    if (version.operand.valid() && version.since >= tape_.began()) {
        edges.push_back({version.operand, node, 0, facts.version == 0 ? Route::Creation : Route::State});
    }
    return edges;
}

std::vector<NodeId> Reach::nodesBehind(std::span<const Operand> targets) {
    std::vector<NodeId> nodes;
    std::unordered_set<NodeId> seen;
    const auto visit = [&](TensorId tensor) {
        const NodeId producer = graph_.tensor(tensor).producer;
        if (producer.valid() && seen.insert(producer).second) nodes.push_back(producer);
    };
    for (const auto& target : targets) visit(target.id);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const Edge& edge : edgesInto(nodes[i])) visit(edge.from);
    }
    std::ranges::sort(nodes, std::greater<>());
    return nodes;
}

bool Reach::good(const Edge& edge, bool recorded) const {
    if (edge.route != Route::Operation || !recorded) return false;
    return row(graph_.tensor(edge.from).dtype).trainable && graph_.node(edge.node).flows[edge.input] != Flow::Severed;
}

void Reach::weigh(const Edge& edge, bool recorded) {
    Standing& from = standing_[edge.from];
    const auto keep = [&from](const Edge& candidate) {
        if (!from.hasCut || candidate.node < from.cut.node) from.cut = candidate;
        from.hasCut = true;
    };
    if (!good(edge, recorded)) {
        keep(edge);
        return;
    }
    for (const TensorId output : graph_.node(edge.node).outputs) {
        const auto next = standing_.find(output);
        if (next == standing_.end()) continue;
        if (next->second.reaches) {
            from.reaches = true;
            from.first = edge;
        } else if (next->second.hasCut) {
            const Edge cut = next->second.cut;
            keep(cut);
        }
    }
}

bool Reach::path(TensorId source) const {
    const auto found = standing_.find(source);
    return found != standing_.end() && found->second.reaches && tape_.recorded()->knows(source);
}

Cut Reach::cut(TensorId source) const {
    if (path(source)) return {};
    if (std::ranges::find(targets_, source) != targets_.end()) return {CutReason::TargetNotRecorded, {}, 0};
    const auto found = standing_.find(source);
    if (found == standing_.end()) return {CutReason::Unused, {}, 0};
    const Standing& standing = found->second;
    if (standing.reaches) return {unwatched(source), standing.first.node, standing.first.input};
    return classify(standing.cut);
}

Cut Reach::classify(const Edge& edge) const {
    return {reasonFor(edge), edge.node, edge.input};
}

CutReason Reach::reasonFor(const Edge& edge) const {
    const Node& node = graph_.node(edge.node);
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
