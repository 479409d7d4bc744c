// SPDX-License-Identifier: Apache-2.0
#include "app/worker/farewell.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "core/trace/parcel.h"

namespace tapescope {

namespace {
std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);
}  // namespace

void listenForFarewell() {
    struct sigaction action {};
    action.sa_handler = [](int) { asked = true; };
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
}

void leaveWhereAsked(EventPipe& pipe) {
    if (!asked) return;
    pipe.flushLine();
    ::_exit(askedStatus);
}

}  // namespace tapescope
