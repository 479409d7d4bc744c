// SPDX-License-Identifier: Apache-2.0
// Elements pass in pieces through the widest type of their kind, so that the number of loops grows with the number of
// dtypes and not with its square.
#include "core/base/convert.h"

#include <algorithm>
#include <array>
#include <complex>
#include <limits>
#include <type_traits>

#include "core/base/narrow.h"

namespace tapescope {

namespace {
struct Half {
    std::uint16_t bits;
};
struct BFloat16 {
    std::uint16_t bits;
};

template <class T>
inline constexpr bool isComplex = std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

/// An element as its widest relative: double, std::int64_t, std::uint64_t or std::complex<double>.
template <class T>
auto widened(T value) {
    if constexpr (std::is_same_v<T, Half>) {
        return static_cast<double>(halfToFloat(value.bits));
    } else if constexpr (std::is_same_v<T, BFloat16>) {
        return static_cast<double>(bfloat16ToFloat(value.bits));
    } else if constexpr (isComplex<T>) {
        return std::complex<double>(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<double>(value);
    } else if constexpr (std::is_signed_v<T>) {
        return static_cast<std::int64_t>(value);
    } else {
        return static_cast<std::uint64_t>(value);
    }
}

/// What the processor makes of a number that an integer of this width cannot hold: the smallest.
template <class Integer>
Integer truncated(double value) {
    constexpr double limit = -static_cast<double>(std::numeric_limits<Integer>::min());
    if (value > -limit - 1 && value < limit) return static_cast<Integer>(value);
    return std::numeric_limits<Integer>::min();
}

template <class To>
To integerFrom(double value) {
    if constexpr (std::is_same_v<To, std::uint64_t>) {
        if (value >= 0x1p63 && value < 0x1p64) return static_cast<std::uint64_t>(value);
    }
    if constexpr (sizeof(To) < 4 || std::is_same_v<To, std::int32_t>) {
        return static_cast<To>(truncated<std::int32_t>(value));
    } else {
        return static_cast<To>(truncated<std::int64_t>(value));
    }
}

template <class To, class Wide>
To narrowed(Wide value) {
    if constexpr (isComplex<Wide> && !isComplex<To>) {
        return narrowed<To>(value.real());
    } else if constexpr (isComplex<To>) {
        using Part = typename To::value_type;
        if constexpr (isComplex<Wide>)
            return To(static_cast<Part>(value.real()), static_cast<Part>(value.imag()));
        else
            return To(static_cast<Part>(value));
    } else if constexpr (std::is_same_v<To, bool>) {
        return value != Wide{};
    } else if constexpr (std::is_same_v<To, Half>) {
        return {floatToHalf(static_cast<float>(value))};
    } else if constexpr (std::is_same_v<To, BFloat16>) {
        return {floatToBfloat16(static_cast<float>(value))};
    } else if constexpr (std::is_integral_v<To> && std::is_same_v<Wide, double>) {
        return integerFrom<To>(value);
    } else {
        return static_cast<To>(value);
    }
}

template <class F>
void withType(DType dtype, F&& f) {
    switch (dtype) {
        case DType::Float32: return f.template operator()<float>();
        case DType::Float64: return f.template operator()<double>();
        case DType::Float16: return f.template operator()<Half>();
        case DType::BFloat16: return f.template operator()<BFloat16>();
        case DType::Int8: return f.template operator()<std::int8_t>();
        case DType::Int16: return f.template operator()<std::int16_t>();
        case DType::Int32: return f.template operator()<std::int32_t>();
        case DType::Int64: return f.template operator()<std::int64_t>();
        case DType::UInt8: return f.template operator()<std::uint8_t>();
        case DType::UInt16: return f.template operator()<std::uint16_t>();
        case DType::UInt32: return f.template operator()<std::uint32_t>();
        case DType::UInt64: return f.template operator()<std::uint64_t>();
        case DType::Bool: return f.template operator()<bool>();
        case DType::Complex64: return f.template operator()<std::complex<float>>();
        case DType::Complex128: return f.template operator()<std::complex<double>>();
        case DType::String:
        case DType::Resource:
        case DType::Variant: return;
    }
}

template <class Wide>
void pour(std::span<const Wide> values, DType dtype, std::byte* target, std::size_t first) {
    withType(dtype, [&]<class To>() {
        To* out = reinterpret_cast<To*>(target) + first;
        for (std::size_t i = 0; i < values.size(); ++i) out[i] = narrowed<To>(values[i]);
    });
}
}  // namespace

Tensor converted(const Tensor& tensor, DType dtype) {
    if (tensor.dtype() == dtype) return tensor;
    const auto count = static_cast<std::size_t>(tensor.count());
    ByteFilling result(dtype, tensor.shape());
    withType(tensor.dtype(), [&]<class From>() {
        const From* source = reinterpret_cast<const From*>(tensor.bytes());
        using Wide = decltype(widened(From{}));
        std::array<Wide, 256> piece;
        for (std::size_t first = 0; first < count; first += piece.size()) {
            const std::size_t size = std::min(piece.size(), count - first);
            for (std::size_t i = 0; i < size; ++i) piece[i] = widened(source[first + i]);
            pour<Wide>(std::span<const Wide>(piece.data(), size), dtype, result.bytes.data(), first);
        }
    });
    return std::move(result).done();
}

Tensor scalarOf(double value, DType dtype) {
    return converted(Tensor::of<double>({}, std::span<const double>(&value, 1)), dtype);
}

}  // namespace tapescope
