// SPDX-License-Identifier: Apache-2.0
// Operations, variables and tapes of a session.
#include "core/engine/session.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/engine/state.h"

namespace tapescope {

Session::Session(Sink& sink, SiteSource here)
    : state_(new State{sink, std::move(here), {}, {}, {}, {}, {}, 0, {}, 0, {}, 0, {}, {}, {}, {}}) {}
Session::~Session() = default;

Sink& Session::sink() {
    return state_->sink;
}
CallSiteId Session::here() {
    return state_->here();
}

// ---- operations

namespace {
std::vector<Tensor> valuesOf(const std::vector<Operand>& operands) {
    std::vector<Tensor> values;
    values.reserve(operands.size());
    for (const auto& operand : operands) values.push_back(operand.value);
    return values;
}
}  // namespace

std::vector<Operand> Session::apply(const OpRow& row, std::vector<Operand> inputs, Attributes attributes) {
    State& state = *state_;
    const auto values = valuesOf(inputs);
    const auto results = row.forward != nullptr ? row.forward(row, values, attributes) : values;
    Node node{&row, state.here(), {}, {}, {}, {}, 0, false, false, 0};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        node.inputs.push_back(inputs[i].id);
        node.flows.push_back(flowOf(row, i, values, attributes));
    }
    const CallSiteId site = node.site;
    const NodeId id = state.graph.addNode(std::move(node));
    OpExecuted event{id,
                     std::string(row.type),
                     site,
                     state.fold(),
                     state.graph.node(id).inputs,
                     {},
                     {},
                     attributeTexts(row, attributes),
                     {},
                     state.backward,
                     {},
                     0};
    std::vector<Operand> outputs;
    for (const auto& result : results) {
        const TensorId output = state.graph.addOutput(id, result.dtype());
        outputs.push_back({output, result});
        event.outputs.push_back(output);
        event.values.push_back(valueOf(result));
    }
    if (state.suspended == 0 && row.type != "StopGradient") {
        for (const TapeId tape : state.active) {
            if (state.tape(tape).recording() && state.tape(tape).record(state.graph, id, inputs, outputs, attributes)) {
                event.tapes.push_back(tape);
            }
        }
    }
    state.graph.node(id).taped = !event.tapes.empty();
    state.emit(std::move(event));
    return outputs;
}

std::vector<Operand> Session::runAll(std::string_view op, std::vector<Operand> inputs, Attributes attributes) {
    const OpRow& row = findOp(op);
    for (std::size_t i = attributes.size(); i < row.attributes.size(); ++i)
        attributes.push_back(row.attributes[i].fallback);
    return apply(row, std::move(inputs), std::move(attributes));
}

Operand Session::constant(const Tensor& value) {
    return constantFrom(value, {}, false);
}

Operand Session::constantFrom(const Tensor& value, std::vector<TensorId> hostInputs, bool copied) {
    State& state = *state_;
    const CallSiteId site = state.here();
    const NodeId id = state.graph.addNode({&findOp("Const"), site, {}, {}, hostInputs, {}, 0, copied, false, 0});
    const TensorId output = state.graph.addOutput(id, value.dtype());
    state.emit(OpExecuted{id,
                          "Const",
                          site,
                          state.fold(),
                          {},
                          {output},
                          {valueOf(value)},
                          {},
                          {},
                          state.backward,
                          std::move(hostInputs),
                          0});
    return {output, value};
}

void Session::leave(TensorId tensor, std::string how) {
    const auto variable = state_->graph.tensor(tensor).variable;
    const std::uint32_t version = variable.valid() ? state_->variable(variable).version : 0;
    state_->emit(ValueLeft{tensor, version, std::move(how), state_->here()});
}

void Session::beginFold(const std::string& name) {
    State& state = *state_;
    const CallSiteId site = state.here();
    const FoldId fold{state.foldCount++};
    state.emit(FoldBegan{fold, state.fold(), name, site});
    state.folds.push_back(fold);
}

void Session::endFold() {
    state_->folds.pop_back();
}

// ---- variables

VariableId Session::createVariable(const Operand& initial, const std::string& name, bool trainable) {
    State& state = *state_;
    const VariableId id{static_cast<std::uint32_t>(state.variables.size())};
    const TensorId handle = state.graph.addHandle(id);
    state.graph.addVersion(id, initial.id);
    state.variables.push_back({name, trainable, handle, initial.value, 0});
    state.trainable.push_back(trainable);
    state.emit(VariableCreated{id, handle, name, trainable, initial.id, valueOf(initial.value), state.here()});
    return id;
}

const Tensor& Session::value(VariableId variable) const {
    return state_->variable(variable).value;
}
TensorId Session::handle(VariableId variable) const {
    return state_->variable(variable).handle;
}
const std::string& Session::name(VariableId variable) const {
    return state_->variable(variable).name;
}
bool Session::trainable(VariableId variable) const {
    return state_->variable(variable).trainable;
}

Operand Session::handleOperand(VariableId variable) const {
    return {state_->variable(variable).handle, state_->variable(variable).value};
}

std::optional<VariableId> Session::variableOf(TensorId handle) const {
    const VariableId variable = state_->graph.tensor(handle).variable;
    return variable.valid() ? std::optional(variable) : std::nullopt;
}

Operand Session::read(VariableId variable, bool quiet) {
    State& state = *state_;
    const VariableRow facts = state.variable(variable);
    if (facts.trainable && !quiet && state.suspended == 0) {
        for (const TapeId tape : state.active) {
            Tape& active = state.tape(tape);
            if (!active.recording() || !active.watchesVariables()) continue;
            if (active.watch(facts.handle, variable, state.graph.now())) {
                state.emit(TapeWatched{tape, facts.handle, true, state.here()});
            }
        }
    }
    const CallSiteId site = state.here();
    const OpRow& row = findOp("ReadVariableOp");
    const NodeId id =
        state.graph.addNode({&row, site, {facts.handle}, {}, {}, {Flow::Smooth}, facts.version, false, false, 0});
    const Operand output{state.graph.addOutput(id, facts.value.dtype()), facts.value};
    OpExecuted event{id, "ReadVariableOp", site, state.fold(), {facts.handle}, {output.id}, {valueOf(facts.value)}, {},
                     {}, state.backward,   {},   facts.version};
    if (state.suspended == 0) {
        for (const TapeId tape : state.active) {
            if (state.tape(tape).recording() &&
                state.tape(tape).record(state.graph, id, {{facts.handle, facts.value}}, {output}, {})) {
                event.tapes.push_back(tape);
            }
        }
    }
    state.graph.node(id).taped = !event.tapes.empty();
    state.emit(std::move(event));
    return output;
}

namespace {
struct AssignRow {
    std::string_view kernel;  ///< as complaints name it
    std::string_view op;      ///< the operation that combines old and operand; "" replaces
};
constexpr AssignRow assignRow(AssignKind kind) {
    switch (kind) {
        case AssignKind::AssignAdd: return {"AssignAddVariableOp", "AddV2"};
        case AssignKind::AssignSub: return {"AssignSubVariableOp", "Sub"};
        default: return {"AssignVariableOp", ""};
    }
}

Tensor assigned(const VariableRow& variable, AssignKind kind, const Tensor& operand) {
    const AssignRow how = assignRow(kind);
    const bool fits = operand.shape() == variable.value.shape();
    if (how.op.empty()) {
        if (fits) return operand;
        throw Error(ErrorKind::Value, "Cannot assign value to variable ' " + variable.name +
                                          "': Shape mismatch.The variable shape " + pythonText(variable.value.shape()) +
                                          ", and the assigned value shape " + pythonText(operand.shape()) +
                                          " are incompatible.");
    }
    if (!fits) {
        const std::string kernel(how.kernel);
        throw Error(ErrorKind::InvalidArgument,
                    "{{function_node __wrapped__" + kernel +
                        "_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot update variable with shape " +
                        kernelText(variable.value.shape()) + " using a Tensor with shape " +
                        kernelText(operand.shape()) + ", shapes must be equal. [Op:" + kernel + "] name: ");
    }
    const OpRow& row = findOp(how.op);
    return row.forward(row, std::vector<Tensor>{variable.value, operand}, {}).front();
}
}  // namespace

void Session::assign(VariableId variable, AssignKind kind, const Operand& operand) {
    State& state = *state_;
    VariableRow& row = state.variable(variable);
    const Tensor before = row.value;
    row.value = assigned(row, kind, operand.value);
    ++row.version;
    state.graph.addVersion(variable, operand.id);
    state.emit(VariableAssigned{
        variable, row.version, kind, operand.id, {}, valueOf(row.value), distance(before, row.value), state.here()});
}

// ---- tapes

TapeId Session::openTape(bool persistent, bool watchVariables) {
    State& state = *state_;
    const TapeId id{static_cast<std::uint32_t>(state.tapes.size())};
    state.tapes.emplace_back(id, persistent, watchVariables);
    state.tapes.back().enter(TapePhase::Recording, state.graph.now());
    state.active.push_back(id);
    state.emit(TapeOpened{id, persistent, watchVariables, state.here()});
    return id;
}

namespace {
void change(Session::State& state, TapeId tape, TapePhase phase, TapeChange what) {
    state.tape(tape).enter(phase, state.graph.now());
    state.emit(TapeChanged{tape, what, state.here()});
}
}  // namespace

void Session::exitTape(TapeId tape) {
    std::erase(state_->active, tape);
    change(*state_, tape, TapePhase::Outside, TapeChange::Exited);
}

void Session::reenterTape(TapeId tape) {
    state_->active.push_back(tape);
    change(*state_, tape, TapePhase::Recording, TapeChange::Entered);
}

void Session::pauseTape(TapeId tape) {
    change(*state_, tape, TapePhase::Paused, TapeChange::Paused);
}
void Session::resumeTape(TapeId tape) {
    change(*state_, tape, TapePhase::Recording, TapeChange::Resumed);
}

void Session::resetTape(TapeId tape) {
    state_->tape(tape).reset(state_->graph.now());
    change(*state_, tape, TapePhase::Recording, TapeChange::Reset);
}

void Session::watch(TapeId tape, TensorId tensor) {
    State& state = *state_;
    if (state.tape(tape).watch(tensor, state.graph.tensor(tensor).variable, state.graph.now())) {
        state.emit(TapeWatched{tape, tensor, false, state.here()});
    }
}

bool Session::anyTapeActive() const {
    return state_->suspended == 0 && !state_->active.empty();
}

std::vector<VariableId> Session::watchedVariables(TapeId tape) const {
    const auto& variables = state_->tape(tape).variables();
    return {variables.begin(), variables.end()};
}

void Session::suspendRecording() {
    ++state_->suspended;
}
void Session::resumeRecording() {
    --state_->suspended;
}

}  // namespace tapescope
