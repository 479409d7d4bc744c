// SPDX-License-Identifier: Apache-2.0
// Lines through all texts, and back to the text and the cell they are in.
#include "core/trace/places.h"

#include <algorithm>
#include <charconv>

namespace tapescope {

namespace {

constexpr std::string_view headingBegins = "# %% Cell ";

}  // namespace

std::string cellHeading(std::uint32_t cell) {
    return std::string(headingBegins) + std::to_string(cell);
}

std::optional<std::uint32_t> cellOfHeading(std::string_view line) {
    if (!line.starts_with(headingBegins)) return std::nullopt;
    line.remove_prefix(headingBegins.size());
    std::uint32_t cell = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), cell);
    if (error != std::errc() || end != line.data() + line.size() || cell == 0) return std::nullopt;
    return cell;
}

bool isNotebook(std::string_view name) {
    return name.ends_with(".ipynb");
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (true) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

void Places::add(const std::string& name, std::string_view text) {
    File file{name, files_.empty() ? 0 : files_.back().base + files_.back().lines, 0, {}};
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        ++file.lines;
        if (isNotebook(name)) {
            if (const auto cell = cellOfHeading(text.substr(begin, end - begin)))
                file.headings.push_back({file.base + file.lines, *cell});
        }
        begin = end + 1;
    }
    files_.push_back(std::move(file));
}

const Places::File* Places::fileOf(std::uint32_t line) const {
    const auto after = std::ranges::upper_bound(files_, line, {}, [](const File& file) { return file.base + 1; });
    return after == files_.begin() ? nullptr : &*std::prev(after);
}

TextPlace Places::of(std::uint32_t line) const {
    const File* file = line == 0 ? nullptr : fileOf(line);
    if (file == nullptr) return {FileId{0}, line, 0, 0};
    TextPlace place{FileId{static_cast<std::uint32_t>(file - files_.data())}, line - file->base, 0, 0};
    const auto after = std::ranges::upper_bound(file->headings, line, {}, &Heading::line);
    if (after == file->headings.begin()) return place;
    place.cell = std::prev(after)->cell;
    place.cellLine = line - std::prev(after)->line;
    return place;
}

std::string Places::words(std::uint32_t line) const {
    const TextPlace place = of(line);
    if (place.cell > 0 && place.cellLine > 0)
        return "line " + std::to_string(place.cellLine) + " of cell " + std::to_string(place.cell);
    const std::string plain = "line " + std::to_string(place.line);
    return place.file == FileId{0} ? plain : plain + " of " + name(place.file);
}

std::string Places::words(std::uint32_t first, std::uint32_t last) const {
    const TextPlace begin = of(first), end = of(last);
    // A heading is no line of a cell.
    if (first < last && begin.cell > 0 && begin.cellLine == 0) return words(first + 1, last);
    if (first < last && end.cell > 0 && end.cellLine == 0) return words(first, last - 1);
    if (first == last || begin.file != end.file) return words(first);
    if (begin.cell != end.cell) return words(first) + " to " + words(last);
    const std::string one = words(first);
    const std::string number = std::to_string(begin.cell > 0 ? begin.cellLine : begin.line);
    const std::string until = std::to_string(end.cell > 0 ? end.cellLine : end.line);
    constexpr std::size_t word = 5;  // "line "
    return "lines " + number + "\u2013" + until + one.substr(word + number.size());
}

std::uint32_t Places::base(FileId file) const {
    return file.index() < files_.size() ? files_[file.index()].base : 0;
}

const std::string& Places::name(FileId file) const {
    static const std::string none;
    return file.index() < files_.size() ? files_[file.index()].name : none;
}

}  // namespace tapescope
