// SPDX-License-Identifier: Apache-2.0
// Complex numbers and their parts.
#include <cmath>
#include <complex>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

Tensors joined(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {wideFloating(row, in[0].dtype(), [&]<class T>() {
        return pairsOf<std::complex<T>, T>(in[0], in[1], commonShape(row, in[0], in[1]),
                                           [](T a, T b) { return std::complex<T>(a, b); });
    })};
}

struct RealPart {
    auto operator()(auto z) const { return z.real(); }
};
struct ImaginaryPart {
    auto operator()(auto z) const { return z.imag(); }
};
struct AngleOf {
    auto operator()(auto z) const { return std::arg(z); }
};
struct SizeOf {
    auto operator()(auto z) const { return std::abs(z); }
};

template <class Part>
Tensors part(const OpRow& row, Inputs in, const Attributes&) {
    return {complex(row, in[0].dtype(), [&]<class Z>() { return eachOf<typename Z::value_type, Z>(in[0], Part{}); })};
}

Tensors conjugated(const OpRow& row, Inputs in, const Attributes&) {
    return {
        complex(row, in[0].dtype(), [&]<class Z>() { return eachOf<Z, Z>(in[0], [](Z z) { return std::conj(z); }); })};
}

// The formulas of math_grad.py.
Term realOf(const Back& at) {
    return at.g().call("Real");
}
Term imaginaryOf(const Back& at) {
    return at.g().call("Imag");
}
Term realBack(const Back& at) {
    return at.g().call("Complex", at.g().number(0));
}
Term imaginaryBack(const Back& at) {
    return at.g().number(0).call("Complex", at.g());
}
Term angleBack(const Back& at) {
    const Term z = at.input();
    const Term inverse = z.call("Imag").call("Complex", z.call("Real")).call("Reciprocal");
    return -at.g().call("Complex", at.g().number(0)) * inverse;
}
Term conjugateBack(const Back& at) {
    return at.g().call("Conj");
}
Term sizeBack(const Back& at) {
    const auto whole = [](const Term& real) { return real.call("Complex", real.call("ZerosLike")); };
    return (whole(at.g()) * at.input()).call("DivNoNan", whole(at.output()));
}

OpRow one(std::string_view type, std::string_view formula, std::string_view doc, decltype(OpRow::forward) forward,
          decltype(OpRow::pullback) pullback) {
    return {type, "", formula, doc, {{"input"}}, {}, forward, pullback};
}
}  // namespace

std::vector<OpRow> complexes() {
    return {
        {"Complex",
         "",
         "z = x + i·y",
         "A complex number of its parts.",
         {{"real"}, {"imag"}},
         {},
         joined,
         twoBack<realOf, imaginaryOf>},
        one("Real", "x = Re z", "The real part.", part<RealPart>, oneBack<realBack>),
        one("Imag", "y = Im z", "The imaginary part.", part<ImaginaryPart>, oneBack<imaginaryBack>),
        one("Angle", "φ = arg z", "The angle.", part<AngleOf>, oneBack<angleBack>),
        one("Conj", "w = z̄", "The conjugate.", conjugated, oneBack<conjugateBack>),
        one("ComplexAbs", "r = |z|", "The absolute value.", part<SizeOf>, oneBack<sizeBack>),
    };
}

}  // namespace tapescope::rows
