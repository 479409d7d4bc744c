// SPDX-License-Identifier: Apache-2.0
// The clock of the process against its limit.
#include "app/worker/watch.h"

#include <unistd.h>

#include <cstdlib>

#include "app/worker/crash.h"
#include "app/worker/options.h"
#include "core/trace/crashwords.h"

namespace tapescope {
namespace {

/// A C function that has not come back after so many ticks is not waited for.
constexpr int patience = 20;

double secondsOn(clockid_t clock) {
    constexpr double nano = 1e-9;
    timespec used{};
    ::clock_gettime(clock, &used);
    return static_cast<double>(used.tv_sec) + nano * static_cast<double>(used.tv_nsec);
}

}  // namespace

void endRun(EventPipe& pipe, RunEnded last) {
    pipe.finish(last);
    ::_exit(EXIT_SUCCESS);
}

void Watch::begin() {
    began_ = secondsOn(CLOCK_MONOTONIC);
    from_ = secondsOn(CLOCK_PROCESS_CPUTIME_ID);
}

void Watch::tick() {
    if (pipe_.readerGone()) ::_exit(EXIT_FAILURE);
    if (const std::uint32_t line = lineOfCrash(); line != 0)
        endRun(pipe_, {Outcome::Killed, std::string(crashWords) + " It was in " + sites_.words(line) + ".", line});
    const double from = from_;
    if (from < 0) return;
    const bool late = limits_.wallSeconds > 0 && secondsOn(CLOCK_MONOTONIC) - began_ >= limits_.wallSeconds;
    if (!late && secondsOn(CLOCK_PROCESS_CPUTIME_ID) - from < limits_.cpuSeconds) return;
    late_ = late;
    if (ticksSinceCall_ == 0) Py_AddPendingCall(&Watch::interrupt, this);
    if (++ticksSinceCall_ > patience) end();
}

int Watch::interrupt(void* self) {
    static_cast<Watch*>(self)->end();
}

/// From the pipe's thread, frames move while they are looked at: one of a few looks finds where they are.
std::uint32_t Watch::lineNow() const {
    constexpr int looks = 100;
    std::uint32_t line = 0;
    for (int i = 0; i < looks && line == 0; ++i) line = sites_.line();
    return line;
}

void Watch::end() {
    const std::uint32_t line = read_ ? lineNow() : 0;
    const std::string limit = secondsText(limits_.cpuSeconds) + " of computing time";
    std::string message = "The script used more than its limit of " + limit;
    if (late_) {
        message =
            "The script was still running after " + secondsText(limits_.wallSeconds) + ", and its limit is " + limit;
    }
    if (!read_) message += ", and was still being read";
    if (line > 0) message += ", and was in " + sites_.words(line);
    endRun(pipe_, {Outcome::Timeout, message + " (--timeout SECONDS raises the limit).", line});
}

}  // namespace tapescope
