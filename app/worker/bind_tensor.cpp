// SPDX-License-Identifier: Apache-2.0
// tf.Tensor: attributes, operators, and the ways out of TensorFlow.
#include <pybind11/stl.h>

#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include "app/worker/classes.h"
#include "app/worker/frames.h"
#include "app/worker/operators.h"
#include "core/base/convert.h"
#include "core/base/error.h"

namespace tapescope {

namespace py = pybind11;

std::string valueRepr(const Tensor& tensor, bool repr) {
    return py::cast<std::string>(classes().texts.attr("text")(toNumpy(tensor), repr));
}

namespace {
constexpr const char* device = "/job:localhost/replica:0/task:0/device:CPU:0";

std::string dtypeName(const Tensor& tensor) {
    return std::string(row(tensor.dtype()).name);
}

/// float(), int() or complex() of the only element of a tensor without dimensions.
py::object scalarOf(const PyTensor& self, const char* type) {
    const Tensor& value = self.operand.value;
    if (!value.shape().empty()) {
        throw Error(ErrorKind::Type, "only 0-dimensional arrays can be converted to Python scalars");
    }
    const py::object builtin = py::module_::import("builtins").attr(type);
    if (value.dtype() == DType::String) return builtin(py::bytes(value.as<std::string>()[0]));
    return builtin(toNumpy(value));
}

py::object indexOf(const PyTensor& self) {
    const Tensor& value = self.operand.value;
    if (!value.shape().empty()) {
        throw Error(ErrorKind::Type, "only integer scalar arrays can be converted to a scalar index");
    }
    if (!row(value.dtype()).integer()) {
        const std::string numpy = value.dtype() == DType::String ? "bytes" : "numpy." + dtypeName(value);
        throw Error(ErrorKind::Attribute, "'" + numpy + "' object has no attribute '__index__'");
    }
    return scalarOf(self, "int");
}

bool truth(const PyTensor& self) {
    const Tensor& value = self.operand.value;
    if (value.count() > 1) {
        throw Error(ErrorKind::Value,
                    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()");
    }
    engine().leave(self.operand.id, "bool");
    if (value.count() == 0) return false;
    if (value.dtype() == DType::String) return !value.as<std::string>()[0].empty();
    return converted(value, DType::Bool).as<bool>()[0];
}

/// What is newer has no value for the script, and what has none for the arguments: a function is being traced.
struct Tracing {
    std::uint32_t since = std::numeric_limits<std::uint32_t>::max();
    std::map<std::uint32_t, std::string> arguments;  ///< their names
};
Tracing tracing;

/// "<tensorflow/...>", "<frozen ...>"; "<stdin>" and "<string>" are the script's.
bool isOwnFile(std::string_view file) {
    return file.starts_with("<frozen") || (file.starts_with('<') && file.find('/') != std::string_view::npos);
}

bool isSymbolic(const PyTensor& self) {
    const std::uint32_t id = self.operand.id.value;
    if (id < tracing.since && !tracing.arguments.contains(id)) return false;
    const FrameView frame = innermostFrame(PyThreadState_Get());
    if (!frame) return false;
    const char* const file = PyUnicode_AsUTF8(frame.code->co_filename);
    if (file == nullptr) PyErr_Clear();
    return file != nullptr && !isOwnFile(file);
}

/// What a graph calls it, as far as that follows from its operation.
std::string symbolName(const PyTensor& self) {
    if (const auto found = tracing.arguments.find(self.operand.id.value); found != tracing.arguments.end())
        return found->second + ":0";
    const std::string_view type = engine().madeBy(self.operand.id);
    for (const auto& [ours, theirs] : {std::pair{"AddV2", "add"},
                                       {"Mul", "mul"},
                                       {"Sub", "sub"},
                                       {"RealDiv", "truediv"},
                                       {"FloorDiv", "floordiv"},
                                       {"FloorMod", "mod"},
                                       {"Pow", "pow"}})
        if (type == ours) return theirs + std::string(":0");
    return std::string(type.empty() ? "Placeholder" : type) + ":0";
}

void bindWaysOut(PlainClass& tensor) {
    const auto own = [](const PyTensor& self) {
        return leaveAs("numpy", self.operand.id, toNumpy(self.operand.value));
    };
    const auto numpy = [own](const PyTensor& self) {
        if (isSymbolic(self)) throw Error(ErrorKind::Attribute, "'SymbolicTensor' object has no attribute 'numpy'");
        return own(self);
    };
    tensor.def("numpy", numpy)
        .def("_numpy", own)
        .def("__array__",
             [](const PyTensor& self, const py::args& dtype, const py::kwargs&) {
                 if (isSymbolic(self))
                     throw Error(
                         ErrorKind::NotImplemented,
                         "Cannot convert a symbolic tf.Tensor (" + symbolName(self) +
                             ") to a numpy array. This error may indicate that you're trying to pass a Tensor to "
                             "a NumPy call, which is not supported.");
                 const py::object array = py::module_::import("numpy").attr("asarray")(toNumpy(self.operand.value));
                 return leaveAs(
                     "numpy", self.operand.id,
                     dtype.empty() || dtype[0].is_none() ? array : array.attr("astype")(dtype[0]).cast<py::object>());
             })
        .def("__float__",
             [](const PyTensor& self) { return leaveAs("float", self.operand.id, scalarOf(self, "float")); })
        .def("__int__", [](const PyTensor& self) { return leaveAs("int", self.operand.id, scalarOf(self, "int")); })
        .def("__complex__",
             [](const PyTensor& self) { return leaveAs("complex", self.operand.id, scalarOf(self, "complex")); })
        .def("__index__", [](const PyTensor& self) { return leaveAs("int", self.operand.id, indexOf(self)); })
        .def("__bool__", truth)
        .def("__format__", [](const PyTensor& self, const std::string& how) {
            engine().leave(self.operand.id, "print");
            return toNumpy(self.operand.value).attr("__format__")(how).cast<py::object>();
        });
}

/// What a tensor of a graph has and an eager one does not.
void bindWhatIsMissing(PlainClass& tensor) {
    tensor.def("consumers", [](const PyTensor&) {
        throw Error(ErrorKind::NotImplemented, "Tensor.consumers is undefined when eager execution is enabled.");
    });
    tensor.def("eval", [](const PyTensor&, const py::args&, const py::kwargs&) {
        throw Error(ErrorKind::NotImplemented,
                    "eval is not supported when eager execution is enabled, is .numpy() what you're looking for?");
    });
    tensor.def("__getattr__", [](const PyTensor&, const std::string& name) -> py::object {
        // Asked here, for Python asks here too after a property has raised an AttributeError.
        for (const char* ofGraphs : {"name", "op", "graph", "value_index"}) {
            if (name != ofGraphs) continue;
            throw Error(ErrorKind::Attribute, "Tensor." + name + " is undefined when eager execution is enabled.");
        }
        for (const char* ofNumpy : {"T", "astype", "ravel", "transpose", "reshape", "clip", "size", "tolist", "data"}) {
            if (name != ofNumpy) continue;
            throw Error(ErrorKind::Attribute,
                        "EagerTensor object has no attribute '" + name +
                            "'. \n        If you are looking for numpy-related methods, please run the following:\n"
                            "        tf.experimental.numpy.experimental_enable_numpy_behavior()\n      ");
        }
        throw Error(ErrorKind::Attribute,
                    "'tensorflow.python.framework.ops.EagerTensor' object has no attribute '" + name + "'");
    });
}

void bindFacts(PlainClass& tensor) {
    const auto shape = [](const PyTensor& self) { return shapeObject(self.operand.value.shape()); };
    tensor.def_property_readonly("shape", shape)
        .def("get_shape", shape)
        .def("_shape_as_list", [](const PyTensor& self) { return self.operand.value.shape(); })
        .def_property_readonly("dtype", [](const PyTensor& self) { return dtypeObject(self.operand.value.dtype()); })
        .def_property_readonly("ndim", [](const PyTensor& self) { return self.operand.value.shape().size(); })
        .def_property_readonly("device", [](const PyTensor&) { return device; })
        .def_property_readonly("backing_device", [](const PyTensor&) { return device; })
        .def_property_readonly("is_packed", [](const PyTensor&) { return false; })
        .def_property_readonly("_id", [](const PyTensor& self) { return self.operand.id.value; })
        .def("cpu", [](py::object self) { return self; })
        .def("set_shape", [](const PyTensor& self, py::handle wanted) {
            const py::object own = shapeObject(self.operand.value.shape());
            const py::object given = classes().tensorShape(wanted);
            if (py::cast<bool>(own.attr("is_compatible_with")(given))) return;
            throw Error(ErrorKind::Value, "Tensor's shape " + py::cast<std::string>(py::str(own)) +
                                              " is not compatible with supplied shape " +
                                              py::cast<std::string>(py::str(given)) + ".");
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
    bindFacts(tensor);
    tensor
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
    bindWhatIsMissing(tensor);
    tensor.attr("__array_priority__") = 100;
    module.attr("EagerTensor") = tensor;
    // Tensors from this number on, and these arguments by their names, have no value for a script; answers what it was
    // before.
    module.def("trace_since", [](std::uint32_t since, std::map<std::uint32_t, std::string> arguments) {
        Tracing before{since, std::move(arguments)};
        std::swap(before, tracing);
        return std::pair(before.since, std::move(before.arguments));
    });
    module.def("next_tensor", [] { return engine().next().value; });
    module.attr("NEVER") = Tracing{}.since;
    module.def("symbol_name", symbolName);
}

}  // namespace tapescope
