// SPDX-License-Identifier: Apache-2.0
// A random program over the operation table, run by a session: what no sequence of operations may break.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tapescope::testing {

/// A number below `n`, which is at least 1: from a generator of random numbers, or from a fuzzer's bytes.
using Choose = std::function<std::uint32_t(std::uint32_t n)>;

struct ProgramResult {
    std::string text;                    ///< the program, an operation in a line
    std::optional<std::string> problem;  ///< what should not have happened, in a sentence
    bool differenced = false;            ///< the gradient could be held against finite differences
};

/// Builds and runs a program of some operations with a tape around them, and checks: outputs are whole; refusals are
/// errors with a text; gradients have the shape and dtype of their sources, are finite where the values are, and are
/// what finite differences say in float64, where the function is smooth.
ProgramResult runProgram(const Choose& choose);

}  // namespace tapescope::testing
