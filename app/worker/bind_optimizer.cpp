// SPDX-License-Identifier: Apache-2.0
// What the Python side of an optimizer asks of the engine. An optimizer and a call of apply_gradients are numbers
// there.
#include <pybind11/stl.h>

#include "app/worker/classes.h"

namespace tapescope {

namespace py = pybind11;

namespace {
TensorId gradientId(py::handle value) {
    const auto* tensor = asTensor(value);
    return tensor != nullptr ? tensor->operand.id : TensorId{};
}

/// Pairs as given; `left` is what zip() dropped: (gradients, variables).
std::uint32_t beginApply(std::uint32_t optimizer, const py::sequence& pairs, const std::vector<std::int64_t>& lengths,
                         const py::sequence& leftGradients, const py::sequence& leftVariables, std::int64_t zipSite) {
    ApplyBegan facts;
    for (const auto pair : pairs) {
        const auto both = py::reinterpret_borrow<py::sequence>(pair);
        const auto* variable = asVariable(both[1]);
        facts.pairs.push_back({gradientId(both[0]), variable != nullptr ? variable->id : VariableId{}});
    }
    facts.zipLengths = lengths;
    for (const auto gradient : leftGradients) facts.droppedGradients.push_back(gradientId(gradient));
    for (const auto value : leftVariables) {
        if (const auto* variable = asVariable(value)) facts.droppedVariables.push_back(variable->id);
    }
    if (zipSite >= 0) facts.zipSite = CallSiteId{static_cast<std::uint32_t>(zipSite)};
    return engine().beginApply(OptimizerId{optimizer}, std::move(facts)).value;
}

void applyPair(std::uint32_t apply, std::uint32_t index, py::handle gradient, py::handle variable) {
    const auto* target = asVariable(variable);
    const Operand operand = gradient.is_none() ? Operand{} : toOperand(gradient, engine().value(target->id).dtype());
    engine().applyPair(ApplyId{apply}, index, target->id, operand);
}
}  // namespace

void bindOptimizer(py::module_& module) {
    module.def("create_optimizer", [](const std::string& rule, const std::string& name, const py::dict& settings) {
        std::vector<std::pair<std::string, double>> rows;
        for (const auto& [key, value] : settings)
            rows.emplace_back(py::cast<std::string>(key), py::cast<double>(value));
        return engine().createOptimizer(rule, name, std::move(rows)).value;
    });
    module.def("set_setting", [](std::uint32_t optimizer, const std::string& name, double value) {
        engine().setSetting(OptimizerId{optimizer}, name, value);
    });
    module.def("setting", [](std::uint32_t optimizer, const std::string& name) {
        return engine().setting(OptimizerId{optimizer}, name);
    });
    module.def("begin_apply", beginApply);
    module.def("apply_pair", applyPair);
    module.def("end_apply", [](std::uint32_t apply, std::int64_t iterations, bool raised) {
        engine().endApply(ApplyId{apply}, iterations, raised);
    });
}

}  // namespace tapescope
