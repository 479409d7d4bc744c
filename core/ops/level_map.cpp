// SPDX-License-Identifier: Apache-2.0
// Functions of many numbers, compiled once for each level (level_lanes.h). As where TensorFlow's kernels are compiled
// for AVX, 32 bytes at a time go through the packets' formula, and what is left over through that of single numbers.
#include "core/ops/level_power.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Lanes = std::conditional_t<std::is_same_v<T, float>, Floats, Doubles>;
template <class T>
inline constexpr std::int64_t atOnce = 32 / sizeof(T);
template <class T>
inline constexpr std::int64_t width = sizeof(Lanes<T>) / sizeof(T);

template <class T>
Lanes<T> read(const T* from) {
    Lanes<T> x;
    __builtin_memcpy(&x, from, sizeof x);
    return x;
}
template <class T>
void write(const Lanes<T>& x, T* to) {
    __builtin_memcpy(to, &x, sizeof x);
}

template <class T, class F>
void map(const T* x, T* y, std::int64_t count) {
    const std::int64_t whole = count / atOnce<T> * atOnce<T>;
    for (std::int64_t i = 0; i < whole; i += width<T>) write<T>(F::template of<Lanes<T>>(read(x + i)), y + i);
    for (std::int64_t i = whole; i < count; ++i) y[i] = F::template of<T>(x[i]);
}

template <class T, class F>
void pairs(const PairOperands<T>& in, T* z, std::int64_t count) {
    using V = Lanes<T>;
    const std::int64_t whole = count / atOnce<T> * atOnce<T>;
    for (std::int64_t i = 0; i < whole; i += width<T>) {
        const V x = in.xMoves ? read(in.x + i) : all<V>(*in.x);
        const V y = in.yMoves ? read(in.y + i) : all<V>(*in.y);
        write<T>(F::template of<V>(x, y), z + i);
    }
    for (std::int64_t i = whole; i < count; ++i)
        z[i] = F::template of<T>(in.x[in.xMoves ? i : 0], in.y[in.yMoves ? i : 0]);
}

/// The 0 of −0 is kept where numbers are taken one by one.
template <class V>
V rectified(const V& x) {
    if constexpr (lone<V>) {
        return select<V>(x < 0, V{}, x);
    } else {
        return select<V>(x <= V{}, V{}, x);
    }
}
/// What weights of 0 leave; the sign of one is kept in packets.
template <class V>
V nothing(const V& x) {
    return lone<V> ? V{} : signOf(x);
}

#define TS_FUNCTION(name, ...)    \
    struct name {                 \
        template <class V>        \
        static V of(const V& x) { \
            return __VA_ARGS__;   \
        }                         \
    };
TS_FUNCTION(Acos, acosOf(x))
TS_FUNCTION(Asin, asinOf(x))
TS_FUNCTION(Atan, atanOf(x))
TS_FUNCTION(Atanh, atanhOf(x))
TS_FUNCTION(Cos, circular<false>(x))
TS_FUNCTION(Elu, select<V>(x < V{}, expOf(x) - all<V>(1), x))
TS_FUNCTION(Erf, erfOf(x))
TS_FUNCTION(Erfc, erfcOf(x))
TS_FUNCTION(Erfinv, ndtriOf<V>(all<V>(0.5) * x + all<V>(0.5)) * all<V>(0.70710678118654752440))
TS_FUNCTION(Exp, expOf(x))
TS_FUNCTION(Expm1, expLessOne(x))
TS_FUNCTION(Log, logOf(x))
TS_FUNCTION(Log1p, logOfOnePlus(x))
TS_FUNCTION(Ndtri, ndtriOf(x))
TS_FUNCTION(Reciprocal, inverse(x))
TS_FUNCTION(Relu, rectified(x))
TS_FUNCTION(Relu6, least<V>(rectified(x), all<V>(6)))
TS_FUNCTION(Rsqrt, inverseRoot(x))
TS_FUNCTION(Selu, select<V>(x < V{}, all<V>(1.7580993408473768599402175208123) * (expOf(x) - all<V>(1)),
                            all<V>(1.0507009873554804934193349852946) * x))
TS_FUNCTION(Sigmoid, sigmoidOf(x))
TS_FUNCTION(Sin, circular<true>(x))
TS_FUNCTION(Softplus, softplusOf(x))
TS_FUNCTION(Tanh, tanhOf(x))
#undef TS_FUNCTION

#define TS_FUNCTION(name, ...)                \
    struct name {                             \
        template <class V>                    \
        static V of(const V& x, const V& y) { \
            return __VA_ARGS__;               \
        }                                     \
    };
TS_FUNCTION(Atan2, angleOf(x, y))
TS_FUNCTION(Pow, powerOf(x, y))
TS_FUNCTION(Xdivy, select<V>(x == V{}, nothing(x), x / y))
TS_FUNCTION(Xlog1py, select<V>(x == V{}, nothing(x), x* logOfOnePlus(y)))
TS_FUNCTION(Xlogy, select<V>(x == V{}, nothing(x), x* logOf(y)))
#undef TS_FUNCTION

#define TS_ROW(name) map<T, name>,
template <class T>
constexpr void (*maps[])(const T*, T*, std::int64_t) = {TS_MAPS(TS_ROW)};
#undef TS_ROW
#define TS_ROW(name) pairs<T, name>,
template <class T>
constexpr void (*pairings[])(const PairOperands<T>&, T*, std::int64_t) = {TS_PAIRS(TS_ROW)};
#undef TS_ROW
}  // namespace

void singleMap(MapKind kind, const float* x, float* y, std::int64_t count) {
    maps<float>[static_cast<int>(kind)](x, y, count);
}
void twofoldMap(MapKind kind, const double* x, double* y, std::int64_t count) {
    maps<double>[static_cast<int>(kind)](x, y, count);
}
void singlePair(PairKind kind, const PairOperands<float>& operands, float* z, std::int64_t count) {
    pairings<float>[static_cast<int>(kind)](operands, z, count);
}
void twofoldPair(PairKind kind, const PairOperands<double>& operands, double* z, std::int64_t count) {
    pairings<double>[static_cast<int>(kind)](operands, z, count);
}

}  // namespace tapescope::kernel::TS_LEVEL
