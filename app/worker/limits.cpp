// SPDX-License-Identifier: Apache-2.0
// Limits that the kernel keeps by counting, and the privileges given up.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fstream>

#include "app/worker/sandbox.h"
#include "app/worker/sanitizer.h"

#ifdef TAPESCOPE_ADDRESS_SANITIZER
// The sanitizer's shadow needs the whole address space, so it limits allocations itself; its leak check would need to
// trace.
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "allocator_may_return_null=1:max_allocation_size_mb=4096:detect_leaks=0";
}
#endif

namespace tapescope {
namespace {

std::string systemError() {
    return std::strerror(errno);
}

#ifndef TAPESCOPE_ADDRESS_SANITIZER
/// What is mapped already counts as well: the limit is what the script may add.
rlim_t mappedBytes() {
    std::ifstream file("/proc/self/statm");
    rlim_t pages = 0;
    file >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}
#endif

/// The pipe's thread watches the exact limit and says so; the kernel's comes after it, for when it cannot.
rlim_t hardCpuSeconds(double seconds) {
    constexpr double grace = 2;
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<rlim_t>(std::ceil(static_cast<double>(used.tv_sec) + 1 + seconds + grace));
}

/// A limit of 0 on file sizes would kill a worker whose events go to a file.
bool writesToFile() {
    struct stat status {};
    return ::fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode);
}

struct LimitRow {
    __rlimit_resource resource;
    rlim_t value;
};

std::optional<std::string> setLimit(const LimitRow& row) {
    const rlimit limit{row.value, row.value};
    if (::setrlimit(row.resource, &limit) != 0) return systemError();
    return std::nullopt;
}

}  // namespace

std::optional<std::string> limitResources(const Limits& limits) {
    constexpr rlim_t standardDescriptors = 3;
#ifdef TAPESCOPE_ADDRESS_SANITIZER
    constexpr rlim_t descriptors = standardDescriptors + 2;  // a pipe through which it asks what memory can be read
#else
    constexpr rlim_t descriptors = standardDescriptors;
#endif
    std::vector<LimitRow> rows{
        {RLIMIT_CPU, hardCpuSeconds(limits.cpuSeconds)},
        {RLIMIT_NOFILE, descriptors},
        {RLIMIT_CORE, 0},
    };
    if (!writesToFile()) rows.push_back({RLIMIT_FSIZE, 0});
#ifndef TAPESCOPE_ADDRESS_SANITIZER
    rows.push_back({RLIMIT_AS, mappedBytes() + limits.memoryBytes});
#endif
    ::close_range(standardDescriptors, ~0U, 0);
    for (const LimitRow& row : rows) {
        if (auto reason = setLimit(row)) return reason;
    }
    return std::nullopt;
}

std::optional<std::string> limitThreads() {
    return setLimit({RLIMIT_NPROC, 0});
}

std::optional<std::string> refusePrivileges() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return systemError();
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return systemError();
    return std::nullopt;
}

}  // namespace tapescope
