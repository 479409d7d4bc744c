// SPDX-License-Identifier: Apache-2.0
// Being asked to leave: the pipe's thread sends what there is, and the process ends.
#pragma once

#include "app/worker/pipe.h"

namespace tapescope {

/// From now on SIGTERM is a request, and no end by itself.
void listenForFarewell();

/// For the pipe's thread, at each of its turns: where somebody has asked, sends everything, also a line that has no end
/// yet, and ends the process. Without a last word: who asked has one.
void leaveWhereAsked(EventPipe& pipe);

}  // namespace tapescope
