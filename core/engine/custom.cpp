// SPDX-License-Identifier: Apache-2.0
// Operations of the script's own: tf.custom_gradient records one, named after the decorated function.
#include <utility>

#include "core/engine/state.h"

namespace tapescope {

namespace {
/// Where no argument is known to the tape, what arrives goes on to the results that the function computed inside.
Operands intoTheInside(Runner&, const Executed& op, std::span<const Operand> gradients) {
    Operands back(op.inputs.size() - gradients.size());
    back.insert(back.end(), gradients.begin(), gradients.end());
    return back;
}

/// While it lives, what runs tells its own place.
class Moving {
public:
    explicit Moving(std::optional<CallSiteId>& at) : at_(at), outer_(std::exchange(at, std::nullopt)) {}
    ~Moving() { at_ = outer_; }
    Moving(const Moving&) = delete;
    Moving& operator=(const Moving&) = delete;

private:
    std::optional<CallSiteId>& at_;
    std::optional<CallSiteId> outer_;
};

const OpRow& rowCalled(Session::State& state, const std::string& name) {
    const auto [found, made] = state.customRows.try_emplace(name);
    OpRow& row = found->second;
    if (made) {
        row.type = found->first;
        row.formula = "y = f(x)";
        row.doc = "A function of the script's with a way back of its own.";
        row.inputs = {{"x"}};
        row.pullback = intoTheInside;
    }
    return row;
}
}  // namespace

Operands Session::applyCustom(const std::string& name, Operands arguments, Operands results, CustomPullback pullback) {
    State& state = *state_;
    pullback.arguments = arguments.size();
    // The script's function stands elsewhere than the question that it is part of the answer to.
    pullback.call = [&state, call = std::move(pullback.call)](std::span<const Operand> upstream) {
        const Moving place(state.at);
        return call(upstream);
    };
    const auto custom = std::make_shared<const CustomPullback>(std::move(pullback));
    const OpRow& row = rowCalled(state, name);
    auto& inputs = arguments;
    inputs.insert(inputs.end(), results.begin(), results.end());
    OpExecuted event;
    event.op = name;
    event.site = state.site();
    event.fold = state.fold();
    event.backward = state.backward;
    event.node = state.graph.addNode({row, event.site});
    for (const auto& input : inputs) {
        state.graph.addInput(input.id, Flow::Smooth);
        event.inputs.push_back(input.id);
    }
    Operands outputs;
    for (const auto& result : results) {
        outputs.push_back({state.graph.addOutput(result.value.dtype()), result.value});
        event.outputs.push_back(outputs.back().id);
        event.values.push_back(valueOf(result.value));
    }
    for (Tape* tape : state.active) {
        if (state.suspended > 0 || !tape->recording()) continue;
        if (tape->recordCustom(state.graph, event.node, inputs, outputs, custom)) event.tapes.push_back(tape->id());
    }
    if (!event.tapes.empty()) state.graph.setTaped(event.node);
    state.emit(std::move(event));
    return outputs;
}

}  // namespace tapescope
