// SPDX-License-Identifier: Apache-2.0
// Circular and hyperbolic functions and their inverses.
#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct Sine {
    auto operator()(auto x) const { return std::sin(x); }
    static constexpr MapKind kind = MapKind::Sin;
};
struct Cosine {
    auto operator()(auto x) const { return std::cos(x); }
    static constexpr MapKind kind = MapKind::Cos;
};
struct Tangent {
    auto operator()(auto x) const { return std::tan(x); }
};
struct ArcSine {
    auto operator()(auto x) const { return std::asin(x); }
    static constexpr MapKind kind = MapKind::Asin;
};
struct ArcCosine {
    auto operator()(auto x) const { return std::acos(x); }
    static constexpr MapKind kind = MapKind::Acos;
};
struct ArcTangent {
    auto operator()(auto x) const { return std::atan(x); }
    static constexpr MapKind kind = MapKind::Atan;
};
struct HyperbolicSine {
    auto operator()(auto x) const { return std::sinh(x); }
};
struct HyperbolicCosine {
    auto operator()(auto x) const { return std::cosh(x); }
};
struct AreaSine {
    auto operator()(auto x) const { return std::asinh(x); }
};
struct AreaCosine {
    auto operator()(auto x) const { return std::acosh(x); }
};
struct AreaTangent {
    auto operator()(auto x) const { return std::atanh(x); }
    static constexpr MapKind kind = MapKind::Atanh;
};

template <class Function>
Tensors each(const OpRow& row, Inputs in, const Attributes&) {
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}

// The formulas of math_grad.py, operation by operation.
Term sineBack(const Back& at) {
    return at.g() * at.x().call("Cos");
}
Term cosineBack(const Back& at) {
    return -at.g() * at.x().call("Sin");
}
Term tangentBack(const Back& at) {
    return at.x().call("Cos").call("Reciprocal").call("Square") * at.g();
}
Term arcSineBack(const Back& at) {
    return at.g() * (1.0 - at.x().call("Square")).call("Sqrt").call("Reciprocal");
}
Term arcCosineBack(const Back& at) {
    return -at.g() * (1.0 - at.x().call("Square")).call("Sqrt").call("Reciprocal");
}
Term arcTangentBack(const Back& at) {
    return at.g() * (1.0 + at.x().call("Square")).call("Reciprocal");
}
Term hyperbolicSineBack(const Back& at) {
    return at.g() * at.x().call("Cosh");
}
Term hyperbolicCosineBack(const Back& at) {
    return at.g() * at.x().call("Sinh");
}
Term areaSineBack(const Back& at) {
    return at.g() / at.y().call("Cosh");
}
Term areaCosineBack(const Back& at) {
    return at.g() / at.y().call("Sinh");
}
Term areaTangentBack(const Back& at) {
    return at.g() * (1.0 - at.x().call("Square")).call("Reciprocal");
}

OpRow smooth(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
             decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback) {
    return {type, names, formula, doc, {{"x"}}, {}, forward, pullback};
}
}  // namespace

std::vector<OpRow> trigonometry() {
    return {
        smooth("Sin", "sin math.sin", "y = sin x", "The sine.", each<Sine>, oneBack<sineBack>),
        smooth("Cos", "cos math.cos", "y = cos x", "The cosine.", each<Cosine>, oneBack<cosineBack>),
        smooth("Tan", "tan math.tan", "y = tan x", "The tangent.", each<Tangent>, oneBack<tangentBack>),
        smooth("Asin", "asin math.asin", "y = arcsin x", "The angle whose sine is x.", each<ArcSine>,
               oneBack<arcSineBack>),
        smooth("Acos", "acos math.acos", "y = arccos x", "The angle whose cosine is x.", each<ArcCosine>,
               oneBack<arcCosineBack>),
        smooth("Atan", "atan math.atan", "y = arctan x", "The angle whose tangent is x.", each<ArcTangent>,
               oneBack<arcTangentBack>),
        smooth("Sinh", "sinh math.sinh", "y = sinh x", "The hyperbolic sine.", each<HyperbolicSine>,
               oneBack<hyperbolicSineBack>),
        smooth("Cosh", "cosh math.cosh", "y = cosh x", "The hyperbolic cosine.", each<HyperbolicCosine>,
               oneBack<hyperbolicCosineBack>),
        smooth("Asinh", "asinh math.asinh", "y = arsinh x", "The number whose hyperbolic sine is x.", each<AreaSine>,
               oneBack<areaSineBack>),
        smooth("Acosh", "acosh math.acosh", "y = arcosh x", "The number whose hyperbolic cosine is x.",
               each<AreaCosine>, oneBack<areaCosineBack>),
        smooth("Atanh", "atanh math.atanh", "y = artanh x", "The number whose hyperbolic tangent is x.",
               each<AreaTangent>, oneBack<areaTangentBack>),
    };
}

}  // namespace tapescope::rows
