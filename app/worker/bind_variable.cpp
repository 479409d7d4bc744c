// SPDX-License-Identifier: Apache-2.0
// tf.Variable: creation, reads, the assign family.
#include "app/worker/classes.h"
#include "app/worker/operators.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

std::string valueRepr(const Tensor& tensor, bool repr);

namespace {
const Tensor& valueOfVariable(const PyVariable& self) {
    return engine().value(self.id);
}

PyVariable assigned(const PyVariable& self, AssignKind kind, py::handle value) {
    engine().assign(self.id, kind, toOperand(value, valueOfVariable(self).dtype()));
    return {self.id, true};
}

PyVariable created(py::object initial, bool trainable, const py::object& name, const py::object& dtype) {
    if (PyCallable_Check(initial.ptr()) != 0 && asTensor(initial) == nullptr) initial = initial();
    const std::optional<DType> wanted = dtype.is_none() ? std::nullopt : std::optional(dtypeFrom(dtype));
    Operand value;
    if (asTensor(initial) != nullptr) {
        value = toConstant(initial, wanted);
    } else if (const auto* variable = asVariable(initial)) {
        value = {engine().handle(variable->id), engine().value(variable->id)};
    } else {
        value = toConstant(initial, wanted);
    }
    const std::string base = name.is_none() ? "Variable" : py::cast<std::string>(name);
    return {engine().createVariable(value, base + ":0", trainable), false};
}

/// "weight_0": names of eager variables are not made unique, this is.
std::string uniqueId(const PyVariable& self) {
    const std::string& name = engine().name(self.id);
    return name.substr(0, name.rfind(':')) + "_" + std::to_string(self.id.value);
}

std::string reprOf(const PyVariable& self) {
    const Tensor& value = valueOfVariable(self);
    const std::string name = self.unread ? "UnreadVariable" : engine().name(self.id);
    return "<tf.Variable '" + name + "' shape=" + pythonText(value.shape()) +
           " dtype=" + std::string(row(value.dtype()).name) + ", numpy=" + valueRepr(value, true) + ">";
}

py::object leaving(const PyVariable& self, const char* how, const py::object& value) {
    return leaveAs(how, engine().handle(self.id), value);
}

[[noreturn]] void refuseInPlace(const char* symbol, const char* method, const char* printed) {
    throw Error(ErrorKind::Runtime, std::string("`variable ") + symbol +
                                        " value` with `tf.Variable`s is not supported. Use `variable." + method +
                                        "(value)` to modify the variable, or `out = variable " + printed +
                                        " value` if you need to get a new output Tensor.");
}

void bindFacts(py::class_<PyVariable>& variable) {
    variable
        .def_property_readonly("shape",
                               [](const PyVariable& self) { return shapeObject(valueOfVariable(self).shape()); })
        .def_property_readonly("dtype",
                               [](const PyVariable& self) { return dtypeObject(valueOfVariable(self).dtype()); })
        .def_property_readonly("ndim", [](const PyVariable& self) { return valueOfVariable(self).shape().size(); })
        .def_property_readonly(
            "name", [](const PyVariable& self) { return self.unread ? "UnreadVariable" : engine().name(self.id); })
        .def_property_readonly("trainable", [](const PyVariable& self) { return engine().trainable(self.id); })
        .def_property_readonly("_unique_id", uniqueId)
        .def_property_readonly("_id", [](const PyVariable& self) { return engine().handle(self.id).value; })
        .def("__len__",
             [](const PyVariable& self) {
                 if (valueOfVariable(self).shape().empty())
                     throw Error(ErrorKind::Type, "Scalar tensor has no `len()`");
                 return valueOfVariable(self).shape()[0];
             })
        .def("__hash__",
             [](const PyVariable&) -> std::size_t {
                 throw Error(ErrorKind::Type,
                             "Variable is unhashable. Instead, use variable.ref() as the key. (Variable: )");
             })
        .def("__repr__", reprOf);
}

void bindReads(py::class_<PyVariable>& variable) {
    const auto read = [](const PyVariable& self) { return PyTensor{engine().read(self.id, self.unread)}; };
    variable.def("value", read).def("read_value", read);
    variable.def("__getitem__",
                 [](py::handle self, py::handle index) { return PyTensor{sliced(toOperand(self), index)}; });
    variable.def("__iter__",
                 [read](const PyVariable& self) { return py::cast(read(self)).attr("__iter__")().cast<py::object>(); });
    variable.def("numpy",
                 [](const PyVariable& self) { return leaving(self, "numpy", toNumpy(valueOfVariable(self))); });
    variable.def("__array__", [](const PyVariable& self, const py::args& dtype) {
        const py::object array = py::module_::import("numpy").attr("asarray")(toNumpy(valueOfVariable(self)));
        return leaving(self, "numpy", dtype.empty() ? array : array.attr("astype")(dtype[0]).cast<py::object>());
    });
    const auto scalar = [](const char* type) {
        return [type](const PyVariable& self) {
            return leaving(
                self, type,
                py::module_::import("builtins").attr(type)(toNumpy(valueOfVariable(self))).cast<py::object>());
        };
    };
    variable.def("__float__", scalar("float")).def("__int__", scalar("int"));
    variable.def("__bool__", [](const PyVariable& self) { return valueOfVariable(self).at(0) != 0; });
}

void bindAssignments(py::class_<PyVariable>& variable) {
    struct Row {
        const char* method;
        AssignKind kind;
    };
    for (const Row row : {Row{"assign", AssignKind::Assign}, Row{"assign_add", AssignKind::AssignAdd},
                          Row{"assign_sub", AssignKind::AssignSub}}) {
        variable.def(
            row.method,
            [kind = row.kind](const PyVariable& self, py::handle value, bool, const py::object&, bool) {
                return assigned(self, kind, value);
            },
            py::arg("value"), py::arg("use_locking") = false, py::arg("name") = py::none(),
            py::arg("read_value") = true);
    }
    // TensorFlow prints "*" as the operator to use instead of "-"; sic.
    variable.def("__iadd__", [](py::handle, py::handle) { refuseInPlace("+=", "assign_add", "+"); });
    variable.def("__isub__", [](py::handle, py::handle) { refuseInPlace("-=", "assign_sub", "*"); });
}
}  // namespace

void bindVariable(py::module_& module) {
    auto home = py::module_::import("types")
                    .attr("ModuleType")("tensorflow.python.ops.resource_variable_ops")
                    .cast<py::module_>();
    py::class_<PyVariable> variable(home, "ResourceVariable");
    variable.def(py::init([](const py::object& initial, const py::object& trainable, bool, const py::object&,
                             const py::object& name, const py::object&, const py::object& dtype) {
                     return created(initial, trainable.is_none() || py::cast<bool>(trainable), name, dtype);
                 }),
                 py::arg("initial_value"), py::arg("trainable") = py::none(), py::arg("validate_shape") = true,
                 py::arg("caching_device") = py::none(), py::arg("name") = py::none(),
                 py::arg("variable_def") = py::none(), py::arg("dtype") = py::none());
    bindFacts(variable);
    bindReads(variable);
    bindAssignments(variable);
    bindOperators(variable);
    variable.attr("__array_priority__") = 100;
    classes().variableType = reinterpret_cast<PyTypeObject*>(variable.ptr());
    module.attr("ResourceVariable") = variable;
}

}  // namespace tapescope
