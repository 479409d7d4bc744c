// SPDX-License-Identifier: Apache-2.0
// Operations, variables and tapes of a session.
#include "core/engine/session.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/engine/state.h"
#include "core/ops/definition.h"
#include "core/ops/subnormals.h"

namespace tapescope {

Session::Session(Sink& sink, SiteSource here, bool told)
    : state_(std::make_unique<State>(sink, std::move(here), told)) {}
Session::~Session() = default;

Sink& Session::sink() {
    return state_->sink;
}
CallSiteId Session::here() {
    return state_->site();
}

// ---- operations

void Session::State::describe(OpExecuted& event, NodeId node, std::string_view op, CallSiteId site) const {
    event.node = node;
    event.op = op;
    event.site = site;
    event.fold = fold();
    event.backward = backward;
}

TapeIds Session::State::record(NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
                               const Attributes& attributes) {
    TapeIds tapesOf;
    if (suspended > 0) return tapesOf;
    for (Tape* tape : active) {
        if (tape->recording() && tape->record(graph, node, inputs, outputs, attributes)) tapesOf.push_back(tape->id());
    }
    if (!tapesOf.empty()) graph.setTaped(node);
    return tapesOf;
}

Operands Session::apply(const OpRow& row, std::span<const Operand> inputs, const Attributes& attributes) {
    State& state = *state_;
    const Inputs values(inputs);
    requireTypes(row, values);
    Tensors results =
        row.forward != nullptr ? computed(row, values, attributes) : Tensors(values.begin(), values.end());
    const CallSiteId site = state.site();
    // Who takes a handle reads the variable.
    const VariableId variable = inputs.empty() ? VariableId{} : state.graph.tensor(inputs[0].id).variable;
    const std::uint32_t version = variable.valid() ? state.variable(variable).version : 0;
    const bool unrecorded = variable.valid() && state.suspended + state.aside > 0;
    const NodeId id = state.graph.addNode({row, site, version, false, unrecorded});
    for (std::size_t i = 0; i < inputs.size(); ++i)
        state.graph.addInput(inputs[i].id, flowOf(row, i, values, attributes));
    Operands outputs;
    outputs.reserve(results.size());
    for (Tensor& result : results) {
        const TensorId output = state.graph.addOutput(result.dtype());
        outputs.push_back({output, std::move(result)});
    }
    // TensorFlow takes the gradient of a stop off the tape altogether.
    TapeIds tapes;
    if (!state.active.empty() && row.type != "StopGradient") tapes = state.record(id, inputs, outputs, attributes);
    if (state.told) {
        state.tell([&](OpExecuted& event) {
            state.describe(event, id, row.type, site);
            for (const auto& input : inputs) event.inputs.push_back(input.id);
            event.values.reserve(outputs.size());
            for (const auto& output : outputs) {
                event.outputs.push_back(output.id);
                event.values.push_back(valueOf(output.value));
            }
            if (!attributes.empty()) event.attributes = attributeTexts(row, attributes);
            event.tapes = tapes;
            event.version = version;
        });
    }
    if (const Look look = state.look) look(row, inputs, outputs);  // a copy: it may take itself away
    return outputs;
}

void Session::lookWith(Look look) {
    state_->look = std::move(look);
}

Operand Session::constant(const Tensor& value) {
    return constantFrom(value, {}, false);
}

Operand Session::constantFrom(const Tensor& value, std::vector<TensorId> hostInputs, bool copied) {
    static const OpRow& row = findOp("Const");
    State& state = *state_;
    const CallSiteId site = state.site();
    const NodeId id = state.graph.addNode({row, site, 0, copied});
    for (const TensorId input : hostInputs) state.graph.addHostInput(input);
    const TensorId output = state.graph.addOutput(value.dtype());
    if (!state.told) return {output, value};
    state.tell([&](OpExecuted& event) {
        state.describe(event, id, row.type, site);
        event.outputs = {output};
        event.values.push_back(valueOf(value));
        event.hostInputs = hostInputs;
    });
    return {output, value};
}

void Session::leave(TensorId tensor, std::string how) {
    const auto variable = state_->graph.tensor(tensor).variable;
    const std::uint32_t version = variable.valid() ? state_->variable(variable).version : 0;
    state_->emit(ValueLeft{tensor, version, std::move(how), state_->site()});
}

void Session::beginFold(const std::string& name) {
    State& state = *state_;
    const CallSiteId site = state.site();
    const FoldId fold{state.foldCount++};
    state.emit(FoldBegan{fold, state.fold(), name, site});
    state.folds.push_back(fold);
}

void Session::endFold() {
    if (state_->folds.empty()) throw Error(ErrorKind::Type, "no fold is open");
    state_->folds.pop_back();
}

// ---- variables

VariableId Session::createVariable(const Operand& initial, const std::string& name, bool trainable) {
    State& state = *state_;
    const VariableId id{static_cast<std::uint32_t>(state.variables.size())};
    const TensorId handle = state.graph.addHandle(id);
    state.graph.addVersion(id, initial.id);
    state.variables.push_back({name, trainable, handle, initial.value, 0, {}});
    state.trainable.push_back(trainable);
    state.emit(VariableCreated{id, handle, name, trainable, initial.id, valueOf(initial.value), state.site()});
    return id;
}

const Tensor& Session::value(VariableId variable) const {
    return state_->variable(variable).value;
}
std::string_view Session::madeBy(TensorId tensor) const {
    const NodeId producer = state_->graph.tensor(tensor).producer;
    return producer.valid() ? std::string_view(state_->graph.node(producer).row->type) : std::string_view();
}
TensorId Session::next() const {
    return state_->graph.next();
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

namespace {
/// Who watches what is read hears of it.
void markRead(Session::State& state, VariableId variable) {
    const VariableRow& facts = state.variable(variable);
    if (!facts.trainable) return;
    for (auto& watch : state.readWatches) watch.insert(variable);
    if (state.suspended > 0) return;
    for (Tape* tape : state.active) {
        if (!tape->recording() || !tape->watchesVariables()) continue;
        if (tape->watch(facts.handle, variable, state.graph.now())) {
            state.emit(TapeWatched{tape->id(), facts.handle, true, state.site()});
        }
    }
}
}  // namespace

Operand Session::read(VariableId variable, bool quiet) {
    static const OpRow& row = findOp("ReadVariableOp");
    return readWith(row, variable, {}, {}, quiet).front();
}

Operands Session::readWith(const OpRow& row, VariableId variable, const Operands& more, const Attributes& attributes,
                           bool quiet) {
    if (!quiet) markRead(*state_, variable);
    Operands inputs;
    inputs.reserve(1 + more.size());
    inputs.push_back(handleOperand(variable));
    for (const Operand& one : more) inputs.push_back(one);
    return apply(row, inputs, attributes);
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

/// May the variable take a value of this shape?
bool allowed(const VariableRow& variable, const Shape& shape) {
    if (!variable.declared) return shape == variable.value.shape();
    const std::optional<Shape>& declared = *variable.declared;
    return !declared ||
           std::ranges::equal(*declared, shape, [](auto wanted, auto size) { return wanted < 0 || wanted == size; });
}

/// "(None, 2)".
std::string declaredText(const VariableRow& variable) {
    const Shape& shape = variable.declared && *variable.declared ? **variable.declared : variable.value.shape();
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i > 0 ? ", " : "") + (shape[i] < 0 ? std::string("None") : std::to_string(shape[i]));
    }
    return text + (shape.size() == 1 ? ",)" : ")");
}

Tensor assigned(const VariableRow& variable, AssignKind kind, const Tensor& operand) {
    const AssignRow how = assignRow(kind);
    const bool fits = allowed(variable, operand.shape());
    if (how.op.empty()) {
        if (fits) return operand;
        throw Error(ErrorKind::Value, "Cannot assign value to variable ' " + variable.name +
                                          "': Shape mismatch.The variable shape " + declaredText(variable) +
                                          ", and the assigned value shape " + pythonText(operand.shape()) +
                                          " are incompatible.");
    }
    if (operand.shape() != variable.value.shape()) {
        const std::string kernel(how.kernel);
        throw Error(ErrorKind::InvalidArgument,
                    "{{function_node __wrapped__" + kernel +
                        "_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot update variable with shape " +
                        kernelText(variable.value.shape()) + " using a Tensor with shape " +
                        kernelText(operand.shape()) + ", shapes must be equal. [Op:" + kernel + "] name: ");
    }
    const OpRow& row = findOp(how.op);
    return computed(row, Tensors{variable.value, operand}, {}).front();
}
}  // namespace

void Session::assign(VariableId variable, AssignKind kind, const Operand& operand) {
    State& state = *state_;
    VariableRow& row = state.variable(variable);
    update(variable, kind, assigned(row, kind, operand.value), operand.id);
}

void Session::update(VariableId variable, AssignKind kind, const Tensor& value, TensorId operand) {
    State& state = *state_;
    VariableRow& row = state.variable(variable);
    const Tensor before = row.value;
    row.value = value;
    ++row.version;
    state.graph.addVersion(variable, operand);
    // What an assignment gives back counts as read, though nobody may ever look at it.
    markRead(state, variable);
    if (!state.told) return;
    const double change = before.shape() == value.shape() ? distance(before, value) : 0;
    state.emit(VariableAssigned{variable, row.version, kind, operand, {}, valueOf(value), change, state.site()});
}

void Session::loosen(VariableId variable, std::optional<Shape> declared) {
    state_->variable(variable).declared = std::move(declared);
}
const std::optional<std::optional<Shape>>& Session::declaredShape(VariableId variable) const {
    return state_->variable(variable).declared;
}

void Session::beginReadWatch() {
    state_->readWatches.emplace_back();
}

std::vector<VariableId> Session::endReadWatch() {
    if (state_->readWatches.empty()) throw Error(ErrorKind::Type, "nobody watches what is read");
    const auto read = std::move(state_->readWatches.back());
    state_->readWatches.pop_back();
    return {read.begin(), read.end()};
}

// ---- tapes

TapeId Session::openTape(bool persistent, bool watchVariables) {
    State& state = *state_;
    const TapeId id = state.tapes.open(persistent, watchVariables);
    state.tape(id).enter(TapePhase::Recording, state.graph.now());
    state.active.push_back(&state.tape(id));
    state.emit(TapeOpened{id, persistent, watchVariables, state.site()});
    return id;
}

void refuseNumber(const char* what, std::uint32_t number) {
    throw Error(ErrorKind::Type, std::to_string(number) + " is no " + what);
}

namespace {
void change(Session::State& state, TapeId tape, TapePhase phase, TapeChange what) {
    state.tape(tape).enter(phase, state.graph.now());
    state.emit(TapeChanged{tape, what, state.site()});
}
}  // namespace

void Session::exitTape(TapeId tape) {
    std::erase(state_->active, &state_->tape(tape));
    change(*state_, tape, TapePhase::Outside, TapeChange::Exited);
}

namespace {
/// One that was closed may be gone at any time, though an older one still keeps its place.
Tape* stillOpen(Session::State& state, TapeId id) {
    Tape& one = state.tape(id);
    if (one.closed()) refuseNumber("tape", id.value);
    return &one;
}
}  // namespace

void Session::reenterTape(TapeId tape) {
    Tape* one = stillOpen(*state_, tape);
    std::erase(state_->active, one);
    state_->active.push_back(one);
    change(*state_, tape, TapePhase::Recording, TapeChange::Entered);
}

void Session::pauseTape(TapeId tape) {
    change(*state_, tape, TapePhase::Paused, TapeChange::Paused);
}
void Session::resumeTape(TapeId tape) {
    // It may have been entered and left in between.
    Tape* one = stillOpen(*state_, tape);
    if (std::ranges::find(state_->active, one) == state_->active.end()) state_->active.push_back(one);
    change(*state_, tape, TapePhase::Recording, TapeChange::Resumed);
}

void Session::resetTape(TapeId tape) {
    state_->tape(tape).reset(state_->graph.now());
    change(*state_, tape, TapePhase::Recording, TapeChange::Reset);
}

void Session::watchEverything(TapeId tape) {
    state_->tape(tape).watchEverything();
}

void Session::watch(TapeId tape, TensorId tensor) {
    State& state = *state_;
    if (state.tape(tape).watch(tensor, state.graph.tensor(tensor).variable, state.graph.now())) {
        state.emit(TapeWatched{tape, tensor, false, state.site()});
    }
}

bool Session::anyTapeActive() const {
    return state_->suspended == 0 && std::ranges::any_of(state_->active, &Tape::recording);
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

void Session::setTapesAside() {
    ++state_->aside;
    for (Tape* tape : state_->active) tape->setAside();
}
void Session::takeTapesBack() {
    --state_->aside;
    for (Tape* tape : state_->active) tape->takeBack();
}

}  // namespace tapescope
