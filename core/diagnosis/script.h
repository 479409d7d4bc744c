// SPDX-License-Identifier: Apache-2.0
// The script's text and syntax digest as the rules need them: which call ran at a site, is a name mentioned again,
// and replacements of ranges as edits of lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnosis/finding.h"
#include "core/trace/timeline.h"

namespace tapescope {

struct Replacement {
    Range range;
    std::string text;
};

class Script {
public:
    explicit Script(const Timeline& timeline);
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

    /// Line `number`, from 1; empty where there is none.
    std::string_view line(std::uint32_t number) const;
    std::string text(const Range& range) const;

    /// The call that ran at a site in the script itself, if its callee is `name` or ends in ".name".
    const SyntaxItem* callAt(CallSiteId site, std::string_view name) const;
    /// The outermost call to `name` in a range.
    const SyntaxItem* callWithin(const Range& range, std::string_view name) const;
    /// The assignment to `name` that covers `line`.
    const SyntaxItem* assignment(std::string_view name, std::uint32_t line) const;
    const SyntaxItem* parentOf(const SyntaxItem& item) const;
    /// The innermost construct of a kind around an item.
    const SyntaxItem* enclosing(const SyntaxItem& item, SyntaxKind kind) const;

    /// The value of a call's argument, given by position or by keyword.
    std::optional<Range> argument(const SyntaxItem& call, std::size_t position, std::string_view keyword) const;

    /// May anything read what `assignment` bound to `name`, before the name is bound anew? A matter of text: branches
    /// that did not run count, and so does everything in a loop around it.
    bool mentionedAfter(std::string_view name, const SyntaxItem& assignment) const;
    /// Is the call a statement of its own, so that its value is thrown away?
    bool standsAlone(const SyntaxItem& call) const;

    /// Edits of lines; nothing where a range spans several lines or ranges overlap.
    std::vector<Edit> edits(std::vector<Replacement> replacements) const;

private:
    std::string_view slice(std::uint32_t number, std::uint32_t from, std::uint32_t to) const;
    Range reach(std::string_view name, const SyntaxItem& assignment) const;

    const Timeline& timeline_;
    const std::string text_;               ///< of all files
    std::vector<std::string_view> lines_;  ///< of text_
    const std::vector<SyntaxItem>* items_ = nullptr;
};

/// One name in the text of a script, outside comments; what stands in an f-string counts, other strings do not.
struct Mention {
    std::string_view name;
    std::uint32_t line = 0, column = 0;  ///< as in Range
};

std::vector<Mention> mentions(const std::vector<std::string_view>& lines);

}  // namespace tapescope
