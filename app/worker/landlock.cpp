// SPDX-License-Identifier: Apache-2.0
// Landlock without a single rule: no file, no TCP, no abstract socket, no signal to the outside. The kernel's numbers
// are written out here because the system's header is older than the kernels it meets.
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "app/worker/sandbox.h"

namespace tapescope {
namespace {

constexpr long createRuleset = 444;  // the same on every architecture
constexpr long restrictSelf = 446;
constexpr std::uint32_t askVersion = 1;

/// struct landlock_ruleset_attr of version 6; older kernels take a shorter one.
struct Ruleset {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 0;
};

constexpr std::uint64_t firstBits(int count) {
    return (std::uint64_t{1} << count) - 1;
}

/// What each version of the interface can forbid, and how much of Ruleset it knows.
struct VersionRow {
    long version;
    int fileRights, networkRights, scopes;
    std::size_t size;
};

constexpr std::array versionRows{
    VersionRow{1, 13, 0, 0, 8},   // execute ... make_sym
    VersionRow{2, 14, 0, 0, 8},   // refer
    VersionRow{3, 15, 0, 0, 8},   // truncate
    VersionRow{4, 15, 2, 0, 16},  // bind and connect over TCP
    VersionRow{5, 16, 2, 0, 16},  // ioctl on devices
    VersionRow{6, 16, 2, 2, 24},  // abstract Unix sockets, signals
};

const VersionRow& newestKnown(long version) {
    const VersionRow* newest = versionRows.data();
    for (const VersionRow& row : versionRows) {
        if (row.version <= version) newest = &row;
    }
    return *newest;
}

}  // namespace

std::optional<std::string> hideFiles() {
    const long version = ::syscall(createRuleset, nullptr, 0, askVersion);
    if (version < 1) return std::strerror(errno);
    const VersionRow& row = newestKnown(version);
    const Ruleset rules{firstBits(row.fileRights), firstBits(row.networkRights), firstBits(row.scopes)};
    const long descriptor = ::syscall(createRuleset, &rules, row.size, 0);
    if (descriptor < 0) return std::strerror(errno);
    const bool done = ::syscall(restrictSelf, descriptor, 0) == 0;
    const int error = errno;
    ::close(static_cast<int>(descriptor));
    if (!done) return std::strerror(error);
    return std::nullopt;
}

}  // namespace tapescope
