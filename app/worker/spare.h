// SPDX-License-Identifier: Apache-2.0
// Memory for what Python says once the rest is used up: without it the traceback of a MemoryError, which has the line,
// could often not be made.
#pragma once

namespace tapescope {

/// Keeps a piece of address space, which Python gets when it runs out for the first time. To be called once Python runs
/// and before memory is limited.
void keepSpareMemory();

}  // namespace tapescope
