// SPDX-License-Identifier: Apache-2.0
// The engine in Python: the module _tapescope, on which resources/python/tensorflow is built.
#pragma once

#include <pybind11/pybind11.h>

#include "core/engine/session.h"
#include "core/trace/event.h"

namespace tapescope {

/// Fills the embedded module `_tapescope` with everything that works on `session`, which must outlive the interpreter.
void bindEngine(pybind11::module_& module, Session& session);

/// What a Python object is to the trace: variable, tensor, tape, optimizer, list of them, or something else. Cheap for
/// the rest.
ObjectRef describe(pybind11::handle object);

/// Lets the engine forget what a long run has left behind. To be called between two statements of the script.
void forgetNowAndThen();

}  // namespace tapescope
