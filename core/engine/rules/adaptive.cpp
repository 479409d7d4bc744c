// SPDX-License-Identifier: Apache-2.0
// Rules that divide by the size that gradients had so far: keras/src/optimizers/rmsprop.py, adagrad.py, adadelta.py and
// ftrl.py.
#include <array>
#include <optional>

#include "core/engine/rules/families.h"
#include "core/engine/rules/generations.h"
#include "core/engine/rules/term.h"

namespace tapescope {

using namespace rules;

namespace {
std::string rest(double share) {
    return digits(static_cast<float>(1 - share));
}

/// The legacy optimizers add epsilon to the root and not below it, but for RMSprop's kernels with momentum.
bool epsilonOutside(const Settings& settings) {
    return generationOf(settings) == Generation::Legacy && setting(settings, "momentum", 0) <= 0;
}

/// The size by which a gradient is divided.
Term rootWithEpsilon(const Step& step, const Term& size) {
    const double epsilon = step.setting("epsilon");
    return epsilonOutside(step.input().settings) ? size.root() + epsilon : (size + epsilon).root();
}

std::string rootText(const Settings& settings, const std::string& size) {
    const std::string epsilon = " + " + digits(settings, "epsilon");
    if (!epsilonOutside(settings)) return "√(" + size + epsilon + ")";
    return "(√" + (size.find(' ') == std::string::npos ? size : "(" + size + ")") + epsilon + ")";
}

std::vector<Slot> rmspropSlots(const Settings& settings, const Shape& variable) {
    std::vector<Slot> slots = zeros(variable, {"velocity"});
    if (setting(settings, "momentum") > 0) slots.push_back({"momentum", variable});
    if (setting(settings, "centered") != 0) slots.push_back({"average_gradient", variable});
    return slots;
}

/// A mean that moves: ρ·old + (1 − ρ)·new, or for the legacy kernels old + (new − old)·(1 − ρ).
Term moved(const Step& step, const std::string& slot, const Term& old, bool squares, bool byKernel) {
    const double rho = step.setting("rho");
    const Term rest = step.rest(rho);
    if (byKernel && !step.summed())
        return step.added(old, ((squares ? step.gradientSquares() : step.gradient()) - old) * rest);
    return step.assigned(slot, old, rho * old + (squares ? step.squaresTimes(rest) : step.gradientTimes(rest)));
}

/// lr·g / √(v + ε), in the order of operations of each generation.
Term rmspropIncrement(const Step& step, const Term& velocity, const Term* average, bool byKernel) {
    if (byKernel && step.summed()) {
        const Term size = velocity + step.setting("epsilon");
        const Term less = average == nullptr ? size : size - average->square();
        return (less.call("Rsqrt") * step.rate()) * step.gradient();
    }
    const Term size = average == nullptr ? velocity : velocity - average->square();
    if (step.generation() == Generation::Two)
        return (step.rate() * step.gradient()) * (size + step.setting("epsilon")).call("Rsqrt");
    const Term root = rootWithEpsilon(step, size);
    return step.sliced() ? (step.rate() * step.rows()) / step.atRows(root) : (step.rate() * step.gradient()) / root;
}

RuleResult rmspropUpdate(const RuleInput& in) {
    const Step step(in);
    const double momentum = step.setting("momentum");
    const bool byKernel = step.generation() == Generation::Legacy && momentum > 0;
    std::map<std::string, Tensor> slots;
    const Term velocity = moved(step, "velocity", step.slot("velocity"), true, byKernel);
    slots["velocity"] = velocity.tensor();
    std::optional<Term> average;
    if (step.flag("centered")) {
        average = moved(step, "average_gradient", step.slot("average_gradient"), false, byKernel);
        slots["average_gradient"] = average->tensor();
    }
    Term increment = rmspropIncrement(step, velocity, average ? &*average : nullptr, byKernel);
    if (momentum <= 0) {
        const Term w = step.variable();
        return {(step.sliced() ? step.scatterReduced(w, increment) : step.reduced(w, increment)).tensor(), slots};
    }
    const Term before = step.slot("momentum");
    if (step.sliced()) increment = step.together(increment);
    increment = step.assigned("momentum", before, momentum * before + increment);
    slots["momentum"] = increment.tensor();
    return {step.reduced(step.variable(), increment).tensor(), slots};
}

std::string rmspropFormula(const Settings& settings, const Shape&) {
    const double rho = setting(settings, "rho"), momentum = setting(settings, "momentum");
    const bool centered = setting(settings, "centered") != 0;
    std::string text = "v ← " + digits(rho) + "·v + " + rest(rho) + "·g²;  ";
    if (centered) text += "a ← " + digits(rho) + "·a + " + rest(rho) + "·g;  ";
    const std::string share =
        digits(settings, "learning_rate") + "·g / " + rootText(settings, centered ? "v − a²" : "v");
    if (momentum > 0) return text + "m ← " + digits(momentum) + "·m + " + share + ";  w ← w − m";
    return text + "w ← w − " + share;
}

std::vector<Slot> adagradSlots(const Settings& settings, const Shape& variable) {
    const bool exact = generationOf(settings) != Generation::Three;
    return {{"accumulator", variable, setting(settings, "initial_accumulator_value"), exact}};
}

RuleResult adagradUpdate(const RuleInput& in) {
    const Step step(in);
    if (step.sliced()) {
        const Term grown = step.scatterAdded(step.slot("accumulator"), step.rows().square());
        const Term amounts = (step.rate() * step.rows()) / step.atRows(rootWithEpsilon(step, grown));
        return {step.scatterReduced(step.variable(), amounts).tensor(), {{"accumulator", grown.tensor()}}};
    }
    const Term accumulator = step.added(step.slot("accumulator"), step.gradientSquares());
    const Term amount = (step.rate() * step.gradient()) / rootWithEpsilon(step, accumulator);
    return {step.reduced(step.variable(), amount).tensor(), {{"accumulator", accumulator.tensor()}}};
}

std::string adagradFormula(const Settings& settings, const Shape&) {
    return "a ← a + g²;  w ← w − " + digits(settings, "learning_rate") + "·g / " + rootText(settings, "a");
}

std::vector<Slot> adadeltaSlots(const Settings&, const Shape& variable) {
    return zeros(variable, {"accumulated_grad", "accumulated_delta_var"});
}

/// Keras 2 multiplies a share with a number twice, where Keras 3 squares the number.
Term shareOfSquares(const Step& step, const Term& share, const Term& value) {
    return step.generation() == Generation::Two ? (share * value) * value : share * value.square();
}

RuleResult adadeltaUpdate(const RuleInput& in) {
    const Step step(in);
    const double rho = step.setting("rho"), epsilon = step.setting("epsilon");
    const bool two = step.generation() == Generation::Two;
    const Term rest = step.rest(rho);
    const Term oldGrad = step.slot("accumulated_grad"), oldDelta = step.slot("accumulated_delta_var");
    const Term less = two && step.summed() ? oldGrad + (rho - 1) * oldGrad : rho * oldGrad;
    const Term share = two && !step.summed() ? shareOfSquares(step, rest, step.gradient()) : step.squaresTimes(rest);
    const Term grad = step.assigned("accumulated_grad", oldGrad, less + share);
    const Term scale = (oldDelta + epsilon).root();
    const Term size = (grad + epsilon).root();
    const Term delta =
        (step.sliced() ? (step.atRows(scale) * step.rows()) / step.atRows(size) : (scale * step.gradient()) / size)
            .call("Neg");
    const Term squares = shareOfSquares(step, rest, delta), change = step.rate() * delta;
    const Term accumulated = step.assigned("accumulated_delta_var", oldDelta,
                                           rho * oldDelta + (step.sliced() ? step.together(squares) : squares));
    const Term w = step.variable();
    return {(step.sliced() ? step.scatterAdded(w, change) : step.added(w, change)).tensor(),
            {{"accumulated_grad", grad.tensor()}, {"accumulated_delta_var", accumulated.tensor()}}};
}

std::string adadeltaFormula(const Settings& settings, const Shape&) {
    const double rho = setting(settings, "rho");
    const std::string mean = digits(rho), other = rest(rho), epsilon = digits(settings, "epsilon");
    return "a ← " + mean + "·a + " + other + "·g²;  Δ = −√(d + " + epsilon + ") / √(a + " + epsilon + ")·g;  d ← " +
           mean + "·d + " + other + "·Δ²;  w ← w + " + digits(settings, "learning_rate") + "·Δ";
}

std::vector<Slot> ftrlSlots(const Settings& settings, const Shape& variable) {
    const bool exact = generationOf(settings) == Generation::Legacy;
    return {{"accumulator", variable, setting(settings, "initial_accumulator_value"), exact}, {"linear", variable}};
}

RuleResult ftrlUpdate(const RuleInput& in) {
    const Step step(in);
    const Term w = step.variable(), rate = step.rate(), accumulator = step.slot("accumulator");
    const double l1 = step.setting("l1_regularization_strength");
    const double power = -step.setting("learning_rate_power");
    // The kernel of the first generation takes a root where that is what is asked.
    const bool root = power == 0.5 && generationOf(in.settings) == Generation::Legacy;
    const auto raised = [&](const Term& n) { return root ? n.root() : n.power(w.number(power)); };
    const Term l2 = step.setting("beta") / (2.0 * rate) + step.setting("l2_regularization_strength");
    const Term used = step.gradient() + (2 * step.setting("l2_shrinkage_regularization_strength")) * w;
    const Term grown = accumulator + step.gradientSquares();
    const Term linear = step.added(step.slot("linear"), used - ((raised(grown) - raised(accumulator)) / rate) * w);
    const Term quadratic = raised(grown) / rate + 2.0 * l2;
    const Term clipped =
        linear.smaller(linear.number(l1)).larger(linear.number(0.0 - l1));  // no -0, where nothing is clipped
    const Term next = step.assigned("", w, (clipped - linear) / quadratic);
    return {next.tensor(), {{"accumulator", grown.tensor()}, {"linear", linear.tensor()}}};
}

std::string ftrlFormula(const Settings& settings, const Shape&) {
    const std::string rate = digits(settings, "learning_rate"), l1 = digits(settings, "l1_regularization_strength");
    const std::string power = digits(-setting(settings, "learning_rate_power"));
    const double shrinkage = setting(settings, "l2_shrinkage_regularization_strength");
    const double l2 = setting(settings, "l2_regularization_strength") +
                      setting(settings, "beta") / (2 * setting(settings, "learning_rate"));
    return "n' = n + g²;  z ← z + g" + (shrinkage == 0 ? "" : " + " + digits(2 * shrinkage) + "·w") + " − (n'^" +
           power + " − n^" + power + ") / " + rate + "·w;  w ← (clip(z, −" + l1 + ", " + l1 + ") − z) / (n'^" + power +
           " / " + rate + (l2 == 0 ? "" : " + " + digits(2 * l2)) + ");  n ← n'";
}

constexpr std::array<Rule, 4> adaptiveTable{{{"RMSprop", rmspropSlots, rmspropUpdate, rmspropFormula},
                                             {"Adagrad", adagradSlots, adagradUpdate, adagradFormula},
                                             {"Adadelta", adadeltaSlots, adadeltaUpdate, adadeltaFormula},
                                             {"Ftrl", ftrlSlots, ftrlUpdate, ftrlFormula}}};
}  // namespace

std::span<const Rule> adaptiveRules() {
    return adaptiveTable;
}

}  // namespace tapescope
