// SPDX-License-Identifier: Apache-2.0
// The worker's own getrandom: Python's and numpy's generators that seed themselves from the system (random.Random(),
// default_rng(), uuid4) get the same bytes in every run with one seed, so that a run can be shown again.
#include "app/worker/entropy.h"

#include <sys/types.h>

#include <cstddef>

namespace tapescope {
namespace {

std::uint64_t state = 0;

/// SplitMix64.
std::uint64_t nextWord() {
    std::uint64_t word = state += 0x9e3779b97f4a7c15U;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31);
}

}  // namespace

void seedEntropy(std::uint64_t seed) {
    state = seed;
}

}  // namespace tapescope

extern "C" __attribute__((visibility("default"))) ssize_t getrandom(void* buffer, size_t size, unsigned flags) noexcept;

extern "C" ssize_t getrandom(void* buffer, size_t size, unsigned /*flags*/) noexcept {
    auto* bytes = static_cast<unsigned char*>(buffer);
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(tapescope::nextWord() >> 56);
    return static_cast<ssize_t>(size);
}
