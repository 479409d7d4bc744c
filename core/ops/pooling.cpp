// SPDX-License-Identifier: Apache-2.0
// The mean of a window that slides over pictures, its way back, and what all poolings check.
#include "core/ops/pooling.h"

#include "core/ops/rows.h"

namespace tapescope::pooling {

using namespace kernel;

bool ofVolumes(const OpRow& row) {
    return row.type.find("3D") != std::string_view::npos;
}

std::string kernelOf(const OpRow& row, DType dtype) {
    const bool fast = dtype == DType::Float32 && row.type.substr(0, 3) == "Avg";
    return (fast ? "__MklNative" : "") + std::string(row.type);
}

namespace {
std::string commas(const Shape& shape) {
    std::string text;
    for (const auto size : shape) text += (text.empty() ? "" : ",") + std::to_string(size);
    return text;
}

/// TensorFlow's complaints about sizes and strides (kernels/pooling_ops_common.cc).
void checkWindow(const OpRow& row, const std::string& name, const Given& given, const PictureFormat& format) {
    const Shape& size = given.size();
    if (std::ranges::any_of(size, [](std::int64_t one) { return one <= 0; }))
        refuse(row, "Sliding window ksize must be positive. The specified or inferred ksize is: " + commas(size), name);
    if (size[0] != 1 || given.strides()[0] != 1)
        unimplemented(row, "Pooling is not yet supported on the batch dimension.", name);
    bool wide = false;
    for (std::size_t i = 0; i < format.spatial; ++i) wide |= size[format.axis(i)] != 1;
    if (size[format.channel()] == 1) return;
    if (row.type == "MaxPoolGrad")
        unimplemented(row, "MaxPoolingGrad is not yet supported on the depth dimension.", name);
    if (wide || row.type.substr(0, 3) == "Avg") {
        unimplemented(row, "MaxPooling supports exactly one of pooling across depth or pooling across width/height.",
                      name);
    }
}
}  // namespace

Windows windowsFor(const OpRow& row, const Shape& picture, DType dtype, const Given& given) {
    const std::string name = kernelOf(row, dtype);
    const std::size_t spatial = ofVolumes(row) ? 3 : 2;
    const PictureFormat format = formatOf(given.format(), spatial);
    if (picture.size() != spatial + 2) {
        const std::string rank = std::to_string(picture.size());
        const bool plain = row.type == "AvgPool" && dtype == DType::Float64;
        refuse(row,
               row.type == "MaxPoolWithArgmax" ? "tensor_in must be 4-dimensional (2)"
               : plain                         ? "tensor_in_shape must have 2 spatial dimensions. " + rank + " 0"
                                               : "Input must be 4 or 5-dimensional",
               name);
    }
    checkWindow(row, name, given, format);
    Shape kernel;
    for (std::size_t i = 0; i < spatial; ++i) {
        kernel.push_back(given.size()[format.axis(i)]);
        const std::int64_t stride = given.strides()[format.axis(i)];
        if (stride <= 0) refuse(row, "Stride must be > 0, but got " + std::to_string(stride), name);
    }
    const Windows windows =
        windowsOf(row, name, picture, kernel, {given.strides(), {}, given.padding(), given.explicitPaddings(), format});
    if (given.padding() == "EXPLICIT" && windows.axes[1].before >= windows.axes[1].kernel)
        refuse(row,
               "Top padding " + std::to_string(windows.axes[1].before) + " needs to be smaller than the window size " +
                   std::to_string(windows.axes[1].kernel),
               name);
    const bool narrow = dtype != DType::Float32 || row.type == "MaxPoolGrad" || row.type == "MaxPoolGradGrad";
    if (format.channelsFirst && narrow && !ofVolumes(row)) {
        const bool average = row.type.substr(0, 3) == "Avg";
        const bool grad = row.type == "MaxPoolGrad";
        refuse(row,
               std::string("Default ") + (average ? "Avg" : "Max") + "Pooling" + (grad ? "Grad" : "") +
                   "Op only supports NHWC on device type CPU",
               name);
    }
    return windows;
}

std::vector<AttributeRow> attributeRows(const char* format) {
    return {{"ksize", Shape{}},
            {"strides", Shape{}},
            {"padding", std::string("VALID")},
            {"explicit_paddings", Shape{}},
            {"data_format", std::string(format)}};
}

}  // namespace tapescope::pooling

namespace tapescope::rows {

namespace {
using namespace kernel;
using namespace pooling;
using Gradients = std::span<const Operand>;

Tensors mean(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    return {floating(row, x.dtype(), [&]<class T>() {
        const Windows windows = windowsFor(row, x.shape(), x.dtype(), {attributes});
        const bool first = windows.format.channelsFirst;
        const Places input{windows.inputs(), windows.depth, first};
        const Places output{windows.outputs(), windows.depth, first};
        Filling<T> result(windows.outputShape(windows.depth));
        const T* pictures = x.as<T>().data();
        forEachWindow(windows, [&](std::int64_t at, std::span<const std::int64_t> inside) {
            const auto count = static_cast<T>(std::max<std::size_t>(1, inside.size()));
            for (std::int64_t picture = 0; picture < windows.batch; ++picture) {
                for (std::int64_t c = 0; c < windows.depth; ++c) {
                    T total(0);
                    for (const auto pixel : inside) total += pictures[input(picture, pixel, c)];
                    result.values[static_cast<std::size_t>(output(picture, at, c))] = total / count;
                }
            }
        });
        return std::move(result).done();
    })};
}

/// The n-th plane of those that a window's inputs lie in.
std::span<const std::int64_t> planeOf(std::span<const std::int64_t> inside, std::int64_t n, const Windows& windows) {
    if (inside.empty()) return {};
    const std::int64_t pixels = windows.axes[1].in * windows.axes[2].in;
    const std::int64_t planes = inside.back() / pixels - inside.front() / pixels + 1;
    const std::size_t size = inside.size() / static_cast<std::size_t>(planes);
    return n < planes ? inside.subspan(static_cast<std::size_t>(n) * size, size) : std::span<const std::int64_t>{};
}

/// Every input of a window gets an equal share. oneDNN takes one plane of all windows after the other, and rows from
/// their ends.
Tensors meanGrad(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = std::get<Shape>(attributes[0]);
    return {floating(row, in[0].dtype(), [&]<class T>() {
        constexpr bool single = std::is_same_v<T, float>;
        const Windows windows = windowsFor(row, shape, in[0].dtype(), {attributes, 1});
        const bool first = windows.format.channelsFirst;
        const Places input{windows.inputs(), windows.depth, first};
        const Places output{windows.outputs(), windows.depth, first};
        Filling<T> result(shape);
        std::ranges::fill(result.values, T(0));
        const T* g = in[0].as<T>().data();
        const auto share = [](T one, std::span<const std::int64_t> inside) {
            const auto count = static_cast<T>(std::max<std::size_t>(1, inside.size()));
            return single ? one / count : one * (static_cast<T>(1) / count);
        };
        for (std::int64_t plane = 0; plane < (single ? windows.axes[0].kernel : 1); ++plane) {
            forEachWindow(
                windows,
                [&](std::int64_t at, std::span<const std::int64_t> inside) {
                    const auto reached = single ? planeOf(inside, plane, windows) : inside;
                    for (std::int64_t picture = 0; picture < windows.batch && !reached.empty(); ++picture) {
                        for (std::int64_t c = 0; c < windows.depth; ++c) {
                            const T part = share(g[output(picture, at, c)], inside);
                            for (const auto pixel : reached)
                                result.values[static_cast<std::size_t>(input(picture, pixel, c))] += part;
                        }
                    }
                },
                single);
        }
        return std::move(result).done();
    })};
}

Operands meanBack(Runner& run, const Executed& op, Gradients g, std::string_view grad) {
    Attributes attributes{op.inputs[0].value.shape()};
    attributes.insert(attributes.end(), op.attributes.begin(), op.attributes.end());
    return {run.run(grad, {g[0]}, attributes)};
}

Operands meanGradBack(Runner& run, const Executed& op, Gradients g, std::string_view whole) {
    return {run.run(whole, {g[0]}, {op.attributes.begin() + 1, op.attributes.end()})};
}

struct Types {
    const char* format;
    std::string_view mean, grad;
};

constexpr Types types[] = {{"NHWC", "AvgPool", "AvgPoolGrad"}, {"NDHWC", "AvgPool3D", "AvgPool3DGrad"}};

template <int N>
void addRows(std::vector<OpRow>& rows) {
    static constexpr const Types& t = types[N];
    rows.push_back({t.mean,
                    "",
                    "y[p] = (Σₖ x[p·s + k]) / n",
                    "The mean of each window, without what hangs over the edge.",
                    {{"value"}},
                    attributeRows(t.format),
                    mean,
                    [](Runner& run, const Executed& op, Gradients g) { return meanBack(run, op, g, t.grad); }});
    auto attributes = attributeRows(t.format);
    attributes.insert(attributes.begin(), {"orig_input_shape", Shape{}});
    rows.push_back({t.grad,
                    "",
                    "dx[p·s + k] = Σ g[p] / n",
                    "The way back through an average pooling.",
                    {{"grad"}},
                    std::move(attributes),
                    meanGrad,
                    [](Runner& run, const Executed& op, Gradients g) { return meanGradBack(run, op, g, t.mean); }});
}
}  // namespace

std::vector<OpRow> averagePooling() {
    std::vector<OpRow> rows;
    addRows<0>(rows);
    addRows<1>(rows);
    return rows;
}

}  // namespace tapescope::rows
