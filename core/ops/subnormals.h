// SPDX-License-Identifier: Apache-2.0
// Numbers too small for a normal one, which are 0 where TensorFlow computes.
#pragma once

#include "core/ops/op.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace tapescope {

/// While it lives, the processor takes subnormal operands of this thread as 0, and gives 0 instead of subnormal
/// results. What only moves, negates or takes magnitudes of numbers leaves them, as TensorFlow's kernels do.
class SubnormalsAreZero {
public:
    SubnormalsAreZero() = default;
    SubnormalsAreZero(const SubnormalsAreZero&) = delete;
    SubnormalsAreZero& operator=(const SubnormalsAreZero&) = delete;

#if defined(__x86_64__)
    ~SubnormalsAreZero() {
        _mm_setcsr(before_);
    }

private:
    static unsigned begun() {
        const unsigned before = _mm_getcsr();
        _mm_setcsr(before | 0x8040U);
        return before;
    }
    unsigned before_ = begun();
#else
    ~SubnormalsAreZero() {}
#endif
};

/// What a row makes of its inputs.
inline Tensors computed(const OpRow& row, Inputs inputs, const Attributes& attributes) {
    const SubnormalsAreZero zero;
    return row.forward(row, inputs, attributes);
}

}  // namespace tapescope
