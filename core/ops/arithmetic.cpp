// SPDX-License-Identifier: Apache-2.0
// Two operands, broadcast by numpy's rule. Pullbacks sum over what was broadcast.
#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

template <class T>
T wrapped(Modular<T> value) {
    return static_cast<T>(value);
}

struct Plus {
    template <class T>
    T operator()(T a, T b) const {
        return wrapped<T>(static_cast<Modular<T>>(a) + static_cast<Modular<T>>(b));
    }
};
struct Minus {
    template <class T>
    T operator()(T a, T b) const {
        return wrapped<T>(static_cast<Modular<T>>(a) - static_cast<Modular<T>>(b));
    }
};
struct Times {
    template <class T>
    T operator()(T a, T b) const {
        return wrapped<T>(static_cast<Modular<T>>(a) * static_cast<Modular<T>>(b));
    }
};
struct TimesUnlessZero {
    template <class T>
    T operator()(T a, T b) const {
        return b == T(0) ? T(0) : a * b;
    }
};
struct Over {
    template <class T>
    T operator()(T a, T b) const {
        return a / b;
    }
};
struct OverUnlessZero {
    template <class T>
    T operator()(T a, T b) const {
        return b == T(0) ? T(0) : a / b;
    }
};
struct Larger {
    template <class T>
    T operator()(T a, T b) const {
        if constexpr (std::is_floating_point_v<T>) {
            return std::isnan(a) || a > b ? a : b;
        } else {
            return a < b ? b : a;
        }
    }
};
struct Smaller {
    template <class T>
    T operator()(T a, T b) const {
        if constexpr (std::is_floating_point_v<T>) {
            return std::isnan(a) || a < b ? a : b;
        } else {
            return b < a ? b : a;
        }
    }
};
struct SquaredGap {
    template <class T>
    T operator()(T a, T b) const {
        if constexpr (std::is_floating_point_v<T> || std::is_integral_v<T>) {
            const T gap = Minus{}(a, b);
            return Times{}(gap, gap);
        } else {
            return (a - b) * std::conj(a - b);
        }
    }
};
struct Power {
    template <class T>
    T operator()(T base, T exponent) const {
        if constexpr (std::is_integral_v<T>) {
            auto factor = static_cast<Modular<T>>(base);
            Modular<T> result = 1;
            for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1U) {
                if ((rest & 1U) != 0) result *= factor;
                factor *= factor;
            }
            return wrapped<T>(result);
        } else {
            return std::pow(base, exponent);
        }
    }
    static constexpr PairKind kind = PairKind::Pow;
};
struct ArcTangent2 {
    template <class T>
    T operator()(T y, T x) const {
        return std::atan2(y, x);
    }
    static constexpr PairKind kind = PairKind::Atan2;
};
struct Neighbour {
    template <class T>
    T operator()(T from, T towards) const {
        return std::nextafter(from, towards);
    }
};
/// x · f(y), and 0 where x is.
template <class F, PairKind map>
struct Weighted {
    static constexpr PairKind kind = map;
    template <class T>
    T operator()(T x, T y) const {
        return x == T(0) ? T(0) : F{}(x, y);
    }
};
struct TimesLogarithm {
    template <class T>
    T operator()(T x, T y) const {
        return x * std::log(y);
    }
};
struct TimesLogarithmOfOnePlus {
    template <class T>
    T operator()(T x, T y) const {
        if constexpr (std::is_floating_point_v<T>) {
            return x * std::log1p(y);
        } else {
            return x * std::log(T(1) + y);
        }
    }
};

template <class Function, class T>
Tensor combined(const OpRow& row, Inputs in) {
    return pairsOf<T, T>(in[0], in[1], commonShape(row, in[0], in[1]), Function{});
}

template <class Function>
Tensors forNumbers(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() { return combined<Function, T>(row, in); })};
}
template <class Function>
Tensors forReal(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numeric(row, in[0].dtype(), [&]<class T>() { return combined<Function, T>(row, in); })};
}
template <class Function>
Tensors forFloats(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {floating(row, in[0].dtype(), [&]<class T>() { return combined<Function, T>(row, in); })};
}
template <class Function>
Tensors forWideFloats(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {wideFloating(row, in[0].dtype(), [&]<class T>() { return combined<Function, T>(row, in); })};
}
template <class Function>
Tensors forFloatsAndComplex(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {floatingOrComplex(row, in[0].dtype(), [&]<class T>() { return combined<Function, T>(row, in); })};
}

Tensors powers(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        const Shape shape = commonShape(row, in[0], in[1]);
        if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
            const bool negative = std::ranges::any_of(in[1].as<T>(), [](T exponent) { return exponent < 0; });
            if (negative && elementCount(shape) != 0)
                refuse(row, "Integers to negative integer powers are not allowed");
        }
        return pairsOf<T, T>(in[0], in[1], shape, Power{});
    })};
}

struct Appended {
    std::string operator()(const std::string& a, const std::string& b) const { return a + b; }
};

Tensors appended(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    if (in[0].dtype() != DType::String) refuseDType(row, in[0].dtype());
    return {combined<Appended, std::string>(row, in)};
}

// The formulas of math_grad.py, operation by operation.
Term passed(const Back& at) {
    return at.g();
}
Term negated(const Back& at) {
    return -at.g();
}
Term timesRight(const Back& at) {
    return at.g() * at.x(1);
}
Term timesLeft(const Back& at) {
    return at.x(0) * at.g();
}
Term timesUnlessZeroLeft(const Back& at) {
    return at.g().call("MulNoNan", at.input(1));
}
Term timesUnlessZeroRight(const Back& at) {
    return at.input(0).call("MulNoNan", at.g());
}
Term overLeft(const Back& at) {
    return at.g() / at.x(1);
}
Term overRight(const Back& at) {
    return at.g() * (-at.x(0) / at.x(1) / at.x(1));
}
Term overUnlessZeroLeft(const Back& at) {
    return at.g().call("DivNoNan", at.x(1));
}
Term overUnlessZeroRight(const Back& at) {
    const Term y = at.x(1);
    return at.g() * (-at.x(0)).call("DivNoNan", y).call("DivNoNan", y);
}
Term gapLeft(const Back& at) {
    return 2.0 * at.g() * (at.input(0) - at.input(1));
}
Term gapRight(const Back& at) {
    return -gapLeft(at);
}
Term powerLeft(const Back& at) {
    const Term y = at.x(1);
    return at.g() * y * at.x(0).call("Pow", y - 1.0);
}
/// d/dy = z · log x, where the logarithm counts as 0 for x ≤ 0: reals have none there.
Term powerRight(const Back& at) {
    const Term x = at.x(0);
    const bool complexes = tapescope::row(x.value().dtype()).complex();
    const Term positive = x.call(complexes ? "NotEqual" : "Greater", x.number(0));
    const auto chosen = [&](const Term& yes, const Term& no) {
        return Term{at.runner, at.runner.run("SelectV2", {positive, yes, no})};
    };
    const Term logarithm = chosen(chosen(x, x.call("OnesLike")).call("Log"), x.call("ZerosLike"));
    return at.g() * at.y() * logarithm;
}
Term arcTangent2Left(const Back& at) {
    return at.input(1) * (at.g() / (at.input(0).call("Square") + at.input(1).call("Square")));
}
Term arcTangent2Right(const Back& at) {
    return -at.input(0) * (at.g() / (at.input(0).call("Square") + at.input(1).call("Square")));
}
/// 1 where x is not 0: the factor that Xlogy and its kin have instead of x.
Term present(const Back& at) {
    const Term x = at.input(0);
    return x.call("NotEqual", x.number(0)).call("Cast", {x.value().dtype()});
}
Term logarithmLeft(const Back& at) {
    return present(at).call("Xlogy", at.input(1)) * at.g();
}
Term logarithmRight(const Back& at) {
    return at.input(0).call("Xdivy", at.input(1)) * at.g();
}
Term logarithmOfOnePlusLeft(const Back& at) {
    return present(at).call("Xlog1py", at.input(1)) * at.g();
}
Term logarithmOfOnePlusRight(const Back& at) {
    return at.input(0).call("Xdivy", at.input(1) + 1.0) * at.g();
}
Term quotientLeft(const Back& at) {
    return present(at).call("Xdivy", at.input(1)) * at.g();
}
Term quotientRight(const Back& at) {
    const Term y = at.input(1);
    return (-at.input(0)).call("Xdivy", y.call("Pow", y.number(2))) * at.g();
}
Term nothing(const Back& at) {
    return at.input(1).call("ZerosLike") * at.g();
}

/// All of the gradient to the first operand where it wins or ties, the rest to the second.
Term winnings(const Back& at, std::string_view wins, bool first) {
    const Term mask = at.input(0).call(wins, at.input(1));
    const Term zeros = at.g().call("ZerosLike");
    return {at.runner, first ? at.runner.run("SelectV2", {mask, at.g(), zeros})
                             : at.runner.run("SelectV2", {mask, zeros, at.g()})};
}
Term largerLeft(const Back& at) {
    return winnings(at, "GreaterEqual", true);
}
Term largerRight(const Back& at) {
    return winnings(at, "GreaterEqual", false);
}
Term smallerLeft(const Back& at) {
    return winnings(at, "LessEqual", true);
}
Term smallerRight(const Back& at) {
    return winnings(at, "LessEqual", false);
}

OpRow pair(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
           decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback, Flow flow = Smooth) {
    return {type, names, formula, doc, {{"x", flow}, {"y", flow}}, {}, forward, pullback};
}
}  // namespace

std::vector<OpRow> arithmetic() {
    return {
        pair("AddV2", "", "z = x + y", "Sum, element by element.", forNumbers<Plus>, twoBack<passed, passed>),
        {"Add", "", "z = x + y", "Strings, one after the other.", {{"x", Severed}, {"y", Severed}}, {}, appended},
        pair("Sub", "subtract math.subtract", "z = x − y", "Difference, element by element.", forNumbers<Minus>,
             twoBack<passed, negated>),
        pair("Mul", "multiply math.multiply", "z = x · y", "Product, element by element.", forNumbers<Times>,
             twoBack<timesRight, timesLeft>),
        pair("MulNoNan", "", "z = x · y, 0 where y is", "Product that is 0 where y is 0, whatever x is.",
             forFloatsAndComplex<TimesUnlessZero>, twoBack<timesUnlessZeroLeft, timesUnlessZeroRight>),
        pair("RealDiv", "realdiv", "z = x / y", "Quotient, element by element.", forFloatsAndComplex<Over>,
             twoBack<overLeft, overRight>),
        pair("DivNoNan", "", "z = x / y, 0 where y is", "Quotient that is 0 where y is 0.",
             forFloatsAndComplex<OverUnlessZero>, twoBack<overUnlessZeroLeft, overUnlessZeroRight>),
        pair("Maximum", "maximum math.maximum", "z = max(x, y)", "The larger; at a tie the gradient goes to x.",
             forReal<Larger>, twoBack<largerLeft, largerRight>, Kinked),
        pair("Minimum", "minimum math.minimum", "z = min(x, y)", "The smaller; at a tie the gradient goes to x.",
             forReal<Smaller>, twoBack<smallerLeft, smallerRight>, Kinked),
        pair("Pow", "pow math.pow", "z = xʸ", "Power, element by element; d/dy takes log x as 0 where x ≤ 0.", powers,
             twoBack<powerLeft, powerRight>),
        pair("SquaredDifference", "math.squared_difference", "z = (x − y)²", "Squared difference, element by element.",
             forNumbers<SquaredGap>, twoBack<gapLeft, gapRight>),
        {"Atan2",
         "atan2 math.atan2",
         "z = arctan(y/x)",
         "The angle of the point (x, y).",
         {{"y"}, {"x"}},
         {},
         forFloats<ArcTangent2>,
         twoBack<arcTangent2Left, arcTangent2Right>},
        pair("Xlogy", "math.xlogy", "z = x · ln y, 0 where x is", "x times a logarithm, and 0 where x is 0.",
             forFloatsAndComplex<Weighted<TimesLogarithm, PairKind::Xlogy>>, twoBack<logarithmLeft, logarithmRight>),
        pair("Xlog1py", "math.xlog1py", "z = x · ln(1 + y), 0 where x is", "x times a logarithm, and 0 where x is 0.",
             forFloatsAndComplex<Weighted<TimesLogarithmOfOnePlus, PairKind::Xlog1py>>,
             twoBack<logarithmOfOnePlusLeft, logarithmOfOnePlusRight>),
        pair("Xdivy", "math.xdivy", "z = x / y, 0 where x is", "Quotient that is 0 where x is 0.",
             forFloatsAndComplex<Weighted<Over, PairKind::Xdivy>>, twoBack<quotientLeft, quotientRight>),
        {"NextAfter",
         "math.nextafter",
         "z = the number after x₁ towards x₂",
         "The neighbour of x₁ in the direction of x₂, which gets a gradient of 0.",
         {{"x1"}, {"x2", Zero}},
         {},
         forWideFloats<Neighbour>,
         twoBack<passed, nothing>},
    };
}

}  // namespace tapescope::rows
