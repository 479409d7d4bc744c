// SPDX-License-Identifier: Apache-2.0
#include "core/base/tensor.h"

#include <cmath>
#include <cstring>

#include "core/base/narrow.h"
#include "core/base/statistics.h"

namespace tapescope {

Tensor Tensor::scalar(float value) {
    return of<float>({}, std::span<const float>(&value, 1));
}

double Tensor::at(std::int64_t i) const {
    const auto index = static_cast<std::size_t>(i);
    switch (dtype_) {
        case DType::Float32: return static_cast<double>(as<float>()[index]);
        case DType::Float64: return as<double>()[index];
        case DType::Int32: return static_cast<double>(as<std::int32_t>()[index]);
        case DType::Int64: return static_cast<double>(as<std::int64_t>()[index]);
        case DType::Bool: return as<bool>()[index] ? 1.0 : 0.0;
        case DType::Float16: return static_cast<double>(halfToFloat(as<std::uint16_t>()[index]));
        case DType::BFloat16: return static_cast<double>(bfloat16ToFloat(as<std::uint16_t>()[index]));
        case DType::Int8: return static_cast<double>(as<std::int8_t>()[index]);
        case DType::Int16: return static_cast<double>(as<std::int16_t>()[index]);
        case DType::UInt8: return static_cast<double>(as<std::uint8_t>()[index]);
        case DType::UInt16: return static_cast<double>(as<std::uint16_t>()[index]);
        case DType::UInt32: return static_cast<double>(as<std::uint32_t>()[index]);
        case DType::UInt64: return static_cast<double>(as<std::uint64_t>()[index]);
        case DType::Complex64: return static_cast<double>(as<std::complex<float>>()[index].real());
        case DType::Complex128: return as<std::complex<double>>()[index].real();
        case DType::String:
        case DType::Resource:
        case DType::Variant: break;
    }
    return 0.0;
}

double distance(const Tensor& a, const Tensor& b) {
    if (a.dtype() == DType::Float32 && b.dtype() == DType::Float32)
        return std::sqrt(squaredDistance(a.as<float>(), b.as<float>()));
    double sum = 0;
    for (std::int64_t i = 0; i < a.count(); ++i) {
        const double gap = b.at(i) - a.at(i);
        sum += gap * gap;
    }
    return std::sqrt(sum);
}

bool operator==(const Tensor& a, const Tensor& b) {
    if (!a || !b) return !a && !b;
    if (a.dtype_ != b.dtype_ || a.shape_ != b.shape_) return false;
    if (a.dtype_ == DType::String) return std::ranges::equal(a.as<std::string>(), b.as<std::string>());
    return std::memcmp(a.bytes(), b.bytes(), a.byteCount()) == 0;
}

}  // namespace tapescope
