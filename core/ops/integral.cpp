// SPDX-License-Identifier: Apache-2.0
// Functions that are integrals: Dawson's, the exponential, Fresnel's and Spence's. Computed in double, whatever the
// dtype.
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using std::numbers::pi;

/// exp(−x²) ∫₀ˣ exp(t²) dt: its series near 0, else G. B. Rybicki's sum over a grid (Computers in Physics 3, 1989).
double dawson(double x) {
    if (std::abs(x) < 0.5) {
        double term = x;
        double sum = x;
        for (int k = 1; k < 24; ++k) {
            term *= -2 * x * x / (2 * k + 1);
            sum += term;
        }
        return sum;
    }
    constexpr double step = 0.2;
    const double size = std::abs(x);
    const double nearest = 2 * std::round(0.5 * size / step);
    const double rest = size - nearest * step;
    double factor = std::exp(2 * rest * step);
    const double factor2 = factor * factor;
    double sum = 0;
    for (int i = 0; i < 20; ++i, factor *= factor2) {
        const double odd = 2 * i + 1;
        const double weight = std::exp(-odd * odd * step * step);
        sum += weight * (factor / (nearest + odd) + 1 / ((nearest - odd) * factor));
    }
    return std::copysign(std::numbers::inv_sqrtpi * std::exp(-rest * rest) * sum, x);
}

/// ∫ exp(t)/t dt from −∞ to x, for x > 0: the series, or for large x the asymptotic one up to its smallest term.
double exponentialIntegral(double x) {
    if (std::isnan(x) || x < 0) return std::numeric_limits<double>::quiet_NaN();
    if (x == 0) return -std::numeric_limits<double>::infinity();
    double sum = 0;
    double term = 1;
    if (x < 40) {
        for (int k = 1; k < 300; ++k) {
            term *= x / k;
            sum += term / k;
            if (term / k < 1e-18 * sum) break;
        }
        return std::numbers::egamma + std::log(x) + sum;
    }
    sum = 1;
    for (int k = 1; k < x && term > 1e-18; ++k) {
        term *= k / x;
        sum += term;
    }
    return std::exp(x) / x * sum;
}

/// C(x) + i·S(x), the integrals of cos and sin of πt²/2 from 0: the series, or the continued fraction of the error
/// function by Lentz's method.
std::complex<double> fresnel(double x) {
    const double size = std::abs(x);
    if (size < 1.5) {
        const std::complex<double> turn(0, pi / 2 * x * x);
        std::complex<double> term = x;
        std::complex<double> sum = x;
        for (int k = 1; k < 40; ++k) {
            term *= turn / static_cast<double>(k);
            sum += term / static_cast<double>(2 * k + 1);
        }
        return sum;
    }
    if (std::isinf(x)) return {std::copysign(0.5, x), std::copysign(0.5, x)};
    using Z = std::complex<double>;
    Z b(1, -pi * size * size);
    Z c = 1e300;
    Z d = 1.0 / b;
    Z fraction = d;
    for (int k = 1; k < 400; k += 2) {
        const double a = -static_cast<double>(k) * (k + 1);
        b += 4.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        const Z change = c * d;
        fraction *= change;
        if (std::abs(change - 1.0) < 1e-16) break;
    }
    fraction *= Z(size, -size);
    const Z value = Z(0.5, 0.5) * (1.0 - std::polar(1.0, pi / 2 * size * size) * fraction);
    return x < 0 ? -value : value;
}

/// Li₂(z) for z ≤ 1: the series where it converges fast, and the reflections that lead there.
double dilogarithm(double z) {
    constexpr double sixth = pi * pi / 6;
    if (z == 1) return sixth;
    if (z < -1) {
        const double logarithm = std::log(-z);
        return -sixth - logarithm * logarithm / 2 - dilogarithm(1 / z);
    }
    if (z < -0.5) {
        const double logarithm = std::log1p(-z);
        return -dilogarithm(z / (z - 1)) - logarithm * logarithm / 2;
    }
    if (z > 0.5) return sixth - std::log(z) * std::log1p(-z) - dilogarithm(1 - z);
    double power = 1;
    double sum = 0;
    for (int k = 1; k < 64; ++k) {
        power *= z;
        sum += power / (static_cast<double>(k) * k);
    }
    return sum;
}

double spence(double x) {
    if (std::isnan(x) || x < 0) return std::numeric_limits<double>::quiet_NaN();
    return dilogarithm(1 - x);
}

double fresnelCosine(double x) {
    return fresnel(x).real();
}

double fresnelSine(double x) {
    return fresnel(x).imag();
}

template <double (*function)(double)>
Tensors each(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        return eachOf<T, T>(in[0], [](Wide<T> x) { return static_cast<Wide<T>>(function(static_cast<double>(x))); });
    })};
}

// The formulas of math_grad.py.
Term dawsonBack(const Back& at) {
    return at.g() * (1.0 - 2.0 * at.input() * at.output());
}
Term exponentialIntegralBack(const Back& at) {
    return at.g() * at.input().call("Exp") / at.input();
}
Term fresnelCosineBack(const Back& at) {
    return at.g() * ((pi / 2) * at.input().call("Square")).call("Cos");
}
Term fresnelSineBack(const Back& at) {
    return at.g() * ((pi / 2) * at.input().call("Square")).call("Sin");
}
Term spenceBack(const Back& at) {
    const Term x = at.input();
    const Term slope = x.call("Log") / (1.0 - x);
    const Term there = x.call("Equal", x.number(1));
    return at.g() * Term{at.runner, at.runner.run("SelectV2", {there, -x.call("OnesLike"), slope})};
}

OpRow smooth(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
             decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback) {
    return {type, names, formula, doc, {{"x"}}, {}, forward, pullback};
}
}  // namespace

std::vector<OpRow> integrals() {
    return {
        smooth("Dawsn", "math.special.dawsn", "y = exp(−x²) ∫₀ˣ exp(t²) dt", "Dawson's integral.", each<dawson>,
               oneBack<dawsonBack>),
        smooth("Expint", "math.special.expint", "y = ∫ exp(t)/t dt", "The exponential integral from −∞ to x.",
               each<exponentialIntegral>, oneBack<exponentialIntegralBack>),
        smooth("FresnelCos", "math.special.fresnel_cos", "y = ∫₀ˣ cos(πt²/2) dt", "Fresnel's cosine integral.",
               each<fresnelCosine>, oneBack<fresnelCosineBack>),
        smooth("FresnelSin", "math.special.fresnel_sin", "y = ∫₀ˣ sin(πt²/2) dt", "Fresnel's sine integral.",
               each<fresnelSine>, oneBack<fresnelSineBack>),
        smooth("Spence", "math.special.spence", "y = ∫₁ˣ ln t / (1 − t) dt", "Spence's integral, Li₂(1 − x).",
               each<spence>, oneBack<spenceBack>),
    };
}

}  // namespace tapescope::rows
