// SPDX-License-Identifier: Apache-2.0
// Tables of tf_keras/src/optimizers and its folder legacy, and of tensorflow/core/kernels/training_ops.cc.
#include "core/engine/rules/generations.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/engine/rules/term.h"

namespace tapescope {

using rules::Term;

namespace {
struct SlotRow {
    std::string_view rule, slot, two, legacy;
};

constexpr std::array<SlotRow, 17> slotRows{{
    {"SGD", "momentum", "m", "momentum"},
    {"RMSprop", "velocity", "velocity", "rms"},
    {"RMSprop", "average_gradient", "average_gradient", "mg"},
    {"Adadelta", "accumulated_grad", "accumulated_grad", "accum_grad"},
    {"Adadelta", "accumulated_delta_var", "accumulated_delta_var", "accum_var"},
    {"Adam", "momentum", "m", "m"},
    {"Adam", "velocity", "v", "v"},
    {"Adam", "velocity_hat", "vhat", "vhat"},
    {"AdamW", "momentum", "m", "m"},
    {"AdamW", "velocity", "v", "v"},
    {"AdamW", "velocity_hat", "vhat", "vhat"},
    {"Adamax", "momentum", "m", "m"},
    {"Adamax", "norm", "u", "v"},
    {"Nadam", "momentum", "m", "m"},
    {"Nadam", "velocity", "v", "v"},
    {"Lion", "momentum", "m", "m"},
    {"Adafactor", "velocity", "v", "v"},
}};

enum class Rows { All, VariableOnly, NamedOnly };  ///< what a step with slices changes

struct KernelRow {
    std::string_view rule;
    std::string_view flag;    ///< a setting that must be above 0 for this row; empty for always
    std::string_view kernel;  ///< empty where the step is made of operations
    Rows rows;
    std::string_view gradient = "grad";  ///< what the kernel calls it
};

/// The first row of a rule whose flag is set is its.
constexpr std::array<KernelRow, 12> kernelRows{{
    {"SGD", "momentum", "ResourceApplyKerasMomentum", Rows::NamedOnly},
    {"SGD", "", "ResourceApplyGradientDescent", Rows::All, "delta"},
    {"RMSprop", "centered momentum", "ResourceApplyCenteredRMSProp", Rows::NamedOnly},
    {"RMSprop", "momentum", "ResourceApplyRMSProp", Rows::NamedOnly},
    {"Adagrad", "", "ResourceApplyAdagradV2", Rows::NamedOnly},
    {"Adadelta", "", "ResourceApplyAdadelta", Rows::NamedOnly},
    {"Adam", "amsgrad", "ResourceApplyAdamWithAmsgrad", Rows::All},
    {"Adam", "", "ResourceApplyAdam", Rows::All},
    {"Adamax", "", "ResourceApplyAdaMax", Rows::NamedOnly},
    {"Nadam", "", "", Rows::VariableOnly},
    {"Ftrl", "l2_shrinkage_regularization_strength", "ResourceApplyFtrlV2", Rows::NamedOnly},
    {"Ftrl", "", "ResourceApplyFtrl", Rows::NamedOnly},
}};

bool allSet(const Settings& settings, std::string_view flags) {
    while (!flags.empty()) {
        const std::string_view flag = flags.substr(0, flags.find(' '));
        if (setting(settings, flag) <= 0) return false;
        flags.remove_prefix(std::min(flags.size(), flag.size() + 1));
    }
    return true;
}

const KernelRow* kernelOf(std::string_view rule, const Settings& settings) {
    const auto found = std::ranges::find_if(
        kernelRows, [&](const KernelRow& row) { return row.rule == rule && allSet(settings, row.flag); });
    return found == kernelRows.end() ? nullptr : &*found;
}

void needShape(const KernelRow& row, const RuleInput& input) {
    const Shape &variable = input.variable.shape(), &gradient = input.gradient.shape();
    if (row.kernel.empty() || variable == gradient) return;
    const std::string op(row.kernel);
    throw Error(ErrorKind::InvalidArgument,
                "{{function_node __wrapped__" + op + "_device_/job:localhost/replica:0/task:0/device:CPU:0}} var and " +
                    std::string(row.gradient) + " do not have the same shape" + kernelText(variable) + " " +
                    kernelText(gradient) + " [Op:" + op + "] name: ");
}

/// `before` with the rows that the slices name taken from `after`.
Tensor rowsOf(const Tensor& before, const Tensor& after, const Tensor& indices) {
    const Term places(indices.reshaped({indices.count(), 1}));
    const Term rows = Term(after).call("GatherNd", {places});
    return Term(before).call("TensorScatterUpdate", {places, rows}).tensor();
}
}  // namespace

Generation generationOf(const Settings& settings) {
    const auto found = std::ranges::find(settings, "keras", &std::pair<std::string, double>::first);
    return found == settings.end() ? Generation::Three : static_cast<Generation>(static_cast<int>(found->second));
}

std::string slotNameIn(Generation generation, std::string_view rule, std::string_view slot) {
    if (generation == Generation::Three) return std::string(slot);
    const auto found =
        std::ranges::find_if(slotRows, [&](const SlotRow& row) { return row.rule == rule && row.slot == slot; });
    if (found == slotRows.end()) return std::string(slot);
    return std::string(generation == Generation::Two ? found->two : found->legacy);
}

RuleResult updated(const Rule& rule, const RuleInput& input) {
    const Generation generation = generationOf(input.settings);
    if (generation == Generation::Three) return rule.update(input);
    RuleInput summed = input;
    summed.ruleName = rule.name;
    summed.summed = input.rows != nullptr;
    const KernelRow* kernel = generation == Generation::Legacy ? kernelOf(rule.name, input.settings) : nullptr;
    // Only the gradient itself is scattered row by row; all others add up rows of one place before.
    if (kernel == nullptr || kernel->kernel != "ResourceApplyGradientDescent") summed.rows = nullptr;
    if (kernel != nullptr && input.rows == nullptr) needShape(*kernel, input);
    RuleResult result = rule.update(summed);
    if (kernel == nullptr || input.rows == nullptr || kernel->rows == Rows::All) return result;
    const Tensor& indices = input.rows->slices->indices.value;
    result.variable = rowsOf(input.variable, result.variable, indices);
    result.change.reset();
    if (kernel->rows == Rows::NamedOnly) {
        for (auto& [name, value] : result.slots) value = rowsOf(input.slots.at(name), value, indices);
    }
    return result;
}

}  // namespace tapescope
