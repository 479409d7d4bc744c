// SPDX-License-Identifier: Apache-2.0
// Which modules a script may import, and what to say about the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tapescope {

/// What a script reaches for when it goes too far. Each has one sentence.
enum class Outside : std::uint8_t { Files, Processes, Network, NativeCode, Threads };

/// "a script cannot reach files here; ...": what holds and what to do instead.
std::string_view sentence(Outside reach);

/// StandIn: part of the program (resources/python), whatever the system has of that name.
enum class Access : std::uint8_t { Harmless, StandIn, Forbidden };

struct ModuleRow {
    std::string_view name;  ///< top-level
    Access access = Access::Harmless;
    Outside reach = Outside::Files;  ///< why it is forbidden
    std::string_view companions;     ///< what it imports late, space-separated
};

/// The row of the module or of the package it is in; nullptr where the table has none.
const ModuleRow* moduleRow(std::string_view dottedName);

/// "numpy" of "numpy.linalg".
std::string_view topLevel(std::string_view dottedName);

}  // namespace tapescope
