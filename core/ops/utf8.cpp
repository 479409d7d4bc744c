// SPDX-License-Identifier: Apache-2.0
#include "core/ops/utf8.h"

#include <algorithm>

namespace tapescope::utf8 {

namespace {
unsigned byteAt(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

/// Bytes that a character with this first byte has; 0 for none.
std::size_t sizeFrom(unsigned first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

Character characterAt(std::string_view text, std::size_t at) {
    const unsigned first = byteAt(text, at);
    const std::size_t size = sizeFrom(first);
    const Character wrong{0xfffd, at, 1, false};
    if (size == 1) return {first, at, 1, true};
    if (size == 0 || at + size > text.size()) return wrong;
    char32_t code = first & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const unsigned next = byteAt(text, at + i);
        if ((next & 0xc0U) != 0x80U) return wrong;
        code = code << 6U | (next & 0x3fU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[size] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return wrong;
    return {code, at, size, true};
}

/// Letters whose capitals lie at a distance, and letters of which every second is one.
char32_t capital(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7) || (c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2) ||
        (c >= 0x430 && c <= 0x44f)) {
        return c - 0x20;
    }
    if (c >= 0x450 && c <= 0x45f) return c - 0x50;
    const bool pairs = (c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) || (c >= 0x460 && c <= 0x4bf);
    return pairs && c % 2 == 1 ? c - 1 : c;
}

char32_t small(char32_t c) {
    for (const char32_t distance : {0x20U, 0x50U, 1U}) {
        if (capital(c + distance) == c && capital(c) == c) return c + distance;
    }
    return c;
}
}  // namespace

std::vector<Character> characters(std::string_view text) {
    std::vector<Character> result;
    for (std::size_t at = 0; at < text.size(); at += result.back().size) result.push_back(characterAt(text, at));
    return result;
}

void append(std::string& text, char32_t code) {
    const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
    const auto rest = [&put, code](unsigned shift) { put(0x80U | (code >> shift & 0x3fU)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0U | code >> 6U);
        rest(0);
    } else if (code < 0x10000) {
        put(0xe0U | code >> 12U);
        rest(6);
        rest(0);
    } else {
        put(0xf0U | code >> 18U);
        rest(12);
        rest(6);
        rest(0);
    }
}

std::size_t count(std::string_view text) {
    return characters(text).size();
}

std::size_t offset(std::string_view text, std::size_t character) {
    const auto all = characters(text);
    return character < all.size() ? all[character].begin : text.size();
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string inCase(std::string_view text, bool upper, bool encoded) {
    std::string result;
    for (const auto& c : characters(text)) {
        const bool letter = c.valid && (encoded || c.code < 0x80);
        if (letter)
            append(result, upper ? capital(c.code) : small(c.code));
        else
            result += text.substr(c.begin, c.size);
    }
    return result;
}

}  // namespace tapescope::utf8
