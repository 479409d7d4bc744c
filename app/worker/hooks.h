// SPDX-License-Identifier: Apache-2.0
// What the rewritten script calls: names that were bound and loops that run. On the path of every assignment.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <utility>
#include <vector>

#include "app/worker/callsites.h"

namespace tapescope {

class Hooks {
public:
    Hooks(CallSites& sites, Sink& sink) : sites_(sites), sink_(sink) {}

    /// Puts the calls among the builtins, under names that a script does not use by accident.
    void install();

    /// The names that the calls number: full name and scope.
    void setNames(const std::vector<std::pair<std::string, std::string>>& names);

    /// Binds the paths by which variables can be reached from these globals: model.layers[0].kernel.
    void tellAllPaths(const pybind11::dict& scope);

private:
    static constexpr int fewLooks = 4;

    struct NameRow {
        std::string name;
        std::string scope;
        std::vector<pybind11::object> parts;  ///< of a dotted name, behind the first
        int looks = 0;                        ///< into what it was bound to, for paths
        bool bound = false;                   ///< to something that the trace follows
        ObjectRef object;                     ///< the last that was told

        bool mayLookInto(PyObject* value) const;
    };

    static PyObject* bind(PyObject* self, PyObject* const* arguments, Py_ssize_t count);
    static PyObject* bindAttribute(PyObject* self, PyObject* const* arguments, Py_ssize_t count);
    static PyObject* named(PyObject* self, PyObject* const* arguments, Py_ssize_t count);
    static PyObject* loopStart(PyObject* self, PyObject* const* arguments, Py_ssize_t count);
    static PyObject* loopNext(PyObject* self, PyObject* const* arguments, Py_ssize_t count);

    static Hooks* installed_;  ///< one interpreter, one script: nothing to look up on the way
    NameRow* row(PyObject* number);
    void observe(NameRow& row, PyObject* value);
    void tellPaths(NameRow& row, PyObject* value);
    pybind11::module_ paths();

    CallSites& sites_;
    Sink& sink_;
    std::vector<NameRow> names_;
    pybind11::object paths_;  ///< the module, once something had a path
};

}  // namespace tapescope
