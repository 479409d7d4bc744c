// SPDX-License-Identifier: Apache-2.0
// What is said of a worker that reached into memory that is not its own: by itself where it can still name the line,
// else by the app.
#pragma once

namespace tapescope {

inline constexpr const char* crashWords =
    "The worker crashed, as Python does when a script recurses too deeply or reaches into memory that is not its own.";

}  // namespace tapescope
