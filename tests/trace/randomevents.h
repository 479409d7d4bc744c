// SPDX-License-Identifier: Apache-2.0
// Events with random content, every field filled: for what must hold for any event. They make no sense as a log.
#pragma once

#include <random>

#include "core/trace/event.h"

namespace tapescope::testing {

/// An event of that alternative of Event.
Event randomEvent(std::mt19937& random, std::size_t alternative);

/// Some of every alternative, in random order.
std::vector<Event> randomEvents(std::uint32_t seed, std::size_t count);

}  // namespace tapescope::testing
