// SPDX-License-Identifier: Apache-2.0
// The friendly half of the sandbox: what the wall would stop silently is stopped here first, with a sentence. It is a
// courtesy to the script's author, not the wall.
#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/worker/callsites.h"
#include "app/worker/modules.h"

namespace tapescope {

/// The exceptions that mean "the sandbox said no".
class Refusals {
public:
    explicit Refusals(CallSites& sites);

    /// From now on attempts raise. Puts the audit hook and the gate before `__import__` in place; for good.
    void arm();

    /// Adds `refuse` (with a sentence) and its like to a module of ours, for Python of ours that knows of a wall.
    void bind(pybind11::module_& module);

    /// Modules beside the script, which it may import: "utils", "models.net".
    void allow(const std::vector<std::string>& modules);

    /// Did we raise it, with a sentence?
    bool isOurs(pybind11::handle exception) const;
    /// Did the sandbox raise it, or the system because of the sandbox?
    bool isRefusal(pybind11::handle exception) const;

private:
    static int audit(const char* event, PyObject* arguments, void* self);
    static PyObject* importGate(PyObject* self, PyObject* arguments, PyObject* names);
    /// Raises what an import of `name` deserves, where it does.
    void checkImport(std::string_view name) const;
    [[noreturn]] void refuseImport(const std::string& name) const;

    CallSites& sites_;
    std::set<std::string, std::less<>> beside_;
    pybind11::object access_;  ///< a PermissionError
    pybind11::object import_;  ///< an ImportError
};

}  // namespace tapescope
