// SPDX-License-Identifier: Apache-2.0
// The graph of a step while it is drawn: boxes and value edges first, then what the gradients and the optimizers add.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/trace/stepfolds.h"

namespace tapescope {

struct Drawing {
    const Timeline& timeline;
    Step span;
    StepFolds folds;
    StepGraph graph;
    std::map<VariableId, std::uint32_t> variables;
    std::map<OptimizerId, std::uint32_t> optimizers;
    std::unordered_map<NodeId, std::uint32_t> nodes;
    /// Value edges by consumer, whether through Python, input.
    std::map<std::tuple<NodeId, bool, std::uint32_t>, std::uint32_t> edges;

    /// Visits the events of one kind within the step: visit(fact, index).
    template <class T, class Visit>
    void each(Visit visit) const {
        const auto all = timeline.findAll(Event(T{}).index());
        for (auto at = std::ranges::lower_bound(all, span.begin); at != all.end() && *at < span.end; ++at)
            visit(timeline.get<T>(*at), *at);
    }

    /// Behind a read, the variable's handle; else the tensor itself.
    TensorId origin(TensorId tensor) const;
    const OpExecuted* producer(TensorId tensor) const;  ///< null for a handle
    std::optional<std::uint32_t> boxOf(TensorId tensor) const;
};

/// "Add" for "AddV2": the operation's type as a person reads it.
std::string operationTitle(const std::string& op);

/// Variables, optimizers, operations, and the values between them.
void drawBoxes(Drawing& drawing);
/// Gradients against the values; cuts and end bars.
void drawGradients(Drawing& drawing);
/// The optimizers' pairs and the gradient states of the variables.
void drawUpdates(Drawing& drawing);

}  // namespace tapescope
