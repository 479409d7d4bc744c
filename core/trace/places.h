// SPDX-License-Identifier: Apache-2.0
// Where a line is for a person. Lines of a run count through all its texts: those of the script, then those of the
// modules beside it that it imports. A notebook is one text in which a heading begins each cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace tapescope {

struct TextPlace {
    FileId file{0};
    std::uint32_t line = 0;      ///< in its file, from 1
    std::uint32_t cell = 0;      ///< of a notebook, by its heading; 0 for none
    std::uint32_t cellLine = 0;  ///< in its cell, from 1; 0 in a heading
    friend bool operator==(const TextPlace&, const TextPlace&) = default;
};

/// "# %% Cell 3": the line that begins a cell of a notebook; and what reads it, the number or nothing.
std::string cellHeading(std::uint32_t cell);
std::optional<std::uint32_t> cellOfHeading(std::string_view line);
bool isNotebook(std::string_view name);  ///< by its ending

/// The lines of a text, without their ends; after the last line end comes one more.
std::vector<std::string_view> linesOf(std::string_view text);

class Places {
public:
    /// The next text of the run, in the order of the ids.
    void add(const std::string& name, std::string_view text);

    TextPlace of(std::uint32_t line) const;
    /// "line 5", "line 5 of utils.py", "line 2 of cell 3".
    std::string words(std::uint32_t line) const;
    /// "line 5", "lines 5–9 of utils.py".
    std::string words(std::uint32_t first, std::uint32_t last) const;
    /// How many lines come before the first one of a file.
    std::uint32_t base(FileId file) const;
    const std::string& name(FileId file) const;
    std::size_t files() const { return files_.size(); }

private:
    struct Heading {
        std::uint32_t line = 0;  ///< of all
        std::uint32_t cell = 0;
    };
    struct File {
        std::string name;
        std::uint32_t base = 0;
        std::uint32_t lines = 0;
        std::vector<Heading> headings;
    };
    const File* fileOf(std::uint32_t line) const;

    std::vector<File> files_;
};

}  // namespace tapescope
