// SPDX-License-Identifier: Apache-2.0
// Everything that the app does with bytes from a worker or a file, without the app: what no bytes may break.
#pragma once

#include <cstddef>
#include <span>

#include "core/trace/event.h"

namespace tapescope::testing {

/// Decodes bytes in pieces, keeps what can be appended, and looks at it from every side.
void exerciseBytes(std::span<const std::byte> bytes);

/// The same for events that came through the decoder.
void exerciseEvents(std::vector<Event> events);

}  // namespace tapescope::testing
