// SPDX-License-Identifier: Apache-2.0
// The graph of a step, drawn in three passes.
#include "core/trace/stepgraph.h"

#include "core/trace/drawing.h"

namespace tapescope {

TensorId Drawing::origin(TensorId tensor) const {
    const auto* made = producer(tensor);
    return made != nullptr && made->op == "ReadVariableOp" && !made->inputs.empty() ? made->inputs.front() : tensor;
}

const OpExecuted* Drawing::producer(TensorId tensor) const {
    const auto& record = timeline.tensors()[tensor.index()];
    return record.producer.valid() ? &timeline.op(record.producer) : nullptr;
}

std::optional<std::uint32_t> Drawing::boxOf(TensorId tensor) const {
    const auto& record = timeline.tensors()[origin(tensor).index()];
    if (record.variable.valid()) {
        const auto found = variables.find(record.variable);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    }
    const auto found = nodes.find(record.producer);
    return found == nodes.end() ? std::nullopt : std::optional(found->second);
}

StepGraph stepGraph(const Timeline& timeline, std::uint32_t step, const FoldChoice& choice) {
    const auto steps = timeline.steps();
    if (step >= steps.size()) return {};
    Drawing drawing{timeline, steps[step], StepFolds(timeline, steps[step], choice), {}, {}, {}, {}, {}};
    drawing.graph.step = step;
    drawBoxes(drawing);
    drawGradients(drawing);
    drawUpdates(drawing);
    return std::move(drawing.graph);
}

}  // namespace tapescope
