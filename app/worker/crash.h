// SPDX-License-Identifier: Apache-2.0
// A crash that gives the pipe's thread the time to send what was taken before it, and to say where it came.
#pragma once

#include <cstdint>
#include <functional>

namespace tapescope {

/// From now on a signal that means a crash kills the process a moment later. On the thread that runs the script. `line`
/// says which line of the run it is in, 0 for none; it must not allocate.
void outliveCrashes(std::function<std::uint32_t()> line);

/// The line in which the script reached into memory that is not its own; 0 as long as it has not. From any thread.
std::uint32_t lineOfCrash();

}  // namespace tapescope
