// SPDX-License-Identifier: Apache-2.0
#include "tests/trace/logbuilder.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>

namespace tapescope::testing {

namespace {

Tensor descended(const Tensor& variable, const Tensor& gradient, double rate) {
    std::vector<float> values(variable.as<float>().begin(), variable.as<float>().end());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= static_cast<float>(rate) * gradient.as<float>()[i];
    return Tensor::of<float>(variable.shape(), values);
}

}  // namespace

Tensor tensor(Shape shape, std::vector<float> values) {
    return Tensor::of<float>(std::move(shape), values);
}

Timeline timelineOf(const std::vector<Event>& events) {
    Timeline timeline;
    for (const auto& event : events) {
        if (const auto failure = timeline.append(event)) {
            std::cerr << "a hand-built log is refused: " << failure->message << '\n';
            std::abort();
        }
    }
    return timeline;
}

LogBuilder::LogBuilder(std::string script, std::string name) {
    std::istringstream stream(script);
    for (std::string line; std::getline(stream, line);) lines_.push_back(line);
    add(RunStarted{name, TAPESCOPE_VERSION, "3", 0, false});
    add(ScriptRead{FileId{0}, name, std::move(script)});
}

Range LogBuilder::range(std::uint32_t line, std::string_view text) const {
    if (line == 0 || line > lines_.size()) return {line, 0, line, 0};
    const auto found = lines_[line - 1].find(text);
    const auto column = static_cast<std::uint32_t>(found == std::string::npos ? 0 : found);
    return {line, column, line, column + static_cast<std::uint32_t>(text.size())};
}

std::int32_t LogBuilder::syntax(SyntaxKind kind, std::uint32_t line, std::string_view text, std::string name,
                                std::vector<std::string_view> parts, std::int32_t parent) {
    SyntaxItem item{kind, parent, range(line, text), std::move(name), {}};
    for (const auto part : parts) item.parts.push_back(range(line, part));
    return syntax(std::move(item));
}

std::int32_t LogBuilder::syntax(SyntaxItem item) {
    syntax_.push_back(std::move(item));
    return static_cast<std::int32_t>(syntax_.size()) - 1;
}

void LogBuilder::digest() {
    add(ScriptDigest{FileId{0}, syntax_});
}

CallSiteId LogBuilder::site(const std::vector<Place>& stack) {
    std::vector<Frame> frames;
    for (const auto& place : stack) frames.push_back({FileId{0}, place.function, range(place.line, place.text)});
    return site(std::move(frames));
}

CallSiteId LogBuilder::site(std::vector<Frame> frames) {
    const auto found = std::ranges::find(sites_, frames);
    const CallSiteId id{static_cast<std::uint32_t>(found - sites_.begin())};
    if (found == sites_.end()) {
        sites_.push_back(frames);
        add(CallSiteSeen{id, std::move(frames)});
    }
    return id;
}

void LogBuilder::bind(const std::string& name, ObjectRef object, CallSiteId site, const std::string& scope) {
    add(NameBound{scope.empty() ? name : scope + "." + name, scope, std::move(object), site});
}

TensorId LogBuilder::nextTensor(NodeId producer, Tensor value) {
    tensors_.push_back({producer, std::move(value)});
    return {static_cast<std::uint32_t>(tensors_.size()) - 1};
}

TensorId LogBuilder::execute(OpExecuted facts, Tensor value) {
    facts.node = {nodes_++};
    facts.fold = fold_;
    facts.outputs = {nextTensor(facts.node, value)};
    facts.values = {valueOf(value)};
    const auto output = facts.outputs.front();
    add(std::move(facts));
    return output;
}

TensorId LogBuilder::op(const std::string& type, CallSiteId site, std::vector<TensorId> inputs, Tensor value) {
    OpExecuted facts;
    facts.op = type;
    facts.site = site;
    facts.inputs = std::move(inputs);
    facts.tapes = recording_;
    return execute(std::move(facts), value);
}

TensorId LogBuilder::backward(GradientId gradient, const std::string& type, CallSiteId site,
                              std::vector<TensorId> inputs, Tensor value, bool recorded) {
    OpExecuted facts;
    facts.op = type;
    facts.site = site;
    facts.inputs = std::move(inputs);
    facts.backward = gradient;
    if (recorded) facts.tapes = recording_;
    return execute(std::move(facts), value);
}

TensorId LogBuilder::constant(CallSiteId site, Tensor value, std::vector<TensorId> hostInputs) {
    OpExecuted facts;
    facts.op = "Const";
    facts.site = site;
    facts.hostInputs = std::move(hostInputs);
    return execute(std::move(facts), value);
}

TensorId LogBuilder::read(VariableId variable, CallSiteId site) {
    const auto& state = variables_.at(variable.value);
    for (const auto tape : recording_) add(TapeWatched{tape, state.handle, true, site});
    OpExecuted facts;
    facts.op = "ReadVariableOp";
    facts.site = site;
    facts.inputs = {state.handle};
    facts.tapes = recording_;
    facts.version = state.version;
    return execute(std::move(facts), state.value);
}

FoldId LogBuilder::beginFold(const std::string& name, CallSiteId site) {
    const FoldId fold{folds_++};
    add(FoldBegan{fold, fold_, name, site});
    around_.push_back(fold_);
    fold_ = fold;
    return fold;
}

VariableId LogBuilder::variable(const std::string& name, Tensor value, TensorId initial, CallSiteId site,
                                bool trainable) {
    const VariableId id{static_cast<std::uint32_t>(variables_.size())};
    variables_.push_back({nextTensor({}, value), value, 0});
    add(VariableCreated{id, variables_.back().handle, name + ":0", trainable, initial, valueOf(value), site});
    return id;
}

void LogBuilder::assign(VariableId variable, AssignKind kind, TensorId operand, Tensor value, CallSiteId site) {
    auto& state = variables_.at(variable.value);
    const double change = distance(value, state.value);
    state.value = value;
    add(VariableAssigned{variable, ++state.version, kind, operand, {}, valueOf(value), change, site});
}

TapeId LogBuilder::openTape(CallSiteId site, bool persistent) {
    const TapeId tape{tapes_++};
    recording_.push_back(tape);
    add(TapeOpened{tape, persistent, true, site});
    return tape;
}

void LogBuilder::exitTape(TapeId tape, CallSiteId site) {
    std::erase(recording_, tape);
    add(TapeChanged{tape, TapeChange::Exited, site});
}

GradientId LogBuilder::ask(TapeId tape, std::vector<TensorId> targets, std::vector<TensorId> sources, CallSiteId site) {
    const GradientId gradient{gradients_++};
    const bool inside = std::erase(recording_, tape) > 0;
    add(GradientAsked{gradient, tape, std::move(targets), std::move(sources), inside, site});
    add(TapeChanged{tape, TapeChange::Consumed, site});
    return gradient;
}

void LogBuilder::arrive(GradientId gradient, TensorId tensor, NodeId through, std::uint32_t input, TensorId total) {
    add(GradientArrived{gradient, tensor, through, input, total, valueOf(value(total))});
}

void LogBuilder::answer(GradientId gradient, std::vector<SourceAnswer> answers) {
    add(GradientAnswered{gradient, std::move(answers)});
}

SourceAnswer LogBuilder::path(TensorId source, TensorId result) const {
    SourceAnswer answer;
    answer.source = source;
    answer.result = result;
    answer.value = valueOf(value(result));
    return answer;
}

OptimizerId LogBuilder::optimizer(const std::string& rule, double learningRate, CallSiteId site) {
    const OptimizerId id{static_cast<std::uint32_t>(optimizers_.size())};
    optimizers_.push_back({});
    add(OptimizerCreated{id, rule, rule, {{"learning_rate", learningRate}}, site});
    return id;
}

ApplyId LogBuilder::beginApply(ApplyBegan facts) {
    facts.apply = {static_cast<std::uint32_t>(applies_.size())};
    applies_.push_back(facts);
    add(std::move(facts));
    return applies_.back().apply;
}

void LogBuilder::applyPair(ApplyId apply, std::uint32_t index, double learningRate, const Tensor& trueGradient) {
    const auto& began = applies_.at(apply.value);
    const auto& pair = began.pairs.at(index);
    PairApplied fact;
    fact.apply = apply;
    fact.index = index;
    if (!pair.gradient.valid()) {
        fact.outcome = PairOutcome::NoGradient;
        add(std::move(fact));
        return;
    }
    auto& variable = variables_.at(pair.variable.value);
    const Tensor before = variable.value;
    variable.value = descended(before, value(pair.gradient), learningRate);
    fact.before = valueOf(before);
    fact.after = valueOf(variable.value);
    fact.used = valueOf(value(pair.gradient));
    if (trueGradient) fact.trueGradient = valueOf(trueGradient);
    fact.change = distance(before, variable.value);
    fact.rule = "w ← w − 0.01·g";
    add(VariableAssigned{
        pair.variable, ++variable.version, AssignKind::Optimizer, {}, apply, fact.after, fact.change, began.site});
    add(std::move(fact));
}

void LogBuilder::endApply(ApplyId apply, bool raised) {
    auto& optimizer = optimizers_.at(applies_.at(apply.value).optimizer.value);
    if (!raised) ++optimizer.iterations;
    add(ApplyEnded{apply, optimizer.iterations, raised});
}

}  // namespace tapescope::testing
