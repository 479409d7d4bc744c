// SPDX-License-Identifier: Apache-2.0
// One word for each enumerator of an event, as the text and the JSON of a dump have them.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/trace/event.h"

namespace tapescope {

/// Indexed by the enumerator.
template <class E>
inline constexpr std::array<std::string_view, 0> wordsOf{};
template <>
inline constexpr std::array<std::string_view, 8> wordsOf<SyntaxKind>{"function", "class", "loop",   "branch",
                                                                     "with",     "call",  "assign", "import"};
template <>
inline constexpr std::array<std::string_view, 7> wordsOf<ObjectKind>{"none",      "tensor", "variable", "tape",
                                                                     "optimizer", "list",   "other"};
template <>
inline constexpr std::array<std::string_view, 4> wordsOf<AssignKind>{"assign", "assign-add", "assign-sub", "optimizer"};
template <>
inline constexpr std::array<std::string_view, 6> wordsOf<TapeChange>{"entered", "exited", "paused",
                                                                     "resumed", "reset",  "consumed"};
template <>
inline constexpr std::array<std::string_view, 6> wordsOf<GradientState>{"path", "none",      "zero",
                                                                        "nan",  "not-asked", "pending"};
template <>
inline constexpr std::array<std::string_view, 18> wordsOf<CutReason>{
    "uncut",         "unused",          "outside-tape", "not-watched",  "watched-late",  "watch-disabled",
    "not-trainable", "left-tensorflow", "copied",       "state-blocks", "integer-dtype", "not-differentiable",
    "stop-gradient", "paused",          "tape-reset",   "tape-ended",   "other-tape",    "target-not-recorded"};
template <>
inline constexpr std::array<std::string_view, 5> wordsOf<PairOutcome>{"applied", "no-gradient", "refused",
                                                                      "accumulated", "not-finite"};
template <>
inline constexpr std::array<std::string_view, 8> wordsOf<Outcome>{"finished", "error",  "timeout",   "memory",
                                                                  "output",   "killed", "forbidden", "refused"};

template <class E>
std::string word(E value) {
    return std::string(wordsOf<E>.at(static_cast<std::size_t>(value)));
}

}  // namespace tapescope
