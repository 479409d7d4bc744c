// SPDX-License-Identifier: Apache-2.0
#include "core/base/tensor.h"

#include <cmath>
#include <cstring>

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
        case DType::Resource: break;
    }
    return 0.0;
}

double distance(const Tensor& a, const Tensor& b) {
    double sum = 0;
    for (std::int64_t i = 0; i < a.count(); ++i) {
        const double gap = b.at(i) - a.at(i);
        sum += gap * gap;
    }
    return std::sqrt(sum);
}

bool operator==(const Tensor& a, const Tensor& b) {
    if (!a || !b) return !a && !b;
    return a.dtype_ == b.dtype_ && a.shape_ == b.shape_ && std::memcmp(a.bytes(), b.bytes(), a.byteCount()) == 0;
}

}  // namespace tapescope
