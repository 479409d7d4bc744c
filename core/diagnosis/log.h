// SPDX-License-Identifier: Apache-2.0
// Reading a timeline by kinds of events.
#pragma once

#include <span>
#include <type_traits>
#include <variant>

#include "core/trace/timeline.h"

namespace tapescope {

template <class Fact, class Variant>
struct AlternativeOf;

template <class Fact, class... Others>
struct AlternativeOf<Fact, std::variant<Fact, Others...>> : std::integral_constant<std::size_t, 0> {};

template <class Fact, class First, class... Others>
struct AlternativeOf<Fact, std::variant<First, Others...>>
    : std::integral_constant<std::size_t, 1 + AlternativeOf<Fact, std::variant<Others...>>::value> {};

/// All events of one kind, in order.
template <class Fact>
std::span<const EventIndex> eventsOf(const Timeline& timeline) {
    return timeline.findAll(AlternativeOf<Fact, Event>::value);
}

}  // namespace tapescope
