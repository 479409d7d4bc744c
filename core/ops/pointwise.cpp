// SPDX-License-Identifier: Apache-2.0
// One operand, element by element: signs, rounding, powers, exponentials.
#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

template <class T>
constexpr bool isComplex = std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

struct Negate {
    template <class T>
    auto operator()(T x) const {
        if constexpr (std::is_integral_v<T>) {
            return static_cast<T>(Modular<T>{0} - static_cast<Modular<T>>(x));
        } else {
            return -x;
        }
    }
};
struct Square {
    template <class T>
    auto operator()(T x) const {
        const auto wide = static_cast<Modular<T>>(x);
        return static_cast<T>(wide * wide);
    }
};
/// Correctly rounded, as TensorFlow's; Eigen's for whole arrays is an approximation here.
struct Root {
    auto operator()(auto x) const { return std::sqrt(x); }
};
struct InverseRoot {
    template <class T>
    auto operator()(T x) const {
        return T(1) / std::sqrt(x);
    }
    static constexpr MapKind kind = MapKind::Rsqrt;
};
struct Inverse {
    template <class T>
    auto operator()(T x) const {
        return T(1) / x;
    }
    static constexpr MapKind kind = MapKind::Reciprocal;
};
struct Exponential {
    auto operator()(auto x) const { return std::exp(x); }
    static constexpr MapKind kind = MapKind::Exp;
};
struct ExponentialLessOne {
    template <class T>
    auto operator()(T x) const {
        if constexpr (isComplex<T>) {
            return std::exp(x) - T(1);
        } else {
            return std::expm1(x);
        }
    }
    static constexpr MapKind kind = MapKind::Expm1;
};
struct Logarithm {
    auto operator()(auto x) const { return std::log(x); }
    static constexpr MapKind kind = MapKind::Log;
};
struct LogarithmOfOnePlus {
    template <class T>
    auto operator()(T x) const {
        if constexpr (isComplex<T>) {
            return std::log(T(1) + x);
        } else {
            return std::log1p(x);
        }
    }
    static constexpr MapKind kind = MapKind::Log1p;
};
struct Magnitude {
    template <class T>
    auto operator()(T x) const {
        if constexpr (std::is_integral_v<T>) {
            return x < 0 ? Negate{}(x) : x;
        } else {
            return std::abs(x);
        }
    }
};
struct SignOf {
    template <class T>
    auto operator()(T x) const {
        if constexpr (isComplex<T>) {
            const auto size = std::abs(x);
            return size == 0 ? T(0) : x / size;
        } else if constexpr (std::is_floating_point_v<T>) {
            return std::isnan(x) ? x : static_cast<T>(x > 0) - static_cast<T>(x < 0);
        } else {
            return static_cast<T>((x > 0) - (x < 0));
        }
    }
};
struct HalfToEven {
    template <class T>
    auto operator()(T x) const {
        if constexpr (std::is_integral_v<T>) {
            return x;
        } else {
            return std::nearbyint(x);
        }
    }
};
struct Down {
    auto operator()(auto x) const { return std::floor(x); }
};
struct Up {
    auto operator()(auto x) const { return std::ceil(x); }
};

/// How TensorFlow's kernels of one operand choose their dtypes.
template <class Function>
Tensors forFloats(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}
template <class Function>
Tensors forFloatsAndComplex(const OpRow& row, Inputs in, const Attributes&) {
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}
template <class Function>
Tensors forSigned(const OpRow& row, Inputs in, const Attributes&) {
    return {signedNumeric(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}
template <class Function>
Tensors forSignedAndComplex(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (!tapescope::row(in[0].dtype()).complex()) return forSigned<Function>(row, in, attributes);
    return {complex(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}
template <class Function>
Tensors forNumbers(const OpRow& row, Inputs in, const Attributes&) {
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() { return eachOf<T, T>(in[0], Function{}); })};
}

// The formulas of math_grad.py, operation by operation.
Term negateBack(const Back& at) {
    return -at.g();
}
Term squareBack(const Back& at) {
    return at.g() * (at.x() * 2.0);
}
Term rootBack(const Back& at) {
    return at.output().call("SqrtGrad", at.g());
}
Term inverseRootBack(const Back& at) {
    return at.output().call("RsqrtGrad", at.g());
}
Term inverseBack(const Back& at) {
    return at.output().call("ReciprocalGrad", at.g());
}
Term exponentialBack(const Back& at) {
    return at.g() * at.y();
}
Term exponentialLessOneBack(const Back& at) {
    return at.g() * at.x().call("Exp");
}
Term logarithmBack(const Back& at) {
    return at.g() * at.x().call("Reciprocal");
}
Term logarithmOfOnePlusBack(const Back& at) {
    return at.g() * (1.0 + at.x()).call("Reciprocal");
}
Term magnitudeBack(const Back& at) {
    return at.g() * at.input().call("Sign");
}
Term zeroBack(const Back& at) {
    return at.input().call("ZerosLike");
}

OpRow smooth(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
             decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback) {
    return {type, names, formula, doc, {{"x"}}, {}, forward, pullback};
}

OpRow jump(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
           decltype(OpRow::forward) forward) {
    return {type, names, formula, doc, {{"x", Severed}}, {}, forward};
}
}  // namespace

std::vector<OpRow> pointwise() {
    return {
        smooth("Neg", "negative math.negative", "y = −x", "The opposite number.", forSignedAndComplex<Negate>,
               oneBack<negateBack>),
        smooth("Square", "square math.square", "y = x²", "The square.", forNumbers<Square>, oneBack<squareBack>),
        smooth("Sqrt", "sqrt math.sqrt", "y = √x", "The square root; the derivative at 0 is infinite.",
               forFloatsAndComplex<Root>, oneBack<rootBack>),
        smooth("Rsqrt", "math.rsqrt", "y = 1/√x", "The inverse of the square root.", forFloatsAndComplex<InverseRoot>,
               oneBack<inverseRootBack>),
        smooth("Reciprocal", "math.reciprocal", "y = 1/x", "The inverse.", forFloatsAndComplex<Inverse>,
               oneBack<inverseBack>),
        smooth("Exp", "exp math.exp", "y = eˣ", "The exponential.", forFloatsAndComplex<Exponential>,
               oneBack<exponentialBack>),
        smooth("Expm1", "math.expm1", "y = eˣ − 1", "The exponential less 1, exact near 0.",
               forFloatsAndComplex<ExponentialLessOne>, oneBack<exponentialLessOneBack>),
        smooth("Log", "math.log", "y = ln x", "The natural logarithm.", forFloatsAndComplex<Logarithm>,
               oneBack<logarithmBack>),
        smooth("Log1p", "math.log1p", "y = ln(1 + x)", "The natural logarithm of 1 + x.",
               forFloatsAndComplex<LogarithmOfOnePlus>, oneBack<logarithmOfOnePlusBack>),
        {"Abs",
         "",
         "y = |x|",
         "The absolute value; the derivative at 0 is 0.",
         {{"x", Kinked}},
         {},
         forSigned<Magnitude>,
         oneBack<magnitudeBack>},
        {"Sign",
         "",
         "y = sign x",
         "−1, 0 or 1; its gradient is 0 everywhere.",
         {{"x", Zero}},
         {},
         forSignedAndComplex<SignOf>,
         oneBack<zeroBack>},
        jump("Round", "", "y = round x", "To the nearest integer, halves to the even one; has no gradient.",
             forSigned<HalfToEven>),
        jump("Rint", "math.rint", "y = round x", "To the nearest integer, halves to the even one; has no gradient.",
             forFloats<HalfToEven>),
        jump("Floor", "floor math.floor", "y = ⌊x⌋", "The next integer below; has no gradient.", forFloats<Down>),
        jump("Ceil", "math.ceil", "y = ⌈x⌉", "The next integer above; has no gradient.", forFloats<Up>),
    };
}

}  // namespace tapescope::rows
