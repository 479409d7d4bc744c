// SPDX-License-Identifier: Apache-2.0
// Names that loops bind: "for g, v in ..." calls everything g and v in turn, so that such a name says little.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/event.h"

namespace tapescope {

class LoopTargets {
public:
    LoopTargets() = default;
    /// Of the loops among `items`, whose lines are those of `text`.
    LoopTargets(std::string_view text, std::span<const SyntaxItem> items);

    /// Is `name` bound by a loop around `line`?
    bool bind(std::string_view name, std::uint32_t line) const;

private:
    struct Loop {
        std::uint32_t first = 0, last = 0;  ///< lines
        std::vector<std::string> names;
    };
    std::vector<Loop> loops_;
};

}  // namespace tapescope
