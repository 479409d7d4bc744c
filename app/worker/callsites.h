// SPDX-License-Identifier: Apache-2.0
// Where the script is: Python's frames as call sites. A site is (code object, instruction offset) of the innermost user
// frame and of its callers; lines are looked up once for each new site. Also keeps the stack of running loops.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "core/trace/event.h"

namespace tapescope {

class CallSites {
public:
    explicit CallSites(Sink& sink);
    ~CallSites();

    /// Code compiled from this name belongs to the user.
    void addFile(FileId file, const std::string& name);
    /// Tells the loops of file 0: index in the digest, range, index of the enclosing loop in the same function or -1.
    void addLoop(std::uint32_t loop, const Range& range, std::int32_t enclosing);

    /// The site of the innermost user frame that is executing. Emits CallSiteSeen for a new one, and LoopsMoved before
    /// it where the loops have moved since the last call. Nothing where no user frame runs.
    CallSiteId here();
    /// Line of the innermost user frame, 0 if none: for messages.
    std::uint32_t line();

    void loopStarted(std::uint32_t loop);   ///< called by the rewritten script before a loop
    void loopIterated(std::uint32_t loop);  ///< and at the start of its body

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tapescope
