// SPDX-License-Identifier: Apache-2.0
// tapescope-worker: reads one script, and what it was given, from standard input, locked down before it does, and
// writes what happens to standard output as a stream of events.
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "app/worker/crash.h"
#include "app/worker/farewell.h"
#include "app/worker/interpreter.h"
#include "app/worker/sandbox.h"
#include "app/worker/supply.h"
#include "app/worker/watch.h"

namespace tapescope {
namespace {

constexpr int wrongUsage = 64;

/// A script sees nothing of the user's environment; the libraries it uses see one thread and a modern numpy.
void prepareEnvironment() {
    std::vector<std::pair<const char*, std::string>> kept;
    for (const char* name : {"TZ", "TAPESCOPE_LEVEL"}) {
        if (const char* value = std::getenv(name)) kept.emplace_back(name, value);
    }
    ::clearenv();
    for (const auto& [name, value] : kept) ::setenv(name, value.c_str(), 1);
    for (const char* threads : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"})
        ::setenv(threads, "1", 1);
    ::setenv("NPY_PROMOTION_STATE", "weak", 1);
    ::tzset();
    // Every arena that malloc makes for a thread would count against the script's memory.
    ::mallopt(M_ARENA_MAX, 1);
}

RunEnded refusal(const std::vector<MissingMechanism>& missing) {
    std::string text = "This machine lacks what keeps a script from doing harm:";
    for (const MissingMechanism& mechanism : missing) {
        if (mechanism.needed) text += ' ' + mechanism.name + " (" + mechanism.reason + ')';
    }
    return {Outcome::Refused, text + ". --trust runs the script all the same.", 0};
}

bool anyNeeded(const std::vector<MissingMechanism>& missing) {
    for (const MissingMechanism& mechanism : missing) {
        if (mechanism.needed) return true;
    }
    return false;
}

Parcel receive(const Options& options, EventPipe& pipe) {
    try {
        auto parcel = readParcel(STDIN_FILENO);
        if (parcel) return std::move(*parcel);
        endRun(pipe, {Outcome::Killed, "The worker was not given its script: " + parcel.message() + ".", 0});
    } catch (const std::bad_alloc&) {
        pipe.releaseReserve();
        endRun(pipe, {Outcome::Memory,
                      "The files that the script was given need more than its limit of " +
                          bytesText(options.limits.memoryBytes) +
                          " of memory (TAPESCOPE_MEMORY=8G in the environment raises the limit).",
                      0});
    }
}

int work(const Options& options) {
    EventPipe pipe(STDOUT_FILENO);
    pipe.take(RunStarted{options.name, TAPESCOPE_VERSION, options.keras, options.seed, options.seeded});
    Interpreter interpreter(options, pipe);
    try {
        interpreter.start();
    } catch (const std::exception& error) {
        std::cerr << "tapescope-worker: " << error.what() << '\n';
        endRun(pipe, {Outcome::Killed, std::string("Python could not be started: ") + error.what(), 0});
    }
    outliveCrashes([&] { return interpreter.line(); });
    listenForFarewell();
    const auto eachTurn = [&] {
        leaveWhereAsked(pipe);
        interpreter.tick();
    };
    const auto missing = lockDown(options.limits, [&] { pipe.start(eachTurn); });
    if (anyNeeded(missing) && !options.trust) endRun(pipe, refusal(missing));
    const Parcel parcel = receive(options, pipe);
    interpreter.arm();
    interpreter.run(parcel);
}

}  // namespace
}  // namespace tapescope

int main(int count, char** words) {
    const auto options = tapescope::readOptions({words + 1, words + count});
    if (!options) {
        std::cerr << "tapescope-worker: " << options.message() << '\n';
        return tapescope::wrongUsage;
    }
    tapescope::prepareEnvironment();
    return tapescope::work(*options);
}
