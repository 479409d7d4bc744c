// SPDX-License-Identifier: Apache-2.0
// The gate before imports: the script gets what was loaded for it and one sentence about everything else.
#include <cerrno>
#include <cstring>

#include "app/worker/embedded.h"
#include "app/worker/refusals.h"

namespace py = pybind11;

namespace tapescope {
namespace {

py::object newException(const char* name, PyObject* base) {
    return py::reinterpret_steal<py::object>(PyErr_NewException(name, base, nullptr));
}

/// A set or dictionary of the module sys. Not imported: that would come back to the gate.
bool sysHas(const char* container, std::string_view name) {
    const py::handle object(PySys_GetObject(container));
    return object && object.attr("__contains__")(py::str(name.data(), name.size())).cast<bool>();
}

bool isLoaded(std::string_view name) {
    return sysHas("modules", name);
}

bool inStandardLibrary(std::string_view name) {
    return sysHas("stdlib_module_names", name);
}

[[noreturn]] void raiseImport(py::handle type, const std::string& message, const std::string& name) {
    const py::object exception = type(message, py::arg("name") = name);
    PyErr_SetObject(type.ptr(), exception.ptr());
    throw py::error_already_set();
}

}  // namespace

Refusals::Refusals(CallSites& sites)
    : sites_(sites),
      access_(newException("builtins.PermissionError", PyExc_PermissionError)),
      import_(newException("builtins.ImportError", PyExc_ImportError)) {}

bool Refusals::isOurs(py::handle exception) const {
    const auto isA = [&](const py::object& type) {
        return PyType_IsSubtype(Py_TYPE(exception.ptr()), reinterpret_cast<PyTypeObject*>(type.ptr())) != 0;
    };
    return isA(access_) || isA(import_);
}

bool Refusals::isRefusal(py::handle exception) const {
    if (isOurs(exception)) return true;
    // The system's own refusals have a number and its words for it; nothing but the sandbox causes them here.
    if (Py_TYPE(exception.ptr()) != reinterpret_cast<PyTypeObject*>(PyExc_PermissionError)) return false;
    const py::object number = exception.attr("errno"), words = exception.attr("strerror");
    if (PyLong_CheckExact(number.ptr()) == 0 || PyUnicode_CheckExact(words.ptr()) == 0) return false;
    const std::int64_t known = PyLong_AsLongLong(number.ptr());
    PyErr_Clear();
    return known == static_cast<int>(known) && words.equal(py::str(std::strerror(static_cast<int>(known))));
}

void Refusals::refuseImport(const std::string& name) const {
    const ModuleRow* row = moduleRow(name);
    if (row != nullptr && row->access == Access::Forbidden) {
        raiseImport(import_, "import " + name + ": " + std::string(sentence(row->reach)), name);
    }
    if (row != nullptr) {
        raiseImport(PyExc_ImportError,
                    "import " + name +
                        ": not loaded when the script was locked in; name it in an import statement of the "
                        "script itself, so that it is seen beforehand",
                    name);
    }
    if (inStandardLibrary(topLevel(name))) {
        raiseImport(PyExc_ImportError,
                    "import " + name +
                        ": this standard module is not available here; leave it out, or use tensorflow, "
                        "numpy and the modules that compute (math, random, json ...)",
                    name);
    }
    raiseImport(PyExc_ModuleNotFoundError,
                "No module named '" + name +
                    "': scripts here have tensorflow, keras, numpy, the standard modules that compute and a part of "
                    "matplotlib, "
                    "pandas, seaborn, sklearn and tqdm; leave the import out and make what it gave with those",
                name);
}

void Refusals::allow(const std::vector<std::string>& modules) {
    for (const std::string& name : modules) beside_.emplace(topLevel(name));
}

void Refusals::checkImport(std::string_view name) const {
    if (beside_.contains(topLevel(name))) return;
    const ModuleRow* row = moduleRow(name);
    const bool forbidden = row != nullptr && row->access == Access::Forbidden;
    // What Python has loaded for itself and no row names does no harm; the finders know the parts of a package.
    if (!forbidden && (isLoaded(topLevel(name)) || isEmbedded(topLevel(name)))) return;
    refuseImport(std::string(name));
}

PyObject* Refusals::importGate(PyObject* self, PyObject* arguments, PyObject* names) {
    static const char* keywords[] = {"name", "globals", "locals", "fromlist", "level", nullptr};
    PyObject *name = nullptr, *globals = nullptr, *locals = nullptr, *wanted = nullptr;
    int level = 0;
    if (PyArg_ParseTupleAndKeywords(arguments, names, "U|OOOi:__import__", const_cast<char**>(keywords), &name,
                                    &globals, &locals, &wanted, &level) == 0) {
        return nullptr;
    }
    try {
        const auto& refusals = *static_cast<const Refusals*>(PyCapsule_GetPointer(self, nullptr));
        if (level == 0 && refusals.sites_.insideUserCode()) {
            refusals.checkImport(py::reinterpret_borrow<py::str>(name).cast<std::string>());
        }
    } catch (py::error_already_set& error) {
        error.restore();
        return nullptr;
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_ImportError, error.what());
        return nullptr;
    }
    return PyImport_ImportModuleLevelObject(name, globals, locals, wanted, level);
}

void Refusals::bind(py::module_& module) {
    module.def("refuse_import", [this](const std::string& name) { refuseImport(name); });
    module.def("refuse_native", [this](const py::args&, const py::kwargs&) {
        PyErr_SetString(access_.ptr(), std::string(sentence(Outside::NativeCode)).c_str());
        throw py::error_already_set();
    });
    module.def("refuse_file", [this](const py::args&, const py::kwargs&) {
        PyErr_SetString(access_.ptr(), std::string(sentence(Outside::Files)).c_str());
        throw py::error_already_set();
    });
    module.def("refuse", [this](const std::string& text) {
        PyErr_SetString(access_.ptr(), text.c_str());
        throw py::error_already_set();
    });
    module.def("refuse_thread", [this](const py::args&, const py::kwargs&) {
        const std::string message = "threading.Thread(): " + std::string(sentence(Outside::Threads));
        PyErr_SetString(access_.ptr(), message.c_str());
        throw py::error_already_set();
    });
}

}  // namespace tapescope
