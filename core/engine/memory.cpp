// SPDX-License-Identifier: Apache-2.0
// What a session may forget in a long run: tapes that ended, operations that nothing can be asked about.
#include <algorithm>

#include "core/engine/state.h"

namespace tapescope {

namespace {
constexpr std::size_t fewNodes = std::size_t{1} << 16;

void keepRecording(const Recording& recording, Graph::Kept& kept) {
    for (std::size_t i = 0; i < recording.size(); ++i) kept.nodes.push_back(recording.node(i));
}
}  // namespace

void Session::closeTape(TapeId tape) {
    if (std::ranges::find(state_->active, tape, &Tape::id) == state_->active.end()) state_->tapes.close(tape);
}

void Session::hold(TensorId tensor) {
    if (tensor.valid()) state_->graph.hold(tensor);
}
void Session::drop(TensorId tensor) {
    if (tensor.valid()) state_->graph.drop(tensor);
}

bool Session::fullOfMemories() const {
    const Graph& graph = state_->graph;
    // Each time costs what is left, so there must be as much again for it.
    return graph.nodesSince() > std::max(fewNodes, 2 * graph.nodesKept());
}

void Session::forget(std::span<const TensorId> kept) {
    State& state = *state_;
    if (state.backward.valid() || state.at) return;
    Graph::Kept all{.since = state.graph.now(), .tensors = {kept.begin(), kept.end()}, .nodes = {}};
    for (const Tape& tape : state.tapes) {
        if (tape.closed()) continue;
        all.since = std::min(all.since, tape.began());
        keepRecording(*tape.recorded(), all);
    }
    for (const GradientCall& call : state.calls) {
        keepRecording(*call.recording, all);
        for (const Operand& target : call.targets) all.tensors.push_back(target.id);
        for (const auto& [result, source] : call.answers) all.tensors.push_back(result);
    }
    state.graph.forgetAllBut(all);
}

}  // namespace tapescope
