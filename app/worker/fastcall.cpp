// SPDX-License-Identifier: Apache-2.0
#include "app/worker/fastcall.h"

#include <limits>

namespace tapescope {

namespace py = pybind11;

PyObject* raiseCurrent() noexcept {
    try {
        throw;
    } catch (py::error_already_set& error) {
        error.restore();
        return nullptr;
    } catch (...) {
    }
    std::exception_ptr thrown = std::current_exception();
    const auto& internals = py::detail::get_internals();
    for (const auto& translate : internals.registered_exception_translators) {
        try {
            translate(thrown);
            return nullptr;
        } catch (...) {
            thrown = std::current_exception();
        }
    }
    PyErr_SetString(PyExc_SystemError, "an exception that nobody knows");
    return nullptr;
}

void refuseCount(const char* name, std::size_t wanted, std::size_t given) {
    throw py::type_error(std::string(name) + "() takes " + std::to_string(wanted) + " arguments but " +
                         std::to_string(given) + " were given");
}

bool truthOf(PyObject* value) {
    const int truth = PyObject_IsTrue(value);
    if (truth < 0) throw py::error_already_set();
    return truth != 0;
}

std::uint32_t numberFrom(PyObject* value) {
    const unsigned long number = PyLong_AsUnsignedLong(value);
    if (number > std::numeric_limits<std::uint32_t>::max()) {
        PyErr_Clear();
        throw py::type_error("a number of something that was made is needed");
    }
    return static_cast<std::uint32_t>(number);
}

}  // namespace tapescope
