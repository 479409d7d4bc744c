// SPDX-License-Identifier: Apache-2.0
// tf.Variable: creation, reads, the assign family.
#include <cstring>
#include <utility>

#include "app/worker/classes.h"
#include "app/worker/operators.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

std::string valueRepr(const Tensor& tensor, bool repr);

void* PyVariable::operator new(std::size_t size) {
    void* memory = ::operator new(size);
    std::memset(memory, 0, size);  // 0xFF, as the id's, is no truth
    std::memset(memory, 0xFF, sizeof(VariableId));
    return memory;
}

namespace {
const Tensor& valueOfVariable(const PyVariable& self) {
    return engine().value(self.id);
}

std::string nameOf(const PyVariable& self) {
    return self.unread ? "UnreadVariable" : engine().name(self.id);
}

/// tf.TensorShape of what was declared, or of the value.
py::object declaredShape(const PyVariable& self) {
    const auto& declared = engine().declaredShape(self.id);
    if (!declared) return shapeObject(valueOfVariable(self).shape());
    if (!*declared) return classes().tensorShape(py::none());
    py::list sizes;
    for (const auto size : **declared) sizes.append(size < 0 ? py::object(py::none()) : py::int_(size));
    return classes().tensorShape(sizes);
}

std::string reprOf(const PyVariable& self) {
    const Tensor& value = valueOfVariable(self);
    return "<tf.Variable '" + nameOf(self) + "' shape=" + py::cast<std::string>(py::str(declaredShape(self))) +
           " dtype=" + std::string(row(value.dtype()).name) + ", numpy=" + valueRepr(value, true) + ">";
}

/// A value for a variable of this dtype. Numbers, lists and arrays take it; a tensor or variable must have it.
Operand converted(py::handle value, DType wanted, const std::string& who) {
    const std::string name(row(wanted).name);
    if (const auto* variable = asVariable(value)) {
        const DType own = valueOfVariable(*variable).dtype();
        if (own != wanted) {
            throw Error(ErrorKind::Value, who + "Incompatible type conversion requested to type " + name +
                                              " for `tf.Variable of type " + std::string(row(own).name) +
                                              ". (Variable: " + reprOf(*variable) + ")");
        }
    } else if (const auto* tensor = asTensor(value)) {
        const DType own = tensor->operand.value.dtype();
        if (own != wanted) {
            throw Error(ErrorKind::Value, who + "Tensor conversion requested dtype " + name +
                                              " for Tensor with dtype " + std::string(row(own).name) + ": " +
                                              py::cast<std::string>(py::repr(value)));
        }
    }
    return toOperand(value, wanted);
}

py::object answered(const PyVariable& self, bool readValue) {
    return readValue ? py::cast(PyUnreadVariable{{self.id, true}}) : py::object(py::none());
}

/// While shapes are only looked for, no variable changes.
bool assignmentsForbidden = false;

void demandAssignments() {
    if (assignmentsForbidden)
        throw Error(ErrorKind::Value, "A variable would change while only shapes are looked for.");
}

py::object assigned(const PyVariable& self, AssignKind kind, py::handle value, bool readValue) {
    demandAssignments();
    engine().assign(self.id, kind, converted(value, valueOfVariable(self).dtype(), ""));
    return answered(self, readValue);
}

/// The first value, without marking the variables it comes from: TensorFlow lifts it out of what is recorded.
Operand initialFrom(const py::object& initial, const py::object& dtype) {
    if (const auto* variable = asVariable(initial)) {
        const Tensor& value = engine().value(variable->id);
        if (!dtype.is_none() && dtypeFrom(dtype) != value.dtype())
            converted(initial, dtypeFrom(dtype), "initial_value: ");
        return {engine().handle(variable->id), value};
    }
    if (dtype.is_none()) return toOperand(initial);
    return converted(initial, dtypeFrom(dtype), "initial_value: ");
}

/// A function of TensorFlow's runs that has run before.
bool variablesForbidden = false;

bool forbidVariables(bool forbidden) {
    return std::exchange(variablesForbidden, forbidden);
}

py::object created(const py::object& initial, const std::string& name, bool trainable, const py::object& dtype) {
    if (variablesForbidden) {
        throw Error(
            ErrorKind::Value,
            "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable "
            "is only created once or created outside tf.function. See "
            "https://www.tensorflow.org/guide/function#creating_tfvariables for more information.");
    }
    py::object made =
        py::cast(PyVariable{engine().createVariable(initialFrom(initial, dtype), name, trainable), false});
    py::list& all = classes().variables;
    const auto index = made.cast<PyVariable*>()->id.index();
    while (all.size() <= index) all.append(py::none());
    all[index] = py::weakref(made);
    return made;
}

/// Sizes that later values must have: None for any shape, None among them for any size.
void declareShape(const PyVariable& self, const py::object& sizes) {
    if (sizes.is_none()) return engine().loosen(self.id, std::nullopt);
    Shape declared;
    for (const auto size : sizes) declared.push_back(size.is_none() ? -1 : py::cast<std::int64_t>(size));
    engine().loosen(self.id, declared);
}

/// "weight_0": names of eager variables are not made unique, this is.
std::string uniqueId(const PyVariable& self) {
    const std::string& name = engine().name(self.id);
    return name.substr(0, name.rfind(':')) + "_" + std::to_string(self.id.value);
}

py::object leaving(const PyVariable& self, const char* how, const py::object& value) {
    return leaveAs(how, engine().handle(self.id), value);
}

[[noreturn]] void refuseInPlace(const std::string& before, const std::string& how, const std::string& instead) {
    throw Error(ErrorKind::Runtime, "`" + before + " value` with `tf.Variable`s is not supported. Use `" + how +
                                        "` to modify the variable, or `out = " + instead +
                                        " value` if you need to get a new output Tensor.");
}

void bindFacts(py::class_<PyVariable>& variable) {
    variable.def_property_readonly("shape", declaredShape)
        .def_property_readonly("dtype",
                               [](const PyVariable& self) { return dtypeObject(valueOfVariable(self).dtype()); })
        .def_property_readonly("name", nameOf)
        .def_property_readonly("trainable", [](const PyVariable& self) { return engine().trainable(self.id); })
        .def_property_readonly("_unique_id", uniqueId)
        .def_property_readonly("_id", [](const PyVariable& self) { return engine().handle(self.id).value; })
        .def("__hash__",
             [](const PyVariable& self) -> std::size_t {
                 throw Error(ErrorKind::Type,
                             "Variable is unhashable. Instead, use variable.ref() as the key. (Variable: " +
                                 reprOf(self) + ")");
             })
        .def("__repr__", reprOf);
}

/// A scalar as a Python number; numpy's words where it is none.
auto scalarAs(const char* type) {
    return [type](const PyVariable& self) {
        if (!valueOfVariable(self).shape().empty()) {
            throw Error(ErrorKind::Type, "only 0-dimensional arrays can be converted to Python scalars");
        }
        const py::object number = toNumpy(valueOfVariable(self));
        return leaving(self, type, py::module_::import("builtins").attr(type)(number).cast<py::object>());
    };
}

void bindReads(py::class_<PyVariable>& variable) {
    const auto read = [](const PyVariable& self) { return PyTensor{engine().read(self.id, self.unread)}; };
    variable.def("value", read).def("read_value", read);
    variable.def("__getitem__",
                 [](py::handle self, py::handle index) { return PyTensor{sliced(toOperand(self), index)}; });
    variable.def("__iter__",
                 [read](const PyVariable& self) { return py::cast(read(self)).attr("__iter__")().cast<py::object>(); });
    variable.def("__bool__", [read](const PyVariable& self) {
        const int truth = PyObject_IsTrue(py::cast(read(self)).ptr());
        if (truth < 0) throw py::error_already_set();
        return truth != 0;
    });
    variable.def("numpy",
                 [](const PyVariable& self) { return leaving(self, "numpy", toNumpy(valueOfVariable(self))); });
    variable.def("__array__", [](const PyVariable& self, const py::args& dtype) {
        const py::object array = py::module_::import("numpy").attr("asarray")(toNumpy(valueOfVariable(self)));
        return leaving(self, "numpy", dtype.empty() ? array : array.attr("astype")(dtype[0]).cast<py::object>());
    });
    variable.def("__float__", scalarAs("float")).def("__int__", scalarAs("int"));
    variable.def("__complex__", scalarAs("complex"));
}

void bindAssignments(py::class_<PyVariable>& variable) {
    struct Row {
        const char* method;
        const char* operand;
        AssignKind kind;
    };
    for (const Row row : {Row{"assign", "value", AssignKind::Assign}, Row{"assign_add", "delta", AssignKind::AssignAdd},
                          Row{"assign_sub", "delta", AssignKind::AssignSub}}) {
        variable.def(
            row.method,
            [kind = row.kind](const PyVariable& self, py::handle value, const py::object&, const py::object&,
                              bool readValue) { return assigned(self, kind, value, readValue); },
            py::arg(row.operand), py::arg("use_locking") = py::none(), py::arg("name") = py::none(),
            py::arg("read_value") = true);
    }
    // TensorFlow prints "*" as the operator to use instead of "-"; sic.
    variable.def("__iadd__", [](py::handle, py::handle) {
        refuseInPlace("variable +=", "variable.assign_add(value)", "variable +");
    });
    variable.def("__isub__", [](py::handle, py::handle) {
        refuseInPlace("variable -=", "variable.assign_sub(value)", "variable *");
    });
    for (const auto& [method, symbol] :
         {std::pair{"__imul__", "*"}, std::pair{"__itruediv__", "/"}, std::pair{"__ipow__", "**"}}) {
        variable.def(method, [symbol = std::string(symbol)](py::handle, py::handle) {
            refuseInPlace("var " + symbol + "=", "var.assign(var " + symbol + " value)", "var " + symbol);
        });
    }
}
}  // namespace

py::object variableObject(VariableId id) {
    const py::list& all = classes().variables;
    if (id.index() < all.size()) {
        PyObject* known = PyList_GET_ITEM(all.ptr(), static_cast<Py_ssize_t>(id.index()));
        PyObject* variable = known == Py_None ? Py_None : PyWeakref_GetObject(known);
        if (variable == nullptr) throw py::error_already_set();
        if (variable != Py_None) return py::reinterpret_borrow<py::object>(variable);
    }
    return py::cast(PyUnreadVariable{{id, true}});
}

void bindVariable(py::module_& module) {
    auto home = py::module_::import("types")
                    .attr("ModuleType")("tensorflow.python.ops.resource_variable_ops")
                    .cast<py::module_>();
    py::class_<PyVariable> variable(home, "ResourceVariable", py::dynamic_attr());
    bindFacts(variable);
    bindReads(variable);
    bindAssignments(variable);
    bindOperators(variable);
    variable.attr("__array_priority__") = 100;
    py::class_<PyUnreadVariable, PyVariable> unread(home, "_UnreadVariable", py::dynamic_attr());
    classes().variableType = reinterpret_cast<PyTypeObject*>(variable.ptr());
    classes().unreadType = reinterpret_cast<PyTypeObject*>(unread.ptr());
    // TensorFlow's classes are written in Python: texts name them without their module.
    classes().variableType->tp_name = "ResourceVariable";
    classes().unreadType->tp_name = "_UnreadVariable";
    module.attr("ResourceVariable") = variable;
    module.attr("UnreadVariable") = unread;
    py::class_<PyKerasVariable>(module, "KerasVariable", py::dynamic_attr())
        .def(py::init([](const PyVariable& one, bool autocasts) {
            return PyKerasVariable{{one.id, false}, autocasts};
        }));
    // As which dtype floats of Keras's variables are read from now on, or None; answers as which they were.
    module.def("autocast", [](const py::object& dtype) {
        auto& current = classes().autocast;
        const py::object before = current ? py::cast(std::string(row(*current).name)) : py::object(py::none());
        current = dtype.is_none() ? std::nullopt : std::optional(dtypeFrom(dtype));
        return before;
    });
    module.def("share_keras_variable", [module](const py::type& type) {
        if (PyObject_IsSubclass(type.ptr(), module.attr("KerasVariable").ptr()) != 1)
            throw py::type_error("a class on top of KerasVariable is needed");
        classes().kerasType = reinterpret_cast<PyTypeObject*>(py::object(type).release().ptr());
    });
    module.def("create_variable", created);
    module.def("forbid_variables", forbidVariables);
    module.def("forbid_assignments", [](bool forbidden) { return std::exchange(assignmentsForbidden, forbidden); });
    // A weak reference to each variable by its number; None where there is none.
    module.def("variables", [] { return py::tuple(classes().variables); });
    module.def("declare_shape", declareShape);
    // The variable takes a value that was computed from its old one: an assignment to a part of it.
    module.def("update_variable", [](const PyVariable& self, const py::object& value, py::handle operand) {
        demandAssignments();
        const DType dtype = valueOfVariable(self).dtype();
        const Tensor next = tensorFrom(value, dtype);
        engine().update(self.id, AssignKind::Assign, next, converted(operand, dtype, "").id);
        return answered(self, true);
    });
    module.def("array", [](py::handle value) {
        const auto* ours = asVariable(value);
        const Tensor tensor = ours != nullptr ? valueOfVariable(*ours) : toOperand(value).value;
        return py::module_::import("numpy").attr("array")(toNumpy(tensor)).cast<py::object>();
    });
    module.def("as_dtype_of", [](const PyVariable& self, py::handle value) {
        return PyTensor{converted(value, valueOfVariable(self).dtype(), "")};
    });
}

}  // namespace tapescope
