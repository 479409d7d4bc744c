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

/// What is no number counts as the largest, as the processor's minimum has it.
inline float expOf(float raw) {
    constexpr float low = -0x1.5d58ap+6F, high = 0x1.62e43p+6F;
    float x = raw < high ? raw : high;
    x = x > low ? x : low;
    float multiples = x * 0x1.715476p+0F + 0.5F;
    const auto whole = static_cast<float>(static_cast<std::int32_t>(multiples));
    multiples = whole > multiples ? whole - 1.0F : whole;
    const float rest = __builtin_fmaf(-multiples, 0x1.62e43p-1F, x);
    const std::int32_t bits = (static_cast<std::int32_t>(multiples) - 1 + 127) * (1 << 23);
    const float power = raw < low ? 0.0F : __builtin_bit_cast(float, bits);
    float y = __builtin_fmaf(0x1.0f9f9cp-7F, rest, 0x1.573a1ap-5F);
    y = __builtin_fmaf(y, rest, 0x1.555a8p-3F);
    y = __builtin_fmaf(y, rest, 0x1.fffdc6p-2F);
    y = __builtin_fmaf(y, rest, 0x1.fffff6p-1F);
    y = __builtin_fmaf(y, rest, 1.0F);
    return y * power * 2.0F;
}

/// In each lane: where one is no number the second of two is taken, and lanes differ.
void largestOf(const float* x, std::int64_t columns, float (&result)[lanes]) {
    const auto larger = [](float a, float b) { return a > b ? a : b; };
    const std::int64_t packs = columns / lanes, looped = packs / folds * folds;
    float most[folds][lanes];
    for (auto& fold : most) {
        for (float& lane : fold) lane = std::numeric_limits<float>::lowest();
    }
    for (std::int64_t i = 0; i < columns; ++i) {
        const std::int64_t pack = i / lanes;
        float& lane = most[pack < looped ? pack % folds : pack < packs ? pack - looped : 0][i % lanes];
        lane = larger(lane, x[i]);
    }
    float joined[lanes];
    for (int i = 0; i < lanes; ++i) joined[i] = larger(larger(most[0][i], most[1][i]), larger(most[2][i], most[3][i]));
    for (int half = lanes / 2; half != 0; half /= 2) {
        for (int i = 0; i < lanes; ++i) result[i] = larger(joined[i], joined[i ^ half]);
        for (int i = 0; i < lanes; ++i) joined[i] = result[i];
    }
}

void softmaxRow(const float* x, float* y, std::int64_t columns) {
    float largest[lanes];
    largestOf(x, columns, largest);
    for (std::int64_t i = 0; i < columns; ++i) y[i] = expOf(x[i] - largest[i % lanes]);
    const std::int64_t packs = columns / lanes, looped = packs / folds * folds;
    float totals[folds][lanes] = {};
    const auto add = [&](std::int64_t pack, std::int64_t fold, int count) {
        for (int lane = 0; lane < count; ++lane) totals[fold][lane] += y[pack * lanes + lane];
    };
    for (std::int64_t pack = 0; pack < packs; ++pack) add(pack, pack < looped ? pack % folds : pack - looped, lanes);
    add(packs, 0, static_cast<int>(columns % lanes));
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
