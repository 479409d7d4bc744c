// SPDX-License-Identifier: Apache-2.0
// Products of matrices of floats whose sums are taken in the order in which TensorFlow takes them, by oneDNN: each step
// one multiplication and addition that round once. Compiled once for each level (level_eigen.h).
#include "core/ops/level_packs.h"

namespace tapescope::kernel::TS_LEVEL {

void large(const float* a, const float* b, float* c, const ProductSizes& s);

namespace {
/// oneDNN breaks a sum of a product here; no longer one is ever packed.
constexpr std::int64_t block = 384;

/// What a tile begins with, and what becomes of its sums.
enum class Begin { Zero, Sums, ZeroThenAdd };

/// Matrices by their steps: a goes down rows and along the sum, b along the sum and across columns one by one.
struct Steps {
    const float* a;
    const float* b;
    float* c;
    std::int64_t downA, alongA, alongB, downC, inner;
    int columns;  ///< of the last pack
    Begin begin;
};

/// R rows and P packs of columns; the last pack is Part of one where asked.
template <int R, int P, bool Part>
void tile(const Steps& s) {
    Pack sums[R][P];
    const auto placeOf = [&](int i, int p) { return s.c + i * s.downC + p * Pack::width; };
    const auto read = [&](const float* from, int p) {
        return Part && p == P - 1 ? Pack::part(from + p * Pack::width, s.columns) : Pack::of(from + p * Pack::width);
    };
    for (int i = 0; i < R; ++i) {
        for (int p = 0; p < P; ++p) sums[i][p] = s.begin == Begin::Sums ? read(s.c + i * s.downC, p) : Pack::all(0);
    }
    const float* a = s.a;
    const float* b = s.b;
    for (std::int64_t k = 0; k < s.inner; ++k, a += s.alongA, b += s.alongB) {
        Pack right[P];
        for (int p = 0; p < P; ++p) right[p] = read(b, p);
        for (int i = 0; i < R; ++i) {
            const Pack left = Pack::all(a[i * s.downA]);
            for (int p = 0; p < P; ++p) sums[i][p].addProduct(left, right[p]);
        }
    }
    for (int i = 0; i < R; ++i) {
        for (int p = 0; p < P; ++p) {
            if (s.begin == Begin::ZeroThenAdd) sums[i][p].add(read(s.c + i * s.downC, p));
            if (Part && p == P - 1) {
                sums[i][p].putPart(placeOf(i, p), s.columns);
            } else {
                sums[i][p].put(placeOf(i, p));
            }
        }
    }
}

/// The last rows, fewer than R + 1.
template <int R, int P, bool Part>
void lastRows(const Steps& s, std::int64_t rows) {
    if (rows == R) return tile<R, P, Part>(s);
    if constexpr (R > 1) lastRows<R - 1, P, Part>(s, rows);
}

template <int P, bool Part>
void allRows(Steps s, std::int64_t rows) {
    for (; rows > Pack::rows; rows -= Pack::rows, s.a += Pack::rows * s.downA, s.c += Pack::rows * s.downC)
        tile<Pack::rows, P, Part>(s);
    lastRows<Pack::rows, P, Part>(s, rows);
}

/// Where b is stored the other way round, some of its columns as they are needed.
const float* packed(const float* b, const ProductSizes& s, std::int64_t stride, std::int64_t inner,
                    std::int64_t columns, float* room) {
    if (!s.transposeB) return b;
    for (std::int64_t j = 0; j < columns; ++j) {
        for (std::int64_t k = 0; k < inner; ++k) room[k * 2 * Pack::width + j] = b[j * stride + k];
    }
    return room;
}

/// One stretch [from, from + inner) of all sums.
void stretch(const float* a, const float* b, float* c, const ProductSizes& s, std::int64_t from, std::int64_t inner,
             Begin begin) {
    alignas(64) float room[block * 2 * Pack::width];
    const std::int64_t strideA = s.strideA != 0 ? s.strideA : s.transposeA ? s.rows : s.inner;
    const std::int64_t strideB = s.strideB != 0 ? s.strideB : s.transposeB ? s.inner : s.columns;
    Steps steps{.a = a + from * (s.transposeA ? strideA : 1),
                .b = nullptr,
                .c = nullptr,
                .downA = s.transposeA ? 1 : strideA,
                .alongA = s.transposeA ? strideA : 1,
                .alongB = s.transposeB ? 2 * Pack::width : strideB,
                .downC = s.strideC != 0 ? s.strideC : s.columns,
                .inner = inner,
                .columns = 0,
                .begin = begin};
    for (std::int64_t j = 0; j < s.columns;) {
        const std::int64_t left = s.columns - j;
        const std::int64_t taken = left < 2 * Pack::width ? left : 2 * Pack::width;
        steps.c = c + j;
        steps.b =
            packed(s.transposeB ? b + j * strideB + from : b + from * strideB + j, s, strideB, inner, taken, room);
        steps.columns = static_cast<int>(taken > Pack::width ? taken - Pack::width : taken);
        if (taken == 2 * Pack::width) {
            allRows<2, false>(steps, s.rows);
        } else if (taken > Pack::width) {
            allRows<2, true>(steps, s.rows);
        } else {
            allRows<1, true>(steps, s.rows);
        }
        j += taken;
    }
}

/// Sums in blocks: where broken, oneDNN's own, each from 0 and then added; else a chain goes on through them.
void chains(const float* a, const float* b, float* c, const ProductSizes& s, bool broken) {
    for (std::int64_t from = 0; from < s.inner;) {
        const std::int64_t left = s.inner - from;
        std::int64_t size = left > block ? block : left;
        if (broken && left > block && left < 2 * block) size = (left + 1) / 2;
        const bool fresh = from == 0 && !s.adds;
        stretch(a, b, c, s, from, size, fresh ? Begin::Zero : broken ? Begin::ZeroThenAdd : Begin::Sums);
        from += size;
    }
    if (s.inner != 0 || s.adds) return;
    const std::int64_t downC = s.strideC != 0 ? s.strideC : s.columns;
    for (std::int64_t i = 0; i < s.rows; ++i) {
        for (std::int64_t j = 0; j < s.columns; ++j) c[i * downC + j] = 0;
    }
}

/// x·y in 16 lanes, which are then added in halves.
float inLanes(const float* x, const float* y, std::int64_t count) {
    constexpr int packs = 16 / Pack::width;
    Pack lanes[packs];
    for (Pack& lane : lanes) lane = Pack::all(0);
    for (std::int64_t k = 0; k < count; k += 16) {
        for (int p = 0; p < packs; ++p) {
            const std::int64_t at = k + p * Pack::width;
            if (at + Pack::width <= count) {
                lanes[p].addProduct(Pack::of(x + at), Pack::of(y + at));
            } else if (at < count) {
                const int rest = static_cast<int>(count - at);
                lanes[p].addProduct(Pack::part(x + at, rest), Pack::part(y + at, rest));
            }
        }
    }
    alignas(64) float sums[16];
    for (int p = 0; p < packs; ++p) lanes[p].put(sums + p * Pack::width);
    for (int half = 8; half != 0; half /= 2) {
        for (int i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    return sums[0];
}

float inPairs(const Eight& lanes) {
    alignas(32) float x[8];
    lanes.put(x);
    return ((x[0] + x[1]) + (x[4] + x[5])) + ((x[2] + x[3]) + (x[6] + x[7]));
}

/// x·y as a vector's product with a matrix takes it: steps of 16 in 8 lanes, then 8, 4, 2 and 1, each added to what
/// there is.
float inSteps(const float* x, const float* y, std::int64_t count) {
    float total = 0;
    std::int64_t k = 0;
    if (count >= 16) {
        Eight lanes = Eight::all(0);
        for (; k + 16 <= count; k += 16) {
            lanes.addProduct(Eight::of(x + k), Eight::of(y + k));
            lanes.addProduct(Eight::of(x + k + 8), Eight::of(y + k + 8));
        }
        total += inPairs(lanes);
    }
    for (int step = 8; step != 0; step /= 2) {
        if (((count - k) & step) == 0) continue;
        Eight lanes = Eight::all(0);
        lanes.addProduct(Eight::part(x + k, step), Eight::part(y + k, step));
        total += inPairs(lanes);
        k += step;
    }
    return total;
}

/// Each sum by itself, of a row of a and a row of b as b is stored; whole matrices only.
template <class F>
void oneByOne(const float* a, const float* b, float* c, const ProductSizes& s, F&& sum) {
    for (std::int64_t i = 0; i < s.rows; ++i) {
        for (std::int64_t j = 0; j < s.columns; ++j) *c++ = sum(a + i * s.inner, b + j * s.inner, s.inner);
    }
}
}  // namespace

/// The order of oneDNN's sgemm depends on the sizes (gemm_driver.cpp, gemv_driver.cpp,
/// jit_avx512_core_gemm_smalln_tn_f32).
void single(const float* a, const float* b, float* c, const ProductSizes& s) {
    if (!Pack::fused && s.rows * s.inner * s.columns >= smallProduct) return large(a, b, c, s);
    if (s.sums != Sums::MatMul) return chains(a, b, c, s, s.sums == Sums::Apart);
    if (s.rows > 1 && s.rows < 16 && s.transposeB && !s.transposeA) return oneByOne(a, b, c, s, inLanes);
    const bool row = s.rows == 1 && s.transposeB;
    const bool column = s.columns == 1 && !s.transposeA && s.rows != 1;
    if (row || column) return oneByOne(a, b, c, s, inSteps);
    chains(a, b, c, s, s.rows != 1 && s.columns != 1);
}

}  // namespace tapescope::kernel::TS_LEVEL
