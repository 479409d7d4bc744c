// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "core/base/error.h"

namespace tapescope {

namespace {
Tensor run(std::string_view type, const std::vector<Tensor>& inputs) {
    const OpRow& row = findOp(type);
    return row.forward(row, inputs, {}).front();
}

Tensor scalarLike(double value, const Tensor& like) {
    if (like.dtype() == DType::Float64) return Tensor::of<double>({}, std::vector<double>{value});
    return Tensor::scalar(static_cast<float>(value));
}

std::string shortest(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

[[noreturn]] void refuseUpdate(std::string_view kernel, const Shape& variable, const Shape& delta) {
    const std::string op(kernel);
    throw Error(ErrorKind::InvalidArgument, "{{function_node __wrapped__" + op +
                                                "_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot update "
                                                "variable with shape " +
                                                kernelText(variable) + " using a Tensor with shape " +
                                                kernelText(delta) + ", shapes must be equal. [Op:" + op + "] name: ");
}

/// Keras names a slot after the variable: "sgd/weight_0_momentum:0".
std::string slotName(const RuleInput& input, const std::string& slot) {
    std::string name = input.variableName;
    std::ranges::replace(name, ':', '_');
    return input.optimizerName + "/" + name + "_" + slot + ":0";
}

std::vector<std::string> sgdSlots(const Settings& settings) {
    return setting(settings, "momentum") != 0 ? std::vector<std::string>{"momentum"} : std::vector<std::string>{};
}

/// keras/src/optimizers/sgd.py: w -= lr·g; with momentum m = µ·m − lr·g, w += m (nesterov: w += µ·m − lr·g).
RuleResult sgdUpdate(const RuleInput& in) {
    const Tensor step = run("Mul", {in.gradient, scalarLike(setting(in.settings, "learning_rate"), in.gradient)});
    const double momentum = setting(in.settings, "momentum");
    if (momentum == 0 && in.rows != nullptr) {
        // Keras hands slices to scatter_sub, which takes repeated rows off one by one.
        const Tensor& indices = in.rows->slices->indices.value;
        const Tensor rows =
            run("Mul", {in.rows->value, scalarLike(setting(in.settings, "learning_rate"), in.gradient)});
        return {run("TensorScatterSub", {in.variable, indices.reshaped({indices.count(), 1}), rows}), {}};
    }
    if (momentum == 0) {
        if (step.shape() != in.variable.shape()) refuseUpdate("AssignSubVariableOp", in.variable.shape(), step.shape());
        return {run("Sub", {in.variable, step}), {}};
    }
    const Tensor rate = scalarLike(momentum, in.variable);
    const Tensor velocity = run("Sub", {run("Mul", {in.slots.at("momentum"), rate}), step});
    if (velocity.shape() != in.variable.shape()) {
        throw Error(ErrorKind::Value, "Cannot assign value to variable ' " + slotName(in, "momentum") +
                                          "': Shape mismatch.The variable shape " + pythonText(in.variable.shape()) +
                                          ", and the assigned value shape " + pythonText(velocity.shape()) +
                                          " are incompatible.");
    }
    const bool nesterov = setting(in.settings, "nesterov") != 0;
    const Tensor delta = nesterov ? run("Sub", {run("Mul", {velocity, rate}), step}) : velocity;
    return {run("AddV2", {in.variable, delta}), {{"momentum", velocity}}};
}

std::string sgdFormula(const Settings& settings) {
    const std::string rate = shortest(setting(settings, "learning_rate"));
    const double momentum = setting(settings, "momentum");
    if (momentum == 0) return "w ← w − " + rate + "·g";
    const std::string velocity = "m ← " + shortest(momentum) + "·m − " + rate + "·g;  ";
    if (setting(settings, "nesterov") == 0) return velocity + "w ← w + m";
    return velocity + "w ← w + " + shortest(momentum) + "·m − " + rate + "·g";
}

constexpr std::array<Rule, 1> table{{{"SGD", sgdSlots, sgdUpdate, sgdFormula}}};
}  // namespace

double setting(const Settings& settings, std::string_view name) {
    const auto found = std::ranges::find(settings, name, &std::pair<std::string, double>::first);
    if (found == settings.end()) throw std::out_of_range("no setting " + std::string(name));
    return found->second;
}

std::span<const Rule> ruleTable() {
    return table;
}

const Rule& ruleNamed(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &Rule::name);
    if (found == table.end()) throw std::out_of_range("no rule " + std::string(name));
    return *found;
}

}  // namespace tapescope
