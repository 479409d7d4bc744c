// SPDX-License-Identifier: Apache-2.0
// The wall around a script: after lockDown() this process reaches no file, no network, no other process, and keeps
// within its limits. One file for each mechanism.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/worker/options.h"

namespace tapescope {

/// What could not be had on this machine. A mechanism that is not `needed` is a second wall behind another.
struct MissingMechanism {
    std::string name;    ///< "seccomp"
    std::string reason;  ///< the system's own words
    bool needed = true;
};

/// Locks the process down, for good. `startThreads` is called when files are out of reach already and threads can still
/// be started; no thread can be afterwards.
std::vector<MissingMechanism> lockDown(const Limits& limits, const std::function<void()>& startThreads);

// ---- the mechanisms: nothing, or why it could not be had

std::optional<std::string> limitResources(
    const Limits& limits);                       ///< limits.cpp: address space, CPU, files, descriptors
std::optional<std::string> limitThreads();       ///< limits.cpp: no process and no thread beyond these
std::optional<std::string> refusePrivileges();   ///< limits.cpp: no new ones, no tracing, no core
std::optional<std::string> hideFiles();          ///< landlock.cpp: this thread and those it starts
std::optional<std::string> filterSystemCalls();  ///< seccomp.cpp: all threads

}  // namespace tapescope
