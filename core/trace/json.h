// SPDX-License-Identifier: Apache-2.0
// Writes JSON: as much of it as an event needs. Output is always valid, whatever the bytes of a text.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace tapescope {

/// One object; fields in the order in which they are added.
class JsonObject {
public:
    JsonObject& add(std::string_view key, const std::string& text);
    JsonObject& add(std::string_view key, const char* text) { return add(key, std::string(text)); }
    JsonObject& add(std::string_view key, double number);
    JsonObject& add(std::string_view key, bool truth) { return raw(key, truth ? "true" : "false"); }
    JsonObject& add(std::string_view key, std::integral auto number) { return raw(key, std::to_string(number)); }
    JsonObject& add(std::string_view key, const JsonObject& object) { return raw(key, object.done()); }
    template <class Tag>
    JsonObject& add(std::string_view key, Id<Tag> id) {
        return raw(key, element(id));
    }
    /// A list of any kind.
    template <class List>
    requires requires(const List& list) { list.begin(); }
    JsonObject& add(std::string_view key, const List& items) {
        std::string text;
        for (const auto& item : items) text += (text.empty() ? "" : ",") + element(item);
        return raw(key, "[" + text + "]");
    }
    JsonObject& null(std::string_view key) { return raw(key, "null"); }

    std::string done() const { return "{" + fields_ + "}"; }

private:
    JsonObject& raw(std::string_view key, const std::string& json);

    template <class Tag>
    static std::string element(Id<Tag> id) {
        return id.valid() ? std::to_string(id.value) : "null";
    }
    static std::string element(std::int64_t number) { return std::to_string(number); }
    static std::string element(std::uint32_t number) { return std::to_string(number); }
    static std::string element(double number);
    static std::string element(const std::string& text);
    static std::string element(const JsonObject& object) { return object.done(); }

    std::string fields_;
};

}  // namespace tapescope
