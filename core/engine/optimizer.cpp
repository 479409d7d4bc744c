// SPDX-License-Identifier: Apache-2.0
// Optimizers of a session: pairs are applied one by one, and each says what it did.
#include <algorithm>

#include "core/base/error.h"
#include "core/engine/rules/generations.h"
#include "core/engine/rules/term.h"
#include "core/engine/state.h"
#include "core/engine/sweep.h"
#include "core/ops/subnormals.h"

namespace tapescope {

namespace {
/// Computes without leaving a trace: for numbers that the script did not ask for.
class QuietRunner final : public Runner {
public:
    Operands apply(const OpRow& row, std::span<const Operand> inputs, const Attributes& attributes) override {
        Operands outputs;
        for (auto& value : computed(row, inputs, attributes)) outputs.push_back({next(), std::move(value)});
        return outputs;
    }
    Operand constant(const Tensor& value) override { return {next(), value}; }

private:
    /// Ids that are valid but name nothing: they never leave this runner.
    TensorId next() { return {--counter_}; }
    std::uint32_t counter_ = TensorId::nothing;
};

/// Keras casts the gradient to the variable's dtype before the rule sees it.
Tensor castTo(const Tensor& gradient, DType dtype) {
    if (gradient.dtype() == dtype) return gradient;
    const OpRow& row = findOp("Cast");
    return computed(row, Tensors{gradient}, {dtype}).front();
}
}  // namespace

std::optional<AnswerOf> Session::State::provenance(TensorId tensor) const {
    // What is older than all answers was made from none of them.
    TensorId oldest = tensor;
    for (const GradientCall& call : calls) {
        for (const auto& [result, source] : call.answers) oldest = std::min(oldest, result);
    }
    std::vector<TensorId> open{tensor};
    IdMap<TensorId, char> seen;
    seen[tensor] = 1;
    for (std::size_t i = 0; i < open.size(); ++i) {
        for (const GradientCall& call : calls) {
            if (const TensorId* source = call.answers.find(open[i])) return AnswerOf{&call, *source};
        }
        const NodeId producer = graph.tensor(open[i]).producer;
        if (!producer.valid()) continue;
        for (const TensorId input : graph.node(producer).inputs) {
            if (input >= oldest && seen.add(input, 1).second) open.push_back(input);
        }
    }
    return std::nullopt;
}

std::optional<Value> Session::State::trueGradient(TensorId used, VariableId variable) const {
    const auto answer = provenance(used);
    const TensorId handle = variables[variable.index()].handle;
    if (!answer || answer->source == handle) return std::nullopt;
    const GradientCall& call = *answer->call;
    // A way back that the script wrote would run the script again.
    if (!call.recording->knows(handle) || call.recording->hasCustom()) return std::nullopt;
    QuietRunner quiet;
    const Operands sources{{handle, variables[variable.index()].value}};
    const auto result = sweep(graph, *call.recording, {call.targets, sources, {}, nullptr}, quiet, {});
    if (!result.front()) return std::nullopt;
    return valueOf(denseValue(result.front()));
}

OptimizerId Session::createOptimizer(const std::string& rule, const std::string& name, Settings settings) {
    State& state = *state_;
    const OptimizerId id{static_cast<std::uint32_t>(state.optimizers.size())};
    state.optimizers.push_back({&ruleNamed(rule), name, settings, {}, {}, {}, {}});
    state.emit(OptimizerCreated{id, rule, name, std::move(settings), state.site()});
    return id;
}

void Session::setSetting(OptimizerId optimizer, const std::string& name, double value) {
    Settings& settings = state_->optimizer(optimizer).settings;
    for (auto& [key, old] : settings) {
        if (key == name) {
            old = value;
            return;
        }
    }
    settings.emplace_back(name, value);
}

double Session::setting(OptimizerId optimizer, const std::string& name) const {
    return tapescope::setting(state_->optimizer(optimizer).settings, name);
}

void Session::build(OptimizerId optimizer, std::span<const VariableId> variables) {
    state_->optimizer(optimizer).built = {variables.begin(), variables.end()};
}

bool Session::builtFor(OptimizerId optimizer, VariableId variable) const {
    return state_->optimizer(optimizer).built.contains(variable);
}

ApplyId Session::beginApply(OptimizerId optimizer, ApplyBegan facts) {
    State& state = *state_;
    state.optimizer(optimizer);
    for (const auto& pair : facts.pairs) state.variable(pair.variable);
    facts.apply = {state.applyCount++};
    facts.optimizer = optimizer;
    facts.site = state.site();
    state.applies[facts.apply.index() % state.applies.size()] = {optimizer, facts.site, facts.apply,
                                                                 facts.pairs.size()};
    const ApplyId id = facts.apply;
    state.emit(std::move(facts));
    return id;
}

namespace {
Tensor filled(const Slot& slot, DType dtype) {
    const OpRow& fill = findOp("Fill");
    // Keras's initialisers cast a float32, but for some of older ones.
    const Tensor value = slot.exact ? Tensor::of<double>({}, std::vector<double>{slot.initial})
                                    : Tensor::scalar(static_cast<float>(slot.initial));
    return fill.forward(fill, Tensors{castTo(value, dtype)}, {slot.shape}).front();
}

/// Slots that the rule needs and that are not there yet.
void fillSlots(const OptimizerRow& optimizer, std::map<std::string, Tensor>& slots, const Tensor& variable) {
    for (const Slot& slot : optimizer.rule->slots(optimizer.settings, variable.shape())) {
        if (!slots.contains(slot.name)) slots[slot.name] = filled(slot, variable.dtype());
    }
}

/// Whether a formula that was made for `then` still holds.
bool sayTheSame(const Rule& rule, const Settings& then, const Settings& now) {
    return std::ranges::equal(then, now, [&](const auto& a, const auto& b) {
        return a.first == b.first && (a.second == b.second || (!rule.counts && a.first == "step"));
    });
}

/// The formula, made anew where a number has changed or a variable has another shape than all before.
const std::string& formulaOf(OptimizerRow& optimizer, const Shape& variable) {
    constexpr std::size_t most = 64;
    auto& formulas = optimizer.formulas;
    const bool holds = sayTheSame(*optimizer.rule, optimizer.formulaSettings, optimizer.settings);
    if (!holds || formulas.size() == most) {
        formulas.clear();
        optimizer.formulaSettings = optimizer.settings;
    }
    const auto found = std::ranges::find(formulas, variable, &std::pair<Shape, std::string>::first);
    if (found != formulas.end()) return found->second;
    return formulas.emplace_back(variable, optimizer.rule->formula(optimizer.settings, variable)).second;
}

/// w − w·decay·rate: Keras decays weights before the rule sees them.
Tensor decayed(const Tensor& variable, double decay, double rate) {
    using rules::Term;
    const Term w(variable);
    const Term share = w.number(static_cast<float>(decay));
    return (w - w * share * w.number(rate)).tensor();
}

std::string decayText(double decay, double rate) {
    return decay == 0 ? "" : "w ← w − " + rules::digits(decay) + "·" + rules::digits(rate) + "·w;  ";
}
}  // namespace

std::vector<std::string> Session::slotNames(OptimizerId optimizer, VariableId variable) const {
    const OptimizerRow& row = state_->optimizer(optimizer);
    std::vector<std::string> names;
    for (const Slot& slot : row.rule->slots(row.settings, state_->variable(variable).value.shape()))
        names.push_back(slot.name);
    return names;
}

Tensor Session::slot(OptimizerId optimizer, VariableId variable, const std::string& name) {
    OptimizerRow& row = state_->optimizer(optimizer);
    auto& slots = row.slots[variable];
    fillSlots(row, slots, state_->variable(variable).value);
    return slots.at(name);
}

void Session::setSlot(OptimizerId optimizer, VariableId variable, const std::string& name, const Tensor& value) {
    state_->optimizer(optimizer).slots[variable][name] = value;
}

void Session::applyPair(ApplyId apply, std::uint32_t index, VariableId variable, const Operand& gradient,
                        double decay) {
    State& state = *state_;
    const RunningApply running = state.pairOf(apply, index);
    OptimizerRow& optimizer = state.optimizer(running.optimizer);
    VariableRow& row = state.variable(variable);
    const Tensor before = row.value;
    PairApplied pair;
    pair.apply = apply;
    pair.index = index;
    if (!gradient) {
        pair.outcome = PairOutcome::NoGradient;
        pair.before = pair.after = valueOf(before);
        state.emit(std::move(pair));
        return;
    }
    auto& slots = optimizer.slots[variable];
    fillSlots(optimizer, slots, before);
    const Tensor used = castTo(denseValue(gradient), before.dtype());
    const double rate = decay == 0 ? 0 : tapescope::setting(optimizer.settings, "learning_rate");
    const Tensor start = decay == 0 ? before : decayed(before, decay, rate);
    RuleInput input{start, used, slots, optimizer.settings, row.name, optimizer.name};
    input.rows = gradient.slices ? &gradient : nullptr;
    input.measured = state.told && decay == 0;
    RuleResult result = updated(*optimizer.rule, input);
    if (state.told) {
        pair.before = valueOf(before);
        pair.after = valueOf(result.variable);
        pair.used = valueOf(used);
        pair.trueGradient = state.trueGradient(gradient.id, variable);
        const Generation generation = generationOf(optimizer.settings);
        for (const auto& [slot, after] : result.slots)
            pair.slots.push_back(
                {slotNameIn(generation, optimizer.rule->name, slot), valueOf(slots[slot]), valueOf(after)});
        pair.change = result.change ? *result.change : distance(before, result.variable);
        pair.rule = decayText(decay, rate) + formulaOf(optimizer, before.shape());
    }
    for (auto& [slot, value] : result.slots) slots[slot] = std::move(value);
    row.value = result.variable;
    ++row.version;
    state.graph.addVersion(variable, {});
    if (!state.told) return;
    VariableAssigned assigned{variable, row.version, AssignKind::Optimizer, {},
                              apply,    pair.after,  pair.change,           running.site};
    state.emit(std::move(pair));
    state.emit(std::move(assigned));
}

void Session::holdPair(ApplyId apply, std::uint32_t index, VariableId variable, const Operand& gradient,
                       PairOutcome outcome) {
    state_->pairOf(apply, index);
    const Tensor& before = state_->variable(variable).value;
    PairApplied pair;
    pair.apply = apply;
    pair.index = index;
    pair.outcome = gradient ? outcome : PairOutcome::NoGradient;
    pair.before = pair.after = valueOf(before);
    if (gradient) pair.used = valueOf(castTo(denseValue(gradient), before.dtype()));
    state_->emit(std::move(pair));
}

void Session::endApply(ApplyId apply, std::int64_t iterations, bool raised) {
    state_->apply(apply).id = {};
    state_->emit(ApplyEnded{apply, iterations, raised});
}

}  // namespace tapescope
