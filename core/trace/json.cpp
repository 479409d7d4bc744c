// SPDX-License-Identifier: Apache-2.0
#include "core/trace/json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace tapescope {

namespace {

/// Length of the valid UTF-8 sequence that begins here; 0 if there is none.
std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xc2 ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0U) != 0x80) return 0;
    // Overlong forms, surrogates, and what lies beyond the last code point.
    const bool wrong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
                       (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
    return wrong ? 0 : length;
}

void append(std::string& json, char c) {
    switch (c) {
        case '"': json += "\\\""; return;
        case '\\': json += "\\\\"; return;
        case '\n': json += "\\n"; return;
        case '\r': json += "\\r"; return;
        case '\t': json += "\\t"; return;
        default: break;
    }
    if (static_cast<unsigned char>(c) >= 0x20) {
        json += c;
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    json += "\\u00";
    json += digits[static_cast<std::size_t>(c) >> 4U];
    json += digits[static_cast<std::size_t>(c) & 15U];
}

std::string quoted(std::string_view text) {
    std::string json = "\"";
    while (!text.empty()) {
        const auto length = sequence(text);
        if (length == 0) json += "\\ufffd";
        if (length == 1) append(json, text.front());
        if (length > 1) json += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return json + '"';
}

}  // namespace

JsonObject& JsonObject::raw(std::string_view key, const std::string& json) {
    if (!fields_.empty()) fields_ += ',';
    fields_ += quoted(key) + ":" + json;
    return *this;
}

JsonObject& JsonObject::add(std::string_view key, const std::string& text) {
    return raw(key, quoted(text));
}
JsonObject& JsonObject::add(std::string_view key, double number) {
    return raw(key, element(number));
}

std::string JsonObject::element(const std::string& text) {
    return quoted(text);
}

/// JSON has no word for what is not finite: Python's, as text.
std::string JsonObject::element(double number) {
    if (std::isnan(number)) return "\"nan\"";
    if (std::isinf(number)) return number > 0 ? "\"inf\"" : "\"-inf\"";
    std::array<char, 32> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace tapescope
