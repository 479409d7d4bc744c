// SPDX-License-Identifier: Apache-2.0
// Putting the parts of a run together, in the order that the sandbox needs.
#include "app/worker/interpreter.h"

#include <new>

#include "app/worker/embedded.h"
#include "app/worker/entropy.h"
#include "app/worker/hooks.h"
#include "app/worker/python.h"
#include "app/worker/refusals.h"
#include "app/worker/script.h"
#include "app/worker/surface.h"
#include "app/worker/watch.h"

namespace py = pybind11;

namespace tapescope {

struct Interpreter::Parts {
    CallSites sites;
    Session session;
    Hooks hooks;
    TextOut text;
    Refusals refusals;
    Watch watch;
    py::module_ worker = newModule("_worker");
    bool toldUnseeded = false;

    Parts(const Options& options, EventPipe& pipe)
        : sites(pipe),
          session(pipe, [this] { return sites.here(); }),
          hooks(sites, pipe),
          text(pipe, sites, options.limits.outputBytes),
          refusals(sites),
          watch(options.limits, pipe, sites) {}
};

Interpreter::Interpreter(const Options& options, EventPipe& pipe) : options_(options), pipe_(pipe) {}

Interpreter::~Interpreter() = default;

void Interpreter::start() {
    seedEntropy(options_.seed);
    startPython(options_.name, options_.seed);
    preload(options_.preload, options_.seed);
    parts_ = std::make_unique<Parts>(options_, pipe_);
    Parts& parts = *parts_;
    parts.text.bind(parts.worker);
    parts.refusals.bind(parts.worker);
    parts.hooks.install();
    installEmbedded();
    installEngine(parts.session, options_, [this] { noteUnseeded(); });
    for (const char* name :
         {"tapescope.failure", "tapescope.files", "tapescope.locking", "tapescope.script", "tapescope.streams"})
        py::module_::import(name);
    if (needsTensors(options_.preload)) py::module_::import("tensorflow");
    const py::module_ streams = py::module_::import("tapescope.streams");
    streams.attr("install")(parts.worker.attr("emit"), parts.worker.attr("warned"), parts.worker.attr("flush"));
}

void Interpreter::noteUnseeded() {
    if (options_.seeded || parts_->toldUnseeded) return;
    parts_->toldUnseeded = true;
    pipe_.take(Noted{"The script sets no seed: random numbers start from seed " + std::to_string(options_.seed) +
                     ", so that the run can be shown again; --seed N varies it."});
}

std::uint32_t Interpreter::line() const {
    return parts_->sites.line();
}

void Interpreter::tick() {
    parts_->watch.tick();
}

void Interpreter::arm() {
    py::module_::import("tapescope.locking").attr("close")(parts_->worker);
    parts_->refusals.arm();
}

void Interpreter::grant(const std::vector<GrantedFile>& files) {
    py::dict names;
    for (const GrantedFile& file : files) {
        const py::bytes bytes(file.bytes);
        for (const std::string& name : file.names) names[py::str(name)] = bytes;
    }
    py::module_::import("tapescope.files").attr("install")(names, parts_->worker.attr("note"));
}

void Interpreter::run(const Parcel& parcel) {
    Script script(options_, pipe_, parts_->sites, parts_->hooks, parts_->refusals);
    parts_->watch.begin();
    RunEnded last;
    try {
        grant(parcel.files);
        last = script.prepare(parcel);
        if (last.outcome == Outcome::Finished) {
            if (script.drawsUnseeded()) noteUnseeded();
            pipe_.flush();
            parts_->watch.starts();
            last = script.execute();
        }
    } catch (const std::bad_alloc&) {
        pipe_.releaseReserve();
        last = script.outOfMemory(parts_->sites.line());
    } catch (const std::exception& error) {
        // A script can break what of the program is written in Python.
        last = {Outcome::Killed, std::string("The worker's own parts failed: ") + error.what() + ".",
                parts_->sites.line()};
    }
    endRun(pipe_, std::move(last));
}

}  // namespace tapescope
