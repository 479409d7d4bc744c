// SPDX-License-Identifier: Apache-2.0
// Rules that treat matrices as matrices: keras/src/optimizers/adafactor.py and muon.py.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/rules/families.h"
#include "core/engine/rules/moments.h"

namespace tapescope {

using namespace rules;

namespace {
std::vector<Slot> adafactorSlots(const Settings&, const Shape& variable) {
    std::vector<Slot> slots;
    if (variable.size() >= 2) {
        Shape rows = variable, columns = variable;
        rows.pop_back();
        columns.erase(columns.end() - 2);
        slots = {{"r", rows}, {"c", columns}};
    }
    slots.push_back({"velocity", variable});
    return slots;
}

/// A mean, which Keras 3 computes of halves as float32.
template <class Mean>
Term wideMean(const Step& step, const Term& value, Mean mean) {
    const DType dtype = value.tensor().dtype();
    const bool narrow = dtype == DType::Float16 || dtype == DType::BFloat16;
    if (!narrow || step.generation() != Generation::Three) return mean(value);
    return mean(value.call("Cast", {}, {DType::Float32})).call("Cast", {}, {dtype});
}

Term meanOver(const Step& step, const Term& value, std::int64_t axis, bool keep) {
    return wideMean(step, value, [&](const Term& wide) { return wide.meanOver(axis, keep); });
}

Term rms(const Step& step, const Term& value) {
    return wideMean(step, value.square(), [](const Term& wide) { return wide.mean(); }).root();
}

/// The means of squares over columns and over rows, and the matrix that they make.
Term factored(const Step& step, const Term& squares, const Term& beta, std::map<std::string, Tensor>& slots) {
    const Term r = beta * step.slot("r") + (1.0 - beta) * meanOver(step, squares, -1, false);
    const Term c = beta * step.slot("c") + (1.0 - beta) * meanOver(step, squares, -2, false);
    slots["r"] = r.tensor();
    slots["c"] = c.tensor();
    const auto expanded = [](const Tensor& value, std::size_t from) {
        Shape shape = value.shape();
        shape.insert(shape.end() - static_cast<std::ptrdiff_t>(from), 1);
        return Term(value.reshaped(shape));
    };
    return expanded((r / meanOver(step, r, -1, true)).tensor(), 0) * expanded(c.tensor(), 1);
}

RuleResult adafactorUpdate(const RuleInput& in) {
    const Step step(in);
    const Term w = step.variable(), one = w.number(1), count = step.count();
    const bool two = step.generation() == Generation::Two;
    const double threshold = step.setting("clip_threshold");
    const Term slowing = two ? count.call("Rsqrt") : 1.0 / count.root();
    const Term rate = step.flag("relative_step") ? step.rate().smaller(slowing) : step.rate();
    const Term alpha = step.cast("epsilon_2").larger(rms(step, w)) * rate.smaller(slowing);
    const Term squares = step.gradientSquares() + step.setting("epsilon_1");
    const Term beta = 1.0 - count.power(w.number(step.setting("beta_2_decay")));
    std::map<std::string, Tensor> slots;
    const Term old = step.slot("velocity");
    const Term v = in.variable.shape().size() >= 2
                       ? step.assigned("velocity", old, factored(step, squares, beta, slots))
                       : step.assigned("velocity", old, beta * old + (1.0 - beta) * squares);
    slots["velocity"] = v.tensor();
    if (step.sliced()) {  // the mean is of the rows' squares over all elements
        const Term rows = step.rows() / step.atRows(v.root());
        const Term mean = rows.square().sum() / static_cast<double>(elementCount(in.variable.shape()));
        const Term shares = rows / one.larger(mean.root() / threshold);
        return {step.scatterReduced(w, alpha * shares).tensor(), slots};
    }
    const Term update = two ? step.gradient() * v.call("Rsqrt") : step.gradient() / v.root();
    const Term clipped = update / one.larger(rms(step, update) / threshold);
    return {step.reduced(w, alpha * clipped).tensor(), slots};
}

std::string adafactorFormula(const Settings& settings, const Shape& variable) {
    const double count = setting(settings, "step"), rate = setting(settings, "learning_rate");
    const std::string beta = digits(static_cast<float>(1 - std::pow(count, setting(settings, "beta_2_decay"))));
    const std::string other = digits(static_cast<float>(std::pow(count, setting(settings, "beta_2_decay"))));
    const std::string squares = "(g² + " + digits(settings, "epsilon_1") + ")";
    const std::string means = variable.size() < 2
                                  ? "v ← " + beta + "·v + " + other + "·" + squares
                                  : "r ← " + beta + "·r + " + other + "·mean" + squares + " of rows;  c ← " + beta +
                                        "·c + " + other + "·mean" + squares + " of columns;  v ← r·c / mean(r)";
    return means + ";  Δ = g / √v;  w ← w − max(" + digits(settings, "epsilon_2") + ", rms(w))·" +
           digits(static_cast<float>(std::min(rate, 1 / std::sqrt(count)))) + "·Δ / max(1, rms(Δ) / " +
           digits(settings, "clip_threshold") + ")";
}

/// Matrices that the optimizer was told to leave out are no matrices to it.
bool isMatrix(const Settings& settings, const Shape& shape) {
    return shape.size() == 2 && setting(settings, "left_out", 0) == 0;
}

/// What is no matrix is left to Adam.
std::vector<Slot> muonSlots(const Settings& settings, const Shape& variable) {
    return isMatrix(settings, variable) ? zeros(variable, {"momentum"}) : zeros(variable, {"momentum", "velocity"});
}

Term transposed(const Term& matrix) {
    return matrix.call("Transpose", {}, {Shape{1, 0}});
}

Term product(const Term& a, const Term& b) {
    return a.call("MatMul", {b});
}

/// Iterations of Newton and Schulz towards the nearest orthogonal matrix.
Term orthogonal(const Step& step, Term x) {
    const double a = step.setting("muon_a"), b = step.setting("muon_b"), c = step.setting("muon_c");
    const bool tall = x.tensor().shape()[0] > x.tensor().shape()[1];
    if (tall) x = transposed(x);
    x = x / (x.square().sum().root() + 1e-7);
    for (double i = 0; i < step.setting("ns_steps"); ++i) {
        const Term squared = product(x, transposed(x));
        const Term mixed = b * squared + product(c * squared, squared);
        x = a * x + product(mixed, x);
    }
    return tall ? transposed(x) : x;
}

RuleResult muonUpdate(const RuleInput& in) {
    const Step step(in);
    const Term w = step.variable(), g = step.gradient();
    if (!isMatrix(in.settings, in.variable.shape())) {
        const double beta1 = step.setting("adam_beta_1"), beta2 = step.setting("adam_beta_2");
        const Term alpha = adamRate(step, step.rate() * step.setting("adam_lr_ratio"), beta1, beta2);
        const Term m = firstMoment(step, beta1), v = secondMoment(step, beta2);
        const Term amount = (m * alpha) / (v.root() + step.setting("epsilon"));
        return {step.reduced(w, amount).tensor(), {{"momentum", m.tensor()}, {"velocity", v.tensor()}}};
    }
    const double momentum = step.setting("momentum");
    const Term old = step.slot("momentum");
    const Term m = step.added(old, g + old * (momentum - 1));
    const Term direction = step.flag("nesterov") ? g + momentum * m : m;
    Term amount = step.rate() * orthogonal(step, direction);
    if (step.setting("rms_rate") >= 0) {
        const auto& shape = in.variable.shape();
        const auto longer = static_cast<double>(std::max(shape[0], shape[1]));
        amount = amount * w.number(longer).root() * step.setting("rms_rate");
    }
    return {step.reduced(w, amount).tensor(), {{"momentum", m.tensor()}}};
}

std::string muonFormula(const Settings& settings, const Shape& variable) {
    const double rate = setting(settings, "learning_rate");
    if (!isMatrix(settings, variable)) {
        const double beta1 = setting(settings, "adam_beta_1"), beta2 = setting(settings, "adam_beta_2");
        return momentTexts(beta1, beta2) + "w ← w − α·m / (√v + " + digits(settings, "epsilon") +
               "), α = " + adamRateText(settings, rate * setting(settings, "adam_lr_ratio"), beta1, beta2);
    }
    const double rms = setting(settings, "rms_rate");
    const std::string momentum = digits(settings, "momentum");
    const std::string scale =
        rms < 0 ? "" : "·√" + std::to_string(std::max(variable[0], variable[1])) + "·" + digits(rms);
    return "m ← " + momentum + "·m + g;  w ← w − " + digits(rate) + "·orthogonal(" +
           (setting(settings, "nesterov") != 0 ? "g + " + momentum + "·m" : std::string("m")) + ")" + scale;
}

constexpr std::array<Rule, 2> matricesTable{
    {{"Adafactor", adafactorSlots, adafactorUpdate, adafactorFormula}, {"Muon", muonSlots, muonUpdate, muonFormula}}};
}  // namespace

std::span<const Rule> matrixRules() {
    return matricesTable;
}

}  // namespace tapescope
