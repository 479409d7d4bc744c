// SPDX-License-Identifier: Apache-2.0
// Element-wise loops: over one tensor, and over two that broadcast, without copies of either. The inner loops are
// plain, so that the compiler vectorises them, for several instruction sets where they are over floats. Included by
// core/ops/*.cpp only.
#pragma once

#include <algorithm>
#include <concepts>
#include <type_traits>

#include "core/base/wide.h"
#include "core/ops/kernel.h"
#include "core/ops/level.h"

namespace tapescope::kernel {

/// Where the elements of two operands stand beside the elements of their common shape: runs of the innermost axis,
/// after axes that lie together in both operands have become one.
struct Pairing {
    Shape sizes;  ///< innermost last; at least one axis
    Shape left;   ///< elements between neighbours along each axis, 0 where the operand is repeated
    Shape right;
};
Pairing pairingOf(const Shape& left, const Shape& right, const Shape& common);

/// The shape that two operands broadcast to; throws TensorFlow's "Incompatible shapes".
Shape commonShape(const OpRow& row, const Tensor& a, const Tensor& b);

/// What integers of T are computed in: overflow wraps, as the processor's own arithmetic does. Others: Wide<T>.
template <class T>
struct ModularOf {
    using type = Wide<T>;
};
template <std::integral T>
struct ModularOf<T> {
    using type = std::conditional_t<(sizeof(T) > 4), std::uint64_t, std::uint32_t>;
};
template <>
struct ModularOf<bool> {
    using type = bool;
};
template <class T>
using Modular = typename ModularOf<T>::type;

/// A number of things, as a number to divide by.
template <class W>
W amount(std::int64_t count) {
    if constexpr (std::is_arithmetic_v<W>) {
        return static_cast<W>(count);
    } else {
        return W(static_cast<typename W::value_type>(count));
    }
}

/// f of each of so many numbers in wide registers. Each is rounded as it would be alone, so the digits are the same.
template <class R, class T, class F>
TS_WIDE void eachWide(const T* x, R* y, std::int64_t count, F f) {
    for (std::int64_t i = 0; i < count; ++i) y[i] = static_cast<R>(f(x[i]));
}

/// f of each element, as elements of R. f takes and gives Wide<T>; where it has a `kind`, that map serves float and
/// double.
template <class R, class T, class F>
Tensor eachOf(const Tensor& input, F&& f) {
    Filling<R> result(input.shape());
    const T* x = input.as<T>().data();
    R* y = result.values.data();
    const auto count = static_cast<std::int64_t>(result.values.size());
    if constexpr (std::is_same_v<R, T> && std::is_floating_point_v<T> && requires { f.kind; }) {
        mapNumbers(f.kind, x, y, count);
    } else if constexpr (std::is_floating_point_v<T>) {
        eachWide(x, y, count, f);
    } else {
        for (std::int64_t i = 0; i < count; ++i) y[i] = static_cast<R>(f(static_cast<Wide<T>>(x[i])));
    }
    return std::move(result).done();
}

/// Calls visit(offset of the left run, offset of the right run) for each run of the innermost axis, in order.
template <class F>
void forEachRun(const Pairing& pairing, F&& visit) {
    const std::size_t outer = pairing.sizes.size() - 1;
    std::int64_t runs = 1;
    for (std::size_t axis = 0; axis < outer; ++axis) runs *= pairing.sizes[axis];
    Shape at(outer, 0);
    std::int64_t left = 0;
    std::int64_t right = 0;
    for (std::int64_t run = 0; run < runs; ++run) {
        visit(left, right);
        for (std::size_t axis = outer; axis-- > 0;) {
            left += pairing.left[axis];
            right += pairing.right[axis];
            if (++at[axis] < pairing.sizes[axis]) break;
            left -= pairing.left[axis] * pairing.sizes[axis];
            right -= pairing.right[axis] * pairing.sizes[axis];
            at[axis] = 0;
        }
    }
}

/// Those that programs mostly compute in.
template <class T>
inline constexpr bool isCommon =
    std::is_same_v<T, float> || std::is_same_v<T, double> || std::is_same_v<T, std::int32_t> ||
    std::is_same_v<T, std::int64_t> || std::is_same_v<T, bool>;

/// f of the pairs of two runs; a step of 0 repeats one operand. Constant steps let the compiler vectorise.
template <int XStep, int YStep, class R, class T, class F>
TS_INLINE void pairs(const T* x, const T* y, R* out, std::int64_t length, F f) {
    for (std::int64_t i = 0; i < length; ++i) out[i] = static_cast<R>(f(x[i * XStep], y[i * YStep]));
}
template <int XStep, int YStep, class R, class T, class F>
TS_WIDE void pairsWide(const T* x, const T* y, R* out, std::int64_t length, F f) {
    pairs<XStep, YStep>(x, y, out, length, f);
}

/// What a map of pairs makes of two operands; one number of many stands beside each of the other's.
template <class T>
void fillPairs(PairKind kind, const Tensor& a, const Tensor& b, const Shape& shape, Filling<T>& result) {
    const auto full = [&](const Tensor& x) { return x.count() == 1 || x.shape() == shape ? x : stretched(x, shape); };
    const Tensor x = full(a), y = full(b);
    mapPairs<T>(kind, {x.as<T>().data(), y.as<T>().data(), x.count() != 1, y.count() != 1}, result.values.data(),
                static_cast<std::int64_t>(result.values.size()));
}

/// f of each pair, as elements of R, in the shape to which both broadcast. f takes Wide<T>; where it has a `kind`, that
/// map serves float and double.
template <class R, class T, class F>
Tensor pairsOf(const Tensor& a, const Tensor& b, const Shape& shape, F&& f) {
    Filling<R> result(shape);
    if (result.values.empty()) return std::move(result).done();
    if constexpr (std::is_floating_point_v<T> && requires { f.kind; }) {
        fillPairs<T>(f.kind, a, b, shape, result);
        return std::move(result).done();
    }
    const Pairing pairing = pairingOf(a.shape(), b.shape(), shape);
    const std::int64_t length = pairing.sizes.back();
    const bool leftMoves = pairing.left.back() != 0;
    const bool rightMoves = pairing.right.back() != 0;
    R* out = result.values.data();
    using W = Wide<T>;
    forEachRun(pairing, [&](std::int64_t left, std::int64_t right) {
        const T* x = a.as<T>().data() + left;
        const T* y = b.as<T>().data() + right;
        const auto run = [&]<int XStep, int YStep>() {
            if constexpr (std::is_floating_point_v<T>) {
                pairsWide<XStep, YStep>(x, y, out, length, f);
            } else {
                pairs<XStep, YStep>(x, y, out, length, f);
            }
        };
        // The rarer dtypes are not worth the code.
        if (!isCommon<T> || (!leftMoves && !rightMoves)) {
            for (std::int64_t i = 0; i < length; ++i)
                out[i] = static_cast<R>(f(static_cast<W>(x[leftMoves ? i : 0]), static_cast<W>(y[rightMoves ? i : 0])));
        } else if constexpr (isCommon<T>) {
            if (leftMoves && rightMoves) {
                run.template operator()<1, 1>();
            } else if (leftMoves) {
                run.template operator()<1, 0>();
            } else {
                run.template operator()<0, 1>();
            }
        }
        out += length;
    });
    return std::move(result).done();
}

/// Floats and signed integers.
template <class F>
auto signedNumeric(const OpRow& row, DType dtype, F&& f) {
    switch (dtype) {
        case DType::Int8: return f.template operator()<std::int8_t>();
        case DType::Int16: return f.template operator()<std::int16_t>();
        case DType::Int32: return f.template operator()<std::int32_t>();
        case DType::Int64: return f.template operator()<std::int64_t>();
        default: return floating(row, dtype, std::forward<F>(f));
    }
}

/// float and double: what TensorFlow has no kernels of 16 bits for.
template <class F>
auto wideFloating(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Float32) return f.template operator()<float>();
    if (dtype == DType::Float64) return f.template operator()<double>();
    refuseDType(row, dtype);
}

/// int32 and int64: indices and segments.
template <class F>
auto indexing(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Int32) return f.template operator()<std::int32_t>();
    if (dtype == DType::Int64) return f.template operator()<std::int64_t>();
    refuseDType(row, dtype);
}

}  // namespace tapescope::kernel
