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
#include "core/trace/parcel.h"

namespace tapescope {

class Script {
public:
    Script(const Options& options, EventPipe& pipe, CallSites& sites, Hooks& hooks, Refusals& refusals);

    /// Reads, digests and compiles the script and its modules: emits ScriptRead for each and ScriptDigest, or Raised.
    /// Finished where it can run.
    RunEnded prepare(const Parcel& parcel);
    /// Does it draw from Python's or numpy's generators without a seed of its own?
    bool drawsUnseeded() const { return drawsUnseeded_; }
    /// Runs it to its end.
    RunEnded execute();
    /// For when memory ran out where no Python exception could say so.
    RunEnded outOfMemory(std::uint32_t line) const;

private:
    RunEnded executed();
    void read(const std::string& name, const std::string& text);
    void readModule(pybind11::handle program, const ModuleText& module);
    std::string forReading(const std::string& bytes) const;
    void digest(const pybind11::object& program);
    std::string atLine(std::uint32_t line) const;
    /// Emits Raised for what Python has raised and says how the run ended.
    RunEnded fail(pybind11::error_already_set& error);
    RunEnded verdict(pybind11::handle exception, const Raised& raised) const;
    Raised describe(pybind11::error_already_set& error);

    const Options& options_;
    EventPipe& pipe_;
    CallSites& sites_;
    Hooks& hooks_;
    Refusals& refusals_;
    pybind11::module_ python_;   ///< tapescope.script
    pybind11::module_ failure_;  ///< tapescope.failure
    pybind11::object code_;
    std::uint32_t files_ = 0;  ///< that have been read
    bool drawsUnseeded_ = false;
};

}  // namespace tapescope
