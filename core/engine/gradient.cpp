// SPDX-License-Identifier: Apache-2.0
// gradient() of a session: the sweep, and the answer for every source, with its reason.
#include <algorithm>
#include <cmath>

#include "core/base/convert.h"
#include "core/base/statistics.h"
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
    const Tensor value = denseValue(gradient);
    const bool nan = value.dtype() == DType::Float32 ? anyNan(value.as<float>())
                                                     : anyElement(value, [](auto x) { return std::isnan(x); });
    if (nan) return GradientState::Nan;
    const bool any = anyElement(value, [](auto x) { return !(x == 0); });
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
        // Of the first read the sums on the way are those of the variable, too; of a later one only the last is known.
        const bool first = told_.add(arrival.tensor, true).second;
        for (const Arrival& consumer : *use) {
            const bool partial = first && &consumer != &use->back();
            tell(arrival.tensor, consumer.through, consumer.input, partial ? consumer.total : arrival.total);
        }
    }

private:
    bool readFrom(TensorId tensor) const {
        const NodeId producer = state_.graph.tensor(tensor).producer;
        return producer.valid() && &state_.graph.rowOf(producer) == &read_;
    }
    TensorId readBy(NodeId node) const {
        return &state_.graph.rowOf(node) == &read_ ? state_.graph.outputOf(node) : TensorId{};
    }
    void tell(TensorId tensor, NodeId through, std::uint32_t input, const Operand& total) {
        state_.emit(GradientArrived{gradient_, tensor, through, input, total.id, valueOf(denseValue(total))});
    }

    Session::State& state_;
    GradientId gradient_;
    const OpRow& read_ = findOp("ReadVariableOp");
    IdMap<TensorId, Few<Arrival, 2>> uses_;
    IdMap<TensorId, bool> told_;  ///< handles of variables that a read was told of
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
            answer.value = valueOf(denseValue(result));
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
    IdMap<TensorId, char> asked;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        answered.answers.push_back(answering.asked(sources[i], results[i]));
        asked[sources[i].id] = 1;
    }
    for (const TensorId handle : reach.handles()) {
        if (asked.find(handle) == nullptr && state.trainable[state.graph.tensor(handle).variable.index()]) {
            answered.answers.push_back(answering.notAsked(handle));
        }
    }
    state.emit(std::move(answered));
}

/// One call of gradient() or jacobian(): what it asks is told at its beginning, what it found at its end.
class GradientQuestion {
public:
    GradientQuestion(Session& session, Session::State& state, TapeId tape, std::span<const Operand> targets,
                     std::span<const Operand> sources)
        : session_(session),
          state_(state),
          tape_(tape),
          targets_(targets),
          sources_(sources),
          place_(state.at, state.site()) {
        const bool inside = state.tape(tape).recording();
        id_ = GradientId{state.gradientCount++};  // once there is such a tape: the numbers have no gaps
        if (state.told) tell(inside);
        persistent_ = state.tape(tape).persistent();
        if (inside && !persistent_) {
            std::erase(state.active, &state.tape(tape));
            state.tape(tape).enter(TapePhase::Ended, state.graph.now());
        }
        recording_ = state.tape(tape).recorded();
        // Before the way back runs: what it records is none of the reasons.
        explain();
        // The sweep may append to the recording it reads when the tape still runs: it works on what was there before.
        read_ = inside && persistent_ ? std::make_shared<const Recording>(*recording_) : recording_;
    }

    bool knows(TensorId tensor) const { return read_->knows(tensor); }

    Operands sweepBack(std::span<const Operand> seeds, bool told) {
        const Backward backward(state_, id_);
        const Question question{targets_, sources_, seeds, &dropped_};
        std::optional<Reporter> reporter;
        std::function<void(const Arrival&)> arrived;
        if (told && state_.told) arrived = std::ref(reporter.emplace(state_, id_));
        try {
            return sweep(state_.graph, *read_, question, session_, arrived);
        } catch (...) {
            if (!persistent_) recording_->lose();
            throw;
        }
    }

    void answer(std::span<const Operand> results) {
        if (!dropped_.empty()) explain();
        if (reach_) tellAnswers(state_, *reach_, id_, sources_, results);
        if (!persistent_) state_.emit(TapeChanged{tape_, TapeChange::Consumed, state_.site()});
        if (state_.told) keepCall(state_, {id_, recording_, {targets_.begin(), targets_.end()}, {}}, sources_, results);
    }

private:
    void tell(bool inside) const {
        GradientAsked asked{id_, tape_, {}, {}, inside, state_.site()};
        for (const auto& target : targets_) asked.targets.push_back(target.id);
        for (const auto& source : sources_) asked.sources.push_back(source.id);
        state_.emit(std::move(asked));
    }
    void explain() {
        if (state_.told) reach_.emplace(state_.graph, state_.tape(tape_), state_.trainable, targets_, dropped_);
    }

    Session& session_;
    Session::State& state_;
    TapeId tape_;
    std::span<const Operand> targets_;
    std::span<const Operand> sources_;
    Staying place_;
    GradientId id_;
    bool persistent_ = false;
    std::shared_ptr<Recording> recording_;
    std::shared_ptr<const Recording> read_;
    DroppedEdges dropped_;
    std::optional<Reach> reach_;
};

/// Ones at every `step`-th element from `first` on, zeros elsewhere.
Tensor comb(const Tensor& like, std::int64_t first, std::int64_t step) {
    Filling<double> filling(like.shape());
    std::ranges::fill(filling.values, 0.0);
    for (auto i = static_cast<std::size_t>(first); i < filling.values.size(); i += static_cast<std::size_t>(step)) {
        filling.values[i] = 1;
    }
    return converted(std::move(filling).done(), like.dtype());
}
}  // namespace

Operands Session::gradient(TapeId tape, std::span<const Operand> targets, std::span<const Operand> sources,
                           std::span<const Operand> seeds, Unconnected unconnected) {
    GradientQuestion question(*this, *state_, tape, targets, sources);
    auto results = question.sweepBack(seeds, true);
    question.answer(results);
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!results[i] && unconnected == Unconnected::Zero) results[i] = run("ZerosLike", {sources[i]});
    }
    return results;
}

std::vector<Operands> Session::jacobian(TapeId tape, const Operand& target, std::span<const Operand> sources,
                                        bool perExample) {
    GradientQuestion question(*this, *state_, tape, {&target, 1}, sources);
    std::vector<Operands> rows(sources.size());
    const Tensor& value = target.value;
    // An element of the target has no gradient where taking it out of the target would not have been recorded.
    const bool carried = question.knows(target.id) && row(value.dtype()).trainable;
    const std::int64_t examples = perExample ? value.shape().front() : 1;
    const std::int64_t count = carried && examples > 0 ? value.count() / examples : 0;
    Operands last(sources.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const Operands seed{constant(comb(value, i, count))};
        last = question.sweepBack(seed, false);
        for (std::size_t s = 0; s < sources.size(); ++s) {
            if (last[s]) rows[s].push_back(last[s]);
        }
    }
    question.answer(last);
    return rows;
}

}  // namespace tapescope
