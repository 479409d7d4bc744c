// SPDX-License-Identifier: Apache-2.0
#include "app/worker/tensorobject.h"

#include <structmember.h>

#include <cstddef>
#include <new>
#include <vector>

#include "app/worker/convert.h"

namespace tapescope {

namespace py = pybind11;

namespace {
/// Objects that ended, for those that begin: a script makes and drops a handful of them in every step.
constexpr std::size_t sparesKept = 64;
std::vector<TensorObject*>& spares() {
    static auto* all = [] {
        auto* fresh = new std::vector<TensorObject*>;
        fresh->reserve(sparesKept);  // putting one there never needs memory
        return fresh;
    }();
    return *all;
}

void discard(PyObject* self) {
    auto* tensor = reinterpret_cast<TensorObject*>(self);
    if (tensor->weakReferences != nullptr) PyObject_ClearWeakRefs(self);
    PyTypeObject* type = Py_TYPE(self);
    engine().drop(tensor->content.operand.id);
    tensor->content.~PyTensor();
    if (spares().size() < sparesKept) {
        spares().push_back(tensor);
    } else {
        type->tp_free(self);
    }
    Py_DECREF(type);
}

}  // namespace

PyTypeObject* makeTensorType() {
    static PyMemberDef members[] = {
        {"__weaklistoffset__", T_PYSSIZET, static_cast<Py_ssize_t>(offsetof(TensorObject, weakReferences)), READONLY,
         nullptr},
        {nullptr, 0, 0, 0, nullptr}};
    static PyType_Slot slots[] = {
        {Py_tp_dealloc, reinterpret_cast<void*>(&discard)}, {Py_tp_members, members}, {0, nullptr}};
    static PyType_Spec spec{"tensorflow.python.framework.ops.EagerTensor", static_cast<int>(sizeof(TensorObject)), 0,
                            Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
    PyObject* type = PyType_FromSpec(&spec);
    if (type == nullptr) throw py::error_already_set();
    tensorType = reinterpret_cast<PyTypeObject*>(type);
    return tensorType;
}

PyObject* newTensor(PyTensor content) {
    TensorObject* tensor = nullptr;
    if (spares().empty()) {
        tensor = reinterpret_cast<TensorObject*>(tensorType->tp_alloc(tensorType, 0));
        if (tensor == nullptr) throw py::error_already_set();
    } else {
        tensor = spares().back();
        spares().pop_back();
        PyObject_Init(reinterpret_cast<PyObject*>(tensor), tensorType);
    }
    tensor->weakReferences = nullptr;
    new (&tensor->content) PyTensor(std::move(content));
    engine().hold(tensor->content.operand.id);
    return reinterpret_cast<PyObject*>(tensor);
}

}  // namespace tapescope
