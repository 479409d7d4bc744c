// SPDX-License-Identifier: Apache-2.0
// What the worker was asked to do: its command line, read once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace tapescope {

/// What a run may use. The app guards the wall clock; the worker guards these.
struct Limits {
    double cpuSeconds = 60;
    double wallSeconds = 0;  ///< 0: the app alone watches it
    std::uint64_t memoryBytes = std::uint64_t{4} << 30;
    std::uint64_t outputBytes = std::uint64_t{8} << 20;
};

struct Options {
    std::string name = "script.py";
    std::vector<std::string> preload;  ///< modules that the script's text names
    std::string keras = "3";
    std::uint64_t seed = 0;
    bool seeded = false;
    bool trust = false;  ///< run even where the sandbox's mechanisms are missing
    Limits limits;
};

/// Environment first (TAPESCOPE_MEMORY, TAPESCOPE_OUTPUT), then the command line. A failure names the wrong word.
Result<Options> readOptions(const std::vector<std::string>& words);

/// "2 GB", "512 MB": a limit as a message names it.
std::string bytesText(std::uint64_t bytes);

/// "60 seconds", "0.5 seconds".
std::string secondsText(double seconds);

}  // namespace tapescope
