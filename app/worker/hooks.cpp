// SPDX-License-Identifier: Apache-2.0
// The calls that rewriting puts into a script. A script can call them with anything; wrong arguments do nothing.
#include "app/worker/hooks.h"

#include <algorithm>
#include <new>

#include "app/worker/bindings.h"

namespace py = pybind11;

namespace tapescope {
namespace {

/// Types that can be nothing to the trace: the test that almost every assignment of a plain program ends with.
bool isPlain(PyObject* value) {
    const PyTypeObject* type = Py_TYPE(value);
    return type == &PyLong_Type || type == &PyFloat_Type || type == &PyUnicode_Type || type == &PyBool_Type ||
           type == Py_TYPE(Py_None) || type == &PyFunction_Type || type == &PyBytes_Type || type == &PyDict_Type;
}

bool isFollowed(const ObjectRef& object) {
    if (object.kind == ObjectKind::List) return std::ranges::any_of(object.items, isFollowed);
    return object.kind != ObjectKind::None && object.kind != ObjectKind::Other;
}

/// Runs what may throw inside a call from Python. Watching must not change what the script does, except that memory
/// that has run out has run out.
template <class Work>
PyObject* quietly(Work work) {
    try {
        work();
    } catch (py::error_already_set& error) {
        error.discard_as_unraisable("tapescope");
    } catch (const std::bad_alloc&) {
        return PyErr_NoMemory();
    } catch (const std::exception&) {
        // An odd object that cannot be described is none that the trace follows.
    }
    Py_RETURN_NONE;
}

/// What `self.layer.W` refers to, looked up in instance dictionaries only: no code of the script's runs.
py::object attributeOf(PyObject* owner, const std::string& path) {
    auto object = py::reinterpret_borrow<py::object>(owner);
    for (std::size_t dot = path.find('.'); dot != std::string::npos;) {
        const std::size_t next = path.find('.', dot + 1);
        const std::string part = path.substr(dot + 1, next == std::string::npos ? next : next - dot - 1);
        if (Py_TYPE(object.ptr())->tp_dictoffset == 0) return {};
        const auto dictionary = py::reinterpret_steal<py::object>(PyObject_GenericGetDict(object.ptr(), nullptr));
        if (!dictionary) {
            PyErr_Clear();
            return {};
        }
        PyObject* value = PyDict_GetItemString(dictionary.ptr(), part.c_str());
        if (value == nullptr) return {};
        object = py::reinterpret_borrow<py::object>(value);
        dot = next;
    }
    return object;
}

std::int64_t numberOf(PyObject* value) {
    const std::int64_t number = PyLong_Check(value) ? PyLong_AsLongLong(value) : -1;
    if (number == -1) PyErr_Clear();
    return number;
}

}  // namespace

Hooks* Hooks::installed_ = nullptr;

Hooks::NameRow* Hooks::row(PyObject* number) {
    const std::int64_t index = numberOf(number);
    return index < 0 || index >= std::ssize(names_) ? nullptr : &names_[static_cast<std::size_t>(index)];
}

void Hooks::observe(NameRow& row, PyObject* value) {
    if (!row.bound && isPlain(value)) return;
    ObjectRef object = describe(value);
    const bool followed = isFollowed(object);
    if (!followed && row.scope.empty()) tellPaths(row.name, value);
    if (!followed && !row.bound) return;
    if (row.bound && object == row.object) return;
    row.bound = followed;
    row.object = object;
    const CallSiteId site = sites_.here();
    sink_.take(NameBound{row.name, row.scope, std::move(object), site});
}

/// A model or a module that has a name now: its variables have paths.
void Hooks::tellPaths(const std::string& name, PyObject* value) {
    const PyTypeObject* type = Py_TYPE(value);
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0 || type->tp_dictoffset == 0 || PyType_Check(value) != 0) return;
    paths().attr("bound")(name, py::handle(value));
}

void Hooks::tellAllPaths(const py::dict& scope) {
    const auto done = py::reinterpret_steal<py::object>(quietly([&] { paths().attr("finish")(scope); }));
    if (!done) PyErr_Clear();
}

py::module_ Hooks::paths() {
    if (!paths_) {
        paths_ = py::module_::import("tapescope.paths");
        paths_.attr("start")(py::cpp_function([this](const std::string& path, py::handle object) {
            sink_.take(NameBound{path, "", describe(object), sites_.here()});
        }));
    }
    return paths_.cast<py::module_>();
}

/// Number, value, number, value ...: what a statement has bound.
PyObject* Hooks::bind(PyObject* /*self*/, PyObject* const* arguments, Py_ssize_t count) {
    Hooks& hooks = *installed_;
    for (Py_ssize_t i = 0; i + 1 < count; i += 2) {
        NameRow* row = hooks.row(arguments[i]);
        PyObject* value = arguments[i + 1];
        if (row == nullptr || (!row->bound && isPlain(value))) continue;
        PyObject* done = quietly([&] { hooks.observe(*row, value); });
        if (done == nullptr) return nullptr;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}

PyObject* Hooks::bindAttribute(PyObject* /*self*/, PyObject* const* arguments, Py_ssize_t count) {
    Hooks& hooks = *installed_;
    NameRow* row = count == 2 ? hooks.row(arguments[0]) : nullptr;
    if (row == nullptr) Py_RETURN_NONE;
    return quietly([&] {
        if (const py::object value = attributeOf(arguments[1], row->name)) hooks.observe(*row, value.ptr());
    });
}

PyObject* Hooks::named(PyObject* /*self*/, PyObject* const* arguments, Py_ssize_t count) {
    if (count != 2) Py_RETURN_NONE;
    PyObject* nothing = bind(nullptr, arguments, count);
    if (nothing == nullptr) return nullptr;
    Py_DECREF(nothing);
    Py_INCREF(arguments[1]);
    return arguments[1];
}

PyObject* Hooks::loopStart(PyObject* /*self*/, PyObject* const* arguments, Py_ssize_t count) {
    const std::int64_t loop = count == 1 ? numberOf(arguments[0]) : -1;
    if (loop < 0) Py_RETURN_NONE;
    return quietly([&] { installed_->sites_.loopStarted(static_cast<std::uint32_t>(loop)); });
}

/// The loop, then what its targets have been bound to.
PyObject* Hooks::loopNext(PyObject* /*self*/, PyObject* const* arguments, Py_ssize_t count) {
    const std::int64_t loop = count >= 1 ? numberOf(arguments[0]) : -1;
    if (loop < 0) Py_RETURN_NONE;
    PyObject* done = quietly([&] {
        installed_->sites_.loopIterated(static_cast<std::uint32_t>(loop));
        forgetNowAndThen();
    });
    if (done == nullptr || count == 1) return done;
    Py_DECREF(done);
    return bind(nullptr, arguments + 1, count - 1);
}

void Hooks::install() {
    using Fast = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t);
    const auto row = [](const char* name, Fast function) {
        return PyMethodDef{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)), METH_FASTCALL,
                           nullptr};
    };
    static PyMethodDef calls[] = {
        row("__tapescope_bind__", &Hooks::bind),          row("__tapescope_bind_attribute__", &Hooks::bindAttribute),
        row("__tapescope_named__", &Hooks::named),        row("__tapescope_loop_start__", &Hooks::loopStart),
        row("__tapescope_loop_next__", &Hooks::loopNext),
    };
    installed_ = this;
    const py::module_ builtins = py::module_::import("builtins");
    for (PyMethodDef& call : calls) {
        builtins.attr(call.ml_name) = py::reinterpret_steal<py::object>(PyCFunction_New(&call, nullptr));
    }
}

void Hooks::setNames(const std::vector<std::pair<std::string, std::string>>& names) {
    names_.clear();
    for (const auto& [name, scope] : names) names_.push_back({name, scope, false, {}});
}

}  // namespace tapescope
