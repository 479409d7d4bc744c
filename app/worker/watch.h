// SPDX-License-Identifier: Apache-2.0
// Watches the limit of computing time from the pipe's thread, and ends the run where it is passed: in the script's
// thread if that listens, from outside if it is deep in a C function.
#pragma once

#include <atomic>
#include <ctime>

#include "app/worker/callsites.h"
#include "app/worker/pipe.h"

namespace tapescope {

class Watch {
public:
    Watch(const Limits& limits, EventPipe& pipe, const CallSites& sites)
        : limits_(limits), pipe_(pipe), sites_(sites) {}

    void begin();                    ///< the script arrives now
    void starts() { read_ = true; }  ///< it has been read, and its first line comes now
    void tick();                     ///< on the pipe's thread

private:
    static int interrupt(void* self);
    std::uint32_t lineNow() const;
    [[noreturn]] void end();

    const Limits limits_;
    EventPipe& pipe_;
    const CallSites& sites_;
    std::atomic<double> from_{-1};   ///< CPU seconds at the start of the script, negative before
    double began_ = 0;               ///< on the wall clock
    std::atomic<bool> late_{false};  ///< by the wall clock
    std::atomic<bool> read_{false};
    int ticksSinceCall_ = 0;
};

/// Says the last word and leaves, without unwinding what may not be able to unwind.
[[noreturn]] void endRun(EventPipe& pipe, RunEnded last);

}  // namespace tapescope
