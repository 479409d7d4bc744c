// SPDX-License-Identifier: Apache-2.0
// libFuzzer's way in: any bytes as a recording. Built with TAPESCOPE_FUZZ and clang.
#include <cstdint>

#include "tests/fuzz/exercise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tapescope::testing::exerciseBytes({reinterpret_cast<const std::byte*>(data), size});
    return 0;
}
