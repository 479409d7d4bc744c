// SPDX-License-Identifier: Apache-2.0
// Writes logs by hand, with the ids counted and the places looked up in the script's text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/timeline.h"

namespace tapescope::testing {

/// A place: the piece of text in that line (its first occurrence), in that function.
struct Place {
    std::uint32_t line = 0;
    std::string text;
    std::string function = "<module>";
};

class LogBuilder {
public:
    /// Starts a run of `script`, which is file 0.
    explicit LogBuilder(std::string script, std::string name = "script.py");

    std::vector<Event> done() && { return std::move(events_); }
    const std::vector<Event>& events() const { return events_; }
    void add(Event event) { events_.push_back(std::move(event)); }

    // ---- the script
    Range range(std::uint32_t line, std::string_view text) const;
    std::int32_t syntax(SyntaxKind kind, std::uint32_t line, std::string_view text, std::string name,
                        std::vector<std::string_view> parts = {}, std::int32_t parent = -1);
    std::int32_t syntax(SyntaxItem item);
    void digest();                                     ///< emits the syntax said so far
    CallSiteId site(const std::vector<Place>& stack);  ///< emits CallSiteSeen where it is new
    CallSiteId site(std::vector<Frame> frames);
    CallSiteId site(std::uint32_t line, std::string text = "") { return site({{line, std::move(text), "<module>"}}); }
    void loops(std::vector<LoopPosition> stack) { add(LoopsMoved{std::move(stack)}); }

    // ---- names
    void bind(const std::string& name, ObjectRef object, CallSiteId site, const std::string& scope = "");
    static ObjectRef ref(TensorId id) { return {ObjectKind::Tensor, id.value, {}}; }
    static ObjectRef ref(VariableId id) { return {ObjectKind::Variable, id.value, {}}; }
    static ObjectRef ref(TapeId id) { return {ObjectKind::Tape, id.value, {}}; }
    static ObjectRef ref(OptimizerId id) { return {ObjectKind::Optimizer, id.value, {}}; }
    ObjectRef list(std::vector<ObjectRef> items) { return {ObjectKind::List, lists_++, std::move(items)}; }

    // ---- operations
    /// Runs on the tapes that are recording, unless it belongs to a way back.
    TensorId op(const std::string& type, CallSiteId site, std::vector<TensorId> inputs, Tensor value);
    TensorId backward(GradientId gradient, const std::string& type, CallSiteId site, std::vector<TensorId> inputs,
                      Tensor value, bool recorded = false);
    TensorId constant(CallSiteId site, Tensor value, std::vector<TensorId> hostInputs = {});
    TensorId read(VariableId variable, CallSiteId site);
    FoldId beginFold(const std::string& name, CallSiteId site);  ///< operations belong to it until endFold()
    void endFold() {
        fold_ = around_.back();
        around_.pop_back();
    }
    NodeId producer(TensorId tensor) const { return tensors_.at(tensor.value).producer; }
    const Tensor& value(TensorId tensor) const { return tensors_.at(tensor.value).value; }

    // ---- variables
    VariableId variable(const std::string& name, Tensor value, TensorId initial, CallSiteId site,
                        bool trainable = true);
    TensorId handle(VariableId variable) const { return variables_.at(variable.value).handle; }
    const Tensor& value(VariableId variable) const { return variables_.at(variable.value).value; }
    void assign(VariableId variable, AssignKind kind, TensorId operand, Tensor value, CallSiteId site);

    // ---- tapes and gradients
    TapeId openTape(CallSiteId site, bool persistent = false);
    void exitTape(TapeId tape, CallSiteId site);
    GradientId ask(TapeId tape, std::vector<TensorId> targets, std::vector<TensorId> sources, CallSiteId site);
    void arrive(GradientId gradient, TensorId tensor, NodeId through, std::uint32_t input, TensorId total);
    void answer(GradientId gradient, std::vector<SourceAnswer> answers);
    SourceAnswer path(TensorId source, TensorId result) const;

    // ---- optimizers
    OptimizerId optimizer(const std::string& rule, double learningRate, CallSiteId site);
    ApplyId beginApply(ApplyBegan facts);
    /// variable <- after, by plain gradient descent's formula where `gradient` is there.
    void applyPair(ApplyId apply, std::uint32_t index, double learningRate, const Tensor& trueGradient = {});
    void endApply(ApplyId apply, bool raised = false);

private:
    struct Made {
        NodeId producer;
        Tensor value;
    };
    struct Variable {
        TensorId handle;
        Tensor value;
        std::uint32_t version = 0;
    };
    struct Optimizer {
        std::int64_t iterations = 0;
    };

    TensorId execute(OpExecuted facts, Tensor value);
    TensorId nextTensor(NodeId producer, Tensor value);

    std::vector<std::string> lines_;
    std::vector<Event> events_;
    std::vector<SyntaxItem> syntax_;
    std::vector<std::vector<Frame>> sites_;
    std::vector<Made> tensors_;
    std::vector<Variable> variables_;
    std::vector<Optimizer> optimizers_;
    std::vector<ApplyBegan> applies_;
    std::vector<TapeId> recording_;
    std::uint32_t nodes_ = 0, tapes_ = 0, gradients_ = 0, folds_ = 0, lists_ = 0;
    FoldId fold_;
    std::vector<FoldId> around_;  ///< folds that have begun, each with the one around it
};

/// All events appended to a fresh timeline. Ends the program with the message where one is refused: a broken test.
Timeline timelineOf(const std::vector<Event>& events);

/// A float tensor from numbers, row by row.
Tensor tensor(Shape shape, std::vector<float> values);

}  // namespace tapescope::testing
