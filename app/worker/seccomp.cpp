// SPDX-License-Identifier: Apache-2.0
// The system calls that remain. Everything else fails with an error that Python turns into a PermissionError.
#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "app/worker/sandbox.h"
#include "app/worker/sanitizer.h"

namespace tapescope {
namespace {

enum class Condition : std::uint8_t {
    Always,
    ReadsStandardInput,    ///< first argument is 0
    WritesStandardOutput,  ///< first argument is 1 or 2
    NotExecutable,         ///< third argument, the protection, has no PROT_EXEC
    AbortsItself,          ///< first argument is this process, third the signal of abort()
};

struct CallRow {
    int call;
    Condition condition;
};

constexpr std::array allowed{
    // the script comes in, events go out
    CallRow{SCMP_SYS(read), Condition::ReadsStandardInput},
    CallRow{SCMP_SYS(write), Condition::WritesStandardOutput},
    CallRow{SCMP_SYS(poll), Condition::Always},
    CallRow{SCMP_SYS(ppoll), Condition::Always},
#ifdef TAPESCOPE_ADDRESS_SANITIZER
    // it asks through a pipe of its own what memory can be read
    CallRow{SCMP_SYS(pipe), Condition::Always},
    CallRow{SCMP_SYS(pipe2), Condition::Always},
    CallRow{SCMP_SYS(write), Condition::Always},
    CallRow{SCMP_SYS(close), Condition::Always},
#endif
    // memory, never executable
    CallRow{SCMP_SYS(brk), Condition::Always},
    CallRow{SCMP_SYS(mmap), Condition::NotExecutable},
    CallRow{SCMP_SYS(mprotect), Condition::NotExecutable},
    CallRow{SCMP_SYS(munmap), Condition::Always},
    CallRow{SCMP_SYS(mremap), Condition::Always},
    CallRow{SCMP_SYS(madvise), Condition::Always},
    // the two threads that exist
    CallRow{SCMP_SYS(futex), Condition::Always},
    CallRow{SCMP_SYS(sched_yield), Condition::Always},
    CallRow{SCMP_SYS(sched_getaffinity), Condition::Always},
    CallRow{SCMP_SYS(set_robust_list), Condition::Always},
    CallRow{SCMP_SYS(rseq), Condition::Always},
    // signals to itself, as the interpreter sets them up
    CallRow{SCMP_SYS(rt_sigaction), Condition::Always},
    CallRow{SCMP_SYS(rt_sigprocmask), Condition::Always},
    CallRow{SCMP_SYS(rt_sigreturn), Condition::Always},
    CallRow{SCMP_SYS(sigaltstack), Condition::Always},
    CallRow{SCMP_SYS(restart_syscall), Condition::Always},
    CallRow{SCMP_SYS(tgkill), Condition::AbortsItself},
    // time
    CallRow{SCMP_SYS(clock_gettime), Condition::Always},
    CallRow{SCMP_SYS(clock_getres), Condition::Always},
    CallRow{SCMP_SYS(clock_nanosleep), Condition::Always},
    CallRow{SCMP_SYS(nanosleep), Condition::Always},
    CallRow{SCMP_SYS(gettimeofday), Condition::Always},
    CallRow{SCMP_SYS(times), Condition::Always},
    CallRow{SCMP_SYS(getrusage), Condition::Always},
    // who it is
    CallRow{SCMP_SYS(getpid), Condition::Always},
    CallRow{SCMP_SYS(gettid), Condition::Always},
    CallRow{SCMP_SYS(getuid), Condition::Always},
    CallRow{SCMP_SYS(geteuid), Condition::Always},
    CallRow{SCMP_SYS(getgid), Condition::Always},
    CallRow{SCMP_SYS(getegid), Condition::Always},
    CallRow{SCMP_SYS(getrandom), Condition::Always},
    // the end
    CallRow{SCMP_SYS(exit), Condition::Always},
    CallRow{SCMP_SYS(exit_group), Condition::Always},
};

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

constexpr scmp_arg_cmp compare(unsigned argument, scmp_compare how, scmp_datum_t a, scmp_datum_t b = 0) {
    return {argument, how, a, b};
}

int allow(scmp_filter_ctx filter, int call, scmp_arg_cmp condition) {
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

int addRow(scmp_filter_ctx filter, const CallRow& row) {
    switch (row.condition) {
        case Condition::Always: return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, row.call, 0, nullptr);
        case Condition::ReadsStandardInput: return allow(filter, row.call, compare(0, SCMP_CMP_EQ, STDIN_FILENO));
        case Condition::WritesStandardOutput: {
            const int error = allow(filter, row.call, compare(0, SCMP_CMP_EQ, STDOUT_FILENO));
            return error != 0 ? error : allow(filter, row.call, compare(0, SCMP_CMP_EQ, STDERR_FILENO));
        }
        case Condition::NotExecutable: return allow(filter, row.call, compare(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
        case Condition::AbortsItself: {
            const scmp_arg_cmp both[] = {compare(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())),
                                         compare(2, SCMP_CMP_EQ, SIGABRT)};
            return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, row.call, 2, both);
        }
    }
    return -EINVAL;
}

int fill(scmp_filter_ctx filter) {
    if (const int error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1); error != 0) return error;
    // glibc falls back to clone, which is refused, only where clone3 does not exist at all.
    const int absent = SCMP_SYS(clone3);
    if (const int error = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), absent, 0, nullptr); error != 0)
        return error;
    for (const CallRow& row : allowed) {
        if (const int error = addRow(filter, row); error != 0) return error;
    }
    return seccomp_load(filter);
}

}  // namespace

std::optional<std::string> filterSystemCalls() {
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EACCES)));
    if (!filter) return "libseccomp cannot start";
    if (const int error = fill(filter.get()); error != 0) return std::strerror(-error);
    return std::nullopt;
}

}  // namespace tapescope
