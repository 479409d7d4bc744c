// SPDX-License-Identifier: Apache-2.0
// The engine of one run: owns the graph, the variables, the tapes and the optimizers, and says what happens as events.
// No Python here: the bindings call it with values and ids, and tests drive it directly.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/tape.h"
#include "core/ops/op.h"
#include "core/trace/event.h"

namespace tapescope {

/// Where the script is now; nothing where no user code runs.
using SiteSource = std::function<CallSiteId()>;

/// Looks at an operation that has run, and at what it took and made. May throw.
using Look = std::function<void(const OpRow& row, std::span<const Operand> inputs, std::span<const Operand> outputs)>;

enum class Unconnected : std::uint8_t { None, Zero };

class Session final : public Runner {
public:
    /// `told`: whether anything becomes of the events. Where nothing does, they are not made.
    Session(Sink& sink, SiteSource here, bool told = true);
    ~Session() override;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Sink& sink();
    CallSiteId here();

    // ---- operations
    /// Runs a row, records it in the graph and on the tapes, emits OpExecuted. Throws Error with TensorFlow's text.
    Operands apply(const OpRow& row, std::span<const Operand> inputs, const Attributes& attributes) override;
    Operand constant(const Tensor& value) override;
    /// A constant made from Python data that came out of these tensors: the picture knows, no tape does. `copied`: from
    /// tensors themselves, as tf.constant(v) does, not through Python.
    Operand constantFrom(const Tensor& value, std::vector<TensorId> hostInputs, bool copied);
    /// One operation of the script's own, called `name`: the results that it computed from the arguments become new
    /// tensors, and the way back is the script's (tf.custom_gradient).
    Operands applyCustom(const std::string& name, Operands arguments, Operands results, CustomPullback pullback);
    /// A value leaves for Python.
    void leave(TensorId tensor, std::string how);
    /// The type of the operation that made it; nothing of a handle.
    std::string_view madeBy(TensorId tensor) const;
    TensorId next() const;  ///< of the tensor that will be made next
    /// From here on each operation is looked at once it has been told; nothing: no longer.
    void lookWith(Look look);
    void beginFold(const std::string& name);
    void endFold();

    // ---- variables
    VariableId createVariable(const Operand& initial, const std::string& name, bool trainable);
    const Tensor& value(VariableId variable) const;
    TensorId handle(VariableId variable) const;
    const std::string& name(VariableId variable) const;
    bool trainable(VariableId variable) const;
    std::optional<VariableId> variableOf(TensorId handle) const;
    /// Reads as TensorFlow does: marks it on the tapes (unless `quiet`), records ReadVariableOp.
    Operand read(VariableId variable, bool quiet = false);
    /// The same for a row that reads the variable itself (ResourceGather): its first input is the handle, `more` are
    /// the others.
    Operands readWith(const OpRow& row, VariableId variable, const Operands& more, const Attributes& attributes,
                      bool quiet);
    void assign(VariableId variable, AssignKind kind, const Operand& operand);
    /// The variable takes a value that somebody else computed from its old one and the operand: assignments to parts.
    void update(VariableId variable, AssignKind kind, const Tensor& value, TensorId operand);
    /// Lets later values have other shapes than the first: sizes of -1 are free, nothing leaves even the rank open.
    void loosen(VariableId variable, std::optional<Shape> declared);
    /// What was declared, where anything was.
    const std::optional<std::optional<Shape>>& declaredShape(VariableId variable) const;
    /// Trainable variables read from here on until the matching call, in order of construction. Calls nest.
    void beginReadWatch();
    std::vector<VariableId> endReadWatch();
    /// The handle as an operand, with the present value beside it: what gradient() takes as target or source.
    Operand handleOperand(VariableId variable) const;

    // ---- tapes
    TapeId openTape(bool persistent, bool watchVariables);  ///< and starts recording
    void exitTape(TapeId tape);
    void reenterTape(TapeId tape);
    void pauseTape(TapeId tape);
    void resumeTape(TapeId tape);
    void resetTape(TapeId tape);
    void watch(TapeId tape, TensorId tensor);
    void watchEverything(TapeId tape);  ///< that operations take from here on
    bool anyTapeActive() const;
    std::vector<VariableId> watchedVariables(TapeId tape) const;  ///< in order of construction
    /// Everything until the matching call runs on no tape.
    void suspendRecording();
    void resumeRecording();
    /// Everything until the matching call runs on no tape of now; those opened meanwhile record.
    void setTapesAside();
    void takeTapesBack();

    /// Gradients of the sum of the targets. A result without an id is None. `seeds`: empty, or one for each target.
    Operands gradient(TapeId tape, std::span<const Operand> targets, std::span<const Operand> sources,
                      std::span<const Operand> seeds, Unconnected unconnected);
    /// One call that asks for the gradient of each element of the target: for each source a row for each element, or no
    /// rows where there is no path. `perExample`: one for each element behind the first axis, summed over that axis.
    std::vector<Operands> jacobian(TapeId tape, const Operand& target, std::span<const Operand> sources,
                                   bool perExample);

    // ---- memory
    /// The tape will be asked nothing any more. A running one stays.
    void closeTape(TapeId tape);
    /// An object outside stands for the tensor, until as many drops.
    void hold(TensorId tensor);
    void drop(TensorId tensor);
    /// Forgets what led to nothing that is still there: now and then, where no operation runs and no operand is on its
    /// way. Tensors that are kept without a hold() are named.
    void forget(std::span<const TensorId> kept);
    /// Whether enough has come together for that.
    bool fullOfMemories() const;

    // ---- optimizers
    OptimizerId createOptimizer(const std::string& rule, const std::string& name,
                                std::vector<std::pair<std::string, double>> settings);
    /// The variables that the optimizer was built for.
    void build(OptimizerId optimizer, std::span<const VariableId> variables);
    bool builtFor(OptimizerId optimizer, VariableId variable) const;
    ApplyId beginApply(OptimizerId optimizer, ApplyBegan facts);
    void setSetting(OptimizerId optimizer, const std::string& name, double value);
    double setting(OptimizerId optimizer, const std::string& name) const;
    /// One pair of a running apply: the row of the rule computes, the variable takes the value, events say so. An empty
    /// gradient is None: nothing is applied, and the event says so. Weights decay before: w − w·decay·learning rate.
    void applyPair(ApplyId apply, std::uint32_t index, VariableId variable, const Operand& gradient, double decay = 0);
    /// A pair whose variable stays as it is, and why; without a gradient that is the reason.
    void holdPair(ApplyId apply, std::uint32_t index, VariableId variable, const Operand& gradient,
                  PairOutcome outcome);
    /// Slots of a variable in Keras's order, and one of them: its initial value where no step was made.
    std::vector<std::string> slotNames(OptimizerId optimizer, VariableId variable) const;
    Tensor slot(OptimizerId optimizer, VariableId variable, const std::string& name);
    void setSlot(OptimizerId optimizer, VariableId variable, const std::string& name, const Tensor& value);
    void endApply(ApplyId apply, std::int64_t iterations, bool raised);

    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace tapescope
