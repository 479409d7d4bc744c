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

/// Calls `test` with the elements, where a loop over their own type is worth having; else with each as a double.
template <class Test>
bool anyElement(const Tensor& tensor, Test test) {
    if (tensor.dtype() == DType::Float32) return std::ranges::any_of(tensor.as<float>(), test);
    if (tensor.dtype() == DType::Float64) return std::ranges::any_of(tensor.as<double>(), test);
    for (std::int64_t i = 0; i < tensor.count(); ++i) {
        if (test(tensor.at(i))) return true;
    }
    return false;
}

GradientState stateOf(const Operand& gradient) {
    if (!gradient) return GradientState::None;
    if (anyElement(gradient.value, [](auto x) { return std::isnan(x); })) return GradientState::Nan;
    const bool any = anyElement(gradient.value, [](auto x) { return !(x == 0); });
    return any ? GradientState::Path : GradientState::Zero;
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
        const auto* use = arrival.through.valid() ? uses_.find(readBy(arrival.through)) : nullptr;
        if (use == nullptr) {
            tell(arrival.tensor, arrival.through, arrival.input, arrival.total);
            return;
        }
        for (const Arrival& consumer : *use) tell(arrival.tensor, consumer.through, consumer.input, arrival.total);
    }

private:
    bool readFrom(TensorId tensor) const {
        const NodeId producer = state_.graph.tensor(tensor).producer;
        return producer.valid() && &state_.graph.rowOf(producer) == &read_;
    }
    TensorId readBy(NodeId node) const {
        return &state_.graph.rowOf(node) == &read_ ? state_.graph.node(node).outputs.front() : TensorId{};
    }
    void tell(TensorId tensor, NodeId through, std::uint32_t input, const Operand& total) {
        state_.emit(GradientArrived{gradient_, tensor, through, input, total.id, valueOf(total.value)});
    }

    Session::State& state_;
    GradientId gradient_;
    const OpRow& read_ = findOp("ReadVariableOp");
    IdMap<TensorId, std::vector<Arrival>> uses_;
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

void keepCall(Session::State& state, GradientCall call, std::span<const Operand> sources,
              std::span<const Operand> results) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (results[i]) call.answers[results[i].id] = sources[i].id;
    }
    state.calls.push_front(std::move(call));
    if (state.calls.size() > keptCalls) state.calls.pop_back();
}

void tellAnswers(Session::State& state, const Reach& reach, GradientId id, std::span<const Operand> sources,
                 std::span<const Operand> results) {
    const Answering answering(state, reach);
    GradientAnswered answered{id, {}};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        answered.answers.push_back(answering.asked(sources[i], results[i]));
    }
    for (const TensorId handle : reach.handles()) {
        const bool wasAsked = std::ranges::any_of(sources, [&](const Operand& source) { return source.id == handle; });
        if (!wasAsked && state.trainable[state.graph.tensor(handle).variable.index()]) {
            answered.answers.push_back(answering.notAsked(handle));
        }
    }
    state.emit(std::move(answered));
}
}  // namespace

std::vector<Operand> Session::gradient(TapeId tapeId, std::span<const Operand> targets,
                                       std::span<const Operand> sources, std::span<const Operand> seeds,
                                       Unconnected unconnected) {
    State& state = *state_;
    const GradientId id{state.gradientCount++};
    const bool inside = state.tape(tapeId).recording();
    const Staying place(state.at, state.site());
    if (state.told) {
        GradientAsked asked{id, tapeId, {}, {}, inside, state.site()};
        for (const auto& target : targets) asked.targets.push_back(target.id);
        for (const auto& source : sources) asked.sources.push_back(source.id);
        state.emit(std::move(asked));
    }
    const bool persistent = state.tape(tapeId).persistent();
    if (inside && !persistent) {
        std::erase(state.active, tapeId);
        state.tape(tapeId).enter(TapePhase::Ended, state.graph.now());
    }
    const auto recording = state.tape(tapeId).recorded();
    // Before the way back runs: what it records is none of the reasons.
    std::optional<Reach> reach;
    if (state.told) reach.emplace(state.graph, state.tape(tapeId), state.trainable, targets);

    std::vector<Operand> results;
    {
        const Backward backward(state, id);
        std::function<void(const Arrival&)> report;
        if (state.told) report = Reporter(state, id);
        // The sweep may append to the recording it reads when the tape still runs: it works on what was there before.
        std::optional<Recording> frozen;
        if (persistent && inside) frozen = *recording;
        results = sweep(state.graph, frozen ? *frozen : *recording, {targets, sources, seeds}, *this, report);
    }

    if (reach) tellAnswers(state, *reach, id, sources, results);
    if (!persistent) state.emit(TapeChanged{tapeId, TapeChange::Consumed, state.site()});

    if (state.told) keepCall(state, {id, recording, {targets.begin(), targets.end()}, {}}, sources, results);
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!results[i] && unconnected == Unconnected::Zero) results[i] = run("ZerosLike", {sources[i]});
    }
    return results;
}

}  // namespace tapescope
