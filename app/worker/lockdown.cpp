// SPDX-License-Identifier: Apache-2.0
// The order in which the mechanisms go up: the filter of system calls last, because it forbids setting up the others.
#include "app/worker/sandbox.h"

namespace tapescope {

std::vector<MissingMechanism> lockDown(const Limits& limits, const std::function<void()>& startThreads) {
    std::vector<MissingMechanism> missing;
    const auto note = [&](const char* name, bool needed, const std::optional<std::string>& reason) {
        if (reason) missing.push_back({name, *reason, needed});
    };
    note("no new privileges", true, refusePrivileges());
    note("Landlock", false, hideFiles());
    startThreads();
    note("resource limits", true, limitResources(limits));
    note("the limit of threads", false, limitThreads());
    note("seccomp", true, filterSystemCalls());
    return missing;
}

}  // namespace tapescope
