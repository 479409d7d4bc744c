// SPDX-License-Identifier: Apache-2.0
// Python announces what it is about to do; the rows say which of it a script cannot do here.
#include <fcntl.h>

#include <algorithm>
#include <array>

#include "app/worker/refusals.h"

namespace py = pybind11;

namespace tapescope {
namespace {

struct AuditRow {
    std::string_view event;  ///< Python's name of it; with a dot at the end, every event that begins so
    Outside reach;
    std::string_view call = {};  ///< what the script wrote, where Python's name is another one
};

constexpr std::array rows{
    AuditRow{"open", Outside::Files},          AuditRow{"os.chdir", Outside::Files},
    AuditRow{"os.chflags", Outside::Files},    AuditRow{"os.chmod", Outside::Files},
    AuditRow{"os.chown", Outside::Files},      AuditRow{"os.exec", Outside::Processes, "os.execv"},
    AuditRow{"os.fork", Outside::Processes},   AuditRow{"os.forkpty", Outside::Processes},
    AuditRow{"os.fwalk", Outside::Files},      AuditRow{"os.getxattr", Outside::Files},
    AuditRow{"os.kill", Outside::Processes},   AuditRow{"os.killpg", Outside::Processes},
    AuditRow{"os.link", Outside::Files},       AuditRow{"os.listdir", Outside::Files},
    AuditRow{"os.listxattr", Outside::Files},  AuditRow{"os.lockf", Outside::Files},
    AuditRow{"os.mkdir", Outside::Files},      AuditRow{"os.posix_spawn", Outside::Processes},
    AuditRow{"os.remove", Outside::Files},     AuditRow{"os.removexattr", Outside::Files},
    AuditRow{"os.rename", Outside::Files},     AuditRow{"os.rmdir", Outside::Files},
    AuditRow{"os.scandir", Outside::Files},    AuditRow{"os.setxattr", Outside::Files},
    AuditRow{"os.spawn", Outside::Processes},  AuditRow{"os.symlink", Outside::Files},
    AuditRow{"os.system", Outside::Processes}, AuditRow{"os.truncate", Outside::Files},
    AuditRow{"os.utime", Outside::Files},      AuditRow{"os.walk", Outside::Files},
    AuditRow{"ctypes.", Outside::NativeCode},  AuditRow{"fcntl.", Outside::Files},
    AuditRow{"ftplib.", Outside::Network},     AuditRow{"glob.", Outside::Files},
    AuditRow{"http.", Outside::Network},       AuditRow{"mmap.", Outside::Files},
    AuditRow{"pathlib.", Outside::Files},      AuditRow{"pty.", Outside::Processes},
    AuditRow{"resource.", Outside::Processes}, AuditRow{"shutil.", Outside::Files},
    AuditRow{"signal.", Outside::Processes},   AuditRow{"socket.__new__", Outside::Network, "socket.socket"},
    AuditRow{"socket.", Outside::Network},     AuditRow{"subprocess.", Outside::Processes},
    AuditRow{"syslog.", Outside::Processes},   AuditRow{"tempfile.", Outside::Files},
    AuditRow{"urllib.", Outside::Network},
};

const AuditRow* rowOf(std::string_view event) {
    const auto found = std::ranges::find_if(rows, [&](const AuditRow& row) {
        return row.event.back() == '.' ? event.starts_with(row.event) : event == row.event;
    });
    return found == rows.end() ? nullptr : &*found;
}

/// What a person reads of a name.
std::string cut(std::string name) {
    std::size_t most = 400;
    if (name.size() <= most) return name;
    while (most > 0 && (static_cast<unsigned char>(name[most]) & 0xC0U) == 0x80U) --most;  // inside of a character
    return name.substr(0, most) + "...";
}

/// `open("/etc/passwd")`: the call with its first argument where that says something.
std::string attempt(const AuditRow& row, std::string_view event, PyObject* arguments) {
    std::string text(row.call.empty() ? event : row.call);
    text += '(';
    PyObject* first =
        PyTuple_Check(arguments) && PyTuple_GET_SIZE(arguments) > 0 ? PyTuple_GET_ITEM(arguments, 0) : nullptr;
    if (first != nullptr && PyUnicode_Check(first)) {
        text += '"' + cut(py::reinterpret_steal<py::str>(PyUnicode_FromObject(first)).cast<std::string>()) + '"';
    } else if (first != nullptr && PyBytes_Check(first)) {
        text += cut(py::repr(first).cast<std::string>());
    }
    return text + ')';
}

/// Was the file to be written? Python says how it opens one by mode or by flags.
bool writes(PyObject* arguments) {
    if (!PyTuple_Check(arguments) || PyTuple_GET_SIZE(arguments) < 3) return false;
    PyObject* mode = PyTuple_GET_ITEM(arguments, 1);
    if (PyUnicode_Check(mode)) {
        const auto text = py::reinterpret_borrow<py::str>(mode).cast<std::string>();
        return text.find_first_of("wax+") != std::string::npos;
    }
    PyObject* flags = PyTuple_GET_ITEM(arguments, 2);
    return PyLong_Check(flags) && (PyLong_AsLong(flags) & O_ACCMODE) != O_RDONLY;
}

/// Of a file, what can be done about it.
std::string advice(const AuditRow& row, PyObject* arguments) {
    if (row.event != "open") return std::string(sentence(row.reach));
    if (writes(arguments)) return "a script cannot write files here; print what it should hold, or leave this out";
    PyObject* name = PyTuple_GET_SIZE(arguments) > 0 ? PyTuple_GET_ITEM(arguments, 0) : Py_None;
    const std::string path =
        PyUnicode_Check(name) ? cut(py::reinterpret_borrow<py::str>(name).cast<std::string>()) : "PATH";
    return "a script cannot reach files here that it was not given; --data " + path +
           " gives it this one, and so does the window when it asks";
}

}  // namespace

int Refusals::audit(const char* event, PyObject* arguments, void* self) {
    const AuditRow* row = rowOf(event);
    if (row == nullptr) return 0;
    const auto& refusals = *static_cast<const Refusals*>(self);
    try {
        const std::string text = attempt(*row, event, arguments) + ": " + advice(*row, arguments);
        PyErr_SetString(refusals.access_.ptr(), text.c_str());
    } catch (const std::exception&) {
        PyErr_Clear();
        PyErr_SetString(refusals.access_.ptr(), std::string(sentence(row->reach)).c_str());
    }
    return -1;
}

void Refusals::arm() {
    if (PySys_AddAuditHook(&Refusals::audit, this) != 0) throw py::error_already_set();
    static PyMethodDef gate{"__import__",
                            reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&Refusals::importGate)),
                            METH_VARARGS | METH_KEYWORDS, "Import a module, if a script may."};
    const py::capsule self(this);
    const auto function = py::reinterpret_steal<py::object>(PyCFunction_New(&gate, self.ptr()));
    py::module_::import("builtins").attr("__import__") = function;
}

}  // namespace tapescope
