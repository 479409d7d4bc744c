// SPDX-License-Identifier: Apache-2.0
// What poolings have in common: their attributes, TensorFlow's checks of them, and their windows. Included by
// core/ops/*.cpp only.
#pragma once

#include "core/ops/window.h"

namespace tapescope::pooling {

using kernel::forEachTap;
using kernel::PictureFormat;
using kernel::Windows;

/// A call's attributes, of which the first `from` are not ksize, strides, padding, explicit_paddings, data_format.
struct Given {
    const Attributes& attributes;
    std::size_t from = 0;

    const Shape& size() const { return std::get<Shape>(attributes[from]); }
    const Shape& strides() const { return std::get<Shape>(attributes[from + 1]); }
    const std::string& padding() const { return std::get<std::string>(attributes[from + 2]); }
    const Shape& explicitPaddings() const { return std::get<Shape>(attributes[from + 3]); }
    const std::string& format() const { return std::get<std::string>(attributes[from + 4]); }
};

/// ksize, strides, padding, explicit_paddings, data_format.
std::vector<AttributeRow> attributeRows(const char* format);

/// The windows of a pooling of pictures of this shape, or of volumes; complains as TensorFlow does.
Windows windowsFor(const OpRow& row, const Shape& picture, DType dtype, const Given& given);

/// Is it one of the three spatial axes?
bool ofVolumes(const OpRow& row);
/// oneDNN's kernel for means of pictures, TensorFlow's own for all else.
std::string kernelOf(const OpRow& row, DType dtype);

/// Where a channel of a pixel stands.
struct Places {
    std::int64_t pixels, depth;
    bool first;

    std::int64_t operator()(std::int64_t picture, std::int64_t pixel, std::int64_t channel) const {
        return picture * pixels * depth + (first ? channel * pixels + pixel : pixel * depth + channel);
    }
};

/// For every output, in order or with each row from its end: the window's inputs that lie inside, as f(output, inputs).
template <class F>
void forEachWindow(const Windows& windows, F&& f, bool rowsBackwards = false) {
    std::vector<std::int64_t> inside(static_cast<std::size_t>(windows.taps()));
    const std::int64_t width = windows.axes[2].out;
    for (std::int64_t next = 0; next < windows.outputs(); ++next) {
        const std::int64_t at = rowsBackwards ? next / width * width + (width - 1 - next % width) : next;
        std::size_t count = 0;
        forEachTap(windows, at, at + 1, [&](std::int64_t, std::int64_t from, std::int64_t) {
            if (from >= 0) inside[count++] = from;
        });
        f(at, std::span<const std::int64_t>(inside.data(), count));
    }
}

}  // namespace tapescope::pooling
