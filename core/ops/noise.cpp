// SPDX-License-Identifier: Apache-2.0
#include "core/ops/noise.h"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>

namespace tapescope {

namespace {
using Block = Philox::Block;

template <class T>
constexpr std::size_t perBlock = sizeof(T) == sizeof(double) ? 2 : 4;
template <class T>
using Numbers = std::array<T, perBlock<T>>;

float unit(std::uint32_t word) {
    return std::bit_cast<float>(0x3F800000U | (word & 0x7FFFFFU)) - 1.0F;
}

template <class T>
T narrowUnit(std::uint32_t word) {
    if constexpr (std::is_same_v<T, float>) return unit(word);
    const auto bits = static_cast<std::uint16_t>(std::is_same_v<T, Eigen::half> ? 0x3C00U | (word & 0x3FFU)
                                                                                : 0x3F80U | (word & 0x7FU));
    if constexpr (!std::is_same_v<T, float>) {
        return static_cast<T>(static_cast<float>(Eigen::numext::bit_cast<T>(bits)) - 1.0F);
    }
}

template <class T>
Numbers<T> uniforms(const Block& w) {
    if constexpr (sizeof(T) == sizeof(double)) {
        return {unitInterval(w[0], w[1]), unitInterval(w[2], w[3])};
    } else {
        return {narrowUnit<T>(w[0]), narrowUnit<T>(w[1]), narrowUnit<T>(w[2]), narrowUnit<T>(w[3])};
    }
}

template <class T>
Numbers<T> normals(const Block& w) {
    constexpr double smallest = 1.0e-7;
    if constexpr (sizeof(T) == sizeof(double)) {
        const double radius = std::sqrt(-2.0 * std::log(std::max(unitInterval(w[0], w[1]), smallest)));
        const double angle = 2 * M_PI * unitInterval(w[2], w[3]);
        return {std::sin(angle) * radius, std::cos(angle) * radius};
    } else {
        Numbers<T> result;
        for (std::size_t pair = 0; pair < 4; pair += 2) {
            const float radius = std::sqrt(-2.0F * std::log(std::max(unit(w[pair]), static_cast<float>(smallest))));
            const auto angle = static_cast<float>(2 * M_PI * static_cast<double>(unit(w[pair + 1])));
            result[pair] = static_cast<T>(std::sin(angle) * radius);
            result[pair + 1] = static_cast<T>(std::cos(angle) * radius);
        }
        return result;
    }
}

template <class T>
Numbers<T> bits(const Block& w) {
    if constexpr (sizeof(T) == sizeof(std::uint64_t)) {
        return {w[0] | std::uint64_t{w[1]} << 32, w[2] | std::uint64_t{w[3]} << 32};
    } else {
        return w;
    }
}

template <class T>
void fill(Philox generator, std::span<T> values, Numbers<T> (*numbersOf)(const Block&)) {
    for (std::size_t begin = 0; begin < values.size(); begin += perBlock<T>) {
        const auto numbers = numbersOf(generator.block());
        std::copy_n(numbers.begin(), std::min(perBlock<T>, values.size() - begin), values.begin() + begin);
    }
}
}  // namespace

double unitInterval(std::uint32_t first, std::uint32_t second) {
    const std::uint64_t mantissa = (std::uint64_t{first} & 0xFFFFFU) << 32 | second;
    return std::bit_cast<double>(std::uint64_t{0x3FF} << 52 | mantissa) - 1.0;
}

template <class T>
void fillUniform(Philox generator, std::span<T> values) {
    fill(generator, values, uniforms<T>);
}

template <class T>
void fillNormal(Philox generator, std::span<T> values) {
    fill(generator, values, normals<T>);
}

template <class T>
void fillBits(Philox generator, std::span<T> values) {
    fill(generator, values, bits<T>);
}

template <class T>
void fillTruncatedNormal(Philox generator, std::span<T> values) {
    constexpr std::uint64_t samplesReserved = 64;  // for each number
    // 16-bit numbers are drawn as float32, and it is these that must be within the bounds.
    using Wide = std::conditional_t<sizeof(T) == sizeof(double), double, float>;
    for (std::size_t begin = 0; begin < values.size(); begin += perBlock<T>) {
        Philox own = generator;
        const std::size_t end = std::min(values.size(), begin + perBlock<T>);
        for (std::size_t next = begin; next < end;) {
            for (const Wide number : normals<Wide>(own.block())) {
                if (std::abs(number) < 2 && next < end) values[next++] = static_cast<T>(number);
            }
        }
        generator.skip(samplesReserved * perBlock<T>);
    }
}

double NoiseStream::uniform() {
    if (uniformsLeft_ == 0) {
        std::ranges::copy(uniforms<double>(generator_.block()), uniforms_);
        uniformsLeft_ = 2;
    }
    return uniforms_[--uniformsLeft_];
}

double NoiseStream::normal() {
    if (normalsLeft_ == 0) {
        std::ranges::copy(normals<double>(generator_.block()), normals_);
        normalsLeft_ = 2;
    }
    return normals_[--normalsLeft_];
}

#define TS_NOISE(T)                                     \
    template void fillUniform<T>(Philox, std::span<T>); \
    template void fillNormal<T>(Philox, std::span<T>);  \
    template void fillTruncatedNormal<T>(Philox, std::span<T>)
TS_NOISE(float);
TS_NOISE(double);
TS_NOISE(Eigen::half);
TS_NOISE(Eigen::bfloat16);
#undef TS_NOISE
template void fillBits<std::uint32_t>(Philox, std::span<std::uint32_t>);
template void fillBits<std::uint64_t>(Philox, std::span<std::uint64_t>);

}  // namespace tapescope
