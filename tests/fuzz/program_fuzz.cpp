// SPDX-License-Identifier: Apache-2.0
// libFuzzer's way in: bytes as the choices of a random program. Built with TAPESCOPE_FUZZ and clang.
#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "tests/fuzz/program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::size_t read = 0;
    const auto result = tapescope::testing::runProgram([&](std::uint32_t n) {
        std::uint32_t value = 0;
        for (std::uint32_t reach = 1; reach < n; reach *= 256) value = value * 256 + (read < size ? data[read++] : 0);
        return value % n;
    });
    if (result.problem) {
        std::cerr << *result.problem << '\n' << result.text;
        std::abort();
    }
    return 0;
}
