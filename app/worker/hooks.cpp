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
bool isPlainLeaf(PyObject* value) {
    const PyTypeObject* type = Py_TYPE(value);
    return type == &PyLong_Type || type == &PyFloat_Type || type == &PyUnicode_Type || type == &PyBool_Type ||
           type == Py_TYPE(Py_None) || type == &PyFunction_Type || type == &PyBytes_Type || type == &PyDict_Type;
}

bool isPlain(PyObject* value) {
    if (isPlainLeaf(value)) return true;
    constexpr Py_ssize_t few = 8;  // longer lists are looked through where they are described
    if (!PyList_CheckExact(value) && !PyTuple_CheckExact(value)) return false;
    PyObject** items = PySequence_Fast_ITEMS(value);
    const Py_ssize_t count = PySequence_Fast_GET_SIZE(value);
    return count <= few && std::all_of(items, items + count, isPlainLeaf);
}

bool isContainer(PyObject* value) {
    return PyDict_CheckExact(value) || PyList_CheckExact(value) || PyTuple_CheckExact(value);
}

bool isFollowed(const ObjectRef& object) {
    if (object.kind == ObjectKind::List) return std::ranges::any_of(object.items, isFollowed);
    return object.kind != ObjectKind::None && object.kind != ObjectKind::Other;
}

bool isOther(const ObjectRef& object) {
    return object.kind == ObjectKind::Other;
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

/// An attribute that an object holds itself, looked up without running code of the script's.
PyObject* heldBy(PyObject* object, PyObject* name) {
    PyTypeObject* type = Py_TYPE(object);
    if (type->tp_dictoffset == 0) return nullptr;
    const PyObject* ofClass = _PyType_Lookup(type, name);
    PyObject* value = nullptr;
    if (type->tp_getattro == PyObject_GenericGetAttr &&
        (ofClass == nullptr || Py_TYPE(ofClass)->tp_descr_get == nullptr)) {
        value = PyObject_GenericGetAttr(object, name);  // makes no dictionary of an object that has none yet
    } else if (const auto held = py::reinterpret_steal<py::object>(PyObject_GenericGetDict(object, nullptr))) {
        value = Py_XNewRef(PyDict_GetItemWithError(held.ptr(), name));
    }
    if (value == nullptr) PyErr_Clear();
    return value;
}

/// What `self.layer.W` refers to; `parts` are the names behind the first.
py::object attributeOf(PyObject* owner, const std::vector<py::object>& parts) {
    auto object = py::reinterpret_borrow<py::object>(owner);
    for (const py::object& part : parts) {
        object = py::reinterpret_steal<py::object>(heldBy(object.ptr(), part.ptr()));
        if (!object) return {};
    }
    return object;
}

/// "self.layer.W" -> layer, W.
std::vector<py::object> partsOf(const std::string& name) {
    std::vector<py::object> parts;
    for (std::size_t dot = name.find('.'); dot != std::string::npos;) {
        const std::size_t next = name.find('.', dot + 1);
        const std::string part = name.substr(dot + 1, next == std::string::npos ? next : next - dot - 1);
        parts.push_back(py::reinterpret_steal<py::object>(PyUnicode_InternFromString(part.c_str())));
        dot = next;
    }
    return parts;
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

/// Dictionaries of a function, whose names are gone when the run ends.
bool Hooks::NameRow::mayLookInto(PyObject* value) const {
    return PyDict_CheckExact(value) && !scope.empty() && looks < fewLooks;
}

void Hooks::observe(NameRow& row, PyObject* value) {
    if (!row.bound && isPlain(value) && !row.mayLookInto(value)) return;
    ObjectRef object = describe(value);
    const bool followed = isFollowed(object);
    if (!followed) tellPaths(row, value);
    if (!followed && !row.bound) return;
    if (row.bound && object == row.object) return;
    row.bound = followed;
    row.object = object;
    const CallSiteId site = sites_.here();
    const bool partly =
        object.kind == ObjectKind::List && !row.scope.empty() && std::ranges::any_of(object.items, isOther);
    sink_.take(NameBound{row.name, row.scope, std::move(object), site});
    if (partly) tellPaths(row, value);
}

/// A model, a module or a container that has a name now: its variables have paths. What a function's names are bound to
/// is looked into a few times only, since it may be bound in every call.
void Hooks::tellPaths(NameRow& row, PyObject* value) {
    const PyTypeObject* type = Py_TYPE(value);
    const bool isObject =
        (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0 && type->tp_dictoffset != 0 && PyType_Check(value) == 0;
    if (row.scope.empty()) {
        if (isObject) paths().attr("bound")(row.name, py::handle(value));
    } else if ((isObject || isContainer(value)) && row.parts.size() == 1 && row.looks < fewLooks) {
        ++row.looks;
        paths().attr("bound_local")(row.name, row.scope, py::handle(value));
    }
}

void Hooks::tellAllPaths(const py::dict& scope) {
    const auto done = py::reinterpret_steal<py::object>(quietly([&] { paths().attr("finish")(scope); }));
    if (!done) PyErr_Clear();
}

py::module_ Hooks::paths() {
    if (!paths_) {
        paths_ = py::module_::import("tapescope.paths");
        paths_.attr("start")(
            py::cpp_function([this](const std::string& path, const std::string& scope, py::handle object) {
                sink_.take(NameBound{path, scope, describe(object), sites_.here()});
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
        if (row == nullptr || (!row->bound && isPlain(value) && !row->mayLookInto(value))) continue;
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
        const py::object value = attributeOf(arguments[1], row->parts);
        if (value && (row->bound || !isPlain(value.ptr()))) hooks.observe(*row, value.ptr());
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
    for (const auto& [name, scope] : names) names_.push_back({name, scope, partsOf(name), 0, false, {}});
}

}  // namespace tapescope
