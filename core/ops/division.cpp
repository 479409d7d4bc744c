// SPDX-License-Identifier: Apache-2.0
// Quotients and remainders that are whole: of floats and, with a complaint about zero, of integers.
#include <cmath>
#include <limits>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

/// Of integers, y is not 0. −1 has a case of its own: the smallest number has no opposite, and processors trap.
struct TowardZero {
    template <class T>
    T operator()(T x, T y) const {
        if constexpr (std::is_integral_v<T>) {
            if constexpr (std::is_signed_v<T>) {
                if (y == T(-1)) return static_cast<T>(Modular<T>{0} - static_cast<Modular<T>>(x));
            }
            return static_cast<T>(x / y);
        } else {
            return std::trunc(x / y);
        }
    }
};
struct RestTowardZero {
    template <class T>
    T operator()(T x, T y) const {
        if constexpr (std::is_integral_v<T>) {
            if constexpr (std::is_signed_v<T>) {
                if (y == T(-1)) return 0;
            }
            return static_cast<T>(x % y);
        } else {
            return std::fmod(x, y);
        }
    }
};
struct TowardBelow {
    template <class T>
    T operator()(T x, T y) const {
        if constexpr (std::is_integral_v<T>) {
            const T whole = TowardZero{}(x, y);
            const bool less = ((x < 0) != (y < 0)) && RestTowardZero{}(x, y) != 0;
            return less ? static_cast<T>(whole - 1) : whole;
        } else {
            return std::floor(x / y);
        }
    }
};
struct RestTowardBelow {
    template <class T>
    T operator()(T x, T y) const {
        const T rest = RestTowardZero{}(x, y);
        return rest != 0 && ((y < 0) != (rest < 0)) ? static_cast<T>(rest + y) : rest;
    }
};

[[noreturn]] void refuseZero(const OpRow& row) {
    // Kernels that TensorFlow's functor for errors does not know by name.
    if (row.type.starts_with("Truncate"))
        refuse(row, "Unexpected error in binary operator (only integer div and mod should have errors)", {},
               ErrorKind::Internal);
    refuse(row, "Integer division by zero");
}

template <class Function>
Tensors divided(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        const Shape shape = commonShape(row, in[0], in[1]);
        if constexpr (std::is_integral_v<T>) {
            const auto divisors = in[1].as<T>();
            if (elementCount(shape) != 0 && std::ranges::find(divisors, T(0)) != divisors.end()) refuseZero(row);
        }
        return pairsOf<T, T>(in[0], in[1], shape, Function{});
    })};
}

Term passed(const Back& at) {
    return at.g();
}
/// math_grad.py _FloorModGrad: the whole quotient counts as constant.
Term minusWhole(const Back& at) {
    return at.g() * -at.input(0).call("FloorDiv", at.input(1));
}

OpRow severed(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
              decltype(OpRow::forward) forward, Flow flow = Severed) {
    return {type, names, formula, doc, {{"x", flow}, {"y", flow}}, {}, forward};
}
}  // namespace

std::vector<OpRow> division() {
    return {
        severed("FloorDiv", "math.floordiv", "z = ⌊x/y⌋", "The whole quotient, rounded down; has no gradient.",
                divided<TowardBelow>),
        severed("TruncateDiv", "truncatediv", "z = x/y toward 0",
                "The whole quotient, rounded toward 0; has no gradient.", divided<TowardZero>),
        severed("TruncateMod", "truncatemod", "z = x − y · (x/y toward 0)",
                "Remainder with the sign of x; nobody wrote a gradient for it.", divided<RestTowardZero>, Unregistered),
        {"FloorMod",
         "math.floormod math.mod",
         "z = x − ⌊x/y⌋·y",
         "Remainder with the sign of y; jumps count as constant.",
         {{"x", Kinked}, {"y", Kinked}},
         {},
         divided<RestTowardBelow>,
         twoBack<passed, minusWhole>},
    };
}

}  // namespace tapescope::rows
