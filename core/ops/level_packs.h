// SPDX-License-Identifier: Apache-2.0
// Several floats at once, in the registers of a level (level_eigen.h). A product and its sum round once; where the
// processor has no such instruction, the C library computes the same. Included by level_sums.cpp only.
#pragma once

#include "core/ops/level.h"

#if defined(__FMA__)
#include <immintrin.h>
#endif

namespace tapescope::kernel::TS_LEVEL {

#if defined(__FMA__)
struct Eight {
    static constexpr int width = 8;
    static constexpr int rows = 6;  ///< that a tile of two packs has room for
    static constexpr bool fused = true;
    __m256 v;

    static Eight all(float x) { return {_mm256_set1_ps(x)}; }
    static Eight of(const float* x) { return {_mm256_loadu_ps(x)}; }
    static Eight part(const float* x, int count) { return {_mm256_maskload_ps(x, first(count))}; }
    void put(float* x) const { _mm256_storeu_ps(x, v); }
    void putPart(float* x, int count) const { _mm256_maskstore_ps(x, first(count), v); }
    void add(const Eight& x) { v = _mm256_add_ps(x.v, v); }
    void addProduct(const Eight& x, const Eight& y) { v = _mm256_fmadd_ps(x.v, y.v, v); }

private:
    static __m256i first(int count) {
        return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    }
};
#else
struct Eight {
    static constexpr int width = 8;
    static constexpr int rows = 2;
    static constexpr bool fused = false;
    float v[8];

    static Eight all(float x) {
        Eight result;
        for (float& lane : result.v) lane = x;
        return result;
    }
    static Eight of(const float* x) { return part(x, width); }
    static Eight part(const float* x, int count) {
        Eight result;
        for (int i = 0; i < width; ++i) result.v[i] = i < count ? x[i] : 0;
        return result;
    }
    void put(float* x) const { putPart(x, width); }
    void putPart(float* x, int count) const {
        for (int i = 0; i < count; ++i) x[i] = v[i];
    }
    void add(const Eight& x) {
        for (int i = 0; i < width; ++i) v[i] = x.v[i] + v[i];
    }
    void addProduct(const Eight& x, const Eight& y) {
        for (int i = 0; i < width; ++i) v[i] = __builtin_fmaf(x.v[i], y.v[i], v[i]);
    }
};
#endif

#if defined(__AVX512F__)
struct Pack {
    static constexpr int width = 16;
    static constexpr int rows = 8;
    static constexpr bool fused = true;
    __m512 v;

    static Pack all(float x) { return {_mm512_set1_ps(x)}; }
    static Pack of(const float* x) { return {_mm512_loadu_ps(x)}; }
    static Pack part(const float* x, int count) { return {_mm512_maskz_loadu_ps(first(count), x)}; }
    void put(float* x) const { _mm512_storeu_ps(x, v); }
    void putPart(float* x, int count) const { _mm512_mask_storeu_ps(x, first(count), v); }
    void add(const Pack& x) { v = _mm512_add_ps(x.v, v); }
    void addProduct(const Pack& x, const Pack& y) { v = _mm512_fmadd_ps(x.v, y.v, v); }

private:
    static __mmask16 first(int count) { return static_cast<__mmask16>((1U << count) - 1); }
};
#else
using Pack = Eight;
#endif

}  // namespace tapescope::kernel::TS_LEVEL
