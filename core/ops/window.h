// SPDX-License-Identifier: Apache-2.0
// Windows that slide over pictures: what convolutions and poolings have in common. Pictures have up to three spatial
// axes; fewer are seen as three, of which the first have size 1.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/ops/kernel.h"

namespace tapescope::kernel {

/// One spatial axis: output o sees the inputs o·stride − before + k·dilation, k < kernel.
struct WindowAxis {
    std::int64_t in = 1, kernel = 1, stride = 1, dilation = 1, before = 0, out = 1;
};

/// Where the axes of a picture's shape are, by its data format: "NHWC", "NDHWC" or "NCHW", "NCDHW".
struct PictureFormat {
    bool channelsFirst = false;
    std::size_t spatial = 2;  ///< how many spatial axes

    std::size_t channel() const { return channelsFirst ? 1 : spatial + 1; }
    std::size_t axis(std::size_t i) const { return i + (channelsFirst ? 2 : 1); }
};

struct Windows {
    PictureFormat format;
    std::int64_t batch = 1, depth = 1;
    std::array<WindowAxis, 3> axes;

    std::int64_t inputs() const { return axes[0].in * axes[1].in * axes[2].in; }  ///< pixels of a picture
    std::int64_t outputs() const { return axes[0].out * axes[1].out * axes[2].out; }
    std::int64_t taps() const { return axes[0].kernel * axes[1].kernel * axes[2].kernel; }
    Shape outputShape(std::int64_t channels) const;
};

/// How windows are placed: the attributes of an operation.
struct Placement {
    Shape strides, dilations;  ///< with batch and channel, in the order of the format; dilations may be empty
    std::string padding;       ///< SAME, VALID or EXPLICIT
    Shape explicitPaddings;    ///< two for each axis of the shape
    PictureFormat format;
};

/// The windows of `kernel` (sizes of the spatial axes) over a picture. Complains as TensorFlow does about strides,
/// dilations, paddings and outputs of negative size.
Windows windowsOf(const OpRow& row, std::string_view name, const Shape& picture, const Shape& kernel,
                  const Placement& placement);

/// "NHWC" and its kin; complains as TensorFlow does about an attribute that is none of the two of `spatial` axes.
PictureFormat formatOf(const std::string& name, std::size_t spatial);

/// TensorFlow has no kernel for this: UnimplementedError.
[[noreturn]] void unimplemented(const OpRow& row, const std::string& text, std::string_view name);

/// The same picture with its channels last, or brought back from there.
template <class T>
std::vector<T> channelsLast(const T* picture, std::int64_t batch, std::int64_t pixels, std::int64_t depth) {
    std::vector<T> moved(static_cast<std::size_t>(batch * pixels * depth));
    T* target = moved.data();
    for (std::int64_t b = 0; b < batch; ++b) {
        for (std::int64_t p = 0; p < pixels; ++p) {
            for (std::int64_t c = 0; c < depth; ++c) *target++ = picture[(b * depth + c) * pixels + p];
        }
    }
    return moved;
}

template <class T>
void channelsFirst(const T* moved, std::int64_t batch, std::int64_t pixels, std::int64_t depth, T* picture) {
    for (std::int64_t b = 0; b < batch; ++b) {
        for (std::int64_t p = 0; p < pixels; ++p) {
            for (std::int64_t c = 0; c < depth; ++c) picture[(b * depth + c) * pixels + p] = *moved++;
        }
    }
}

/// Calls f(output pixel, input pixel or -1 where the window hangs over the edge, tap) for the outputs in [from, to).
template <class F>
void forEachTap(const Windows& windows, std::int64_t from, std::int64_t to, F&& f) {
    const auto& [z, y, x] = windows.axes;
    for (std::int64_t at = from; at < to; ++at) {
        const std::int64_t left = at % x.out * x.stride - x.before;
        const std::int64_t top = at / x.out % y.out * y.stride - y.before;
        const std::int64_t front = at / x.out / y.out * z.stride - z.before;
        std::int64_t tap = 0;
        for (std::int64_t kz = 0; kz < z.kernel; ++kz) {
            const std::int64_t iz = front + kz * z.dilation;
            for (std::int64_t ky = 0; ky < y.kernel; ++ky) {
                const std::int64_t iy = top + ky * y.dilation;
                const bool rowInside = iz >= 0 && iz < z.in && iy >= 0 && iy < y.in;
                for (std::int64_t kx = 0; kx < x.kernel; ++kx, ++tap) {
                    const std::int64_t ix = left + kx * x.dilation;
                    const bool inside = rowInside && ix >= 0 && ix < x.in;
                    f(at, inside ? (iz * y.in + iy) * x.in + ix : std::int64_t{-1}, tap);
                }
            }
        }
    }
}

}  // namespace tapescope::kernel
