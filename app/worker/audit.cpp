// SPDX-License-Identifier: Apache-2.0
// Python announces what it is about to do; the rows say which of it a script cannot do here.
#include <algorithm>
#include <array>

#include "app/worker/refusals.h"

namespace py = pybind11;

namespace tapescope {
namespace {

struct AuditRow {
    std::string_view event;  ///< Python's name of it; with a dot at the end, every event that begins so
    Reach reach;
    std::string_view call = {};  ///< what the script wrote, where Python's name is another one
};

constexpr std::array rows{
    AuditRow{"open", Reach::Files},          AuditRow{"os.chdir", Reach::Files},
    AuditRow{"os.chflags", Reach::Files},    AuditRow{"os.chmod", Reach::Files},
    AuditRow{"os.chown", Reach::Files},      AuditRow{"os.exec", Reach::Processes, "os.execv"},
    AuditRow{"os.fork", Reach::Processes},   AuditRow{"os.forkpty", Reach::Processes},
    AuditRow{"os.fwalk", Reach::Files},      AuditRow{"os.getxattr", Reach::Files},
    AuditRow{"os.kill", Reach::Processes},   AuditRow{"os.killpg", Reach::Processes},
    AuditRow{"os.link", Reach::Files},       AuditRow{"os.listdir", Reach::Files},
    AuditRow{"os.listxattr", Reach::Files},  AuditRow{"os.lockf", Reach::Files},
    AuditRow{"os.mkdir", Reach::Files},      AuditRow{"os.posix_spawn", Reach::Processes},
    AuditRow{"os.remove", Reach::Files},     AuditRow{"os.removexattr", Reach::Files},
    AuditRow{"os.rename", Reach::Files},     AuditRow{"os.rmdir", Reach::Files},
    AuditRow{"os.scandir", Reach::Files},    AuditRow{"os.setxattr", Reach::Files},
    AuditRow{"os.spawn", Reach::Processes},  AuditRow{"os.symlink", Reach::Files},
    AuditRow{"os.system", Reach::Processes}, AuditRow{"os.truncate", Reach::Files},
    AuditRow{"os.utime", Reach::Files},      AuditRow{"os.walk", Reach::Files},
    AuditRow{"ctypes.", Reach::NativeCode},  AuditRow{"fcntl.", Reach::Files},
    AuditRow{"ftplib.", Reach::Network},     AuditRow{"glob.", Reach::Files},
    AuditRow{"http.", Reach::Network},       AuditRow{"mmap.", Reach::Files},
    AuditRow{"pathlib.", Reach::Files},      AuditRow{"pty.", Reach::Processes},
    AuditRow{"resource.", Reach::Processes}, AuditRow{"shutil.", Reach::Files},
    AuditRow{"signal.", Reach::Processes},   AuditRow{"socket.__new__", Reach::Network, "socket.socket"},
    AuditRow{"socket.", Reach::Network},     AuditRow{"subprocess.", Reach::Processes},
    AuditRow{"syslog.", Reach::Processes},   AuditRow{"tempfile.", Reach::Files},
    AuditRow{"urllib.", Reach::Network},
};

const AuditRow* rowOf(std::string_view event) {
    const auto found = std::ranges::find_if(rows, [&](const AuditRow& row) {
        return row.event.back() == '.' ? event.starts_with(row.event) : event == row.event;
    });
    return found == rows.end() ? nullptr : &*found;
}

/// `open("/etc/passwd")`: the call with its first argument where that says something.
std::string attempt(const AuditRow& row, std::string_view event, PyObject* arguments) {
    std::string text(row.call.empty() ? event : row.call);
    text += '(';
    PyObject* first =
        PyTuple_Check(arguments) && PyTuple_GET_SIZE(arguments) > 0 ? PyTuple_GET_ITEM(arguments, 0) : nullptr;
    if (first != nullptr && PyUnicode_Check(first)) {
        text += '"' + py::reinterpret_steal<py::str>(PyUnicode_FromObject(first)).cast<std::string>() + '"';
    } else if (first != nullptr && PyBytes_Check(first)) {
        text += py::repr(first).cast<std::string>();
    }
    return text + ')';
}

}  // namespace

int Refusals::audit(const char* event, PyObject* arguments, void* self) {
    const AuditRow* row = rowOf(event);
    if (row == nullptr) return 0;
    const auto& refusals = *static_cast<const Refusals*>(self);
    try {
        const std::string text = attempt(*row, event, arguments) + ": " + std::string(sentence(row->reach));
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
