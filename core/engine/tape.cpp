// SPDX-License-Identifier: Apache-2.0
#include "core/engine/tape.h"

#include <algorithm>

namespace tapescope {

std::shared_ptr<Recording> Recordings::fresh() {
    constexpr std::size_t large = 4096;
    auto one = spare_.empty() ? std::make_unique<Recording>() : std::move(spare_.back());
    if (!spare_.empty()) spare_.pop_back();
    return {one.release(), [this](Recording* gone) {
                std::unique_ptr<Recording> owner(gone);
                const bool small = gone->size() <= large;
                gone->clear();  // what goes with it may be a script's own, and make other recordings go
                if (small && spare_.size() < enough) spare_.push_back(std::move(owner));
            }};
}

void Recording::clear() {
    entries_.clear();
    operands_.clear();
    attributes_.clear();
    customs_.clear();
    known_.clear();
    lost_ = 0;
}

TapeEntry Recording::operator[](std::size_t entry) const {
    const Row& row = entries_[entry];
    const std::span<const Operand> operands(operands_.data() + row.operands, row.inputs + row.outputs);
    static const Attributes none;
    return {row.node, operands.first(row.inputs), operands.subspan(row.inputs),
            row.attributes == 0 ? none : attributes_[row.attributes - 1],
            row.custom == 0 ? nullptr : customs_[row.custom - 1].get()};
}

std::optional<std::size_t> Recording::entryOf(TensorId tensor) const {
    const std::uint32_t state = stateOf(tensor);
    return state < firstEntry ? std::nullopt : std::optional<std::size_t>(state - firstEntry);
}

bool Recording::lost(TensorId tensor) const {
    const auto entry = entryOf(tensor);
    return entry && *entry < lost_;
}

bool Recording::watch(TensorId tensor) {
    std::uint32_t& state = known_[tensor];
    if (state != unknown) return false;
    state = watched;
    return true;
}

void Recording::add(NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
                    const Attributes& attributes) {
    if (entries_.empty() && known_.empty() && !outputs.empty()) known_.begin(outputs.front().id);
    const auto state = static_cast<std::uint32_t>(entries_.size()) + firstEntry;
    entries_.push_back({node, static_cast<std::uint32_t>(operands_.size()), static_cast<std::uint32_t>(inputs.size()),
                        static_cast<std::uint32_t>(outputs.size()), 0, 0});
    for (const auto& input : inputs) operands_.push_back(input);
    for (const auto& output : outputs) operands_.push_back(output);
    if (!attributes.empty()) {
        attributes_.push_back(attributes);
        entries_.back().attributes = static_cast<std::uint32_t>(attributes_.size());
    }
    for (const auto& output : outputs) known_[output.id] = state;
}

void Recording::takeCustom(std::shared_ptr<const CustomPullback> custom) {
    customs_.push_back(std::move(custom));
    entries_.back().custom = static_cast<std::uint32_t>(customs_.size());
}

void Tape::reset(Clock now) {
    recording_ = recordings_->fresh();
    variables_.clear();
    watchedAt_.clear();
    resetAt_ = now;
}

bool Tape::watch(TensorId tensor, VariableId variable, Clock now) {
    if (!recording_->watch(tensor)) return false;
    watchedAt_[tensor] = now;
    if (variable.valid()) {
        const auto* place = std::ranges::lower_bound(variables_, variable);
        if (place == variables_.end() || *place != variable) variables_.insert(place, variable);
    }
    return true;
}

bool Tape::record(const Graph& graph, NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
                  const Attributes& attributes) {
    for (const Operand& input : inputs) {
        if (watchesEverything_ && row(graph.tensor(input.id).dtype).trainable) recording_->watch(input.id);
    }
    const bool known = std::ranges::any_of(inputs, [&](const Operand& input) { return carries(graph, input); });
    if (known) recording_->add(node, inputs, outputs, attributes);
    return known;
}

bool Tape::carries(const Graph& graph, const Operand& input) const {
    return row(graph.tensor(input.id).dtype).trainable && recording_->knows(input.id);
}

bool Tape::recordCustom(const Graph& graph, NodeId node, std::span<const Operand> inputs,
                        std::span<const Operand> outputs, const std::shared_ptr<const CustomPullback>& custom) {
    if (!record(graph, node, inputs, outputs, {})) return false;
    const auto arguments = inputs.first(custom->arguments);
    // The ones that a way back begins with are constants to TensorFlow, and made from the target here.
    const bool own = std::ranges::any_of(arguments, [&](const Operand& one) {
        const NodeId producer = graph.tensor(one.id).producer;
        return carries(graph, one) && !(producer.valid() && graph.rowOf(producer).type == "OnesLike");
    });
    if (own) recording_->takeCustom(custom);
    return true;
}

TapePhase Tape::phaseAt(Clock when) const {
    const auto* after = std::ranges::upper_bound(history_, when, {}, &Turn::when);
    return after == history_.begin() ? TapePhase::Outside : std::prev(after)->phase;
}

std::optional<Clock> Tape::watchedAt(TensorId tensor) const {
    const auto* found = watchedAt_.find(tensor);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace tapescope
