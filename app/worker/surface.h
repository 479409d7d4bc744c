// SPDX-License-Identifier: Apache-2.0
// The modules of ours that Python sees: `_tapescope`, the engine, and `_worker`, the ways out for text and warnings.
#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <string>

#include "app/worker/callsites.h"
#include "app/worker/options.h"
#include "app/worker/pipe.h"
#include "app/worker/refusals.h"
#include "core/engine/session.h"

namespace tapescope {

/// Makes an empty module and puts it among the loaded ones.
pybind11::module_ newModule(const char* name);

/// `_tapescope`: seed, seeded, keras and note_unseeded, then what the engine's bindings put in.
void installEngine(Session& session, const Options& options, std::function<void()> noteUnseeded);

/// What the script prints and is warned of, up to the limit of output, at which the run ends.
class TextOut {
public:
    TextOut(EventPipe& pipe, CallSites& sites, std::uint64_t limit) : pipe_(pipe), sites_(sites), limit_(limit) {}

    void bind(pybind11::module_& module);
    void print(Printed said);

private:
    void tell(Event event, std::size_t size);
    [[noreturn]] void end();

    EventPipe& pipe_;
    CallSites& sites_;
    const std::uint64_t limit_;
    std::uint64_t written_ = 0;
};

}  // namespace tapescope
