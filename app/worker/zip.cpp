// SPDX-License-Identifier: Apache-2.0
#include "app/worker/zip.h"

#include <structmember.h>

#include <cstddef>

#include "app/worker/classes.h"
#include "app/worker/fastcall.h"

namespace tapescope {

namespace py = pybind11;

namespace {
PyTypeObject* zipType = nullptr;

/// Behind what Python's own class keeps.
ZipFacts& factsOf(PyObject* self) {
    return *reinterpret_cast<ZipFacts*>(reinterpret_cast<char*>(self) + PyZip_Type.tp_basicsize);
}

bool beginsWithGradient(PyObject* values) {
    if ((!PyList_Check(values) && !PyTuple_Check(values)) || PySequence_Fast_GET_SIZE(values) == 0) return false;
    PyObject* first = PySequence_Fast_ITEMS(values)[0];
    return first == Py_None || asTensor(first) != nullptr || asVariable(first) != nullptr;
}

PyObject* makeZip(PyTypeObject* type, PyObject* operands, PyObject* options) {
    auto made = py::reinterpret_steal<py::object>(PyZip_Type.tp_new(type, operands, options));
    if (!made) return nullptr;
    factsOf(made.ptr()) = {};
    return guarded([&] {
        if (PyTuple_GET_SIZE(operands) == 2 && beginsWithGradient(PyTuple_GET_ITEM(operands, 0))) {
            const CallSiteId site = engine().here();
            factsOf(made.ptr()) = {Py_NewRef(operands), site.valid() ? static_cast<long long>(site.value) : -1};
        }
        return made.release().ptr();
    });
}

void discardZip(PyObject* self) {
    PyTypeObject* type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(factsOf(self).operands);
    PyZip_Type.tp_dealloc(self);
    Py_DECREF(type);
}

int traverseZip(PyObject* self, visitproc visit, void* arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(factsOf(self).operands);
    return PyZip_Type.tp_traverse(self, visit, arg);
}
}  // namespace

const ZipFacts* zipFactsOf(PyObject* value) {
    if (!PyObject_TypeCheck(value, zipType)) return nullptr;
    const ZipFacts& facts = factsOf(value);
    return facts.operands == nullptr ? nullptr : &facts;
}

void bindZip(py::module_& module) {
    const Py_ssize_t own = PyZip_Type.tp_basicsize;
    static PyMemberDef members[] = {
        {"_operands", T_OBJECT_EX, own + static_cast<Py_ssize_t>(offsetof(ZipFacts, operands)), READONLY, nullptr},
        {"_site", T_LONGLONG, own + static_cast<Py_ssize_t>(offsetof(ZipFacts, site)), READONLY, nullptr},
        {nullptr, 0, 0, 0, nullptr}};
    static PyType_Slot slots[] = {
        {Py_tp_new, reinterpret_cast<void*>(&makeZip)},          {Py_tp_dealloc, reinterpret_cast<void*>(&discardZip)},
        {Py_tp_traverse, reinterpret_cast<void*>(&traverseZip)}, {Py_tp_members, members},
        {Py_tp_doc, const_cast<char*>(PyZip_Type.tp_doc)},       {0, nullptr}};
    static PyType_Spec spec{"builtins.zip", static_cast<int>(own + static_cast<Py_ssize_t>(sizeof(ZipFacts))), 0,
                            Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
    PyObject* type = PyType_FromSpecWithBases(&spec, reinterpret_cast<PyObject*>(&PyZip_Type));
    if (type == nullptr) throw py::error_already_set();
    zipType = reinterpret_cast<PyTypeObject*>(type);
    zipType->tp_name = "zip";  // texts name a class of Python's own without its module
    module.attr("zip") = py::reinterpret_steal<py::object>(type);
    Py_INCREF(type);
}

}  // namespace tapescope
