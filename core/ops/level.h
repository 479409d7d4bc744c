// SPDX-License-Identifier: Apache-2.0
// Products of matrices of floats, and functions of many floats. One source, compiled once for each level of registers
// that processors have; which one runs is chosen when it is first asked for. Small problems take the plain one, so that
// a lesson shows the same digits on every machine.
#pragma once

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/ops/product.h"

namespace tapescope::kernel {

// Functions of one number, and of two, that take the longer way through tables or polynomials.
#define TS_MAPS(map)                                                                                                   \
    map(Acos) map(Asin) map(Atan) map(Atanh) map(Cos) map(Elu) map(Erf) map(Erfc) map(Erfinv) map(Exp) map(Expm1)      \
        map(Log) map(Log1p) map(Ndtri) map(Reciprocal) map(Relu) map(Relu6) map(Rsqrt) map(Selu) map(Sigmoid) map(Sin) \
            map(Softplus) map(Tanh)
#define TS_PAIRS(pair) pair(Atan2) pair(Pow) pair(Xdivy) pair(Xlog1py) pair(Xlogy)
#define TS_NAME(name) name,
enum class MapKind { TS_MAPS(TS_NAME) };
enum class PairKind { TS_PAIRS(TS_NAME) };
#undef TS_NAME

/// Two operands of so many pairs; one that does not move stands beside each number of the other.
template <class T>
struct PairOperands {
    const T* x;
    const T* y;
    bool xMoves, yMoves;
};

struct Level {
    std::string_view name;  ///< "plain", "avx2", "avx512"
    void (*single)(const float* a, const float* b, float* c, const ProductSizes& sizes);
    void (*twofold)(const double* a, const double* b, double* c, const ProductSizes& sizes);
    void (*singleMap)(MapKind kind, const float* x, float* y, std::int64_t count);
    void (*twofoldMap)(MapKind kind, const double* x, double* y, std::int64_t count);
    void (*softmax)(const float* x, float* y, std::int64_t rows, std::int64_t columns);
    void (*singlePair)(PairKind kind, const PairOperands<float>& operands, float* z, std::int64_t count);
    void (*twofoldPair)(PairKind kind, const PairOperands<double>& operands, double* z, std::int64_t count);
};

/// Those that the processor has, the widest first; the plain one is the last.
const std::vector<Level>& levels();

/// The widest, or the one that TAPESCOPE_LEVEL names.
const Level& chosenLevel();
/// For so much work: plain where it is small, else the chosen one.
const Level& levelFor(const ProductSizes& sizes);
const Level& levelFor(std::int64_t numbers);

/// Multiplications from which on a product is not small, and numbers from which on a map is not.
inline constexpr std::int64_t smallProduct = 32 * 32 * 32;
inline constexpr std::int64_t smallMap = 4096;

template <class T>
void multiply(const T* a, const T* b, T* c, const ProductSizes& sizes) {
    if constexpr (std::is_same_v<T, float>) {
        chosenLevel().single(a, b, c, sizes);
    } else {
        levelFor(sizes).twofold(a, b, c, sizes);
    }
}

/// `all`: of so many numbers, which choose the level, these are a part.
template <class T>
void mapNumbers(MapKind kind, const T* x, T* y, std::int64_t count, std::int64_t all = 0) {
    const Level& level = levelFor(std::max(count, all));
    if constexpr (std::is_same_v<T, float>) {
        level.singleMap(kind, x, y, count);
    } else {
        level.twofoldMap(kind, x, y, count);
    }
}

template <class T>
void mapPairs(PairKind kind, const PairOperands<T>& operands, T* z, std::int64_t count) {
    if constexpr (std::is_same_v<T, float>) {
        levelFor(count).singlePair(kind, operands, z, count);
    } else {
        levelFor(count).twofoldPair(kind, operands, z, count);
    }
}

/// The QR decomposition of a matrix, to the digit that TensorFlow's has; nothing and false where the processor lacks
/// the registers. A full q is square, else it has no more columns than the matrix.
bool decomposed(const float* a, std::int64_t rows, std::int64_t columns, bool full, float* q, float* r);
bool decomposed(const double* a, std::int64_t rows, std::int64_t columns, bool full, double* q, double* r);

}  // namespace tapescope::kernel
