// SPDX-License-Identifier: Apache-2.0
// What a script says about itself: `# expect: zip-truncated b; left-tensorflow w` at the end of a line. A script
// without such a comment, or with `# expect: none`, is healthy.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnosis/finding.h"

namespace tapescope {

/// A finding of a cause at a line; where names are given, about (at least) these.
struct Expectation {
    std::uint32_t line = 0;
    std::string id;
    std::vector<std::string> names;
    friend bool operator==(const Expectation&, const Expectation&) = default;
};

std::vector<Expectation> expectationsIn(std::string_view script);

/// One sentence for each expectation that no finding meets, and for each error or warning that nobody expects. Hints
/// may come unexpected.
std::vector<std::string> disagreements(std::span<const Expectation> expectations, std::span<const Finding> findings);

}  // namespace tapescope
