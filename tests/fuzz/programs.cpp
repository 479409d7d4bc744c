// SPDX-License-Identifier: Apache-2.0
// Random programs from seeds, the same ones in every run: fuzz_programs [HOW_MANY [FIRST_SEED]]. Prints a program that
// does what it should not, and how many could be held against finite differences.
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/fuzz/program.h"

using namespace tapescope::testing;

int main(int argc, char** argv) {
    const auto count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 3000UL;
    const auto first = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 0UL;
    unsigned long problems = 0, differenced = 0;
    for (auto seed = first; seed < first + count; ++seed) {
        std::mt19937 random(static_cast<std::uint32_t>(seed));
        const auto result = runProgram([&random](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); });
        differenced += result.differenced ? 1 : 0;
        if (!result.problem) continue;
        ++problems;
        std::cout << "seed " << seed << ": " << *result.problem << '\n' << result.text << '\n';
    }
    std::cout << count << " programs, " << differenced << " held against finite differences, " << problems
              << " with problems\n";
    // A generator that no longer makes programs tests nothing.
    return problems > 0 || differenced * 20 < count ? 1 : 0;
}
