// SPDX-License-Identifier: Apache-2.0
#include "core/engine/tape.h"

#include <algorithm>

namespace tapescope {

std::optional<std::size_t> Recording::entryOf(TensorId tensor) const {
    const auto found = known.find(tensor);
    if (found == known.end() || found->second == watched) return std::nullopt;
    return static_cast<std::size_t>(found->second);
}

void Tape::reset(Clock now) {
    recording_ = std::make_shared<Recording>();
    variables_.clear();
    watchedAt_.clear();
    resetAt_ = now;
}

bool Tape::watch(TensorId tensor, VariableId variable, Clock now) {
    if (!recording_->known.emplace(tensor, Recording::watched).second) return false;
    watchedAt_.emplace(tensor, now);
    if (variable.valid()) variables_.insert(variable);
    return true;
}

bool Tape::record(const Graph& graph, NodeId node, const std::vector<Operand>& inputs,
                  const std::vector<Operand>& outputs, const Attributes& attributes) {
    const bool known = std::ranges::any_of(inputs, [&](const Operand& input) {
        return row(graph.tensor(input.id).dtype).trainable && recording_->knows(input.id);
    });
    if (!known) return false;
    const auto entry = static_cast<std::int32_t>(recording_->entries.size());
    recording_->entries.push_back({node, inputs, outputs, attributes});
    for (const auto& output : outputs) recording_->known[output.id] = entry;
    return true;
}

TapePhase Tape::phaseAt(Clock when) const {
    const auto after = std::ranges::upper_bound(history_, when, {}, &std::pair<Clock, TapePhase>::first);
    return after == history_.begin() ? TapePhase::Outside : std::prev(after)->second;
}

std::optional<Clock> Tape::watchedAt(TensorId tensor) const {
    const auto found = watchedAt_.find(tensor);
    if (found == watchedAt_.end()) return std::nullopt;
    return found->second;
}

}  // namespace tapescope
