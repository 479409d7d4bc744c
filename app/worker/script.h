// SPDX-License-Identifier: Apache-2.0
// One script: from its bytes to what it did, and how it ended in words.
#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "app/worker/callsites.h"
#include "app/worker/hooks.h"
#include "app/worker/options.h"
#include "app/worker/pipe.h"
#include "app/worker/refusals.h"

namespace tapescope {

class Script {
public:
    Script(const Options& options, EventPipe& pipe, CallSites& sites, Hooks& hooks, const Refusals& refusals);

    /// Reads, digests and compiles: emits ScriptRead and ScriptDigest, or Raised. Finished where it can run.
    RunEnded prepare(const std::string& bytes);
    /// Does it draw from Python's or numpy's generators without a seed of its own?
    bool drawsUnseeded() const { return drawsUnseeded_; }
    /// Runs it to its end.
    RunEnded execute();
    /// For when memory ran out where no Python exception could say so.
    RunEnded outOfMemory(std::uint32_t line) const;

private:
    void digest(const pybind11::tuple& prepared);
    /// Emits Raised for what Python has raised and says how the run ended.
    RunEnded fail(pybind11::error_already_set& error);
    RunEnded verdict(pybind11::handle exception, const Raised& raised) const;
    Raised describe(pybind11::error_already_set& error);

    const Options& options_;
    EventPipe& pipe_;
    CallSites& sites_;
    Hooks& hooks_;
    const Refusals& refusals_;
    pybind11::module_ python_;   ///< tapescope.script
    pybind11::module_ failure_;  ///< tapescope.failure
    pybind11::object code_;
    bool drawsUnseeded_ = false;
};

}  // namespace tapescope
