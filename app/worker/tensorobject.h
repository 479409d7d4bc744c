// SPDX-License-Identifier: Apache-2.0
// tf.Tensor as an object of Python's: a head and an operand in one piece of memory, without the tables in which
// pybind11 keeps its own objects, because every operation of a script makes one. Functions given to pybind11 take and
// return PyTensor as if it were a class of its own.
#pragma once

#include <pybind11/pybind11.h>

#include "core/ops/op.h"

namespace tapescope {

/// tf.Tensor.
struct PyTensor {
    Operand operand;
};

struct TensorObject {
    PyObject head;
    PyObject* weakReferences;
    PyTensor content;
};

/// Makes the class: once, before anything else here.
PyTypeObject* makeTensorType();
inline PyTypeObject* tensorType = nullptr;

/// A new reference.
PyObject* newTensor(PyTensor content);

inline bool isTensor(PyObject* value) {
    return Py_TYPE(value) == tensorType;
}
inline PyTensor& contentOf(PyObject* tensor) {
    return reinterpret_cast<TensorObject*>(tensor)->content;
}

/// Gives a class made by hand what py::class_ gives its own: methods and properties, by the same words.
class PlainClass : public pybind11::object {
public:
    explicit PlainClass(PyTypeObject* type)
        : object(pybind11::reinterpret_borrow<pybind11::object>(reinterpret_cast<PyObject*>(type))) {}

    template <class Function, class... Extra>
    PlainClass& def(const char* name, Function&& function, const Extra&... extra) {
        namespace py = pybind11;
        attr(name) = py::cpp_function(std::forward<Function>(function), py::name(name), py::is_method(*this),
                                      py::sibling(py::getattr(*this, name, py::none())), extra...);
        return *this;
    }
    template <class Function>
    PlainClass& def_property_readonly(const char* name, Function&& function) {
        namespace py = pybind11;
        const py::cpp_function getter(std::forward<Function>(function), py::is_method(*this));
        attr(name) = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(&PyProperty_Type))(getter);
        return *this;
    }
};

}  // namespace tapescope

namespace pybind11::detail {

template <>
struct type_caster<tapescope::PyTensor> {
    static constexpr auto name = const_name("tensorflow.Tensor");
    template <class T>
    using cast_op_type = pybind11::detail::cast_op_type<T>;

    bool load(handle source, bool) {
        if (!source || !tapescope::isTensor(source.ptr())) return false;
        value_ = &tapescope::contentOf(source.ptr());
        return true;
    }
    static handle cast(tapescope::PyTensor value, return_value_policy, handle) {
        return tapescope::newTensor(std::move(value));
    }
    operator tapescope::PyTensor*() { return value_; }
    operator tapescope::PyTensor&() { return *value_; }

private:
    tapescope::PyTensor* value_ = nullptr;
};

}  // namespace pybind11::detail
