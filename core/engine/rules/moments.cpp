// SPDX-License-Identifier: Apache-2.0
// Rules that keep means of the gradient and of its square: keras/src/optimizers/adam.py, adamax.py, nadam.py, lamb.py
// and schedule_free_adamw.py.
#include <algorithm>
#include <array>

#include "core/engine/rules/families.h"
#include "core/engine/rules/fused.h"
#include "core/engine/rules/generations.h"
#include "core/engine/rules/moments.h"

namespace tapescope {

using namespace rules;

namespace rules {
namespace {
/// Of slices before Keras 3, the old mean shrinks before the new share is added at its places.
Term shrunk(const Step& step, const Term& old, std::string_view beta, const Term& rest) {
    return step.generation() == Generation::Legacy ? old * step.cast(beta) : old - old * rest;
}
}  // namespace

Term firstMoment(const Step& step, double beta) {
    const Term m = step.slot("momentum"), rest = step.rest(beta);
    if (step.summed()) return shrunk(step, m, "beta_1", rest) + step.gradient() * rest;
    return step.added(m, minusSlot(step.gradient(), m) * rest);
}

Term secondMoment(const Step& step, double beta) {
    const Term v = step.slot("velocity"), rest = step.rest(beta);
    if (step.summed()) return shrunk(step, v, "beta_2", rest) + step.gradientSquares() * rest;
    return step.added(v, (step.gradientSquares() - v) * rest);
}

Term powerOfStep(const Step& step, double beta) {
    return step.castNumber(beta).power(step.count());
}

Term adamRate(const Step& step, const Term& rate, double beta1, double beta2) {
    if (step.summed() && step.generation() == Generation::Legacy)
        return rate * ((1.0 - powerOfStep(step, beta2)).root() / (1.0 - powerOfStep(step, beta1)));
    return rate * (1.0 - powerOfStep(step, beta2)).root() / (1.0 - powerOfStep(step, beta1));
}

std::string momentTexts(double beta1, double beta2) {
    return "m ← m + " + digits(static_cast<float>(1 - beta1)) + "·(g − m);  v ← v + " +
           digits(static_cast<float>(1 - beta2)) + "·(g² − v);  ";
}

std::string adamRateText(const Settings& settings, double rate, double beta1, double beta2) {
    const std::string count = digits(settings, "step");
    return digits(rate) + "·√(1 − " + digits(beta2) + "^" + count + ") / (1 − " + digits(beta1) + "^" + count + ")";
}
}  // namespace rules

namespace {
std::vector<Slot> momentSlots(const Settings&, const Shape& variable) {
    return zeros(variable, {"momentum", "velocity"});
}

std::vector<Slot> adamSlots(const Settings& settings, const Shape& variable) {
    std::vector<Slot> slots = momentSlots(settings, variable);
    if (setting(settings, "amsgrad") != 0) slots.push_back({"velocity_hat", variable});
    return slots;
}

/// Keras 2.15 can correct it as it corrects the second moment.
Term adamEpsilon(const Step& step, double beta2) {
    const Term epsilon = step.variable().number(step.setting("epsilon"));
    if (setting(step.input().settings, "adaptive_epsilon", 0) == 0) return epsilon;
    return epsilon * (1.0 - powerOfStep(step, beta2)).root();
}

RuleResult adamUpdate(const RuleInput& in) {
    const Step step(in);
    const double beta1 = step.setting("beta_1"), beta2 = step.setting("beta_2");
    const Term alpha = adamRate(step, step.rate(), beta1, beta2);
    if (!step.flag("amsgrad") && !step.summed() && alpha.tensor().dtype() == DType::Float32) {
        const auto narrow = [](double number) { return static_cast<float>(number); };
        const AdamNumbers numbers{alpha.tensor().as<float>()[0], narrow(1 - beta1), narrow(1 - beta2),
                                  adamEpsilon(step, beta2).tensor().as<float>()[0]};
        if (auto result = fusedAdam(in, numbers)) return *result;
    }
    const Term m = firstMoment(step, beta1), v = secondMoment(step, beta2);
    std::map<std::string, Tensor> slots{{"momentum", m.tensor()}, {"velocity", v.tensor()}};
    Term size = v;
    if (step.flag("amsgrad")) {
        size = step.slot("velocity_hat").larger(v);
        slots["velocity_hat"] = size.tensor();
    }
    const Term amount = (m * alpha) / (size.root() + adamEpsilon(step, beta2));
    return {step.reduced(step.variable(), amount).tensor(), slots};
}

std::string adamFormula(const Settings& settings, const Shape&) {
    const double beta1 = setting(settings, "beta_1"), beta2 = setting(settings, "beta_2");
    const bool amsgrad = setting(settings, "amsgrad") != 0;
    const bool adaptive = setting(settings, "adaptive_epsilon", 0) != 0;
    const std::string correction = "·√(1 − " + digits(beta2) + "^" + digits(settings, "step") + ")";
    return momentTexts(beta1, beta2) + (amsgrad ? "v̂ ← max(v̂, v);  " : "") + "w ← w − α·m / (√" +
           (amsgrad ? "v̂" : "v") + " + " + digits(settings, "epsilon") + (adaptive ? correction : "") +
           "), α = " + adamRateText(settings, setting(settings, "learning_rate"), beta1, beta2);
}

std::vector<Slot> adamaxSlots(const Settings&, const Shape& variable) {
    return zeros(variable, {"momentum", "norm"});
}

RuleResult adamaxUpdate(const RuleInput& in) {
    const Step step(in);
    const double beta1 = step.setting("beta_1");
    const Term power = powerOfStep(step, beta1);
    const Term m = firstMoment(step, beta1), old = step.slot("norm");
    const bool legacy = step.generation() == Generation::Legacy;
    const Term less = step.setting("beta_2") * old, most = less.larger(step.gradientSizes());
    const Term u = step.assigned("norm", old, step.summed() && !legacy ? less + (most - less) : most);
    const Term size = u + step.setting("epsilon");
    const Term amount =
        legacy ? (step.rate() / (1.0 - power)) * (m / size) : (step.rate() * m) / ((1.0 - power) * size);
    return {step.reduced(step.variable(), amount).tensor(), {{"momentum", m.tensor()}, {"norm", u.tensor()}}};
}

std::string adamaxFormula(const Settings& settings, const Shape&) {
    const double beta1 = setting(settings, "beta_1");
    return "m ← m + " + digits(static_cast<float>(1 - beta1)) + "·(g − m);  u ← max(" + digits(settings, "beta_2") +
           "·u, |g|);  w ← w − " + digits(settings, "learning_rate") + "·m / ((1 − " + digits(beta1) + "^" +
           digits(settings, "step") + ")·(u + " + digits(settings, "epsilon") + "))";
}

/// β·(1 − ½·0.96ⁿ): how much of the momentum step n keeps. The legacy optimizer counts steps by its "schedule_decay".
Term nadamShare(const Step& step, double count) {
    const Term exponent = step.variable().number(count * setting(step.input().settings, "schedule_decay", 1));
    const Term decay = step.castNumber(0.96).power(exponent);
    return step.cast("beta_1") * (1.0 - 0.5 * decay);
}

/// "u_product" is of the step, not of a variable: the product of all shares so far.
RuleResult nadamUpdate(const RuleInput& in) {
    const Step step(in);
    const Term beta1 = step.cast("beta_1"), beta2 = step.cast("beta_2");
    const Term share = nadamShare(step, step.setting("step")), next = nadamShare(step, step.setting("step") + 1);
    const Term product = step.variable().number(step.setting("u_product"));
    const Term oldM = step.slot("momentum"), oldV = step.slot("velocity");
    const Term rest1 = 1.0 - beta1, rest2 = 1.0 - beta2;
    const Term bias = 1.0 - beta2.power(step.count());
    if (step.generation() == Generation::Legacy) {
        const Term m = step.assigned("momentum", oldM, beta1 * oldM + rest1 * step.gradient());
        const Term v = beta2 * oldV + rest2 * step.gradientSquares();
        const Term guess = (1.0 - share) * (step.gradient() / (1.0 - product)) + next * (m / (1.0 - product * next));
        const Term amount = (step.rate() * guess) / ((v / bias).root() + step.setting("epsilon"));
        return {step.reduced(step.variable(), amount).tensor(), {{"momentum", m.tensor()}, {"velocity", v.tensor()}}};
    }
    const Term m = step.summed() ? (oldM - oldM * rest1) + step.gradient() * rest1
                                 : step.added(oldM, minusSlot(step.gradient(), oldM) * rest1);
    const Term v = step.summed() ? (oldV - oldV * rest2) + step.gradientSquares() * rest2
                                 : step.added(oldV, (step.gradientSquares() - oldV) * rest2);
    const Term guess = (next * m) / (1.0 - product * next) + ((1.0 - share) * step.gradient()) / (1.0 - product);
    const Term amount = (guess * step.rate()) / ((v / bias).root() + step.setting("epsilon"));
    return {step.reduced(step.variable(), amount).tensor(), {{"momentum", m.tensor()}, {"velocity", v.tensor()}}};
}

std::string nadamFormula(const Settings& settings, const Shape&) {
    const double step = setting(settings, "step"), decay = setting(settings, "schedule_decay", 1);
    const std::string count = digits(step), beta1 = digits(settings, "beta_1");
    const auto exponent = [decay](double n) {
        return decay == 1 ? digits(n) : "(" + digits(decay) + "·" + digits(n) + ")";
    };
    const std::string product = digits(settings, "u_product");
    return momentTexts(setting(settings, "beta_1"), setting(settings, "beta_2")) + "u = " + beta1 + "·(1 − 0.5·0.96^" +
           exponent(step) + "), u' = " + beta1 + "·(1 − 0.5·0.96^" + exponent(step + 1) + ");  m̂ = u'·m / (1 − " +
           product + "·u') + (1 − u)·g / (1 − " + product + ");  w ← w − " + digits(settings, "learning_rate") +
           "·m̂ / (√(v / (1 − " + digits(settings, "beta_2") + "^" + count + ")) + " + digits(settings, "epsilon") + ")";
}

Term norm(const Term& value) {
    return value.power(value.number(2)).sum().root();
}

RuleResult lambUpdate(const RuleInput& in) {
    const Step step(in);
    const double beta1 = step.setting("beta_1"), beta2 = step.setting("beta_2");
    const Term w = step.variable(), m = firstMoment(step, beta1), v = secondMoment(step, beta2);
    const Term guess = m / (1.0 - powerOfStep(step, beta1));
    const Term size = (v / (1.0 - powerOfStep(step, beta2))).root() + step.setting("epsilon");
    const Term update = guess / size;
    const Term ofVariable = norm(w), ofUpdate = norm(update);
    const auto positive = [](const Term& value) { return value.tensor().at(0) > 0; };
    const Term ratio = positive(ofVariable) && positive(ofUpdate) ? ofVariable / ofUpdate : w.number(1);
    return {step.reduced(w, ratio * step.rate() * update).tensor(),
            {{"momentum", m.tensor()}, {"velocity", v.tensor()}}};
}

std::string lambFormula(const Settings& settings, const Shape&) {
    const double beta1 = setting(settings, "beta_1"), beta2 = setting(settings, "beta_2");
    const std::string count = digits(settings, "step");
    return momentTexts(beta1, beta2) + "Δ = m / (1 − " + digits(beta1) + "^" + count + ") / (√(v / (1 − " +
           digits(beta2) + "^" + count + ")) + " + digits(settings, "epsilon") + ");  w ← w − ‖w‖ / ‖Δ‖·" +
           digits(settings, "learning_rate") + "·Δ";
}

/// min(t / warmup, 1): how much of the learning rate there is while it warms up.
Term warmedRate(const Step& step) {
    const double warmup = step.setting("warmup_steps");
    if (warmup <= 0) return step.rate();
    return step.rate() * (step.count() / warmup).smaller(step.variable().number(1));
}

/// keras/src/optimizers/schedule_free_adamw.py: "momentum" is z, which starts as the variable; the variable y stands
/// between it and the mean x of all z so far. What Keras calls the old z is the variable, which has its new value by
/// then.
RuleResult scheduleFreeUpdate(const RuleInput& in) {
    const Step step(in);
    const Term beta1 = step.cast("beta_1"), beta2 = step.cast("beta_2"), one = step.variable().number(1);
    const Term oldZ = step.slot("momentum"), oldV = step.slot("velocity");
    const Term v = step.added(oldV, minusSlot(step.gradientSquares(), oldV) * (one - beta2));
    const Term size = (v / (one - beta2.power(step.count()))).root() + step.cast("epsilon");
    const Term z = step.reduced(oldZ, (warmedRate(step) * step.gradient()) / size);
    const Term share = 1.0 / step.count();
    const Term oldX = (step.variable() - (one - beta1) * z) / beta1;
    const Term x = (one - share) * oldX + share * z;
    const Term y = (one - beta1) * z + beta1 * x;
    return {step.assigned("", step.variable(), y).tensor(), {{"momentum", z.tensor()}, {"velocity", v.tensor()}}};
}

std::string scheduleFreeFormula(const Settings& settings, const Shape&) {
    const double beta1 = setting(settings, "beta_1"), beta2 = setting(settings, "beta_2");
    const double warmup = setting(settings, "warmup_steps"), step = setting(settings, "step");
    const double rate = setting(settings, "learning_rate") * (warmup > 0 ? std::min(step / warmup, 1.0) : 1.0);
    const std::string first = digits(beta1), rest = digits(static_cast<float>(1 - beta1)), count = digits(step);
    return "v ← v + " + digits(static_cast<float>(1 - beta2)) + "·(g² − v);  z ← z − " +
           digits(static_cast<float>(rate)) + "·g / (√(v / (1 − " + digits(beta2) + "^" + count + ")) + " +
           digits(settings, "epsilon") + ");  x = (w − " + rest + "·z) / " + first + ";  w ← " + rest + "·z + " +
           first + "·(x + (z − x) / " + count + ")";
}

constexpr std::array<Rule, 6> momentsTable{
    {{"Adam", adamSlots, adamUpdate, adamFormula},
     {"AdamW", adamSlots, adamUpdate, adamFormula},
     {"Adamax", adamaxSlots, adamaxUpdate, adamaxFormula},
     {"Nadam", momentSlots, nadamUpdate, nadamFormula},
     {"Lamb", momentSlots, lambUpdate, lambFormula},
     {"ScheduleFreeAdamW", momentSlots, scheduleFreeUpdate, scheduleFreeFormula}}};
}  // namespace

std::span<const Rule> momentRules() {
    return momentsTable;
}

}  // namespace tapescope
