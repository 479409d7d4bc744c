// SPDX-License-Identifier: Apache-2.0
// Special functions of one operand: error functions, logarithms of Γ and their derivatives, Bessel functions.
#include <unsupported/Eigen/SpecialFunctions>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct ErrorFunction {
    auto operator()(auto x) const { return std::erf(x); }
    static constexpr MapKind kind = MapKind::Erf;
};
struct ErrorComplement {
    auto operator()(auto x) const { return std::erfc(x); }
    static constexpr MapKind kind = MapKind::Erfc;
};
/// Cephes has infinities outside of the domain; TensorFlow's kernels give nan there.
template <class T>
T quantile(T p) {
    return p >= 0 && p <= 1 ? Eigen::numext::ndtri(p) : std::numeric_limits<T>::quiet_NaN();
}
struct NormalQuantile {
    auto operator()(auto x) const { return quantile(x); }
    static constexpr MapKind kind = MapKind::Ndtri;
};
struct ErrorInverse {
    template <class T>
    T operator()(T x) const {
        const T half = T(0.5);
        return quantile(half * x + half) * std::sqrt(half);
    }
    static constexpr MapKind kind = MapKind::Erfinv;
};
struct LogarithmOfGamma {
    auto operator()(auto x) const { return Eigen::numext::lgamma(x); }
};
struct Digamma {
    auto operator()(auto x) const { return Eigen::numext::digamma(x); }
};

#define TAPESCOPE_BESSEL(name, function)                                     \
    struct name {                                                            \
        auto operator()(auto x) const { return Eigen::numext::function(x); } \
    };
TAPESCOPE_BESSEL(BesselI0, bessel_i0)
TAPESCOPE_BESSEL(BesselI0e, bessel_i0e)
TAPESCOPE_BESSEL(BesselI1, bessel_i1)
TAPESCOPE_BESSEL(BesselI1e, bessel_i1e)
TAPESCOPE_BESSEL(BesselJ0, bessel_j0)
TAPESCOPE_BESSEL(BesselJ1, bessel_j1)
TAPESCOPE_BESSEL(BesselK0, bessel_k0)
TAPESCOPE_BESSEL(BesselK0e, bessel_k0e)
TAPESCOPE_BESSEL(BesselK1, bessel_k1)
TAPESCOPE_BESSEL(BesselK1e, bessel_k1e)
TAPESCOPE_BESSEL(BesselY0, bessel_y0)
TAPESCOPE_BESSEL(BesselY1, bessel_y1)
#undef TAPESCOPE_BESSEL

template <class Function>
Tensors each(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}

// The formulas of math_grad.py, operation by operation.
constexpr double twoOverRootPi = 2 * std::numbers::inv_sqrtpi;
const double rootOfPiOverTwo = std::sqrt(std::numbers::pi) / 2;

Term errorBack(const Back& at) {
    return at.g() * twoOverRootPi * (-at.x().call("Square")).call("Exp");
}
Term complementBack(const Back& at) {
    return at.g() * -twoOverRootPi * (-at.x().call("Square")).call("Exp");
}
Term errorInverseBack(const Back& at) {
    return at.g() * rootOfPiOverTwo * at.output().call("Square").call("Exp");
}
Term quantileBack(const Back& at) {
    const double rootTwoPi = std::sqrt(2 * std::numbers::pi);
    return at.g() * rootTwoPi * (at.output().call("Square") / at.output().number(2)).call("Exp");
}
Term logarithmOfGammaBack(const Back& at) {
    return at.g() * at.x().call("Digamma");
}
Term digammaBack(const Back& at) {
    const Term x = at.x();
    return at.g() * x.number(1).call("Polygamma", x);
}

/// `there` where x is 0, else `other`: derivatives whose formula divides by x.
Term unlessZero(const Back& at, double there, const Term& other) {
    const Term x = at.input();
    return {at.runner, at.runner.run("SelectV2", {x.call("Equal", x.number(0)), x.number(there), other})};
}
Term i0Back(const Back& at) {
    return at.g() * at.input().call("BesselI1");
}
Term i0eBack(const Back& at) {
    return at.g() * (at.input().call("BesselI1e") - at.input().call("Sign") * at.output());
}
Term i1Back(const Back& at) {
    return at.g() * unlessZero(at, 1, at.input().call("BesselI0") - at.output() / at.input());
}
Term i1eBack(const Back& at) {
    const Term decay = at.input().call("Sign") + at.input().call("Reciprocal");
    return at.g() * unlessZero(at, 0.5, at.input().call("BesselI0e") - at.output() * decay);
}
Term j0Back(const Back& at) {
    return at.g() * -at.input().call("BesselJ1");
}
Term j1Back(const Back& at) {
    return at.g() * unlessZero(at, 0.5, at.input().call("BesselJ0") - at.output() / at.input());
}
Term k0Back(const Back& at) {
    return at.g() * -at.input().call("BesselK1");
}
Term k0eBack(const Back& at) {
    return at.g() * (at.output() - at.input().call("BesselK1e"));
}
Term k1Back(const Back& at) {
    return at.g() * (-at.input().call("BesselK0") - at.output() / at.input());
}
Term k1eBack(const Back& at) {
    return at.g() * (at.output() * (1.0 - at.input().call("Reciprocal")) - at.input().call("BesselK0e"));
}
Term y0Back(const Back& at) {
    return at.g() * -at.input().call("BesselY1");
}
Term y1Back(const Back& at) {
    return at.g() * (at.input().call("BesselY0") - at.output() / at.input());
}

OpRow smooth(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
             decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback) {
    return {type, names, formula, doc, {{"x"}}, {}, forward, pullback};
}

OpRow bessel(std::string_view type, std::string_view names, std::string_view formula, decltype(OpRow::forward) forward,
             decltype(OpRow::pullback) pullback) {
    return smooth(type, names, formula, "A Bessel function; those with an e are scaled by an exponential.", forward,
                  pullback);
}
}  // namespace

std::vector<OpRow> special() {
    return {
        smooth("Erf", "math.erf", "y = erf x", "The error function.", each<ErrorFunction>, oneBack<errorBack>),
        smooth("Erfc", "math.erfc", "y = 1 − erf x", "What the error function lacks to 1.", each<ErrorComplement>,
               oneBack<complementBack>),
        smooth("Erfinv", "math.erfinv", "y = erf⁻¹ x", "The number whose error function is x.", each<ErrorInverse>,
               oneBack<errorInverseBack>),
        smooth("Ndtri", "math.ndtri", "y = Φ⁻¹(x)", "The quantile of the normal distribution.", each<NormalQuantile>,
               oneBack<quantileBack>),
        smooth("Lgamma", "math.lgamma", "y = ln |Γ(x)|", "The logarithm of the gamma function.", each<LogarithmOfGamma>,
               oneBack<logarithmOfGammaBack>),
        smooth("Digamma", "math.digamma", "y = ψ(x)", "The derivative of ln Γ.", each<Digamma>, oneBack<digammaBack>),
        bessel("BesselI0", "math.bessel_i0 math.special.bessel_i0", "y = I₀(x)", each<BesselI0>, oneBack<i0Back>),
        bessel("BesselI0e", "math.bessel_i0e math.special.bessel_i0e", "y = I₀(x) · e⁻|x|", each<BesselI0e>,
               oneBack<i0eBack>),
        bessel("BesselI1", "math.bessel_i1 math.special.bessel_i1", "y = I₁(x)", each<BesselI1>, oneBack<i1Back>),
        bessel("BesselI1e", "math.bessel_i1e math.special.bessel_i1e", "y = I₁(x) · e⁻|x|", each<BesselI1e>,
               oneBack<i1eBack>),
        bessel("BesselJ0", "math.special.bessel_j0", "y = J₀(x)", each<BesselJ0>, oneBack<j0Back>),
        bessel("BesselJ1", "math.special.bessel_j1", "y = J₁(x)", each<BesselJ1>, oneBack<j1Back>),
        bessel("BesselK0", "math.special.bessel_k0", "y = K₀(x)", each<BesselK0>, oneBack<k0Back>),
        bessel("BesselK0e", "math.special.bessel_k0e", "y = K₀(x) · eˣ", each<BesselK0e>, oneBack<k0eBack>),
        bessel("BesselK1", "math.special.bessel_k1", "y = K₁(x)", each<BesselK1>, oneBack<k1Back>),
        bessel("BesselK1e", "math.special.bessel_k1e", "y = K₁(x) · eˣ", each<BesselK1e>, oneBack<k1eBack>),
        bessel("BesselY0", "math.special.bessel_y0", "y = Y₀(x)", each<BesselY0>, oneBack<y0Back>),
        bessel("BesselY1", "math.special.bessel_y1", "y = Y₁(x)", each<BesselY1>, oneBack<y1Back>),
    };
}

}  // namespace tapescope::rows
