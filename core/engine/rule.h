// SPDX-License-Identifier: Apache-2.0
// Update rules of optimizers, one row each: what a step does to a variable, as a pure function, and the formula with
// the step's numbers in it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ops/op.h"

namespace tapescope {

/// Numbers of an optimizer by name: "learning_rate", "momentum", "nesterov" (0 or 1).
using Settings = std::vector<std::pair<std::string, double>>;

double setting(const Settings& settings, std::string_view name);

/// What a rule works with; tensors have the variable's dtype. Slots start as zeros of the variable's shape.
struct RuleInput {
    const Tensor& variable;
    const Tensor& gradient;
    const std::map<std::string, Tensor>& slots;
    const Settings& settings;
    std::string variableName;       ///< TensorFlow's, for its complaints: "weight:0"
    std::string optimizerName;      ///< "sgd"
    const Operand* rows = nullptr;  ///< where the gradient came as slices: these; `gradient` is their sum
};

struct RuleResult {
    Tensor variable;
    std::map<std::string, Tensor> slots;
};

struct Rule {
    std::string_view name;  ///< the class: "SGD"
    /// Names of the slot variables that these settings need.
    std::vector<std::string> (*slots)(const Settings& settings);
    /// Keras 3's arithmetic, operation by operation (keras/src/optimizers). Throws Error with TensorFlow's text.
    RuleResult (*update)(const RuleInput& input);
    /// "w ← w − 0.01·g": w stands for the variable, whatever its name.
    std::string (*formula)(const Settings& settings);
};

std::span<const Rule> ruleTable();
const Rule& ruleNamed(std::string_view name);  ///< throws std::out_of_range

}  // namespace tapescope
