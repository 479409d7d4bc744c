// SPDX-License-Identifier: Apache-2.0
// How the benchmarks of the engine measure: processor time of the thread that runs the script's part, with nobody
// listening or with every event encoded and written to a pipe that another process reads.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <memory>
#include <vector>

#include "app/worker/pipe.h"
#include "core/engine/session.h"

namespace tapescope::bench {

inline double threadSeconds() {
    constexpr double nano = 1e-9;
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + nano * static_cast<double>(used.tv_nsec);
}

inline double wallSeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

class Nobody final : public Sink {
public:
    void take(Event&&) override {}
};

struct Cost {
    double best;     ///< CPU seconds of the thread for a step, in the best round
    double average;  ///< over everything
    double wall;     ///< seconds that pass, the same
};

/// Rounds of so many steps, for so many seconds.
template <class Steps>
Cost measured(Steps& steps, double seconds, int round) {
    const double begin = wallSeconds();
    const double used = threadSeconds();
    double best = std::numeric_limits<double>::max();
    long count = 0;
    while (wallSeconds() - begin < seconds) {
        const double from = threadSeconds();
        for (int i = 0; i < round; ++i) steps.step();
        best = std::min(best, (threadSeconds() - from) / round);
        count += round;
    }
    return {best, (threadSeconds() - used) / static_cast<double>(count),
            (wallSeconds() - begin) / static_cast<double>(count)};
}

/// A process that reads what is written to the descriptor it returns, and does nothing with it.
inline int reader(pid_t& process) {
    int ends[2];
    if (::pipe(ends) != 0) std::exit(EXIT_FAILURE);
    process = ::fork();
    if (process == 0) {
        ::close(ends[1]);
        std::vector<char> bytes(std::size_t{1} << 16);
        while (::read(ends[0], bytes.data(), bytes.size()) > 0) continue;
        ::_exit(EXIT_SUCCESS);
    }
    ::close(ends[0]);
    return ends[1];
}

/// A session whose events are encoded and written to a process that reads them; `steps(pipe)` makes what is measured.
template <class Make>
Cost recorded(Make make, double seconds, int round) {
    pid_t process = 0;
    const int descriptor = reader(process);
    Cost cost{};
    {
        EventPipe pipe(descriptor);
        pipe.start({});
        auto steps = make(pipe);
        cost = measured(*steps, seconds, round);
    }
    ::close(descriptor);
    ::waitpid(process, nullptr, 0);
    return cost;
}

}  // namespace tapescope::bench
