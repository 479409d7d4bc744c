// SPDX-License-Identifier: Apache-2.0
// Truth values and the bits of integers. Neither carries a gradient.
#include <cmath>

#include "core/ops/loops.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct And {
    template <class T>
    T operator()(T a, T b) const {
        return static_cast<T>(a & b);
    }
};
struct Or {
    template <class T>
    T operator()(T a, T b) const {
        return static_cast<T>(a | b);
    }
};
struct ExclusiveOr {
    template <class T>
    T operator()(T a, T b) const {
        return static_cast<T>(a ^ b);
    }
};
/// By as many places as there are, at least 0 and less than the bits of T.
template <class T>
unsigned places(T wished) {
    constexpr auto most = static_cast<T>(sizeof(T) * 8 - 1);
    return static_cast<unsigned>(wished < T(0) ? T(0) : std::min(wished, most));
}
struct ShiftLeft {
    template <class T>
    T operator()(T x, T by) const {
        return static_cast<T>(static_cast<Modular<T>>(x) << places(by));
    }
};
struct ShiftRight {
    template <class T>
    T operator()(T x, T by) const {
        return static_cast<T>(x >> places(by));
    }
};

void requireBool(const OpRow& row, Inputs in) {
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i].dtype() == DType::Bool) continue;
        throw Error(ErrorKind::InvalidArgument, "cannot compute " + std::string(row.type) + " as input #" +
                                                    std::to_string(i) +
                                                    "(zero-based) was expected to be a bool tensor but is a " +
                                                    std::string(tapescope::row(in[i].dtype()).kernelName) +
                                                    " tensor [Op:" + std::string(row.type) + "] name: ");
    }
}

template <class Function>
Tensors logical(const OpRow& row, Inputs in, const Attributes&) {
    requireBool(row, in);
    return {pairsOf<bool, bool>(in[0], in[1], commonShape(row, in[0], in[1]), Function{})};
}

Tensors denied(const OpRow& row, Inputs in, const Attributes&) {
    requireBool(row, in);
    return {eachOf<bool, bool>(in[0], [](bool x) { return !x; })};
}

template <class Function>
Tensors bits(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {integral(row, in[0].dtype(), [&]<class T>() {
        return pairsOf<T, T>(in[0], in[1], commonShape(row, in[0], in[1]), Function{});
    })};
}

Tensors inverted(const OpRow& row, Inputs in, const Attributes&) {
    return {integral(row, in[0].dtype(),
                     [&]<class T>() { return eachOf<T, T>(in[0], [](T x) { return static_cast<T>(~x); }); })};
}

struct NotANumber {
    bool operator()(auto x) const { return std::isnan(x); }
};
struct Infinite {
    bool operator()(auto x) const { return std::isinf(x); }
};
struct Finite {
    bool operator()(auto x) const { return std::isfinite(x); }
};

template <class Question>
Tensors asked(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() { return eachOf<bool, T>(in[0], Question{}); })};
}

OpRow two(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
          decltype(OpRow::forward) forward) {
    return {type, names, formula, doc, {{"x", Severed}, {"y", Severed}}, {}, forward};
}

OpRow question(std::string_view type, std::string_view names, std::string_view formula,
               decltype(OpRow::forward) forward) {
    return {type, names,  formula, "A truth value for each element; nobody wrote a gradient.", {{"x", Unregistered}},
            {},   forward};
}
}  // namespace

std::vector<OpRow> integer() {
    return {
        two("LogicalAnd", "logical_and math.logical_and", "z = x ∧ y", "Both hold.", logical<And>),
        two("LogicalOr", "logical_or math.logical_or", "z = x ∨ y", "At least one holds.", logical<Or>),
        {"LogicalNot", "logical_not math.logical_not", "y = ¬x", "It does not hold.", {{"x", Severed}}, {}, denied},
        two("BitwiseAnd", "bitwise.bitwise_and", "z = x ∧ y", "The bits that both have.", bits<And>),
        two("BitwiseOr", "bitwise.bitwise_or", "z = x ∨ y", "The bits that one has.", bits<Or>),
        two("BitwiseXor", "bitwise.bitwise_xor", "z = x ⊕ y", "The bits that differ.", bits<ExclusiveOr>),
        two("LeftShift", "bitwise.left_shift", "z = x · 2ʸ", "Bits moved to higher places; what falls out is lost.",
            bits<ShiftLeft>),
        two("RightShift", "bitwise.right_shift", "z = ⌊x / 2ʸ⌋", "Bits moved to lower places, keeping the sign.",
            bits<ShiftRight>),
        {"Invert", "bitwise.invert", "y = ¬x", "The other bits.", {{"x", Severed}}, {}, inverted},
        question("IsNan", "math.is_nan", "y = (x is NaN)", asked<NotANumber>),
        question("IsInf", "math.is_inf", "y = (|x| = ∞)", asked<Infinite>),
        question("IsFinite", "math.is_finite", "y = (|x| < ∞)", asked<Finite>),
    };
}

}  // namespace tapescope::rows
