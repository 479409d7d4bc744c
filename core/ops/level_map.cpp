// SPDX-License-Identifier: Apache-2.0
// Compiled once for each level (level_eigen.h).
#include "core/ops/level_eigen.h"

#include <limits>

#include "core/ops/level.h"

namespace tapescope::kernel::TS_LEVEL {

namespace {
template <class T>
using Numbers = Eigen::Array<T, Eigen::Dynamic, 1>;

// What is too small for a normal number is 0, as where TensorFlow computes; the wide exp of minus infinity is not quite
// 0.
template <class T>
void flush(T* y, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) y[i] = y[i] < std::numeric_limits<T>::min() ? T(0) : y[i];
}

// Floats are computed as in TensorFlow, by the polynomials of its Eigen (GenericPacketMathFunctions.h, UnaryFunctors.h)
// without fused steps: eight at a time, which it does where a kernel is compiled for AVX, and what is left over by the
// C library.
using Eight = Eigen::Array<float, 8, 1>;
using Exponents = Eigen::Array<std::int32_t, 8, 1>;

template <std::size_t N>
Eight polynomial(const Eight& x, const float (&factors)[N]) {
    Eight sum = Eight::Constant(factors[0]);
    for (std::size_t i = 1; i < N; ++i) sum = sum * x + factors[i];
    return sum;
}

/// x·2^exponent, which is a normal number as well.
Eight scaled(const Eight& x, const Exponents& exponent) {
    const Exponents bits = (exponent + 127) * (1 << 23);
    Eight power;
    __builtin_memcpy(power.data(), bits.data(), sizeof power);
    return x * power;
}

Eight tanhOf(const Eight& raw) {
    constexpr float above[] = {1.394553628e-8F, 2.102733560e-5F, 3.520756727e-3F, 1.340216100e-1F};
    constexpr float below[] = {8.015776984e-7F, 3.326951409e-4F, 2.597254514e-2F, 4.673548340e-1F, 1.0F};
    const Eight x = raw.min(7.90738964080810547F).max(-7.90738964080810547F);
    const Eight square = x * x, cube = square * x;
    const Eight p = cube * polynomial(square, above) + x;
    return p / polynomial(square, below);
}

/// x as multiples of log 2 and a rest.
struct Reduced {
    Eight multiples, rest;

    explicit Reduced(const Eight& x) {
        multiples = (x * 1.44269504088896341F + 0.5F).floor();
        rest = multiples * -0.693359375F + x;
        rest = multiples * 2.12194440e-4F + rest;
    }
};

Eight sigmoidOf(const Eight& raw) {
    const Eight x = raw.min(16.6355324F).max(-104.0F) * 0.5F;
    const Reduced reduced(x);
    const Eight r = reduced.rest, square = r * r;
    const Eight even = square * 4.1898667812347412109375e-2F + 0.49999141693115234375F;
    const Eight odd = square * 8.33471305668354034423828125e-3F + 0.16666877269744873046875F;
    const Eight low = r + 1.0F;
    Eight p = r * odd + even;
    p = square * p + low;
    Eight e = scaled(p, reduced.multiples.cast<std::int32_t>());
    e = e * e;
    return e / (1.0F + e);
}

/// In two steps, because the power may lie beyond that of a normal number.
Eight expOf(const Eight& raw) {
    const Eight x = raw.min(88.723F).max(-104.0F);
    const Reduced reduced(x);
    const Eight r = reduced.rest, square = r * r;
    Eight even = square * 1.37449637986719608306884765625e-3F + 4.166965186595916748046875e-2F;
    const Eight odd = square * 8.36894474923610687255859375e-3F + 0.16666518151760101318359375F;
    even = square * even + 0.49999988079071044921875F;
    const Eight low = r + 1.0F;
    Eight y = r * odd + even;
    y = square * y + low;
    const Exponents exponent = reduced.multiples.cast<std::int32_t>(), half = exponent / 2;
    return scaled(scaled(y, half), exponent - half);
}

/// Of positive normal numbers that end.
Eight logOf(const Eight& raw) {
    constexpr float above[] = {0.18256296349849254F, 1.0000000190281063F, 1.0000000190281136F};
    constexpr float below[] = {0.049616247954120038F, 0.59923249590823520F, 1.4999999999999927F, 1.0F};
    Exponents bits;
    __builtin_memcpy(bits.data(), raw.data(), sizeof bits);
    Eight exponent = (bits / (1 << 23) - 126).cast<float>();
    bits = bits - bits / (1 << 23) * (1 << 23) + 126 * (1 << 23);
    Eight x;
    __builtin_memcpy(x.data(), bits.data(), sizeof bits);
    const Eight small = (x < 0.707106781186547524F).select(Eight::Constant(1.0F), Eight::Constant(0.0F));
    x = (x - 1.0F) + x * small;
    exponent -= small;
    const Eight p = x * polynomial(x, above);
    return exponent * 0.693147180559945309417F + p / polynomial(x, below);
}

template <class F, class Rest>
void eights(const float* x, float* y, std::int64_t count, F&& f, Rest&& rest) {
    std::int64_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const Eight raw = Eigen::Map<const Eight>(x + i);
        Eigen::Map<Eight>(y + i) = f(raw);
    }
    for (; i < count; ++i) y[i] = rest(x[i]);
}

bool asTensorFlow(MapKind kind, const float* x, float* y, std::int64_t count) {
    const auto ended = [](const Eight& raw) { return (raw == raw).all(); };
    switch (kind) {
        case MapKind::Tanh: {
            const auto of = [](const Eight& raw) -> Eight { return (raw == raw).select(tanhOf(raw), raw); };
            eights(x, y, count, of, [&](float one) { return of(Eight::Constant(one))[0]; });
            return true;
        }
        case MapKind::Sigmoid:
            eights(
                x, y, count,
                [](const Eight& raw) -> Eight {
                    return (raw == raw).select((raw < -104.0F).select(Eight::Zero(), sigmoidOf(raw)), raw);
                },
                [](float one) {
                    const float e = __builtin_expf(one > 16.6355324F ? 16.6355324F : one);
                    return e / (1.0F + e);
                });
            flush(y, count);
            return true;
        case MapKind::Exp:
            eights(
                x, y, count,
                [&](const Eight& raw) -> Eight {
                    if (ended(raw) && (raw <= 88.0F).all()) return expOf(raw);
                    return raw.unaryExpr([](float one) { return __builtin_expf(one); });
                },
                [](float one) { return __builtin_expf(one); });
            flush(y, count);
            return true;
        case MapKind::Log:
            eights(
                x, y, count,
                [&](const Eight& raw) -> Eight {
                    const bool plain = (raw >= std::numeric_limits<float>::min()).all() &&
                                       (raw <= std::numeric_limits<float>::max()).all();
                    if (plain) return logOf(raw);
                    return raw.unaryExpr([](float one) { return __builtin_logf(one); });
                },
                [](float one) { return __builtin_logf(one); });
            return true;
        default: return false;
    }
}

template <class T>
void fill(MapKind kind, const T* from, T* to, std::int64_t count) {
    const Eigen::Map<const Numbers<T>> x(from, count);
    Eigen::Map<Numbers<T>> y(to, count);
    switch (kind) {
        case MapKind::Cos: y = x.cos(); return;
        case MapKind::Exp: y = x.exp(); return flush(to, count);
        case MapKind::Log: y = x.log(); return;
        case MapKind::Rsqrt: y = x.rsqrt(); return;
        case MapKind::Sigmoid: y = (T(1) + (-x).exp()).inverse(); return flush(to, count);
        case MapKind::Sin: y = x.sin(); return;
        // max(x, 0) + log1p(exp(-|x|)): does not overflow.
        case MapKind::Softplus: y = x.max(T(0)) + (-x.abs()).exp().log1p(); return flush(to, count);
        case MapKind::Tanh: y = x.tanh(); return;
    }
}
}  // namespace

void singleMap(MapKind kind, const float* x, float* y, std::int64_t count) {
    if (!asTensorFlow(kind, x, y, count)) fill(kind, x, y, count);
}
void twofoldMap(MapKind kind, const double* x, double* y, std::int64_t count) {
    fill(kind, x, y, count);
}

}  // namespace tapescope::kernel::TS_LEVEL
