// SPDX-License-Identifier: Apache-2.0
// Philox-4x32-10 (Salmon, Moraes, Dror and Shaw, 2011): where TensorFlow's random numbers come from.
#pragma once

#include <array>
#include <cstdint>

namespace tapescope {

/// A key and a counter of 128 bits, which goes up by one for each block of four words.
class Philox {
public:
    using Block = std::array<std::uint32_t, 4>;

    /// Operations with the attributes seed and seed2 start at key = seed, counter = seed2 · 2^64.
    explicit Philox(std::uint64_t key, std::uint64_t counterHigh = 0, std::uint64_t counterLow = 0);
    Block block();                    ///< four words
    void skip(std::uint64_t blocks);  ///< the counter goes up by so many

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
};

}  // namespace tapescope
