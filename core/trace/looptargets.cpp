// SPDX-License-Identifier: Apache-2.0
#include "core/trace/looptargets.h"

#include <algorithm>

#include "core/trace/places.h"

namespace tapescope {

namespace {

bool isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// The names between "for" and "in" of a line: "g", "v" of "for i, (g, v) in enumerate(pairs):".
std::vector<std::string> targetsIn(std::string_view line) {
    std::vector<std::string> names;
    bool inside = false;
    for (std::size_t at = 0; at < line.size();) {
        if (!isNamePart(line[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < line.size() && isNamePart(line[at])) ++at;
        const std::string_view word = line.substr(begin, at - begin);
        if (inside && word == "in") return names;
        if (inside) names.emplace_back(word);
        inside = inside || word == "for";
    }
    return names;
}

}  // namespace

LoopTargets::LoopTargets(std::string_view text, std::span<const SyntaxItem> items) {
    const std::vector<std::string_view> lines = linesOf(text);
    for (const SyntaxItem& item : items) {
        const std::uint32_t first = item.range.line;
        if (item.kind != SyntaxKind::Loop || first == 0 || first > lines.size()) continue;
        std::vector<std::string> names = targetsIn(lines[first - 1]);
        if (!names.empty()) loops_.push_back({first, item.range.endLine, std::move(names)});
    }
}

bool LoopTargets::bind(std::string_view name, std::uint32_t line) const {
    return std::ranges::any_of(loops_, [&](const Loop& loop) {
        return loop.first <= line && line <= loop.last && std::ranges::find(loop.names, name) != loop.names.end();
    });
}

}  // namespace tapescope
