// SPDX-License-Identifier: Apache-2.0
// The embedded Python of one run: started and filled with what a script may need before the process is locked down,
// then given the script.
#pragma once

#include <memory>
#include <string>

#include "app/worker/options.h"
#include "app/worker/pipe.h"
#include "core/trace/parcel.h"

namespace tapescope {

class Interpreter {
public:
    Interpreter(const Options& options, EventPipe& pipe);
    ~Interpreter();

    /// Python, the modules that were named, the engine and its surface. Opens files; throws with what went wrong.
    void start();
    std::uint32_t line() const;  ///< where the script is, of the run; 0 for nowhere
    /// For the pipe's thread: watches the limits of the run.
    void tick();
    /// From here on imports, files and the like are refused with a sentence. After lockDown().
    void arm();
    /// Emits what the script is and does, to the last event; does not return.
    [[noreturn]] void run(const Parcel& parcel);

private:
    void grant(const std::vector<GrantedFile>& files);
    void noteUnseeded();  ///< once, and only where the seed is not the user's

    struct Parts;
    const Options& options_;
    EventPipe& pipe_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tapescope
