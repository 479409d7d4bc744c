// SPDX-License-Identifier: Apache-2.0
// Rules that go along the gradient, or along what it was on the way: keras/src/optimizers/sgd.py and lion.py.
#include <array>

#include "core/engine/rules/families.h"
#include "core/engine/rules/fused.h"
#include "core/engine/rules/generations.h"
#include "core/engine/rules/term.h"

namespace tapescope {

using namespace rules;

namespace {
/// Keras 2.11 to 2.15 keeps one even where it is nothing.
bool keepsMomentum(const Settings& settings) {
    return setting(settings, "momentum") != 0 || generationOf(settings) == Generation::Two;
}

std::vector<Slot> sgdSlots(const Settings& settings, const Shape& variable) {
    return keepsMomentum(settings) ? zeros(variable, {"momentum"}) : std::vector<Slot>{};
}

/// Keras hands slices to scatter_sub, which takes repeated rows off one by one.
RuleResult scattered(const Step& step) {
    return {step.scatterReduced(step.variable(), step.rows() * step.rate()).tensor(), {}};
}

/// w -= lr·g; with momentum m = µ·m − lr·g, w += m (nesterov: w += µ·m − lr·g).
RuleResult sgdUpdate(const RuleInput& in) {
    const Step step(in);
    if (!keepsMomentum(in.settings)) {
        if (in.rows != nullptr) return scattered(step);
        if (auto result = fusedDescent(in, static_cast<float>(step.setting("learning_rate")))) return *result;
        return {step.reduced(step.variable(), step.gradient() * step.rate()).tensor(), {}};
    }
    const Term momentum = step.cast("momentum");
    const Term amount = step.gradientTimes(step.rate());
    const Term old = step.slot("momentum");
    const Term velocity = step.assigned("momentum", old, old * momentum - amount);
    if (step.flag("nesterov") && step.summed() && step.generation() == Generation::Two)
        return {((step.variable() - amount) + velocity * momentum).tensor(), {{"momentum", velocity.tensor()}}};
    const Term delta = step.flag("nesterov") ? velocity * momentum - amount : velocity;
    return {step.added(step.variable(), delta).tensor(), {{"momentum", velocity.tensor()}}};
}

std::string sgdFormula(const Settings& settings, const Shape&) {
    const std::string rate = digits(settings, "learning_rate");
    if (!keepsMomentum(settings)) return "w ← w − " + rate + "·g";
    const std::string momentum = digits(settings, "momentum");
    const std::string velocity = "m ← " + momentum + "·m − " + rate + "·g;  ";
    if (setting(settings, "nesterov") == 0) return velocity + "w ← w + m";
    return velocity + "w ← w + " + momentum + "·m − " + rate + "·g";
}

std::vector<Slot> lionSlots(const Settings&, const Shape& variable) {
    return zeros(variable, {"momentum"});
}

RuleResult lionUpdate(const RuleInput& in) {
    const Step step(in);
    const Term beta1 = step.cast("beta_1"), beta2 = step.cast("beta_2");
    const Term m = step.slot("momentum");
    if (step.summed()) {  // what the step goes along is kept, and the mean is made of it
        const Term mixed = m * beta1 + step.gradientTimes(1.0 - beta1);
        const Term kept = (mixed * beta2) / beta1 + step.gradientTimes(1.0 - beta2 / beta1);
        return {step.reduced(step.variable(), step.rate() * mixed.call("Sign")).tensor(),
                {{"momentum", kept.tensor()}}};
    }
    const Term direction = (m * beta1 + step.gradientTimes(1.0 - beta1)).call("Sign");
    const Term w = step.reduced(step.variable(), step.rate() * direction);
    const Term momentum = step.assigned("momentum", m, m * beta2 + step.gradientTimes(1.0 - beta2));
    return {w.tensor(), {{"momentum", momentum.tensor()}}};
}

std::string lionFormula(const Settings& settings, const Shape&) {
    const double beta1 = setting(settings, "beta_1"), beta2 = setting(settings, "beta_2");
    const auto rest = [](double beta) { return digits(static_cast<float>(1 - beta)); };
    return "w ← w − " + digits(settings, "learning_rate") + "·sign(" + digits(beta1) + "·m + " + rest(beta1) +
           "·g);  m ← " + digits(beta2) + "·m + " + rest(beta2) + "·g";
}

constexpr std::array<Rule, 2> descentTable{
    {{"SGD", sgdSlots, sgdUpdate, sgdFormula, false}, {"Lion", lionSlots, lionUpdate, lionFormula, false}}};
}  // namespace

std::span<const Rule> descentRules() {
    return descentTable;
}

}  // namespace tapescope
