// SPDX-License-Identifier: Apache-2.0
// Looking things up in the text and the digest of the script.
#include "core/diagnosis/script.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/diagnosis/log.h"
#include "core/trace/places.h"

namespace tapescope {

namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;

Place beginOf(const Range& range) {
    return {range.line, range.column};
}
Place endOf(const Range& range) {
    return {range.endLine, range.endColumn};
}

bool covers(const Range& outer, const Range& inner) {
    return beginOf(outer) <= beginOf(inner) && endOf(inner) <= endOf(outer);
}

bool covers(const Range& outer, const Mention& mention) {
    const Place place{mention.line, mention.column};
    return beginOf(outer) <= place && place < endOf(outer);
}

/// Byte at which code point `column` of a line begins; its size where it is shorter.
std::size_t byteOf(std::string_view line, std::uint32_t column) {
    std::size_t at = 0;
    for (; at < line.size(); ++at) {
        if ((static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80u) continue;
        if (column-- == 0) return at;
    }
    return at;
}

bool calls(const SyntaxItem& item, std::string_view name) {
    if (item.kind != SyntaxKind::Call || !item.name.ends_with(name)) return false;
    return item.name.size() == name.size() || item.name[item.name.size() - name.size() - 1] == '.';
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Is `name` one of the targets "a, b"?
bool assigns(const SyntaxItem& item, std::string_view name) {
    if (item.kind != SyntaxKind::Assign) return false;
    std::string_view rest = item.name;
    while (true) {
        const auto end = rest.find(',');
        if (trimmed(rest.substr(0, end)) == name) return true;
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + 1);
    }
}

}  // namespace

Script::Script(const Timeline& timeline) : timeline_(timeline), text_(timeline.texts()), lines_(linesOf(text_)) {
    if (const ScriptDigest* digest = timeline.digest()) items_ = &digest->items;
}

std::string_view Script::line(std::uint32_t number) const {
    return number >= 1 && number <= lines_.size() ? lines_[number - 1] : std::string_view();
}

std::string_view Script::slice(std::uint32_t number, std::uint32_t from, std::uint32_t to) const {
    const auto whole = line(number);
    const auto begin = byteOf(whole, from);
    return whole.substr(begin, std::max(byteOf(whole, to), begin) - begin);
}

std::string Script::text(const Range& range) const {
    constexpr auto rest = std::numeric_limits<std::uint32_t>::max();
    if (range.line == range.endLine) return std::string(slice(range.line, range.column, range.endColumn));
    std::string text(slice(range.line, range.column, rest));
    const auto last = std::min<std::size_t>(range.endLine, lines_.size());
    for (auto number = range.line + 1; number <= last; ++number) {
        text += '\n';
        text += slice(number, 0, number == range.endLine ? range.endColumn : rest);
    }
    return text;
}

const SyntaxItem* Script::callAt(CallSiteId site, std::string_view name) const {
    const auto stack = timeline_.stack(site);
    if (stack.empty() || !items_) return nullptr;
    const auto& range = stack.back().range;
    const SyntaxItem* onLine = nullptr;
    bool several = false;
    for (const auto& item : *items_) {
        if (!calls(item, name)) continue;
        if (item.range == range) return &item;
        if (item.range.line != range.line) continue;
        several = onLine != nullptr;
        onLine = &item;
    }
    return several ? nullptr : onLine;
}

const SyntaxItem* Script::callWithin(const Range& range, std::string_view name) const {
    if (!items_) return nullptr;
    for (const auto& item : *items_)
        if (calls(item, name) && covers(range, item.range)) return &item;
    return nullptr;
}

const SyntaxItem* Script::assignment(std::string_view name, std::uint32_t line) const {
    if (!items_) return nullptr;
    const SyntaxItem* found = nullptr;
    for (const auto& item : *items_)
        if (assigns(item, name) && item.range.line <= line && line <= item.range.endLine) found = &item;
    return found;
}

const SyntaxItem* Script::parentOf(const SyntaxItem& item) const {
    return item.parent >= 0 ? &(*items_)[static_cast<std::size_t>(item.parent)] : nullptr;
}

const SyntaxItem* Script::enclosing(const SyntaxItem& item, SyntaxKind kind) const {
    for (const auto* around = parentOf(item); around; around = parentOf(*around))
        if (around->kind == kind) return around;
    return nullptr;
}

std::optional<Range> Script::argument(const SyntaxItem& call, std::size_t position, std::string_view keyword) const {
    for (std::size_t i = 0; i < call.parts.size(); ++i) {
        Range range = call.parts[i];
        const auto written = text(range);
        auto name = written.find_first_not_of("abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        const bool named = name != std::string::npos && name > 0 && written[name] == '=' &&
                           written.substr(name, 2) != "==" && range.line == range.endLine;
        if (named && written.substr(0, name) != keyword) continue;
        if (!named && i != position) continue;
        if (named) range.column += static_cast<std::uint32_t>(name + 1);
        return range;
    }
    return std::nullopt;
}

Range Script::reach(std::string_view name, const SyntaxItem& assignment) const {
    constexpr auto far = std::numeric_limits<std::uint32_t>::max();
    if (const auto* function = enclosing(assignment, SyntaxKind::Function)) return function->range;
    if (enclosing(assignment, SyntaxKind::Loop)) return {1, 0, far, far};
    Range reach{assignment.range.endLine, assignment.range.endColumn, far, far};
    for (const auto& item : *items_) {
        if (!assigns(item, name) || item.parent != assignment.parent || &item == &assignment) continue;
        if (beginOf(item.range) < endOf(assignment.range) || endOf(item.range) >= endOf(reach)) continue;
        reach.endLine = item.range.endLine;
        reach.endColumn = item.range.endColumn;
    }
    return reach;
}

bool Script::mentionedAfter(std::string_view name, const SyntaxItem& assignment) const {
    const auto range = reach(name, assignment);
    return std::ranges::any_of(mentions(lines_), [&](const Mention& mention) {
        if (mention.name != name) return false;
        bool counts = covers(range, mention);
        for (const auto& item : *items_) {
            if (item.kind == SyntaxKind::Function) counts = counts || covers(item.range, mention);
            if (!assigns(item, name) || item.parts.size() < 2) continue;
            for (std::size_t i = 0; i + 1 < item.parts.size(); ++i)
                if (covers(item.parts[i], mention)) return false;
        }
        return counts;
    });
}

bool Script::standsAlone(const SyntaxItem& call) const {
    constexpr auto rest = std::numeric_limits<std::uint32_t>::max();
    const auto* around = parentOf(call);
    if (around && (around->kind == SyntaxKind::Call || around->kind == SyntaxKind::Assign)) return false;
    const auto& range = call.range;
    auto before = range.line - 1;
    while (before > 0 && trimmed(line(before)).empty()) --before;
    const auto above = trimmed(line(before));
    if (!above.empty() && std::string_view("([{,=+-*/\\").find(above.back()) != std::string_view::npos) return false;
    const auto after = trimmed(slice(range.endLine, range.endColumn, rest));
    return trimmed(slice(range.line, 0, range.column)).empty() && (after.empty() || after.starts_with('#'));
}

std::vector<Edit> Script::edits(std::vector<Replacement> replacements) const {
    std::ranges::sort(replacements, {}, [](const Replacement& each) { return beginOf(each.range); });
    std::vector<Edit> edits;
    for (std::size_t i = replacements.size(); i-- > 0;) {
        const auto& [range, text] = replacements[i];
        if (range.line != range.endLine || line(range.line).empty()) return {};
        if (i + 1 < replacements.size() && endOf(range) > beginOf(replacements[i + 1].range)) return {};
        if (edits.empty() || edits.back().line != range.line)
            edits.push_back({range.line, std::string(line(range.line)), std::string(line(range.line))});
        auto& after = edits.back().after;
        const auto begin = byteOf(after, range.column);
        after.replace(begin, byteOf(after, range.endColumn) - begin, text);
    }
    std::ranges::reverse(edits);
    return edits;
}

}  // namespace tapescope
