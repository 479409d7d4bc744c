// SPDX-License-Identifier: Apache-2.0
#include "core/ops/window.h"

namespace tapescope::kernel {

namespace {
/// Output size and padding of one axis (framework/kernel_shape_util.cc GetWindowedOutputSizeVerbose): SAME pads the odd
/// one at the end.
void place(const OpRow& row, std::string_view name, WindowAxis& axis, const std::string& padding,
           std::int64_t explicitBefore, std::int64_t explicitAfter) {
    const std::int64_t reach = (axis.kernel - 1) * axis.dilation + 1;
    if (padding == "SAME") {
        axis.out = (axis.in + axis.stride - 1) / axis.stride;
        axis.before = std::max<std::int64_t>(0, (axis.out - 1) * axis.stride + reach - axis.in) / 2;
        return;
    }
    axis.before = explicitBefore;
    axis.out = (axis.in + explicitBefore + explicitAfter - reach + axis.stride) / axis.stride;
    if (axis.out < 0) {
        refuse(row,
               "Computed output size would be negative: " + std::to_string(axis.out) +
                   " [input_size: " + std::to_string(axis.in) + ", effective_filter_size: " + std::to_string(reach) +
                   ", stride: " + std::to_string(axis.stride) + "]",
               name);
    }
}
}  // namespace

Shape Windows::outputShape(std::int64_t channels) const {
    Shape shape{batch};
    if (format.channelsFirst) shape.push_back(channels);
    for (std::size_t i = 3 - format.spatial; i < 3; ++i) shape.push_back(axes[i].out);
    if (!format.channelsFirst) shape.push_back(channels);
    return shape;
}

PictureFormat formatOf(const std::string& name, std::size_t spatial) {
    return {name.size() > 1 && name[1] == 'C', spatial};
}

void unimplemented(const OpRow& row, const std::string& text, std::string_view name) {
    refuse(row, text, name, ErrorKind::Unimplemented);
}

Windows windowsOf(const OpRow& row, std::string_view name, const Shape& picture, const Shape& kernel,
                  const Placement& placement) {
    const PictureFormat& format = placement.format;
    Windows windows{format, picture[0], picture[format.channel()], {}};
    for (std::size_t i = 0; i < format.spatial; ++i) {
        const std::size_t at = format.axis(i);
        WindowAxis& axis = windows.axes[3 - format.spatial + i];
        axis.in = picture[at];
        axis.kernel = kernel[i];
        axis.stride = placement.strides[at];
        axis.dilation = placement.dilations.empty() ? 1 : placement.dilations[at];
        const bool explicitly = placement.padding == "EXPLICIT" && placement.explicitPaddings.size() > 2 * at + 1;
        place(row, name, axis, placement.padding, explicitly ? placement.explicitPaddings[2 * at] : 0,
              explicitly ? placement.explicitPaddings[2 * at + 1] : 0);
    }
    return windows;
}

}  // namespace tapescope::kernel
