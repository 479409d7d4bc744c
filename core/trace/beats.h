// SPDX-License-Identifier: Apache-2.0
// Which events a person sees: an operation, a gradient arriving, a pair, an update, a rebinding, a warning, an
// exception.
#pragma once

#include "core/trace/event.h"
#include "core/trace/snapshot.h"

namespace tapescope {

/// `before` is the state that the event met.
bool isBeat(const Event& event, const Snapshot& before);

}  // namespace tapescope
