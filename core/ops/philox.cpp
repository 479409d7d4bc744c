// SPDX-License-Identifier: Apache-2.0
#include "core/ops/philox.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tapescope {

namespace {
constexpr std::size_t words = 624;

std::array<std::uint32_t, words> initialised(std::uint32_t seed) {
    std::array<std::uint32_t, words> state{};
    state[0] = seed;
    for (std::uint32_t i = 1; i < words; ++i) state[i] = 1812433253U * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    return state;
}

/// init_by_array of the reference implementation (Matsumoto and Nishimura, 2002), which Python's random.seed(int) uses.
std::array<std::uint32_t, words> initialised(std::span<const std::uint32_t> key) {
    auto state = initialised(19650218U);
    std::uint32_t i = 1;
    std::uint32_t j = 0;
    const auto wrap = [&] {
        if (++i >= words) {
            state[0] = state[words - 1];
            i = 1;
        }
    };
    for (std::size_t k = std::max(words, key.size()); k > 0; --k) {
        state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525U)) + key[j] + j;
        wrap();
        if (++j >= key.size()) j = 0;
    }
    for (std::size_t k = words - 1; k > 0; --k) {
        state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941U)) - i;
        wrap();
    }
    state[0] = 0x80000000U;
    return state;
}

float unit(std::uint32_t word) {
    return std::bit_cast<float>(0x3F800000U | (word & 0x7FFFFFU)) - 1.0F;
}
}  // namespace

SeedSource::SeedSource(std::uint64_t seed) {
    std::vector<std::uint32_t> key{static_cast<std::uint32_t>(seed)};
    if (seed >> 32 != 0) key.push_back(static_cast<std::uint32_t>(seed >> 32));
    state_ = initialised(key);
}

std::uint32_t SeedSource::word() {
    if (index_ == words) {
        for (std::size_t i = 0; i < words; ++i) {
            const std::uint32_t y = (state_[i] & 0x80000000U) | (state_[(i + 1) % words] & 0x7FFFFFFFU);
            state_[i] = state_[(i + 397) % words] ^ (y >> 1) ^ ((y & 1U) != 0 ? 0x9908B0DFU : 0U);
        }
        index_ = 0;
    }
    std::uint32_t y = state_[index_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680U;
    y ^= (y << 15) & 0xEFC60000U;
    return y ^ (y >> 18);
}

std::uint32_t SeedSource::next() {
    // below(2^31): whole words until one is small enough, as random.getrandbits(32) does it.
    std::uint32_t value = word();
    while (value >= 0x80000000U) value = word();
    return value;
}

Philox::Philox(std::uint64_t seed, std::uint64_t seed2)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      counter_{0, 0, static_cast<std::uint32_t>(seed2), static_cast<std::uint32_t>(seed2 >> 32)} {}

std::array<std::uint32_t, 4> Philox::block() {
    auto c = counter_;
    auto k = key_;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p = std::uint64_t{0xD2511F53U} * c[0];
        const std::uint64_t q = std::uint64_t{0xCD9E8D57U} * c[2];
        c = {static_cast<std::uint32_t>(q >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(q),
             static_cast<std::uint32_t>(p >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p)};
        k[0] += 0x9E3779B9U;
        k[1] += 0xBB67AE85U;
    }
    for (auto& word : counter_) {
        if (++word != 0) break;
    }
    return c;
}

void Philox::skip(std::uint64_t blocks) {
    const std::uint64_t low = counter_[0] | (std::uint64_t{counter_[1]} << 32);
    const std::uint64_t high = counter_[2] | (std::uint64_t{counter_[3]} << 32);
    const std::uint64_t sum = low + blocks;
    const std::uint64_t carried = high + (sum < low ? 1 : 0);
    counter_ = {static_cast<std::uint32_t>(sum), static_cast<std::uint32_t>(sum >> 32),
                static_cast<std::uint32_t>(carried), static_cast<std::uint32_t>(carried >> 32)};
}

void fillNormal(Philox generator, std::span<float> values) {
    for (std::size_t i = 0; i < values.size(); i += 4) {
        const auto block = generator.block();
        for (std::size_t pair = 0; pair < 4; pair += 2) {
            const float u = std::max(unit(block[pair]), 1.0e-7F);
            const auto v = static_cast<float>(2 * M_PI * static_cast<double>(unit(block[pair + 1])));
            const float radius = std::sqrt(-2.0F * std::log(u));
            if (i + pair < values.size()) values[i + pair] = std::sin(v) * radius;
            if (i + pair + 1 < values.size()) values[i + pair + 1] = std::cos(v) * radius;
        }
    }
}

void fillUniform(Philox generator, std::span<float> values) {
    for (std::size_t i = 0; i < values.size(); i += 4) {
        const auto block = generator.block();
        for (std::size_t j = 0; j < 4 && i + j < values.size(); ++j) values[i + j] = unit(block[j]);
    }
}

}  // namespace tapescope
