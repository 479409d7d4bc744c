// SPDX-License-Identifier: Apache-2.0
// Numbers in the registers of a level (level_eigen.h), and single ones that stand in for them: what formulas of
// level_functions.h and the files beside it are made of. Names and steps are those of Eigen's packets; none is fused.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "core/ops/level.h"

#if defined(__AVX__)
#include <immintrin.h>
#elif defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace tapescope::kernel::TS_LEVEL {

#if defined(__AVX__)
#define TS_LANES __attribute__((vector_size(32)))
#else
#define TS_LANES __attribute__((vector_size(16)))
#endif
typedef float Floats TS_LANES;
typedef double Doubles TS_LANES;
typedef std::int32_t Ints TS_LANES;
typedef std::int64_t Longs TS_LANES;
#undef TS_LANES

/// V is Floats, Doubles, float or double.
template <class V>
inline constexpr bool single = std::is_same_v<V, Floats> || std::is_same_v<V, float>;
template <class V>
inline constexpr bool lone = std::is_arithmetic_v<V>;
template <class V>
using Number = std::conditional_t<single<V>, float, double>;
template <class V>
using Bits = std::conditional_t<lone<V>, std::conditional_t<single<V>, std::int32_t, std::int64_t>,
                                std::conditional_t<single<V>, Ints, Longs>>;
template <class V>
using Bit = std::conditional_t<single<V>, std::int32_t, std::int64_t>;
template <class V>
using Mask = std::conditional_t<lone<V>, bool, Bits<V>>;
template <class V>
inline constexpr int mantissa = std::numeric_limits<Number<V>>::digits - 1;
template <class V>
inline constexpr int bias = std::numeric_limits<Number<V>>::max_exponent - 1;

template <class V>
inline Bits<V> bitsOf(const V& x) {
    return __builtin_bit_cast(Bits<V>, x);
}
template <class V>
inline V fromBits(const Bits<V>& x) {
    return __builtin_bit_cast(V, x);
}
template <class V>
inline V all(double x) {
    return static_cast<Number<V>>(x) - V{};
}
/// Bit by bit: a processor's own maximum would make 0 of a subnormal number that it passes on.
template <class V>
inline V select(const Mask<V>& mask, const V& a, const V& b) {
    if constexpr (lone<V>) {
        return fromBits<V>(mask ? bitsOf(a) : bitsOf(b));
    } else {
        return fromBits<V>((mask & bitsOf(a)) | (~mask & bitsOf(b)));
    }
}
template <class V>
inline constexpr Bit<V> signBit = std::numeric_limits<Bit<V>>::min();
template <class V>
inline V magnitude(const V& x) {
    return fromBits<V>(bitsOf(x) & ~signBit<V>);
}
template <class V>
inline V signOf(const V& x) {
    return fromBits<V>(bitsOf(x) & signBit<V>);
}
/// x with the sign bit of s turned over it.
template <class V>
inline V turned(const V& x, const V& s) {
    return fromBits<V>(bitsOf(x) ^ (bitsOf(s) & signBit<V>));
}
/// A subnormal number as the 0 that it counts as (subnormals.h).
template <class V>
inline V flushed(const V& x) {
    return select<V>(x == V{}, signOf(x), x);
}
/// The first where the two are equal or one is nan.
template <class V>
inline V least(const V& a, const V& b) {
    return select<V>(b < a, b, a);
}
template <class V>
inline V largest(const V& a, const V& b) {
    return select<V>(a < b, b, a);
}
template <class V>
inline bool any(const Mask<V>& mask) {
    if constexpr (lone<V>) {
        return mask;
    } else {
        Bit<V> joined = 0;
        for (std::size_t i = 0; i < sizeof(V) / sizeof(Number<V>); ++i) joined |= mask[i];
        return joined != 0;
    }
}

/// To the nearest whole number, the even one of two; for numbers below 2^(mantissa - 1).
template <class V>
inline V nearest(const V& x) {
    const V magic = all<V>(single<V> ? 0x1.8p23 : 0x1.8p52);
    return (x + magic) - magic;
}
template <class V>
inline V below(const V& x) {
    const V rounded = nearest(x);
    return rounded - select<V>(x < rounded, all<V>(1), V{});
}
/// Numbers of any size; halves go away from 0.
template <class V>
inline V wholeBelow(const V& x) {
    return select<V>(magnitude(x) < all<V>(single<V> ? 0x1p22 : 0x1p51), below(x), x);
}
template <class V>
inline V rounded(const V& x) {
    const V shifted = magnitude(x) + all<V>(single<V> ? 0.49999997F : 0.49999999999999994);
    const V whole = select<V>(shifted < all<V>(single<V> ? 0x1p22 : 0x1p51), below(shifted), shifted);
    return turned(whole, x);
}

/// 2^exponent of whole numbers, within what a normal number has.
template <class V>
inline V powerOfTwo(const V& exponent) {
    const V magic = all<V>(single<V> ? 0x1.8p23 : 0x1.8p52);
    return fromBits<V>((bitsOf<V>(exponent + magic) - bitsOf(magic) + bias<V>) << mantissa<V>);
}
/// x·2^exponent, in two steps, because the power may lie beyond that of a normal number.
template <class V>
inline V scaled(const V& x, const V& exponent) {
    const V limit = all<V>(2 * bias<V> - 2);
    const V whole = largest<V>(least<V>(exponent, limit), -limit);
    const V half = below<V>(whole * static_cast<Number<V>>(0.5));
    return x * powerOfTwo(half) * powerOfTwo<V>(whole - half);
}
/// x as a number in [1/2, 1) and a power of two; 0, infinities and nan stay and have the exponent 0.
template <class V>
inline V split(const V& x, V& exponent) {
    constexpr Bit<V> field = (Bit<V>{2} * bias<V> + 1) << mantissa<V>;
    const V magic = all<V>(single<V> ? 0x1p23 : 0x1p52);
    const Bits<V> raised = (bitsOf(x) & field) >> mantissa<V>;
    const V zero{};
    const Mask<V> odd = (x == zero) | (raised == 2 * bias<V> + 1);
    exponent = select<V>(odd, zero, (fromBits<V>(raised | bitsOf(magic)) - magic) - all<V>(bias<V> - 1));
    return select<V>(odd, x, fromBits<V>((bitsOf(x) & ~field) | bitsOf(all<V>(0.5))));
}

template <class V, class F, std::size_t N>
inline V polynomial(const V& x, const F (&factors)[N]) {
    V sum = all<V>(factors[0]);
    for (std::size_t i = 1; i < N; ++i) sum = sum * x + static_cast<Number<V>>(factors[i]);
    return sum;
}

/// f of each number, in a loop that the compiler takes apart.
template <class V, class F>
inline V each(const V& x, F&& f) {
    if constexpr (lone<V>) {
        return f(x);
    } else {
        V y;
        for (std::size_t i = 0; i < sizeof(V) / sizeof(Number<V>); ++i) y[i] = f(x[i]);
        return y;
    }
}
template <class V>
inline V root(const V& x) {
    return each(x, [](Number<V> one) {
        if constexpr (single<V>) {
            return __builtin_sqrtf(one);
        } else {
            return __builtin_sqrt(one);
        }
    });
}

#if defined(__AVX__)
inline Floats guessedInverse(const Floats& x) {
    return __builtin_bit_cast(Floats, _mm256_rcp_ps(__builtin_bit_cast(__m256, x)));
}
inline Floats guessedInverseRoot(const Floats& x) {
    return __builtin_bit_cast(Floats, _mm256_rsqrt_ps(__builtin_bit_cast(__m256, x)));
}
#elif defined(__x86_64__)
inline Floats guessedInverse(const Floats& x) {
    return __builtin_bit_cast(Floats, _mm_rcp_ps(__builtin_bit_cast(__m128, x)));
}
inline Floats guessedInverseRoot(const Floats& x) {
    return __builtin_bit_cast(Floats, _mm_rsqrt_ps(__builtin_bit_cast(__m128, x)));
}
#else
inline Floats guessedInverse(const Floats& x) {
    return 1.0F / x;
}
inline Floats guessedInverseRoot(const Floats& x) {
    return 1.0F / root(x);
}
#endif

/// 1/x of floats begins with the processor's estimate, as in TensorFlow's Eigen.
template <class V>
inline V inverse(const V& x) {
    if constexpr (std::is_same_v<V, Floats>) {
        const V guess = guessedInverse(x);
        const V rest = 1.0F - x * guess;
        return select<V>(rest == rest, guess * rest + guess, guess);
    } else {
        return static_cast<Number<V>>(1) / x;
    }
}
template <class V>
inline V inverseRoot(const V& x) {
    if constexpr (std::is_same_v<V, Floats>) {
        const V guess = guessedInverseRoot(x);
        const V rest = (x * guess) * guess - 1.0F;
        const V better = (guess * -0.5F) * rest + guess;
        return select<V>(better == better, better, guess);
    } else {
        return static_cast<Number<V>>(1) / root(x);
    }
}

}  // namespace tapescope::kernel::TS_LEVEL
