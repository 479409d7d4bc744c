// SPDX-License-Identifier: Apache-2.0
// What a session holds. Shared by the files that implement it, and by nothing else.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "core/engine/graph.h"
#include "core/engine/rule.h"
#include "core/engine/session.h"
#include "core/engine/tape.h"

namespace tapescope {

struct VariableRow {
    std::string name;
    bool trainable = true;
    TensorId handle;
    Tensor value;
    std::uint32_t version = 0;
};

struct OptimizerRow {
    const Rule* rule = nullptr;
    std::string name;
    Settings settings;
    std::map<VariableId, std::map<std::string, Tensor>> slots;
};

/// Which answer of which gradient() a tensor is.
struct AnswerOf {
    GradientId gradient;
    TensorId source;
};

/// A call of gradient(), kept for a while so that the true gradient of a wrong pair can be computed.
struct GradientCall {
    std::shared_ptr<Recording> recording;
    std::vector<Operand> targets;
};

struct RunningApply {
    OptimizerId optimizer;
    CallSiteId site;
};

struct Session::State {
    Sink& sink;
    SiteSource here;
    Graph graph;
    std::vector<VariableRow> variables;
    std::vector<bool> trainable;  ///< by variable
    std::vector<Tape> tapes;
    std::vector<TapeId> active;  ///< recording or paused, innermost last
    int suspended = 0;
    GradientId backward;  ///< the running gradient()
    std::uint32_t gradientCount = 0;
    std::vector<FoldId> folds;  ///< open ones, innermost last
    std::uint32_t foldCount = 0;
    std::vector<OptimizerRow> optimizers;
    std::vector<RunningApply> applies;
    std::unordered_map<TensorId, AnswerOf> answers;
    std::map<GradientId, GradientCall> calls;  ///< the latest few

    void emit(Event event) const { sink.take(std::move(event)); }
    VariableRow& variable(VariableId id) { return variables[id.index()]; }
    Tape& tape(TapeId id) { return tapes[id.index()]; }
    FoldId fold() const { return folds.empty() ? FoldId{} : folds.back(); }
    /// The answer that a tensor is, or was made from by transformations (clipping, scaling): over data, newest first.
    std::optional<AnswerOf> provenance(TensorId tensor) const;
    std::optional<Value> trueGradient(TensorId used, VariableId variable) const;
};

}  // namespace tapescope
