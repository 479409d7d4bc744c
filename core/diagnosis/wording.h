// SPDX-License-Identifier: Apache-2.0
// Pieces of sentences that several causes share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tapescope {

std::string listed(const std::vector<std::string>& names);       ///< "W", "W and b", "W, b and c"
std::string counted(std::size_t count, std::string_view thing);  ///< "1 gradient", "2 gradients"
std::string numberText(double number);                           ///< four significant digits, never localised
std::string inLine(std::uint32_t line);                          ///< "in line 7"
std::string wasOrWere(const std::vector<std::string>& names);    ///< "was", "were"
/// "in step 2", or "in 3 steps, first in step 1".
std::string inSteps(std::uint32_t firstStep, std::size_t count);

}  // namespace tapescope
