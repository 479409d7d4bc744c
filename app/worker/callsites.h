// SPDX-License-Identifier: Apache-2.0
// Where the script is: Python's frames as call sites. A site is (code object, instruction offset) of the innermost user
// frame and of its callers; lines are looked up once for each new site. Also keeps the stack of running loops.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <string>

#include "core/trace/event.h"

namespace tapescope {

class CallSites {
public:
    explicit CallSites(Sink& sink);
    ~CallSites();
    CallSites(const CallSites&) = delete;
    CallSites& operator=(const CallSites&) = delete;

    /// Code compiled from this name belongs to the user; `text` is what it was compiled from.
    /// In the order of the ids.
    void addFile(FileId file, const std::string& name, const std::string& text);
    /// Tells a code object of such a file before it runs.
    void addCode(pybind11::handle code);
    /// Tells the loops of all files: index in the digest, range from its first word to the end of its body, index of
    /// the enclosing loop in the same function or -1.
    void addLoop(std::uint32_t loop, const Range& range, std::int32_t enclosing);

    /// The site of the innermost user frame that is executing. Emits CallSiteSeen for a new one, and LoopsMoved before
    /// it where the loops have moved since the last call. Nothing where no user frame runs.
    CallSiteId here();
    /// The site at which an exception was raised, from its traceback.
    CallSiteId raisedAt(pybind11::handle traceback);
    /// The innermost line of the script in a traceback, 0 where there is none.
    std::uint32_t lineIn(pybind11::handle traceback) const;
    /// Line of the innermost user frame, 0 if none: for messages. Reads only, so that the watch may ask from its thread
    /// while the script's is inside a C function.
    std::uint32_t line() const;
    /// "line 5", "line 5 of utils.py" (places.h). Reads only, too.
    std::string words(std::uint32_t line) const;
    /// Is the function that is executing the user's own?
    bool insideUserCode() const;

    void loopStarted(std::uint32_t loop);   ///< called by the rewritten script before a loop
    void loopIterated(std::uint32_t loop);  ///< and at the start of its body

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tapescope
