// SPDX-License-Identifier: Apache-2.0
// Softmax of floats as oneDNN computes it under TensorFlow (jit_uni_softmax.cpp and the exp of
// jit_uni_eltwise_injector.cpp): sixteen lanes, up to four totals of each, products and their sums rounded once.
// Compiled once for each level.
#include <cstdint>
#include <limits>

#include "core/ops/level.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
constexpr int lanes = 16;
constexpr int folds = 4;

typedef float Pack __attribute__((vector_size(64)));
typedef std::int32_t Bits __attribute__((vector_size(64)));

/// y·x + term, rounded once.
inline void fuse(Pack& y, const Pack& x, float term) {
    for (int i = 0; i < lanes; ++i) y[i] = __builtin_fmaf(y[i], x[i], term);
}

/// What is no number counts as the largest, as the processor's minimum has it.
inline void raise(Pack& power) {
    constexpr float low = -0x1.5d58ap+6F, high = 0x1.62e43p+6F;
    const Bits small = power < low;
    Pack x = power < high ? power : high - Pack{};
    x = x > low ? x : low - Pack{};
    const Pack multiples = x * 0x1.715476p+0F + 0.5F;
    Bits whole = __builtin_convertvector(multiples, Bits);
    whole += __builtin_convertvector(whole, Pack) > multiples;
    const Pack count = __builtin_convertvector(whole, Pack);
    Pack rest;
    for (int i = 0; i < lanes; ++i) rest[i] = __builtin_fmaf(-count[i], 0x1.62e43p-1F, x[i]);
    const Bits bits = ~small & ((whole - 1 + 127) << 23);
    Pack y = 0x1.0f9f9cp-7F - Pack{};
    fuse(y, rest, 0x1.573a1ap-5F);
    fuse(y, rest, 0x1.555a8p-3F);
    fuse(y, rest, 0x1.fffdc6p-2F);
    fuse(y, rest, 0x1.fffff6p-1F);
    fuse(y, rest, 1.0F);
    power = y * __builtin_bit_cast(Pack, bits) * 2.0F;
}

/// How many lanes of a pack there are, where it is whole: loops of a known length go through registers.
struct Whole {
    constexpr operator int() const { return lanes; }
};

/// f(place of the first number, fold, lanes) of each pack, and of what is left over; packs take turns in the folds.
template <class F>
inline void eachPack(std::int64_t columns, F&& f) {
    const std::int64_t packs = columns / lanes;
    for (std::int64_t pack = 0; pack < packs; ++pack) f(pack * lanes, pack % folds, Whole{});
    if (columns % lanes != 0) f(packs * lanes, 0, static_cast<int>(columns % lanes));
}

/// The second of two where one is no number.
inline float larger(float a, float b) {
    return a > b ? a : b;
}

/// In each lane: where numbers are none, lanes differ. Only folds that a pack has reached are joined.
void largestOf(const float* x, std::int64_t columns, float (&result)[lanes]) {
    const std::int64_t packs = columns / lanes;
    float most[folds][lanes];
    for (auto& fold : most) {
        for (float& lane : fold) lane = std::numeric_limits<float>::lowest();
    }
    eachPack(columns, [&](std::int64_t at, std::int64_t fold, auto count) {
        for (int i = 0; i < count; ++i) most[fold][i] = larger(most[fold][i], x[at + i]);
    });
    const auto join = [&](int a, int b) {
        for (int i = 0; i < lanes; ++i) most[a][i] = larger(most[a][i], most[b][i]);
    };
    if (packs > 3) join(2, 3);
    if (packs > 1) join(0, 1);
    if (packs > 2) join(0, 2);
    for (int half = lanes / 2; half != 0; half /= 2) {
        for (int i = 0; i < lanes; ++i) result[i] = larger(most[0][i], most[0][i ^ half]);
        for (int i = 0; i < lanes; ++i) most[0][i] = result[i];
    }
}

void softmaxRow(const float* x, float* y, std::int64_t columns) {
    float largest[lanes];
    largestOf(x, columns, largest);
    float totals[folds][lanes] = {};
    eachPack(columns, [&](std::int64_t at, std::int64_t fold, auto count) {
        Pack powers{};
        for (int i = 0; i < count; ++i) powers[i] = x[at + i] - largest[i];
        raise(powers);
        for (int i = 0; i < count; ++i) totals[fold][i] += powers[i];
        for (int i = 0; i < count; ++i) y[at + i] = powers[i];
    });
    for (int lane = 0; lane < lanes; ++lane)
        totals[0][lane] = (totals[0][lane] + totals[1][lane]) + (totals[2][lane] + totals[3][lane]);
    for (int half = lanes / 2; half != 0; half /= 2) {
        for (int lane = 0; lane < half; ++lane) totals[0][lane] += totals[0][lane + half];
    }
    const float share = 1.0F / totals[0][0];
    for (std::int64_t i = 0; i < columns; ++i) y[i] *= share;
}
}  // namespace

void softmax(const float* x, float* y, std::int64_t rows, std::int64_t columns) {
    for (std::int64_t row = 0; row < rows; ++row) softmaxRow(x + row * columns, y + row * columns, columns);
}

}  // namespace tapescope::kernel::TS_LEVEL
