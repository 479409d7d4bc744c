// SPDX-License-Identifier: Apache-2.0
// Update rules of optimizers, one row each: what a step does to a variable, as a pure function, and the formula with
// the step's numbers in it. The rows are in rules/, by family.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ops/op.h"

namespace tapescope {

/// Numbers of an optimizer by name: "learning_rate", "momentum", "nesterov" (0 or 1). What a step adds: "step", which
/// is Keras's iterations + 1, and the learning rate of now.
using Settings = std::vector<std::pair<std::string, double>>;

double setting(const Settings& settings, std::string_view name);  ///< throws std::out_of_range
double setting(const Settings& settings, std::string_view name, double fallback);

/// What a rule works with; tensors have the variable's dtype.
struct RuleInput {
    const Tensor& variable;
    const Tensor& gradient;
    const std::map<std::string, Tensor>& slots;
    const Settings& settings;
    std::string variableName;       ///< TensorFlow's, for its complaints: "weight:0"
    std::string optimizerName;      ///< "sgd"
    const Operand* rows = nullptr;  ///< where the gradient came as slices: these; `gradient` is their sum
    std::string_view ruleName{};    ///< for the names of slots before Keras 3
    bool summed = false;            ///< before Keras 3: whether `gradient` was slices, and is their sum
    bool measured = false;          ///< whether the change is wanted
};

struct RuleResult {
    Tensor variable;
    std::map<std::string, Tensor> slots;
    std::optional<double> change{};  ///< distance() from the old variable, where a rule has measured it in passing
};

/// A variable that the rule keeps beside each variable, and what all of its elements are at first.
struct Slot {
    std::string name;  ///< "momentum"
    Shape shape;
    double initial = 0;
    bool exact = false;  ///< in the variable's dtype, and not a float32 that is cast
};

struct Rule {
    std::string_view name;  ///< the class: "SGD"
    /// The slots that these settings need for a variable of this shape, in Keras's order.
    std::vector<Slot> (*slots)(const Settings& settings, const Shape& variable);
    /// Keras 3's arithmetic, operation by operation (keras/src/optimizers). Throws Error with TensorFlow's text.
    RuleResult (*update)(const RuleInput& input);
    /// "w ← w − 0.01·g": w stands for a variable of this shape, whatever its name.
    std::string (*formula)(const Settings& settings, const Shape& variable);
    bool counts = true;  ///< whether "step" is in the formula
};

const Rule& ruleNamed(std::string_view name);  ///< throws std::out_of_range

}  // namespace tapescope
