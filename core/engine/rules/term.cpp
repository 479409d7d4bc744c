// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rules/term.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/engine/rules/generations.h"
#include "core/engine/sweep.h"
#include "core/ops/subnormals.h"

namespace tapescope::rules {

namespace {
Tensor run(std::string_view type, const Tensors& inputs, Attributes attributes = {}) {
    const OpRow& row = findOp(type);
    complete(attributes, row);
    return computed(row, inputs, attributes).front();
}

Tensor scalarOf(double value, DType dtype) {
    const Tensor exact = Tensor::of<double>({}, std::vector<double>{value});
    return dtype == DType::Float64 ? exact : run("Cast", {exact}, {dtype});
}

void needEqual(std::string_view kernel, const Shape& variable, const Shape& delta) {
    if (variable == delta) return;
    const std::string op(kernel);
    throw Error(ErrorKind::InvalidArgument, "{{function_node __wrapped__" + op +
                                                "_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot update "
                                                "variable with shape " +
                                                kernelText(variable) + " using a Tensor with shape " +
                                                kernelText(delta) + ", shapes must be equal. [Op:" + op + "] name: ");
}

/// Keras names a slot after the variable: "sgd/weight_0_momentum:0", before that "SGD/m/weight:0" and
/// "SGD/weight/momentum:0".
std::string slotName(const RuleInput& input, const std::string& slot) {
    std::string name = input.variableName;
    const Generation generation = generationOf(input.settings);
    const std::string shown = slotNameIn(generation, input.ruleName, slot);
    if (generation == Generation::Two) return input.optimizerName + "/" + shown + "/" + name;
    if (generation == Generation::Legacy)
        return input.optimizerName + "/" + name.substr(0, name.rfind(':')) + "/" + shown + ":0";
    std::ranges::replace(name, ':', '_');
    std::ranges::replace(name, '/', '_');
    return input.optimizerName + "/" + name + "_" + slot + ":0";
}
}  // namespace

Term Term::call(std::string_view type, const std::vector<Term>& others, Attributes attributes) const {
    Tensors inputs{tensor_};
    for (const Term& other : others) inputs.push_back(other.tensor_);
    return Term(run(type, inputs, std::move(attributes)));
}

Term Term::number(double value) const {
    return Term(scalarOf(value, tensor_.dtype()));
}

Term operator+(const Term& a, const Term& b) {
    return a.call("AddV2", {b});
}
Term operator-(const Term& a, const Term& b) {
    return a.call("Sub", {b});
}
Term minusSlot(const Term& a, const Term& slot) {
    try {
        return a - slot;
    } catch (const Error& error) {
        constexpr std::string_view name = " name: ";
        std::string text = error.what();
        if (text.ends_with(name)) text.resize(text.size() - name.size());
        throw Error(error.kind(), text);
    }
}
Term operator*(const Term& a, const Term& b) {
    return a.call("Mul", {b});
}
Term operator/(const Term& a, const Term& b) {
    return a.call("RealDiv", {b});
}

Term Step::castNumber(double value) const {
    return variable().number(static_cast<float>(value));
}

Term Step::rest(double share) const {
    if (generationOf(in_.settings) != Generation::Legacy) return variable().number(1 - share);
    return 1.0 - variable().number(share);
}

Term Step::rows() const {
    const Tensor& values = in_.rows->value;
    return Term(values.dtype() == in_.variable.dtype() ? values : run("Cast", {values}, {in_.variable.dtype()}));
}

Term Step::places() const {
    const Tensor& indices = in_.rows->slices->indices.value;
    return Term(indices.reshaped({indices.count(), 1}));
}

Term Step::together(const Term& rows) const {
    Operand all = *in_.rows;
    all.value = rows.tensor();
    return Term(denseValue(all));
}

Term Step::ofRows(std::string_view type) const {
    return sliced() ? together(rows().call(type)) : gradient().call(type);
}

Term Step::timesRows(std::string_view type, const Term& share) const {
    const Term each = sliced() ? rows() : gradient();
    const Term scaled = share * (type.empty() ? each : each.call(type));
    return sliced() ? together(scaled) : scaled;
}

Term Step::added(const Term& old, const Term& delta) const {
    needEqual("AssignAddVariableOp", old.tensor().shape(), delta.tensor().shape());
    return old + delta;
}

Term Step::reduced(const Term& old, const Term& delta) const {
    needEqual("AssignSubVariableOp", old.tensor().shape(), delta.tensor().shape());
    return old - delta;
}

Term Step::assigned(const std::string& slot, const Term& old, const Term& value) const {
    const Shape &has = old.tensor().shape(), &gets = value.tensor().shape();
    if (has == gets) return value;
    throw Error(ErrorKind::Value, "Cannot assign value to variable ' " +
                                      (slot.empty() ? in_.variableName : slotName(in_, slot)) +
                                      "': Shape mismatch.The variable shape " + pythonText(has) +
                                      ", and the assigned value shape " + pythonText(gets) + " are incompatible.");
}

std::vector<Slot> zeros(const Shape& variable, std::initializer_list<std::string> names) {
    std::vector<Slot> slots;
    for (const std::string& name : names) slots.push_back({name, variable, 0});
    return slots;
}

std::string digits(double value) {
    std::array<char, 32> text{};
    char* const first = text.data();
    const auto narrow = static_cast<float>(value);
    const auto end = static_cast<double>(narrow) == value ? std::to_chars(first, first + text.size(), narrow).ptr
                                                          : std::to_chars(first, first + text.size(), value).ptr;
    return {first, end};
}

}  // namespace tapescope::rules
