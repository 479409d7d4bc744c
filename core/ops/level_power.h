// SPDX-License-Identifier: Apache-2.0
// Powers as TensorFlow's Eigen computes them (generic_pow in GenericPacketMathFunctions.h): 2^(y·log₂ x), with the
// logarithm as a sum of two numbers.
#pragma once

#include "core/ops/level_error.h"

namespace tapescope::kernel::TS_LEVEL {

/// A number as a large and a small one.
template <class V>
struct Twofold {
    V high, low;
};

template <class V>
inline Twofold<V> sumOf(const V& large, const V& small) {
    const V sum = large + small;
    return {sum, small - (sum - large)};
}
template <class V>
inline Twofold<V> sumOf(const Twofold<V>& large, const Twofold<V>& small) {
    const Twofold<V> sum = sumOf(large.high, small.high);
    return sumOf<V>(sum.high, (small.low + sum.low) + large.low);
}
template <class V>
inline Twofold<V> sumOf(const V& large, const Twofold<V>& small) {
    const Twofold<V> sum = sumOf(large, small.high);
    return sumOf<V>(sum.high, small.low + sum.low);
}
template <class V>
inline Twofold<V> productOf(const V& x, const V& y) {
    const V product = x * y;
    return {product, lostOf(x, y, product)};
}
template <class V>
inline Twofold<V> productOf(const Twofold<V>& x, const V& y) {
    const Twofold<V> c = productOf(x.high, y);
    const Twofold<V> t = sumOf<V>(c.high, x.low * y);
    return sumOf<V>(t.high, t.low + c.low);
}
template <class V>
inline Twofold<V> productOf(const Twofold<V>& x, const Twofold<V>& y) {
    return sumOf(productOf(x, y.high), productOf(x, y.low));
}
template <class V>
inline Twofold<V> quotientOf(const Twofold<V>& x, const V& y) {
    const V high = x.high / y;
    const Twofold<V> back = productOf(high, y);
    const V rest = ((x.high - back.high) - back.low) + x.low;
    return sumOf<V>(high, rest / y);
}

/// log₂ of a number in [√½, √2].
inline Twofold<Floats> logTwo(const Floats& z) {
    constexpr double c0 = 1.442695041742110273474963832995854318141937255859375e+00;
    constexpr double c1 = -7.2134751588268664068692714863573201000690460205078125e-01;
    constexpr float factors[] = {
        9.7010828554630279541015625e-02F,  -1.6896486282348632812500000e-01F, 1.7200836539268493652343750e-01F,
        -1.7892272770404815673828125e-01F, 2.0505344867706298828125000e-01F,  -2.4046677350997924804687500e-01F,
        2.8857553005218505859375000e-01F,  -3.6067414283752441406250000e-01F, 4.8089790344238281250000000e-01F};
    const auto twofold = [](double c) {
        return Twofold<Floats>{all<Floats>(c), all<Floats>(c - static_cast<double>(static_cast<float>(c)))};
    };
    const Floats x = z - 1.0F;
    Twofold<Floats> p = sumOf(twofold(c1), productOf(x, polynomial(x, factors)));
    p = sumOf(twofold(c0), productOf(p, x));
    return productOf(p, x);
}
inline Twofold<Doubles> logTwo(const Doubles& x) {
    constexpr double even[] = {2.87074255468000586e-9, 2.31032094540014656e-7, 2.31271023278625638e-5,
                               2.88543873228900172e-3};
    constexpr double odd[] = {2.38957980901884082e-8, 2.27279857398537278e-6, 2.47556738444535513e-4};
    const Twofold<Doubles> c{all<Doubles>(0.0400377511598501157), all<Doubles>(-4.77726582251425391e-19)};
    const Twofold<Doubles> twice{all<Doubles>(2.88539008177792677), all<Doubles>(4.07660016854549667e-17)};
    const Twofold<Doubles> r = quotientOf<Doubles>(productOf<Doubles>(twice, x - 1.0), x + 1.0);
    const Twofold<Doubles> square = productOf(r, r), fourth = productOf(square, square);
    const Doubles q = polynomial(fourth.high, odd) * square.high + polynomial(fourth.high, even);
    const Twofold<Doubles> p = productOf(square, sumOf(c, productOf(square, q)));
    return productOf(sumOf(all<Doubles>(1), p), r);
}

template <class V>
inline V twoTo(const V& raw) {
    constexpr int most = std::numeric_limits<Number<V>>::max_exponent;
    const V x = largest<V>(least<V>(raw, all<V>(most + 1)), all<V>(-(most + mantissa<V>)));
    const Twofold<V> p = productOf(all<V>(0.693147180559945309417), x);
    return expOf(p.high) * (all<V>(1) + p.low);
}

/// x^y of positive numbers that end.
template <class V>
inline V plainPower(const V& x, const V& y) {
    V exponent;
    V fraction = split(x, exponent);
    const Mask<V> small = fraction < all<V>(0.70710678118654752440);
    fraction = select<V>(small, all<V>(2) * fraction, fraction);
    exponent = select<V>(small, exponent - all<V>(1), exponent);
    const Twofold<V> f = sumOf(productOf(exponent, y), productOf(logTwo(fraction), y));
    V whole = rounded(f.high);
    V rest = (f.high - whole) + f.low;
    const V more = rounded(rest);
    rest = rest - more;
    whole = whole + more;
    return scaled(twoTo(rest), whole);
}

inline float powerOf(float x, float y) {
    return __builtin_powf(x, y);
}
inline double powerOf(double x, double y) {
    return __builtin_pow(x, y);
}
template <class V>
inline V powerOf(const V& x, const V& y) {
    const V zero{}, one = all<V>(1), endless = infinity<V>();
    const V size = magnitude(x);
    V power = plainPower(size, y);
    const Mask<V> negative = x < zero, signedX = bitsOf(x) < 0;
    const Mask<V> yEndless = magnitude(y) == endless, yNegative = y < zero;
    const V halfY = y * all<V>(0.5);
    const Mask<V> whole = (wholeBelow(y) == y) & ~yEndless;
    const Mask<V> odd = whole & ~(rounded(halfY) == halfY);
    constexpr Number<V> most = std::numeric_limits<Number<V>>::max_exponent *
                               static_cast<Number<V>>(0.693147180559945309417) /
                               std::numeric_limits<Number<V>>::epsilon();
    power = select<V>(negative & ~whole, nan<V>(), power);
    power = select<V>(x == zero, select<V>(yNegative, endless, zero), power);
    power = select<V>(signedX & odd, -power, power);
    V far = select<V>((yNegative & (x == zero)) | (yNegative ^ (size > one)), endless, zero);
    far = select<V>(x == -one, one, far);
    power = select<V>(magnitude(y) >= all<V>(most), far, power);
    const V ofEndless = select<V>(yNegative, zero, endless);
    power = select<V>(size == endless, select<V>(negative & odd, -ofEndless, ofEndless), power);
    power = select<V>((x == x) & (y == y), power, nan<V>());
    return select<V>(y == one, x, select<V>((x == one) | (y == zero), one, power));
}

inline float angleOf(float y, float x) {
    return __builtin_atan2f(y, x);
}
inline double angleOf(double y, double x) {
    return __builtin_atan2(y, x);
}
template <class V>
inline V angleOf(const V& y, const V& x) {
    const V sign = fromBits<V>((bitsOf(y) ^ bitsOf(x)) & signBit<V>);
    const V shift =
        fromBits<V>(bitsOf(select<V>(bitsOf(x) < 0, all<V>(3.14159265358979323846), V{})) | (bitsOf(y) & signBit<V>));
    V ratio = y / x;
    ratio = select<V>(magnitude(x) == magnitude(y), turned(all<V>(1), sign), ratio);
    ratio = select<V>(((bitsOf(x) | bitsOf(y)) & ~signBit<V>) == 0, sign, ratio);
    return atanOf(ratio) + shift;
}

}  // namespace tapescope::kernel::TS_LEVEL
