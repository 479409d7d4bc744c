// SPDX-License-Identifier: Apache-2.0
// tf.Tensor: attributes, operators, and the ways out of TensorFlow.
#include "app/worker/classes.h"
#include "app/worker/operators.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

std::string valueRepr(const Tensor& tensor, bool repr) {
    const py::object value = toNumpy(tensor);
    auto text = py::cast<std::string>(repr ? py::repr(value) : py::str(value));
    return text.find('\n') == std::string::npos ? text : "\n" + text;
}

namespace {
std::string dtypeName(const Tensor& tensor) {
    return std::string(row(tensor.dtype()).name);
}

py::object scalarOf(const PyTensor& self, const char* type) {
    const Tensor& value = self.operand.value;
    if (value.count() != 1) {
        throw Error(ErrorKind::Type, "only length-1 arrays can be converted to Python scalars");
    }
    return py::module_::import("builtins").attr(type)(value.at(0)).cast<py::object>();
}

bool truth(const PyTensor& self) {
    const Tensor& value = self.operand.value;
    if (value.count() != 1) {
        throw Error(ErrorKind::Value,
                    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()");
    }
    engine().leave(self.operand.id, "bool");
    return value.at(0) != 0;
}

void bindWaysOut(PlainClass& tensor) {
    tensor
        .def("numpy",
             [](const PyTensor& self) { return leaveAs("numpy", self.operand.id, toNumpy(self.operand.value)); })
        .def("__array__",
             [](const PyTensor& self, const py::args& dtype) {
                 const py::object array = py::module_::import("numpy").attr("asarray")(toNumpy(self.operand.value));
                 return leaveAs("numpy", self.operand.id,
                                dtype.empty() ? array : array.attr("astype")(dtype[0]).cast<py::object>());
             })
        .def("__float__",
             [](const PyTensor& self) { return leaveAs("float", self.operand.id, scalarOf(self, "float")); })
        .def("__int__", [](const PyTensor& self) { return leaveAs("int", self.operand.id, scalarOf(self, "int")); })
        .def("__index__", [](const PyTensor& self) { return leaveAs("int", self.operand.id, scalarOf(self, "int")); })
        .def("__bool__", truth)
        .def("__format__", [](const PyTensor& self, const std::string& how) {
            engine().leave(self.operand.id, "print");
            return toNumpy(self.operand.value).attr("__format__")(how).cast<py::object>();
        });
}

void bindTexts(PlainClass& tensor) {
    tensor.def("__repr__", [](const PyTensor& self) {
        const Tensor& value = self.operand.value;
        return "<tf.Tensor: shape=" + pythonText(value.shape()) + ", dtype=" + dtypeName(value) +
               ", numpy=" + valueRepr(value, true) + ">";
    });
    tensor.def("__str__", [](const PyTensor& self) {
        engine().leave(self.operand.id, "print");
        const Tensor& value = self.operand.value;
        return "tf.Tensor(" + valueRepr(value, false) + ", shape=" + pythonText(value.shape()) +
               ", dtype=" + dtypeName(value) + ")";
    });
}
}  // namespace

void bindTensor(py::module_& module) {
    PlainClass tensor(makeTensorType());
    tensor.def_property_readonly("shape", [](const PyTensor& self) { return shapeObject(self.operand.value.shape()); })
        .def_property_readonly("dtype", [](const PyTensor& self) { return dtypeObject(self.operand.value.dtype()); })
        .def_property_readonly("ndim", [](const PyTensor& self) { return self.operand.value.shape().size(); })
        .def_property_readonly("device", [](const PyTensor&) { return "/job:localhost/replica:0/task:0/device:CPU:0"; })
        .def_property_readonly("_id", [](const PyTensor& self) { return self.operand.id.value; })
        .def("__len__",
             [](const PyTensor& self) {
                 if (self.operand.value.shape().empty()) throw Error(ErrorKind::Type, "Scalar tensor has no `len()`");
                 return self.operand.value.shape()[0];
             })
        .def("__iter__",
             [](const PyTensor& self) -> py::object {
                 if (self.operand.value.shape().empty())
                     throw Error(ErrorKind::Type, "Cannot iterate over a scalar tensor.");
                 py::list rows;
                 for (std::int64_t i = 0; i < self.operand.value.shape()[0]; ++i)
                     rows.append(PyTensor{sliced(self.operand, py::int_(i))});
                 return rows.attr("__iter__")().cast<py::object>();
             })
        .def("__getitem__",
             [](const PyTensor& self, py::handle index) { return PyTensor{sliced(self.operand, index)}; })
        .def("__hash__", [](const PyTensor&) -> std::size_t {
            throw Error(ErrorKind::Type, "Tensor is unhashable. Instead, use tensor.ref() as the key.");
        });
    bindOperators(tensor);
    bindWaysOut(tensor);
    bindTexts(tensor);
    tensor.attr("__array_priority__") = 100;
    module.attr("EagerTensor") = tensor;
}

}  // namespace tapescope
