// SPDX-License-Identifier: Apache-2.0
// The handler of signals that mean a crash.
#include "app/worker/crash.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <ctime>
#include <utility>

#include "app/worker/sanitizer.h"
#include "core/trace/parcel.h"

namespace tapescope {

namespace {
std::atomic<std::uint32_t> crashed{0};
}  // namespace

std::uint32_t lineOfCrash() {
    return crashed;
}

#ifdef TAPESCOPE_ADDRESS_SANITIZER
void outliveCrashes(std::function<std::uint32_t()> /*line*/) {}  // its own handlers have something to say
#else
namespace {

std::function<std::uint32_t()> lineNow;

constexpr long moment = 300'000'000;  // nanoseconds: many ticks of the pipe
alignas(16) std::array<char, std::size_t{64} << 10> stack;

/// Waits, and lets the instruction fail again, this time for good. What gives itself up cannot raise its signal again,
/// because the filter of system calls forbids that: it leaves with a status that says so. Where the script was is
/// looked at last: if the frames are broken as well, that is the end.
void wait(int signal) {
    const timespec length{0, moment};
    ::nanosleep(&length, nullptr);
    if (signal == SIGABRT) ::_exit(abortStatus);
    if (signal != SIGSEGV) return;
    crashed = lineNow();
    if (crashed != 0) ::nanosleep(&length, nullptr);
}

}  // namespace

void outliveCrashes(std::function<std::uint32_t()> line) {
    lineNow = std::move(line);
    // A script that recurses too deeply has no stack left.
    stack_t own{};
    own.ss_sp = stack.data();
    own.ss_size = stack.size();
    ::sigaltstack(&own, nullptr);
    struct sigaction action {};
    action.sa_handler = &wait;
    action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) ::sigaction(signal, &action, nullptr);
}
#endif

}  // namespace tapescope
