// SPDX-License-Identifier: Apache-2.0
// From the words of a generator to numbers, bit for bit as TensorFlow's kernels do it (random_distributions.h): logf,
// sinf and cosf are the C library's, and no product is fused with a sum.
#pragma once

#include <cstdint>
#include <span>

#include "core/ops/philox.h"

namespace tapescope {

/// In [0, 1). T: float, double, Eigen::half, Eigen::bfloat16.
template <class T>
void fillUniform(Philox generator, std::span<T> values);
/// Standard normal (Box-Muller, sine first).
template <class T>
void fillNormal(Philox generator, std::span<T> values);
/// Standard normal, drawn again where they are not within (-2, 2): each block of numbers has counters of its own.
template <class T>
void fillTruncatedNormal(Philox generator, std::span<T> values);
/// All bits. T: std::uint32_t, std::uint64_t.
template <class T>
void fillBits(Philox generator, std::span<T> values);

/// Numbers one by one, as samplers take them that need an unknown count: two of each block, the second one first.
class NoiseStream {
public:
    explicit NoiseStream(Philox generator) : generator_(generator) {}
    double uniform();
    double normal();

private:
    Philox generator_;
    double uniforms_[2] = {};
    double normals_[2] = {};
    int uniformsLeft_ = 0;
    int normalsLeft_ = 0;
};

/// Two words as a number in [0, 1).
double unitInterval(std::uint32_t first, std::uint32_t second);

}  // namespace tapescope
