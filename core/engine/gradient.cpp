// SPDX-License-Identifier: Apache-2.0
// gradient() of a session: the sweep, and the answer for every source, with its reason.
#include <algorithm>
#include <cmath>

#include "core/engine/reach.h"
#include "core/engine/state.h"
#include "core/engine/sweep.h"

namespace tapescope {

namespace {
/// How many calls of gradient() are kept for true gradients beside wrong pairs.
constexpr std::size_t keptCalls = 8;

GradientState stateOf(const Operand& gradient) {
    if (!gradient) return GradientState::None;
    const Summary summary = summarize(gradient.value);
    if (summary.nans > 0) return GradientState::Nan;
    return summary.zeros == gradient.value.count() ? GradientState::Zero : GradientState::Path;
}

/// Arrivals as events. What reaches the value that was read from a variable is told when it reaches the variable, as
/// coming through the operation that used the value: a person knows no reads.
class Reporter {
public:
    Reporter(Session::State& state, GradientId gradient) : state_(state), gradient_(gradient) {}

    void operator()(const Arrival& arrival) {
        if (readFrom(arrival.tensor)) {
            uses_[arrival.tensor].push_back(arrival);
            return;
        }
        const auto use = arrival.through.valid() ? uses_.find(readBy(arrival.through)) : uses_.end();
        if (use == uses_.end()) {
            tell(arrival.tensor, arrival.through, arrival.input, arrival.total);
            return;
        }
        for (const Arrival& consumer : use->second)
            tell(arrival.tensor, consumer.through, consumer.input, arrival.total);
    }

private:
    bool readFrom(TensorId tensor) const {
        const NodeId producer = state_.graph.tensor(tensor).producer;
        return producer.valid() && state_.graph.node(producer).row->type == "ReadVariableOp";
    }
    TensorId readBy(NodeId node) const {
        const Node& facts = state_.graph.node(node);
        return facts.row->type == "ReadVariableOp" ? facts.outputs.front() : TensorId{};
    }
    void tell(TensorId tensor, NodeId through, std::uint32_t input, const Operand& total) {
        state_.emit(GradientArrived{gradient_, tensor, through, input, total.id, valueOf(total.value)});
    }

    Session::State& state_;
    GradientId gradient_;
    std::unordered_map<TensorId, std::vector<Arrival>> uses_;
};

/// Marks operations as the way back of a call while it lives.
class Backward {
public:
    Backward(Session::State& state, GradientId gradient) : state_(state), outer_(state.backward) {
        state.backward = gradient;
    }
    ~Backward() { state_.backward = outer_; }
    Backward(const Backward&) = delete;
    Backward& operator=(const Backward&) = delete;

private:
    Session::State& state_;
    GradientId outer_;
};

class Answering {
public:
    Answering(Session::State& state, const Reach& reach) : state_(state), reach_(reach) {}

    SourceAnswer asked(const Operand& source, const Operand& result) const {
        SourceAnswer answer{
            source.id, true, stateOf(result), static_cast<bool>(result), result.id, {}, CutReason::Uncut, {}, 0, {}};
        if (result) {
            answer.value = valueOf(result.value);
        } else {
            explain(answer);
        }
        return answer;
    }

    SourceAnswer notAsked(TensorId handle) const {
        SourceAnswer answer{handle, false, GradientState::NotAsked, reach_.path(handle), {}, {}, CutReason::Uncut, {},
                            0,      {}};
        if (!answer.path) explain(answer);
        return answer;
    }

private:
    void explain(SourceAnswer& answer) const {
        const Cut cut = reach_.cut(answer.source);
        answer.reason = cut.reason;
        answer.cutNode = cut.node;
        answer.cutInput = cut.input;
        if (cut.node.valid()) answer.cutSite = state_.graph.node(cut.node).site;
    }

    Session::State& state_;
    const Reach& reach_;
};
}  // namespace

std::vector<Operand> Session::gradient(TapeId tapeId, std::span<const Operand> targets,
                                       std::span<const Operand> sources, std::span<const Operand> seeds,
                                       Unconnected unconnected) {
    State& state = *state_;
    const GradientId id{state.gradientCount++};
    const bool inside = state.tape(tapeId).recording();
    GradientAsked asked{id, tapeId, {}, {}, inside, state.here()};
    for (const auto& target : targets) asked.targets.push_back(target.id);
    for (const auto& source : sources) asked.sources.push_back(source.id);
    state.emit(std::move(asked));
    const bool persistent = state.tape(tapeId).persistent();
    if (inside && !persistent) {
        std::erase(state.active, tapeId);
        state.tape(tapeId).enter(TapePhase::Ended, state.graph.now());
    }
    const auto recording = state.tape(tapeId).recorded();
    const Reach reach(state.graph, state.tape(tapeId), state.trainable, targets);

    std::vector<Operand> results;
    {
        const Backward backward(state, id);
        const std::function<void(const Arrival&)> report = Reporter(state, id);
        // The sweep may append to the recording it reads when the tape still runs: it works on what was there before.
        const Recording frozen = persistent && inside ? *recording : Recording{};
        results =
            sweep(state.graph, persistent && inside ? frozen : *recording, {targets, sources, seeds}, *this, report);
    }

    const Answering answering(state, reach);
    GradientAnswered answered{id, {}};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        answered.answers.push_back(answering.asked(sources[i], results[i]));
        if (results[i]) state.answers[results[i].id] = {id, sources[i].id};
    }
    for (const TensorId handle : reach.handles()) {
        const bool wasAsked = std::ranges::any_of(sources, [&](const Operand& source) { return source.id == handle; });
        if (!wasAsked && state.trainable[state.graph.tensor(handle).variable.index()]) {
            answered.answers.push_back(answering.notAsked(handle));
        }
    }
    state.emit(std::move(answered));
    if (!persistent) state.emit(TapeChanged{tapeId, TapeChange::Consumed, state.here()});

    state.calls[id] = {recording, {targets.begin(), targets.end()}};
    if (state.calls.size() > keptCalls) state.calls.erase(state.calls.begin());
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!results[i] && unconnected == Unconnected::Zero) results[i] = run("ZerosLike", {sources[i]});
    }
    return results;
}

}  // namespace tapescope
