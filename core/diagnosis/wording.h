// SPDX-License-Identifier: Apache-2.0
// Pieces of sentences that several causes share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

std::string listed(const std::vector<std::string>& names);         ///< "W", "W and b", "W, b and c"
std::string counted(std::size_t count, std::string_view thing);    ///< "1 gradient", "2 gradients"
std::string fourDigits(double number);                             ///< significant ones, never localised
std::string wasOrWere(const std::vector<std::string>& names);      ///< "was", "were"
std::string inLine(const Timeline& timeline, std::uint32_t line);  ///< "in line 7", "in line 7 of utils.py"
/// "lines 5 and 9"; each in words of its own where they are not all of the script.
std::string theLines(const Timeline& timeline, const std::vector<std::uint32_t>& lines);
std::string theLine(const Timeline& timeline, std::uint32_t line);  ///< "Line 7", at the beginning of a sentence
/// "in step 2", or "in 3 steps, first in step 1".
std::string inSteps(std::uint32_t firstStep, std::size_t count);

}  // namespace tapescope
