// SPDX-License-Identifier: Apache-2.0
// Exponentials, logarithms and circular functions as TensorFlow's Eigen computes them, step by step
// (GenericPacketMathFunctions.h, UnaryFunctors.h). Single numbers take the C library's, as there.
#pragma once

#include "core/ops/level_lanes.h"

namespace tapescope::kernel::TS_LEVEL {

// What the C library computes; not std::, whose inline functions other files have too.
#define TS_LIBRARY(name, function)         \
    inline float name(float x) {           \
        return __builtin_##function##f(x); \
    }                                      \
    inline double name(double x) {         \
        return __builtin_##function(x);    \
    }
TS_LIBRARY(libraryExp, exp)
TS_LIBRARY(libraryExpm1, expm1)
TS_LIBRARY(libraryLog, log)
TS_LIBRARY(libraryLog1p, log1p)
TS_LIBRARY(librarySin, sin)
TS_LIBRARY(libraryCos, cos)
TS_LIBRARY(libraryAsin, asin)
TS_LIBRARY(libraryAcos, acos)
TS_LIBRARY(libraryAtan, atan)
TS_LIBRARY(libraryAtanh, atanh)
TS_LIBRARY(libraryTanh, tanh)
#undef TS_LIBRARY

template <class V>
inline V nan() {
    return all<V>(std::numeric_limits<Number<V>>::quiet_NaN());
}
template <class V>
inline V infinity() {
    return all<V>(std::numeric_limits<Number<V>>::infinity());
}

/// e^rest in [-½ log 2, ½ log 2], and the power of two that is left.
inline Floats reducedExp(const Floats& x, Floats& exponent) {
    exponent = below<Floats>(x * 1.44269504088896341F + 0.5F);
    Floats r = exponent * -0.693359375F + x;
    r = exponent * 2.12194440e-4F + r;
    const Floats square = r * r;
    Floats even = square * 1.37449637986719608306884765625e-3F + 4.166965186595916748046875e-2F;
    const Floats odd = square * 8.36894474923610687255859375e-3F + 0.16666518151760101318359375F;
    even = square * even + 0.49999988079071044921875F;
    return square * (r * odd + even) + (r + 1.0F);
}
inline Doubles reducedExp(const Doubles& raw, Doubles& exponent) {
    constexpr double above[] = {1.26177193074810590878e-4, 3.02994407707441961300e-2, 9.99999999999999999910e-1};
    constexpr double under[] = {3.00198505138664455042e-6, 2.52448340349684104192e-3, 2.27265548208155028766e-1,
                                2.00000000000000000009e0};
    exponent = below<Doubles>(raw * 1.4426950408889634073599 + 0.5);
    const Doubles x = (raw - exponent * 0.693145751953125) - exponent * 1.42860682030941723212e-6;
    const Doubles square = x * x;
    const Doubles p = polynomial(square, above) * x;
    return 2.0 * (p / (polynomial(square, under) - p)) + 1.0;
}

template <class V>
inline V expOf(const V& x) {
    if constexpr (lone<V>) {
        return libraryExp(x);
    } else {
        const V low = all<V>(single<V> ? -104 : -745.519);
        const V high = all<V>(single<V> ? 88.723F : 709.784);
        V exponent;
        const V y = reducedExp(largest<V>(least<V>(x, high), low), exponent);
        return select<V>(x == x, select<V>(x < low, V{}, largest<V>(scaled(y, exponent), x)), x);
    }
}

/// x − 1 of a number in [1/2, 1) made one in [√½, √2).
template <class V>
inline V centred(const V& x, V& exponent) {
    const Mask<V> small = x < all<V>(0.707106781186547524);
    exponent -= select<V>(small, all<V>(1), V{});
    return (x - all<V>(1)) + select<V>(small, x, V{});
}
inline Floats reducedLog(const Floats& x) {
    constexpr float above[] = {0.18256296349849254F, 1.0000000190281063F, 1.0000000190281136F};
    constexpr float under[] = {0.049616247954120038F, 0.59923249590823520F, 1.4999999999999927F, 1.0F};
    return x * polynomial(x, above) / polynomial(x, under);
}
inline Doubles reducedLog(const Doubles& x) {
    constexpr double p0[] = {1.01875663804580931796E-4, 4.97494994976747001425E-1, 4.70579119878881725854E0};
    constexpr double p1[] = {1.44989225341610930846E1, 1.79368678507819816313E1, 7.70838733755885391666E0};
    constexpr double q0[] = {1.0, 1.12873587189167450590E1, 4.52279145837532221105E1};
    constexpr double q1[] = {8.29875266912776603211E1, 7.11544750618563894466E1, 2.31251620126765340583E1};
    const Doubles square = x * x, cube = square * x;
    const Doubles p = polynomial(x, p0) * cube + polynomial(x, p1);
    const Doubles q = polynomial(x, q0) * cube + polynomial(x, q1);
    return x + (square * -0.5 + p * cube / q);
}

template <class V>
inline V logOf(const V& x) {
    if constexpr (lone<V>) {
        return libraryLog(single<V> ? x : flushed(x));
    } else {
        V exponent;
        V fraction = split(x, exponent);
        fraction = centred(fraction, exponent);
        const V y = exponent * all<V>(0.693147180559945309417) + reducedLog(fraction);
        const V ended = select<V>(x == infinity<V>(), x, y);
        return select<V>(x == V{}, -infinity<V>(), select<V>(x >= V{}, ended, nan<V>()));
    }
}

template <class V>
inline V logOfOnePlus(const V& x) {
    if constexpr (lone<V>) return libraryLog1p(x);
    const V sum = x + all<V>(1);
    const V log = logOf(sum);
    return select<V>((sum == all<V>(1)) | (sum == log), flushed(x), x * (log / (sum - all<V>(1))));
}
template <class V>
inline V expLessOne(const V& x) {
    if constexpr (lone<V>) return libraryExpm1(x);
    const V one = all<V>(1);
    const V power = expOf(x);
    const V less = power - one;
    const V log = logOf(power);
    const V y = select<V>(log == power, power, less * (x / log));
    return select<V>(power == one, x, select<V>(less == -one, -one, y));
}

template <class V>
inline V tanhOf(const V& raw) {
    if constexpr (std::is_same_v<V, double>) return libraryTanh(raw);
    const V bound = all<V>(single<V> ? 7.90738964080810547F : 17.714196154005176);
    const V x = largest<V>(least<V>(raw, bound), -bound);
    const V square = x * x, cube = square * x;
    if constexpr (single<V>) {
        constexpr float above[] = {1.394553628e-8F, 2.102733560e-5F, 3.520756727e-3F, 1.340216100e-1F};
        constexpr float under[] = {8.015776984e-7F, 3.326951409e-4F, 2.597254514e-2F, 4.673548340e-1F, 1.0F};
        return (cube * polynomial(square, above) + x) / polynomial(square, under);
    } else {
        constexpr double above[] = {2.6158007860482230e-23, 7.6534862268749319e-19, 3.1309488231386680e-15,
                                    4.2303918148209176e-12, 2.4618379131293676e-09, 6.8644367682497074e-07,
                                    9.3839087674268880e-05, 5.9809711724441161e-03, 1.5184719640284322e-01};
        constexpr double under[] = {6.463747022670968018e-21, 5.782506856739003571e-17,
                                    1.293019623712687916e-13, 1.123643448069621992e-10,
                                    4.492975677839633985e-08, 8.785185266237658698e-06,
                                    8.295161192716231542e-04, 3.437448108450402717e-02,
                                    4.851805297361760360e-01, 1.0};
        return (cube * polynomial(square, above) + x) / polynomial(square, under);
    }
}

/// Of floats by a square, so that the power stays that of a normal number.
template <class V>
inline V sigmoidOf(const V& raw) {
    if constexpr (std::is_same_v<V, Floats>) {
        const V x = largest<V>(least<V>(raw, all<V>(16.6355324F)), all<V>(-104)) * 0.5F;
        const V multiples = below<V>(x * 1.44269504088896341F + 0.5F);
        V r = multiples * -0.693359375F + x;
        r = multiples * 2.12194440e-4F + r;
        const V square = r * r;
        const V even = square * 4.1898667812347412109375e-2F + 0.49999141693115234375F;
        const V odd = square * 8.33471305668354034423828125e-3F + 0.16666877269744873046875F;
        V e = (square * (r * odd + even) + (r + 1.0F)) * powerOfTwo(multiples);
        e = e * e;
        return select<V>(raw == raw, select<V>(raw < -104.0F, V{}, e / (1.0F + e)), raw);
    } else if constexpr (single<V>) {
        const V e = libraryExp(raw > 16.6355324F ? 16.6355324F : raw);
        return e / (1.0F + e);
    } else {
        const V one = all<V>(1);
        const V e = expOf(raw);
        return select<V>(e == infinity<V>(), one, e / (one + e));
    }
}

/// log(1 + eˣ); the bound is that of softplus_op.h.
template <class V>
inline V softplusOf(const V& x) {
    const V bound = all<V>(single<V> ? -15.942385F + 2.0F : -36.04365338911715 + 2.0);
    const V power = expOf(x);
    return select<V>(x > -bound, x, select<V>(x < bound, power, logOfOnePlus(power)));
}

/// The rest of a large number over multiples of π/2, to 62 bits, after Payne and Hanek.
inline float hugeRest(float x, std::int32_t& quadrant) {
    constexpr std::uint32_t twoOverPi[] = {
        0x00000028, 0x000028be, 0x0028be60, 0x28be60db, 0xbe60db93, 0x60db9391, 0xdb939105, 0x9391054a, 0x91054a7f,
        0x054a7f09, 0x4a7f09d5, 0x7f09d5f4, 0x09d5f47d, 0xd5f47d4d, 0xf47d4d37, 0x7d4d3770, 0x4d377036, 0x377036d8,
        0x7036d8a5, 0x36d8a566, 0xd8a5664f, 0xa5664f10, 0x664f10e4, 0x4f10e410, 0x10e41000, 0xe4100000};
    std::uint32_t bits = __builtin_bit_cast(std::uint32_t, x);
    const std::uint32_t e = (bits >> 23) - 118, i = e >> 3;
    bits = ((bits & 0x007fffffU) | 0x00800000U) << (e & 7U);
    std::uint64_t p = std::uint64_t{bits} * twoOverPi[i + 7];
    p = std::uint64_t{bits} * twoOverPi[i + 3] + (p >> 32);
    p = (std::uint64_t{bits * twoOverPi[i - 1]} << 32) + p;
    const std::uint64_t q = (p + (std::uint64_t{1} << 61)) >> 62;
    quadrant = static_cast<std::int32_t>(q);
    p -= q << 62;
    return static_cast<float>(static_cast<double>(static_cast<std::int64_t>(p)) * 3.4061215800865545e-19);
}

template <bool sine>
inline Floats circular(const Floats& raw) {
    constexpr float huge = sine ? 25966.F : 18838.F;
    constexpr float cosines[] = {2.4372266125283204019069671630859375e-05F, -0.00138865201734006404876708984375F,
                                 0.041666619479656219482421875F, -0.5F, 1.F};
    constexpr float sines[] = {-0.0001959234114083702898469196984621021329076029360294342041015625F,
                               0.0083326873655616851693794799871284340042620897293090820312500000F,
                               -0.1666666203982298255503735617821803316473960876464843750000000000F};
    const Floats size = magnitude(raw);
    const Floats magic = all<Floats>(12582912);
    const Floats shifted = size * 0.636619746685028076171875F + magic;
    Ints quadrant = bitsOf(shifted);
    const Floats y = shifted - magic;
    Floats x = y * -1.5703125F + size;
    x = y * -0.000483989715576171875F + x;
    x = y * 1.62865035235881805419921875e-07F + x;
    x = y * 5.5644315544167710640977020375430583953857421875e-11F + x;
    if (any<Floats>(size >= huge)) {
        for (std::size_t i = 0; i < sizeof(Floats) / sizeof(float); ++i) {
            if (!(size[i] >= huge && size[i] <= std::numeric_limits<float>::max())) continue;
            std::int32_t one = 0;
            x[i] = hugeRest(size[i], one);
            quadrant[i] = one;
        }
    }
    const Ints sign = sine ? bitsOf(raw) ^ (quadrant << 30) : (quadrant + 1) << 30;
    const Floats square = x * x;
    const Floats cosine = polynomial(square, cosines);
    const Floats sinus = polynomial(square, sines) * square * x + x;
    const Mask<Floats> even = (quadrant & 1) == 0;
    return turned(sine ? select<Floats>(even, sinus, cosine) : select<Floats>(even, cosine, sinus),
                  fromBits<Floats>(sign));
}

inline Floats acosOf(const Floats& raw) {
    const Floats size = magnitude(raw), square = raw * raw;
    Floats even = square * 2.36423197202384471893310546875e-3F + 2.717843465507030487060546875e-2F;
    Floats odd = square * -1.1368644423782825469970703125e-2F + -4.8969544470310211181640625e-2F;
    even = even * square + 8.8804088532924652099609375e-2F;
    odd = odd * square + -0.214591205120086669921875F;
    even = even * square + 1.57079637050628662109375F;
    const Floats angle = root<Floats>(1.0F - size) * (odd * size + even);
    return select<Floats>(bitsOf(raw) < 0, all<Floats>(3.14159265358979323846) - angle, angle);
}
inline Floats asinOf(const Floats& raw) {
    constexpr float factors[] = {5.08838854730129241943359375e-2F, 3.95139865577220916748046875e-2F,
                                 7.550220191478729248046875e-2F, 0.16664917767047882080078125F,
                                 1.00000011920928955078125F};
    const Floats size = magnitude(raw);
    const Mask<Floats> large = size > 0.5F;
    const Floats x = select<Floats>(large, root<Floats>(0.5F - 0.5F * size), size);
    Floats p = polynomial<Floats>(x * x, factors) * x;
    p = select<Floats>(large, static_cast<float>(1.57079632679489661923) - 2.0F * p, p);
    return select<Floats>(size <= 1.0F, turned(p, raw), nan<Floats>());
}

/// What Eigen has for floats alone.
template <class V>
inline V acosOf(const V& x) {
    return each(x, [](Number<V> one) { return libraryAcos(one); });
}
template <class V>
inline V asinOf(const V& x) {
    return each(x, [](Number<V> one) { return libraryAsin(one); });
}
template <bool sine, class V>
inline V circular(const V& x) {
    return each(x, [](Number<V> one) { return sine ? librarySin(one) : libraryCos(one); });
}

template <class V>
inline V atanOf(const V& raw) {
    if constexpr (lone<V>) return libraryAtan(raw);
    const V size = magnitude(raw);
    const Mask<V> large = size > all<V>(1);
    const V x = select<V>(large, inverse(size), size), square = x * x;
    V p;
    if constexpr (single<V>) {
        constexpr float above[] = {1.12026982009410858154296875e-01F, 7.296695709228515625e-01F,
                                   8.109951019287109375e-01F};
        constexpr float under[] = {1.00917108356952667236328125e-02F, 2.8318560123443603515625e-01F, 1.0F,
                                   8.109951019287109375e-01F};
        p = x * (polynomial(square, above) / polynomial(square, under));
    } else {
        constexpr double above[] = {2.6667153866462208e-05, 3.0917513112462781e-03, 5.2574296781008604e-02,
                                    3.0409318473444424e-01, 7.5365702534987022e-01, 8.2704055405494614e-01,
                                    3.3004361289279920e-01};
        constexpr double under[] = {
            2.7311202462436667e-04, 1.0899150928962708e-02, 1.1548932646420353e-01, 4.9716458728465573e-01, 1.0,
            9.3705509168587852e-01, 3.3004361289279920e-01};
        p = x * (polynomial(square, above) / polynomial(square, under));
    }
    return turned(select<V>(large, all<V>(1.57079632679489661923) - p, p), raw);
}

template <class V>
inline V atanhOf(const V& x) {
    if constexpr (lone<V>) return libraryAtanh(x);
    const V square = x * x, cube = x * square, one = all<V>(1), size = magnitude(x);
    V small;
    if constexpr (single<V>) {
        constexpr float factors[] = {0.1819281280040740966796875F, 8.2311116158962249755859375e-2F,
                                     0.14672131836414337158203125F, 0.1997792422771453857421875F,
                                     0.3333373963832855224609375F};
        small = cube * polynomial(square, factors) + x;
    } else {
        constexpr double above[] = {3.3071338469301391e-03, -4.7129526768798737e-02, 1.8185306179826699e-01,
                                    -2.5949536095445679e-01, 1.2306328729812676e-01};
        constexpr double under[] = {-3.8679974580640881e-03, 7.6391885763341910e-02,  -4.2828141436397615e-01,
                                    9.8733495886883648e-01,  -1.0000000000000000e+00, 3.6918986189438030e-01};
        small = cube * (polynomial(square, above) / polynomial(square, under)) + x;
    }
    const V large = all<V>(0.5) * logOf<V>((one + x) / (one - x));
    const V inside = select<V>(size == one, turned(infinity<V>(), x), select<V>(size >= all<V>(0.5), large, small));
    return select<V>(size > one, nan<V>(), inside);
}

}  // namespace tapescope::kernel::TS_LEVEL
