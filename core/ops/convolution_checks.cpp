// SPDX-License-Identifier: Apache-2.0
// TensorFlow's complaints about convolutions. It runs oneDNN's kernels for float32 and kernels of its own for others,
// and these use other words, in another order.
#include "core/ops/convolution.h"

#include "core/base/convert.h"

namespace tapescope::convolution {

using namespace kernel;

namespace {
enum Attribute : std::size_t { Strides, Padding, ExplicitPaddings, DataFormat, Dilations };

bool isFast(DType dtype) {
    return dtype == DType::Float32;
}

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// What TensorFlow checks when it makes the kernel: strides, dilations and explicit paddings.
void checkPlacement(const OpRow& row, const std::string& name, const Placement& placement, bool fast) {
    const Shape& strides = placement.strides;
    const Shape& dilations = placement.dilations;
    const PictureFormat& format = placement.format;
    if (strides[0] != 1 || strides[format.channel()] != 1)
        unimplemented(row, "Current implementation does not yet support strides in the batch and depth dimensions.",
                      name);
    const auto positive = [&](const Shape& values) {
        for (std::size_t i = 0; i < format.spatial; ++i) {
            if (values[format.axis(i)] <= 0) return false;
        }
        return true;
    };
    if (!fast && !positive(strides))
        refuse(row,
               format.spatial == 2 ? "Row and column strides should be larger than 0."
                                   : "Spatial strides should be larger than 0.",
               name);
    if (!dilations.empty()) {
        if (dilations[0] != 1 || dilations[format.channel()] != 1)
            unimplemented(
                row, "Current implementation does not yet support dilations in the batch and depth dimensions.", name);
        if (!positive(dilations)) refuse(row, "Dilated rates should be larger than 0.", name);
    }
    const Shape& paddings = placement.explicitPaddings;
    if (std::ranges::any_of(paddings, [](std::int64_t size) { return size < 0; }))
        refuse(row, "All elements of explicit_paddings must be nonnegative", name);
    const std::size_t channel = 2 * format.channel();
    const bool outside = !paddings.empty() &&
                         (paddings[0] != 0 || paddings[1] != 0 || paddings[channel] != 0 || paddings[channel + 1] != 0);
    if (outside && !fast)
        refuse(row, "Nonzero explicit padding in the batch or depth dimensions is not supported", name);
}

/// How TensorFlow's own kernels of the ways back begin their complaints.
std::string backLabel(const OpRow& row) {
    const bool volumes = row.type.substr(0, 6) == "Conv3D";
    const bool toFilter = row.type.find("Filter") != std::string_view::npos;
    return std::string(volumes ? "Conv3DBackprop" : "Conv2DCustomBackprop") + (toFilter ? "Filter: " : "Input: ");
}

bool isBack(const OpRow& row) {
    return row.type.find("Backprop") != std::string_view::npos;
}

void checkDepths(const OpRow& row, const std::string& name, std::int64_t depth, const Shape& filter, bool fast) {
    const std::int64_t filterDepth = filter[filter.size() - 2];
    const bool volumes = filter.size() == 5;
    const std::string against = ": " + text(depth) + " vs " + text(filterDepth);
    if (elementCount(filter) == 0) {
        refuse(row, "filter must not have zero elements (i.e. all dimensions must be non-zero)", name);
    }
    if (volumes && fast && depth != filterDepth)
        refuse(row, "input and filter must have the same depth" + against, name);
    if (depth % filterDepth != 0 && isBack(row) && !fast)
        refuse(row, backLabel(row) + "input depth must be evenly divisible by filter depth", name);
    if (depth % filterDepth != 0)
        refuse(row, (volumes ? "Input" : "input") + (" depth must be evenly divisible by filter depth" + against),
               name);
    const std::int64_t groups = depth / filterDepth;
    if (groups == 0 && !isBack(row)) refuse(row, "grouped convolution must have at least one group: 0 groups", name);
    if (groups != 0 && filter.back() % groups != 0) {
        refuse(
            row,
            "output depth must be evenly divisible by number of groups: " + text(filter.back()) + " vs " + text(groups),
            name);
    }
}

void checkRanks(const OpRow& row, const std::string& name, const Shape& picture, const Shape& filter, bool fast) {
    const std::size_t rank = row.type.substr(0, 6) == "Conv3D" ? 5 : 4;
    if (picture.size() != rank) {
        refuse(row,
               rank == 5 ? "input must be 5-dimensional"
                         : "convolution input must be 4-dimensional: " + kernelText(picture),
               name);
    }
    if (filter.size() != rank)
        refuse(row,
               (fast || rank == 5 ? "" : "convolution ") + ("filter must be " + text(static_cast<std::int64_t>(rank))) +
                   "-dimensional: " + kernelText(filter),
               name);
}

/// oneDNN's own words for shapes that do not belong together.
[[noreturn]] void refusePrimitive(const OpRow& row, const std::string& name) {
    refuse(
        row,
        "Operation received an exception:Status: 2, message: could not create a primitive descriptor for the "
        "convolution forward propagation primitive. Run workload with environment variable ONEDNN_VERBOSE=all to get "
        "additional diagnostic information., in file tensorflow/core/kernels/mkl/mkl_conv_grad_input_ops.cc:546",
        name);
}

/// conv_grad_shape_utils.cc ConvBackpropComputeDimensionsV2: what the output's gradient must look like.
void checkOutput(const OpRow& row, const std::string& name, const Windows& windows, const Shape& filter,
                 const Shape& output, bool fast) {
    if (output == windows.outputShape(filter.back())) return;
    const std::size_t rank = windows.format.spatial + 2;
    if (output.size() != rank && fast)
        refuse(row, "input_sizes must be 4 or 5-dimensional, got: " + std::to_string(output.size()), name);
    if (output.size() != rank)
        refuse(row, backLabel(row) + "out_backprop must be " + std::to_string(rank) + "-dimensional", name);
    if (fast) refusePrimitive(row, name);
    const std::string who = backLabel(row);
    if (output[0] != windows.batch)
        refuse(row,
               who + "input and out_backprop must have the same batch size. Input batch: " + text(windows.batch) +
                   ", outbackprop batch: " + text(output[0]) + ", batch_dim: 0",
               name);
    if (output[windows.format.channel()] != filter.back())
        refuse(row, who + "filter and out_backprop must have the same out_depth", name);
    for (std::size_t i = 0; i < windows.format.spatial; ++i) {
        const WindowAxis& axis = windows.axes[3 - windows.format.spatial + i];
        const std::int64_t actual = output[windows.format.axis(i)];
        if (actual == axis.out) continue;
        refuse(row,
               who + "Size of out_backprop doesn't match computed: actual = " + text(actual) +
                   ", computed = " + text(axis.out) + " spatial_dim: " + text(static_cast<std::int64_t>(i) + 1) +
                   " input: " + text(axis.in) + " filter: " + text(axis.kernel) + " output: " + text(actual) +
                   " stride: " + text(axis.stride) + " dilation: " + text(axis.dilation),
               name);
    }
}

Placement placementOf(const Given& given, std::size_t spatial) {
    return {given.shape(Strides), given.shape(Dilations), given.text(Padding), given.shape(ExplicitPaddings),
            formatOf(given.text(DataFormat), spatial)};
}

Windows common(const OpRow& row, const std::string& name, const Shape& picture, const Shape& filter,
               const Given& given) {
    const bool fast = isFast(given.dtype);
    const std::size_t spatial = row.type.substr(0, 6) == "Conv3D" ? 3 : 2;
    const Placement placement = placementOf(given, spatial);
    checkPlacement(row, name, placement, fast);
    checkRanks(row, name, picture, filter, fast);
    checkDepths(row, name, picture[placement.format.channel()], filter, fast);
    for (std::size_t i = 0; i < spatial; ++i) {
        const std::int64_t stride = placement.strides[placement.format.axis(i)];
        if (stride <= 0) refuse(row, "Stride must be > 0, but got " + text(stride), name);
    }
    return windowsOf(row, name, picture, filter, placement);
}
}  // namespace

std::vector<AttributeRow> attributeRows(const char* format) {
    return {{"strides", Shape{}},
            {"padding", std::string("VALID")},
            {"explicit_paddings", Shape{}},
            {"data_format", std::string(format)},
            {"dilations", Shape{}}};
}

std::string kernelOf(const OpRow& row, DType dtype) {
    return (isFast(dtype) ? "__MklNative" : "") + std::string(row.type);
}

Tensors asDoubles(Inputs in) {
    Tensors doubles;
    for (const Tensor& one : in) doubles.push_back(converted(one, DType::Float64));
    return doubles;
}

Tensors asIntegers(const Tensors& outputs) {
    Tensors integers;
    for (const Tensor& one : outputs) integers.push_back(converted(one, DType::Int32));
    return integers;
}

void requireOneDType(const OpRow& row, Inputs in) {
    for (std::size_t i = 1; i < in.size(); ++i) {
        if (in[i].dtype() == in[0].dtype()) continue;
        throw Error(ErrorKind::InvalidArgument,
                    "cannot compute " + std::string(isFast(in[0].dtype()) ? "_MklNative" : "") + std::string(row.type) +
                        " as input #" + std::to_string(i) + "(zero-based) was expected to be a " +
                        std::string(tapescope::row(in[0].dtype()).kernelName) + " tensor but is a " +
                        std::string(tapescope::row(in[i].dtype()).kernelName) + " tensor [Op:" + std::string(row.type) +
                        "] name: ");
    }
}

Windows checked(const OpRow& row, const Shape& picture, const Shape& filter, const Given& given) {
    const std::string name = kernelOf(row, given.dtype);
    const Windows windows = common(row, name, picture, filter, given);
    if (isFast(given.dtype) || !windows.format.channelsFirst) return windows;
    if (windows.format.spatial == 3)
        refuse(row, "CPU implementation of Conv3D currently only supports the NHWC tensor format.", name);
    unimplemented(
        row,
        "The Conv2D op currently only supports the NHWC tensor format on the CPU. The op was given the format: "
        "NCHW",
        name);
}

Windows checkedBack(const OpRow& row, const Shape& picture, const Shape& filter, const Shape& output,
                    const Given& given) {
    const std::string name = kernelOf(row, given.dtype);
    const bool fast = isFast(given.dtype);
    const Windows windows = common(row, name, picture, filter, given);
    checkOutput(row, name, windows, filter, output, fast);
    if (fast) return windows;
    const std::int64_t filterDepth = filter[filter.size() - 2];
    if (std::ranges::any_of(windows.axes, [](const WindowAxis& axis) { return axis.dilation != 1; }))
        refuse(row, "Current CPU implementations do not yet support dilation rates larger than 1.", name);
    if (windows.depth != filterDepth)
        refuse(row,
               "Gradients for grouped convolutions are not supported on CPU. Please file a feature request if you run "
               "into this issue. Computed input depth " +
                   text(windows.depth) + " doesn't match filter input depth " + text(filterDepth),
               name);
    return windows;
}

}  // namespace tapescope::convolution
