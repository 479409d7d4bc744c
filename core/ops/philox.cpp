// SPDX-License-Identifier: Apache-2.0
#include "core/ops/philox.h"

namespace tapescope {

namespace {
std::uint32_t low(std::uint64_t number) {
    return static_cast<std::uint32_t>(number);
}
std::uint32_t high(std::uint64_t number) {
    return static_cast<std::uint32_t>(number >> 32);
}
}  // namespace

Philox::Philox(std::uint64_t key, std::uint64_t counterHigh, std::uint64_t counterLow)
    : key_{low(key), high(key)}, counter_{low(counterLow), high(counterLow), low(counterHigh), high(counterHigh)} {}

Philox::Block Philox::block() {
    auto c = counter_;
    auto k = key_;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p = std::uint64_t{0xD2511F53U} * c[0];
        const std::uint64_t q = std::uint64_t{0xCD9E8D57U} * c[2];
        c = {high(q) ^ c[1] ^ k[0], low(q), high(p) ^ c[3] ^ k[1], low(p)};
        k[0] += 0x9E3779B9U;
        k[1] += 0xBB67AE85U;
    }
    for (auto& word : counter_) {
        if (++word != 0) break;
    }
    return c;
}

void Philox::skip(std::uint64_t blocks) {
    const std::uint64_t lower = counter_[0] | (std::uint64_t{counter_[1]} << 32);
    const std::uint64_t upper = counter_[2] | (std::uint64_t{counter_[3]} << 32);
    const std::uint64_t sum = lower + blocks;
    const std::uint64_t carried = upper + (sum < lower ? 1 : 0);
    counter_ = {low(sum), high(sum), low(carried), high(carried)};
}

}  // namespace tapescope
