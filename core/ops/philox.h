// SPDX-License-Identifier: Apache-2.0
// TensorFlow's random numbers: MT19937 as Python seeds it for the seeds of operations, Philox-4x32-10 for the numbers.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace tapescope {

/// Python's random.Random(seed), as far as TensorFlow's eager context uses it.
class SeedSource {
public:
    explicit SeedSource(std::uint64_t seed);
    /// randint(0, 2^31 - 1): the seed of an operation that was given none.
    std::uint32_t next();

private:
    std::uint32_t word();
    std::array<std::uint32_t, 624> state_{};
    std::size_t index_ = 624;
};

/// Key = seed, counter = seed2 << 64, as operations with the attributes seed and seed2 start it.
class Philox {
public:
    Philox(std::uint64_t seed, std::uint64_t seed2);
    std::array<std::uint32_t, 4> block();  ///< four words; the counter goes up by one
    void skip(std::uint64_t blocks);       ///< the counter goes up by so many

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
};

/// Standard normal numbers (Box-Muller, sine first; logf, sinf, cosf of the C library), as RandomStandardNormal fills
/// them.
void fillNormal(Philox generator, std::span<float> values);
/// In [0, 1), as RandomUniform fills them.
void fillUniform(Philox generator, std::span<float> values);

}  // namespace tapescope
