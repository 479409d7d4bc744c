// SPDX-License-Identifier: Apache-2.0
// Functions for Python that are called in every step of a script: by CPython's fast convention, without the tuple, the
// dictionary and the search for an overload that pybind11's own functions cost.
#pragma once

#include <pybind11/pybind11.h>

#include <span>
#include <string>

namespace tapescope {

/// The exception that is being handled as Python's, by the translators that pybind11 knows; returns null.
PyObject* raiseCurrent() noexcept;

/// Runs `work`, which returns a new reference; what it throws is raised in Python.
template <class Work>
PyObject* guarded(Work work) noexcept {
    try {
        return work();
    } catch (...) {
        return raiseCurrent();
    }
}

/// Arguments by position.
using Arguments = std::span<PyObject* const>;

[[noreturn]] void refuseCount(const char* name, std::size_t wanted, std::size_t given);

/// Puts a function into the module that takes exactly `count` arguments, all by position. `Function` is a type without
/// state: each has one row of methods for the life of the program.
template <class Function>
void defineFast(pybind11::module_& module, const char* name, std::size_t count, Function) {
    struct Row {
        std::size_t count;
        PyMethodDef method;
    };
    static Row row{};
    const auto call = [](PyObject*, PyObject* const* arguments, Py_ssize_t given) -> PyObject* {
        return guarded([&]() -> PyObject* {
            const Arguments all(arguments, static_cast<std::size_t>(given));
            if (all.size() != row.count) refuseCount(row.method.ml_name, row.count, all.size());
            return Function{}(all);
        });
    };
    using Fast = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t);
    const Fast fast = call;
    row = {count, {name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(fast)), METH_FASTCALL, nullptr}};
    module.attr(name) = pybind11::reinterpret_steal<pybind11::object>(PyCFunction_New(&row.method, nullptr));
}

/// A whole number of the embedded sources: ids, places.
std::uint32_t numberFrom(PyObject* value);

/// Is it true, as Python asks? Throws what the object raises.
bool truthOf(PyObject* value);

inline PyObject* nothing() {
    Py_RETURN_NONE;
}

}  // namespace tapescope
