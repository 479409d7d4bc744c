// SPDX-License-Identifier: Apache-2.0
// Special functions of two and three operands: incomplete gamma and beta functions, ζ, polygamma.
#include <unsupported/Eigen/SpecialFunctions>

#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct IncompleteGamma {
    template <class T>
    T operator()(T a, T x) const {
        return Eigen::numext::igamma(a, x);
    }
};
struct IncompleteGammaSlope {
    template <class T>
    T operator()(T a, T x) const {
        return Eigen::numext::igamma_der_a(a, x);
    }
};
struct IncompleteGammaComplement {
    template <class T>
    T operator()(T a, T x) const {
        return Eigen::numext::igammac(a, x);
    }
};
/// Where the terms of the series have become 0 it ends, as in the Eigen of TensorFlow; an older one goes on to nan.
template <class T>
T zetaOf(T x, T q) {
    const T zeta = Eigen::numext::zeta(x, q);
    if (!std::isnan(zeta) || !(x > T(1)) || !(q > T(0))) return zeta;
    T total = std::pow(q, -x), term = 1;
    for (T a = q + T(1), i = 0; i < T(9) && term != T(0); ++a, ++i) total += term = std::pow(a, -x);
    return term == T(0) ? total : zeta;
}
struct HurwitzZeta {
    template <class T>
    T operator()(T x, T q) const {
        return zetaOf(x, q);
    }
};
struct PolyGamma {
    template <class T>
    T operator()(T order, T x) const {
        const T value = Eigen::numext::polygamma(order, x);
        if (!std::isnan(value) || !(order > T(0)) || order != std::floor(order)) return value;
        const T next = order + T(1);
        return std::pow(T(-1), next) * std::exp(Eigen::numext::lgamma(next)) * zetaOf(next, x);
    }
};

template <class Function>
Tensors pairwise(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {wideFloating(row, in[0].dtype(), [&]<class T>() {
        return pairsOf<T, T>(in[0], in[1], commonShape(row, in[0], in[1]), Function{});
    })};
}

/// Scalars stand beside anything; others must have one shape.
Tensors incompleteBeta(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    Shape shape;
    for (const Tensor& input : in) {
        if (input.shape().empty() || input.shape() == shape) continue;
        if (!shape.empty()) {
            refuse(row,
                   "Shapes of a and b are inconsistent: " + kernelText(shape) + " vs. " + kernelText(input.shape()));
        }
        shape = input.shape();
    }
    return {wideFloating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto at = [&](std::size_t input, std::size_t i) {
            return in[input].as<T>()[in[input].shape().empty() ? 0 : i];
        };
        for (std::size_t i = 0; i < result.values.size(); ++i)
            result.values[i] = Eigen::numext::betainc(at(0, i), at(1, i), at(2, i));
        return std::move(result).done();
    })};
}

// The formulas of math_grad.py. Nobody derives by the order of ζ and polygamma or by a and b of the beta function.
Term gammaLeft(const Back& at) {
    return at.input(0).call("IgammaGradA", at.input(1)) * at.g();
}
Term gammaRight(const Back& at) {
    const Term a = at.input(0);
    const Term x = at.input(1);
    return (-x + (a - 1.0) * x.call("Log") - a.call("Lgamma")).call("Exp") * at.g();
}
Term complementLeft(const Back& at) {
    return -gammaLeft(at);
}
Term complementRight(const Back& at) {
    return -gammaRight(at);
}
Term zetaRight(const Back& at) {
    return -at.input(0) * (at.input(0) + 1.0).call("Zeta", at.input(1)) * at.g();
}
Term polygammaRight(const Back& at) {
    return (at.input(0) + 1.0).call("Polygamma", at.input(1)) * at.g();
}

Operands incompleteBetaBack(Runner& run, const Executed& op, Gradients g) {
    const Back at{run, op, g};
    const Term a = at.input(0);
    const Term b = at.input(1);
    const Term x = at.input(2);
    const Term logBeta = a.call("Lgamma") + b.call("Lgamma") - (a + b).call("Lgamma");
    const Term slope = ((b - 1.0).call("Xlog1py", -x) + (a - 1.0).call("Xlogy", x) - logBeta).call("Exp");
    return {{}, {}, at.reduced(slope * at.g(), 2)};
}
}  // namespace

std::vector<OpRow> gamma() {
    return {
        {"Igamma",
         "math.igamma",
         "z = P(a, x)",
         "The lower regularised incomplete gamma function.",
         {{"a"}, {"x"}},
         {},
         pairwise<IncompleteGamma>,
         twoBack<gammaLeft, gammaRight>},
        {"Igammac",
         "math.igammac",
         "z = Q(a, x)",
         "The upper regularised incomplete gamma function.",
         {{"a"}, {"x"}},
         {},
         pairwise<IncompleteGammaComplement>,
         twoBack<complementLeft, complementRight>},
        {"IgammaGradA",
         "",
         "z = ∂P(a, x)/∂a",
         "How the incomplete gamma function changes with a; nobody derives it again.",
         {{"a", Unregistered}, {"x", Unregistered}},
         {},
         pairwise<IncompleteGammaSlope>},
        {"Zeta",
         "math.zeta",
         "z = Σ (q + k)⁻ˣ",
         "Hurwitz's zeta function; the order x gets no gradient.",
         {{"x", Severed}, {"q"}},
         {},
         pairwise<HurwitzZeta>,
         twoBack<nullptr, zetaRight>},
        {"Polygamma",
         "math.polygamma",
         "z = ψ⁽ᵃ⁾(x)",
         "Derivatives of ln Γ; the order a gets no gradient.",
         {{"a", Severed}, {"x"}},
         {},
         pairwise<PolyGamma>,
         twoBack<nullptr, polygammaRight>},
        {"Betainc",
         "math.betainc",
         "z = Iₓ(a, b)",
         "The regularised incomplete beta function; a and b get no gradient.",
         {{"a", Severed}, {"b", Severed}, {"x"}},
         {},
         incompleteBeta,
         incompleteBetaBack},
    };
}

}  // namespace tapescope::rows
