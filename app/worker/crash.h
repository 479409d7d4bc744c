// SPDX-License-Identifier: Apache-2.0
// A crash that gives the pipe's thread the time to send what was taken before it.
#pragma once

namespace tapescope {

/// From now on a signal that means a crash kills the process a moment later. On the thread that runs the script.
void outliveCrashes();

}  // namespace tapescope
