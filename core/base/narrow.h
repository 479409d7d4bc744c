// SPDX-License-Identifier: Apache-2.0
// The two floats of 16 bits and their way to float and back, to the nearest with ties to the even one, as IEEE 754 and
// TensorFlow have it. The kernels compute with Eigen's types of the same bits.
#pragma once

#include <bit>
#include <cstdint>

namespace tapescope {

inline float halfToFloat(std::uint16_t bits) {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
    const std::uint32_t exponent = (bits >> 10U) & 0x1fU;
    const std::uint32_t fraction = bits & 0x3ffU;
    if (exponent == 0) {
        const float size = static_cast<float>(fraction) * 0x1p-24F;
        return sign == 0 ? size : -size;
    }
    const std::uint32_t widened = exponent == 31 ? 255 : exponent + 112;
    return std::bit_cast<float>(sign | widened << 23U | fraction << 13U);
}

inline std::uint16_t floatToHalf(float number) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    const std::uint32_t sign = (bits >> 16U) & 0x8000U;
    std::uint32_t size = bits & 0x7fffffffU;
    if (size > 0x7f800000U) {
        size = 0x7e00U;  // not a number
    } else if (size >= 0x47800000U) {
        size = 0x7c00U;  // 65536 and more
    } else if (size < 0x38800000U) {
        // Adding 0.5 leaves the digits of a subnormal in the last places, rounded by the processor.
        size = std::bit_cast<std::uint32_t>(std::bit_cast<float>(size) + 0.5F) - std::bit_cast<std::uint32_t>(0.5F);
    } else {
        size = (size - (112U << 23U) + 0xfffU + ((size >> 13U) & 1U)) >> 13U;
    }
    return static_cast<std::uint16_t>(sign | size);
}

inline float bfloat16ToFloat(std::uint16_t bits) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

inline std::uint16_t floatToBfloat16(float number) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    if ((bits & 0x7fffffffU) > 0x7f800000U) return static_cast<std::uint16_t>((bits >> 16U & 0x8000U) | 0x7fc0U);
    return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16U) & 1U)) >> 16U);
}

}  // namespace tapescope
