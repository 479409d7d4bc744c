// SPDX-License-Identifier: Apache-2.0
#include "app/worker/scalars.h"

#include <pybind11/eval.h>
#include <pybind11/pybind11.h>

#include <array>
#include <string>
#include <unordered_map>

namespace py = pybind11;

namespace tapescope {

namespace {

/// What numpy 1 wrote, by type.
std::unordered_map<PyTypeObject*, reprfunc>& earlier() {
    static std::unordered_map<PyTypeObject*, reprfunc> all;
    return all;
}

/// The type of ours among numpy's that a value of a derived class goes back to.
PyTypeObject* known(PyTypeObject* type) {
    while (type != nullptr && !earlier().contains(type)) type = type->tp_base;
    return type;
}

std::string nameOf(const PyTypeObject* type) {
    const std::string name = type->tp_name;
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos ? name : name.substr(dot + 1);
}

/// Words of numpy 1 within the call that makes the value.
std::string called(const std::string& name, std::string text) {
    if (name == "bool_") return "np." + text + "_";
    if (name == "longdouble" || name == "float128") return "np.longdouble('" + text + "')";
    if (text.starts_with("numpy.")) return "np." + text.substr(6);
    if (text.size() > 1 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2);
    return "np." + name + "(" + text + ")";
}

PyObject* repr(PyObject* value) {
    PyTypeObject* type = known(Py_TYPE(value));
    if (type == nullptr) return PyUnicode_FromString("<numpy scalar>");
    PyObject* written = earlier()[type](value);
    if (written == nullptr) return nullptr;
    const char* text = PyUnicode_AsUTF8(written);
    PyObject* result = text == nullptr ? nullptr : PyUnicode_FromString(called(nameOf(type), text).c_str());
    Py_DECREF(written);
    return result;
}

PyObject* reprMethod(PyObject* value, PyObject*) {
    return repr(value);
}

PyMethodDef method = {"__repr__", reprMethod, METH_NOARGS, nullptr};

void modernize(PyTypeObject* type) {
    if (!earlier().emplace(type, type->tp_repr).second) return;
    type->tp_repr = repr;
    const auto descriptor = py::reinterpret_steal<py::object>(PyDescr_NewMethod(type, &method));
    if (!descriptor || PyDict_SetItemString(type->tp_dict, "__repr__", descriptor.ptr()) != 0)
        throw py::error_already_set();
    PyType_Modified(type);
}

}  // namespace

void modernizeScalars() {
    static constexpr std::array names = {"bool_",     "int8",       "int16",      "int32",   "int64",   "uint8",
                                         "uint16",    "uint32",     "uint64",     "float16", "float32", "float64",
                                         "complex64", "complex128", "longdouble", "str_",    "bytes_",  "longlong",
                                         "ulonglong", "datetime64", "timedelta64"};
    if (!earlier().empty()) return;
    const auto numpy = py::module_::import("numpy");
    for (const char* name : names) modernize(reinterpret_cast<PyTypeObject*>(numpy.attr(name).ptr()));
    // Within an array a text stands for itself.
    const py::object bare = py::eval("lambda text: repr(text.item() if hasattr(text, 'item') else text)");
    numpy.attr("core").attr("arrayprint").attr("repr_format") = bare;
}

}  // namespace tapescope
