// SPDX-License-Identifier: Apache-2.0
// The script's zip(): Python's own, which remembers what it was made of, so that what it drops can be named.
#pragma once

#include <pybind11/pybind11.h>

#include "core/base/ids.h"

namespace tapescope {

/// What a zip of gradients was made of, and where.
struct ZipFacts {
    PyObject* operands = nullptr;  ///< a tuple of two; null in a zip of other things
    long long site = -1;           ///< the call site's number, or -1
};

/// The facts of such a zip; null for anything else.
const ZipFacts* zipFactsOf(PyObject* value);

/// Puts the class into the module `_tapescope`.
void bindZip(pybind11::module_& module);

}  // namespace tapescope
