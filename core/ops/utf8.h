// SPDX-License-Identifier: Apache-2.0
// Characters in texts of bytes, as far as operations on strings need them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tapescope::utf8 {

/// A character and where its bytes begin. What is no UTF-8 counts as U+FFFD, one for each byte.
struct Character {
    char32_t code;
    std::size_t begin, size;
    bool valid;
};
std::vector<Character> characters(std::string_view text);

void append(std::string& text, char32_t code);

std::size_t count(std::string_view text);                          ///< characters
std::size_t offset(std::string_view text, std::size_t character);  ///< of its first byte
std::string_view trimmed(std::string_view text);                   ///< without blanks at the ends

/// In capital or small letters; other letters than A to Z only where `encoded` (Latin, Greek and Cyrillic ones).
std::string inCase(std::string_view text, bool upper, bool encoded);

}  // namespace tapescope::utf8
