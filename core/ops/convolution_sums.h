// SPDX-License-Identifier: Apache-2.0
// The sums of convolutions in float and double. Pictures have their channels last here.
#pragma once

#include "core/ops/window.h"

namespace tapescope::convolution {

/// A convolution's numbers by name.
struct Sizes {
    const kernel::Windows& windows;
    std::int64_t depth, outDepth, groups;

    std::int64_t groupDepth() const { return depth / groups; }
    std::int64_t groupOut() const { return outDepth / groups; }
    std::int64_t inner() const { return windows.taps() * groupDepth(); }
};

template <class T>
void convolve(const Sizes& sizes, const T* pictures, const T* filter, T* output);
/// The transpose of convolve in the pictures.
template <class T>
void toPictures(const Sizes& sizes, const T* filter, const T* output, T* pictures);
/// The transpose of convolve in the filter.
template <class T>
void toFilter(const Sizes& sizes, const T* pictures, const T* output, T* filter);

}  // namespace tapescope::convolution
