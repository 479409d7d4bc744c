// SPDX-License-Identifier: Apache-2.0
// What the Python side of an optimizer asks of the engine. An optimizer and a call of apply_gradients are numbers
// there.
#include <algorithm>

#include "app/worker/classes.h"
#include "app/worker/fastcall.h"
#include "app/worker/zip.h"
#include "core/engine/rules/generations.h"

namespace tapescope {

namespace py = pybind11;

namespace {
TensorId gradientId(py::handle value) {
    if (isSlices(value)) return gradientId(value.attr("values"));
    const auto* tensor = asTensor(value);
    return tensor != nullptr ? tensor->operand.id : TensorId{};
}

/// What can be walked through in Python, element by element.
template <class Take>
void forEach(PyObject* values, Take take) {
    const auto items = py::reinterpret_steal<py::object>(PySequence_Fast(values, "a list or a tuple is needed"));
    if (!items) throw py::error_already_set();
    PyObject** const first = PySequence_Fast_ITEMS(items.ptr());
    std::for_each(first, first + PySequence_Fast_GET_SIZE(items.ptr()), take);
}

/// Raises what Keras does for what is no variable: it asks for its name first.
[[noreturn]] void refuse(PyObject* value) {
    const auto key = py::reinterpret_steal<py::object>(PyObject_GetAttrString(value, "_unique_id"));
    if (!key) throw py::error_already_set();
    throw py::type_error("an optimizer updates variables that tf.Variable() made");
}

VariableId variableFrom(py::handle value) {
    const auto* variable = asVariable(value);
    if (variable == nullptr) refuse(value.ptr());
    return variable->id;
}

/// Optimizer, gradients, variables, lengths of the operands of zip(), what it dropped of both, where it was made or -1.
PyObject* beginApply(Arguments given) {
    ApplyBegan facts;
    forEach(given[1], [&](PyObject* gradient) { facts.pairs.push_back({gradientId(gradient), {}}); });
    std::size_t place = 0;
    forEach(given[2], [&](PyObject* value) {
        const VariableId variable = variableFrom(value);
        if (place < facts.pairs.size()) facts.pairs[place].variable = variable;
        ++place;
    });
    forEach(given[3], [&](PyObject* length) { facts.zipLengths.push_back(PyLong_AsLongLong(length)); });
    forEach(given[4], [&](PyObject* gradient) { facts.droppedGradients.push_back(gradientId(gradient)); });
    forEach(given[5], [&](PyObject* value) {
        if (const auto* variable = asVariable(value); variable != nullptr && variable->id.valid())
            facts.droppedVariables.push_back(variable->id);
    });
    const long long zipSite = PyLong_AsLongLong(given[6]);
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    if (zipSite >= 0) facts.zipSite = CallSiteId{static_cast<std::uint32_t>(zipSite)};
    return PyLong_FromUnsignedLong(engine().beginApply(OptimizerId{numberFrom(given[0])}, std::move(facts)).value);
}

/// Nothing for None.
Operand gradientFor(VariableId variable, py::handle gradient) {
    return gradient.is_none() ? Operand{} : toGradient(gradient, engine().value(variable).dtype());
}

/// A step that is nothing but the rule for each pair.
struct PlainStep {
    OptimizerId optimizer;
    ApplyBegan facts{};
    std::vector<const Operand*> gradients{};
    double rate = 0;
    long long iterations = 0;

    bool takePairs(PyObject* grads, PyObject* variables);
    bool takeZip(PyObject* pairs);
    bool takeNumbers(PyObject* held, PyObject* count);
    void apply() const;
};

/// What an optimizer does with a variable beside the rule stands in its dictionary, if anywhere.
bool isBare(PyObject* variable) {
    PyObject** place = _PyObject_GetDictPtr(variable);
    if (place == nullptr || *place == nullptr || PyDict_Size(*place) == 0) return true;
    return PyDict_GetItemString(*place, "_facts") == nullptr &&
           PyDict_GetItemString(*place, "overwrite_with_gradient") == nullptr;
}

/// Tuples of as many; false for anything else, and where one is no tensor, or no variable that the optimizer was built
/// for.
bool PlainStep::takePairs(PyObject* grads, PyObject* variables) {
    if (PyTuple_CheckExact(grads) == 0 || PyTuple_CheckExact(variables) == 0) return false;
    if (PyTuple_GET_SIZE(grads) != PyTuple_GET_SIZE(variables)) return false;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(grads); ++i) {
        const auto* gradient = asTensor(PyTuple_GET_ITEM(grads, i));
        PyObject* object = PyTuple_GET_ITEM(variables, i);
        if (gradient == nullptr || Py_TYPE(object) != classes().variableType || !isBare(object)) return false;
        const VariableId variable = asVariable(object)->id;
        if (!engine().builtFor(optimizer, variable)) return false;
        facts.pairs.push_back({gradient->operand.id, variable});
        gradients.push_back(&gradient->operand);
    }
    return !gradients.empty();
}

/// Of the argument that the pairs came from; false for a zip that leaves something over.
bool PlainStep::takeZip(PyObject* pairs) {
    const ZipFacts* zip = zipFactsOf(pairs);
    if (zip == nullptr) return true;
    for (Py_ssize_t i = 0; i < 2; ++i) {
        PyObject* operand = PyTuple_GET_ITEM(zip->operands, i);
        if (PyList_CheckExact(operand) == 0 && PyTuple_CheckExact(operand) == 0) return false;
        if (PySequence_Fast_GET_SIZE(operand) != std::ssize(gradients)) return false;
        facts.zipLengths.push_back(std::ssize(gradients));
    }
    if (zip->site >= 0) facts.zipSite = CallSiteId{static_cast<std::uint32_t>(zip->site)};
    return true;
}

/// What variables of the optimizer hold: tensors, or numbers of Python's or numpy's.
bool PlainStep::takeNumbers(PyObject* held, PyObject* count) {
    if (const auto* tensor = asTensor(held)) {
        if (tensor->operand.value.count() != 1) return false;
        rate = tensor->operand.value.at(0);
    } else {
        rate = PyFloat_AsDouble(held);
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    }
    if (asTensor(count) != nullptr) return false;
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Long(count));
    iterations = number ? PyLong_AsLongLong(number.ptr()) : -1;
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return true;
}

void PlainStep::apply() const {
    const ApplyId apply = engine().beginApply(optimizer, facts);
    engine().setSetting(optimizer, "learning_rate", rate);
    engine().setSetting(optimizer, "step", static_cast<double>(iterations) + 1);
    try {
        for (std::size_t i = 0; i < gradients.size(); ++i)
            engine().applyPair(apply, static_cast<std::uint32_t>(i), facts.pairs[i].variable, *gradients[i]);
    } catch (...) {
        engine().endApply(apply, iterations, true);
        throw;
    }
    engine().endApply(apply, iterations + 1, false);
}

/// Optimizer, gradients, variables, what they came from, learning rate, iterations: the iterations after the step.
/// None where the step is no plain one; nothing has happened then.
PyObject* applyPlainly(Arguments given) {
    PlainStep step{OptimizerId{numberFrom(given[0])}};
    if (!step.takePairs(given[1], given[2]) || !step.takeZip(given[3]) || !step.takeNumbers(given[4], given[5]))
        Py_RETURN_NONE;
    step.apply();
    return PyLong_FromLongLong(step.iterations + 1);
}

void applyPair(std::uint32_t apply, std::uint32_t index, py::handle gradient, py::handle variable, double decay) {
    const VariableId target = variableFrom(variable);
    engine().applyPair(ApplyId{apply}, index, target, gradientFor(target, gradient), decay);
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
    module.def("build_optimizer", [](std::uint32_t optimizer, const py::sequence& variables) {
        std::vector<VariableId> ids;
        for (const auto value : variables) {
            if (const auto* variable = asVariable(value)) ids.push_back(variable->id);
        }
        engine().build(OptimizerId{optimizer}, ids);
    });
    defineFast(module, "apply_plainly", 6, [](Arguments given) { return applyPlainly(given); });
    defineFast(module, "begin_apply", 7, [](Arguments given) { return beginApply(given); });
    module.def("slot_names", [](std::uint32_t optimizer, py::handle variable) {
        return engine().slotNames(OptimizerId{optimizer}, variableFrom(variable));
    });
    module.def("slot_name_in", [](int generation, const std::string& rule, const std::string& slot) {
        return slotNameIn(static_cast<Generation>(generation), rule, slot);
    });
    module.def("slot", [](std::uint32_t optimizer, py::handle variable, const std::string& name) {
        return toNumpy(engine().slot(OptimizerId{optimizer}, variableFrom(variable), name));
    });
    module.def("set_slot", [](std::uint32_t optimizer, py::handle variable, const std::string& name, py::handle value) {
        const VariableId id = variableFrom(variable);
        const auto* tensor = asTensor(value);
        engine().setSlot(OptimizerId{optimizer}, id, name,
                         tensor != nullptr ? tensor->operand.value : tensorFrom(value, engine().value(id).dtype()));
    });
    // Apply, place, gradient or None, variable, weight decay or 0.
    defineFast(module, "apply_pair", 5, [](Arguments given) {
        const double decay = PyFloat_AsDouble(given[4]);
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
        applyPair(numberFrom(given[0]), numberFrom(given[1]), given[2], given[3], decay);
        return nothing();
    });
    // Apply, place, gradient or None, variable, whether the gradients of the step are finite.
    module.def("hold_pair",
               [](std::uint32_t apply, std::uint32_t index, py::handle gradient, py::handle variable, bool finite) {
                   const VariableId target = variableFrom(variable);
                   engine().holdPair(ApplyId{apply}, index, target, gradientFor(target, gradient),
                                     finite ? PairOutcome::Accumulated : PairOutcome::NotFinite);
               });
    defineFast(module, "end_apply", 3, [](Arguments given) {
        const long long iterations = PyLong_AsLongLong(given[1]);
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
        engine().endApply(ApplyId{numberFrom(given[0])}, iterations, truthOf(given[2]));
        return nothing();
    });
}

}  // namespace tapescope
