// SPDX-License-Identifier: Apache-2.0
// Depthwise convolution: each channel has filters of its own. The two ways back are pullbacks of each other.
#include <cmath>
#include <optional>
#include <utility>

#include "core/ops/convolution.h"
#include "core/ops/convolution_sums.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

enum Attribute : std::size_t { Strides, Padding, ExplicitPaddings, DataFormat, Dilations };

/// Checks as TensorFlow does; `filter` is [rows, columns, depth, multiplier].
Windows windowsFor(const OpRow& row, const Shape& picture, const Shape& filter, const convolution::Given& given) {
    const std::string name = convolution::kernelOf(row, given.dtype);
    const bool fast = given.dtype == DType::Float32;
    const Shape& strides = given.shape(Strides);
    if (!fast && strides[1] != strides[2])
        refuse(row, "Current implementation only supports equal length strides in the row and column dimensions.",
               name);
    if (picture.size() != 4) refuse(row, "input must be 4-dimensional" + kernelText(picture), name);
    if (filter.size() != 4) refuse(row, "filter must be 4-dimensional: " + kernelText(filter), name);
    const PictureFormat format = formatOf(given.text(DataFormat), 2);
    const std::int64_t depth = picture[format.channel()];
    if (depth != filter[2]) {
        const std::string against = ": " + std::to_string(depth) + " vs " + std::to_string(filter[2]);
        refuse(row,
               (fast ? "input depth must be evenly divisible by filter depth"
                     : "input and filter must have the same depth") +
                   against,
               name);
    }
    if (!fast && format.channelsFirst)
        unimplemented(row, "Depthwise convolution on CPU is only supported for NHWC format", name);
    for (const std::size_t i : {format.axis(0), format.axis(1)}) {
        if (strides[i] <= 0) refuse(row, "Stride must be > 0, but got " + std::to_string(strides[i]), name);
    }
    return windowsOf(row, name, picture, filter,
                     {strides, given.shape(Dilations), given.text(Padding), given.shape(ExplicitPaddings), format});
}

/// Where a channel of a pixel stands, for either format.
struct Places {
    std::int64_t pixels, depth;
    bool first;

    std::int64_t operator()(std::int64_t picture, std::int64_t pixel, std::int64_t channel) const {
        return picture * pixels * depth + (first ? channel * pixels + pixel : pixel * depth + channel);
    }
};

/// Calls f(place in the pictures, place in the filter, place in the output) for every product of some outputs.
template <class F>
void forEachProduct(const Windows& windows, const Shape& filter, std::int64_t picture, std::int64_t begin,
                    std::int64_t end, F&& f) {
    const std::int64_t depth = filter[2];
    const std::int64_t multiplier = filter[3];
    const bool first = windows.format.channelsFirst;
    const Places input{windows.inputs(), depth, first};
    const Places output{windows.outputs(), depth * multiplier, first};
    forEachTap(windows, begin, end, [&](std::int64_t at, std::int64_t from, std::int64_t tap) {
        if (from < 0) return;
        for (std::int64_t c = 0; c < depth; ++c) {
            for (std::int64_t m = 0; m < multiplier; ++m)
                f(input(picture, from, c), (tap * depth + c) * multiplier + m, output(picture, at, c * multiplier + m));
        }
    });
}

/// One channel is convolved as in a Conv2D.
std::optional<convolution::Sizes> wholeOf(const Windows& windows, const Shape& filter) {
    if (filter[2] != 1 || windows.format.channelsFirst) return {};
    return convolution::Sizes{windows, 1, filter[3], 1};
}

/// sum + a·b, of floats as oneDNN's kernels take it: rounded once.
template <class T>
T sumWith(T sum, T a, T b) {
    if constexpr (std::is_same_v<T, float>) {
        return std::fma(a, b, sum);
    } else {
        return sum + a * b;
    }
}

template <class T>
Filling<T> zeros(const Shape& shape) {
    Filling<T> filling(shape);
    std::ranges::fill(filling.values, T(0));
    return filling;
}

Tensors forward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Shape& filter = x[1].shape();
        const Windows windows = windowsFor(row, x[0].shape(), filter, {attributes, x[0].dtype()});
        auto result = zeros<T>(windows.outputShape(filter[2] * filter[3]));
        const T* pictures = x[0].as<T>().data();
        const T* weights = x[1].as<T>().data();
        T* y = result.values.data();
        if (const auto whole = wholeOf(windows, filter)) {
            convolution::convolve(*whole, pictures, weights, y);
            return std::move(result).done();
        }
        for (std::int64_t picture = 0; picture < windows.batch; ++picture) {
            forEachProduct(windows, filter, picture, 0, windows.outputs(), [&](auto from, auto weight, auto to) {
                y[to] = sumWith(y[to], pictures[from], weights[weight]);
            });
        }
        return std::move(result).done();
    });
}

Tensors inputForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Shape& shape = std::get<Shape>(attributes[0]);
        const Shape& filter = x[0].shape();
        const Windows windows = windowsFor(row, shape, filter, {attributes, x[0].dtype(), 1});
        auto result = zeros<T>(shape);
        const T* weights = x[0].as<T>().data();
        const T* g = x[1].as<T>().data();
        T* dx = result.values.data();
        if (const auto whole = wholeOf(windows, filter)) {
            convolution::toPictures(*whole, weights, g, dx);
            return std::move(result).done();
        }
        // The last outputs first: each sum goes along the filter.
        for (std::int64_t picture = 0; picture < windows.batch; ++picture) {
            for (std::int64_t at = windows.outputs() - 1; at >= 0; --at) {
                forEachProduct(windows, filter, picture, at, at + 1, [&](auto from, auto weight, auto to) {
                    dx[from] = sumWith(dx[from], g[to], weights[weight]);
                });
            }
        }
        return std::move(result).done();
    });
}

/// In which order a filter's gradient is summed (oneDNN's jit_uni_dw_convolution, by two threads): an even number of
/// pictures in halves, an odd one in halves of each; where channels have several filters, row by row.
template <class Add, class Finish>
void sumsOfFilter(const Windows& windows, bool several, Add&& add, Finish&& finish) {
    const std::int64_t pictures = windows.batch, all = windows.outputs(), row = windows.axes[2].out;
    if (several) {
        for (std::int64_t i = 0; i < pictures; ++i) {
            for (std::int64_t at = 0; at < all; at += row) {
                add(i, at, at + row);
                finish();
            }
        }
        return;
    }
    const bool even = pictures % 2 == 0;
    const std::int64_t half = even ? all : (windows.axes[1].out + 1) / 2 * row;
    for (std::int64_t i = 0; i < pictures; ++i) {
        add(i, 0, half);
        if (even && i + 1 == pictures / 2) finish();
    }
    finish();
    if (even) return;
    for (std::int64_t i = 0; i < pictures; ++i) add(i, half, all);
    finish();
}

Tensors filterForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Shape& filter = std::get<Shape>(attributes[0]);
        const Windows windows = windowsFor(row, x[0].shape(), filter, {attributes, x[0].dtype(), 1});
        auto result = zeros<T>(filter);
        const T* pictures = x[0].as<T>().data();
        const T* g = x[1].as<T>().data();
        T* dw = result.values.data();
        if (const auto whole = wholeOf(windows, filter)) {
            convolution::toFilter(*whole, pictures, g, dw);
            return std::move(result).done();
        }
        std::vector<T> part(result.values.size());
        const auto add = [&](std::int64_t picture, std::int64_t begin, std::int64_t end) {
            forEachProduct(windows, filter, picture, begin, end, [&](auto from, auto weight, auto to) {
                auto& sum = part[static_cast<std::size_t>(weight)];
                sum = sumWith(sum, g[to], pictures[from]);
            });
        };
        const auto finish = [&] {
            for (std::size_t i = 0; i < part.size(); ++i) dw[i] += std::exchange(part[i], T(0));
        };
        sumsOfFilter(windows, filter[3] > 1, add, finish);
        return std::move(result).done();
    });
}

constexpr std::string_view whole = "DepthwiseConv2dNative";
constexpr std::string_view toInput = "DepthwiseConv2dNativeBackpropInput";
constexpr std::string_view toFilter = "DepthwiseConv2dNativeBackpropFilter";

Attributes withSizes(const Operand& like, std::span<const AttributeValue> rest) {
    Attributes all{like.value.shape()};
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
}

std::span<const AttributeValue> withoutSizes(const Attributes& attributes) {
    return std::span(attributes).subspan(1);
}

Operands back(Runner& run, const Executed& op, Gradients g) {
    const Operand& x = op.inputs[0];
    const Operand& w = op.inputs[1];
    return {op.wanted[0] ? run.run(toInput, {w, g[0]}, withSizes(x, op.attributes)) : Operand{},
            op.wanted[1] ? run.run(toFilter, {x, g[0]}, withSizes(w, op.attributes)) : Operand{}};
}

Operands inputBack(Runner& run, const Executed& op, Gradients g) {
    const auto rest = withoutSizes(op.attributes);
    const Operand& w = op.inputs[0];
    return {op.wanted[0] ? run.run(toFilter, {g[0], op.inputs[1]}, withSizes(w, rest)) : Operand{},
            op.wanted[1] ? run.run(whole, {g[0], w}, {rest.begin(), rest.end()}) : Operand{}};
}

Operands filterBack(Runner& run, const Executed& op, Gradients g) {
    const auto rest = withoutSizes(op.attributes);
    const Operand& x = op.inputs[0];
    return {op.wanted[0] ? run.run(toInput, {g[0], op.inputs[1]}, withSizes(x, rest)) : Operand{},
            op.wanted[1] ? run.run(whole, {x, g[0]}, {rest.begin(), rest.end()}) : Operand{}};
}

std::vector<AttributeRow> attributesOf(std::string_view sizes) {
    std::vector<AttributeRow> rows = convolution::attributeRows("NHWC");
    if (!sizes.empty()) rows.insert(rows.begin(), {sizes, Shape{}});
    return rows;
}
}  // namespace

std::vector<OpRow> depthwise() {
    return {
        {whole,
         "",
         "y[p, c·m + j] = Σₖ x[p·s + k, c]·w[k, c, j]",
         "Filters slide over pictures, each channel has its own.",
         {{"input"}, {"filter"}},
         attributesOf(""),
         forward,
         back},
        {toInput,
         "",
         "dx[p·s + k, c] = Σ g[p, c·m + j]·w[k, c, j]",
         "The way back through a depthwise convolution to its pictures.",
         {{"filter"}, {"out_backprop"}},
         attributesOf("input_sizes"),
         inputForward,
         inputBack},
        {toFilter,
         "",
         "dw[k, c, j] = Σₚ x[p·s + k, c]·g[p, c·m + j]",
         "The way back through a depthwise convolution to its filter.",
         {{"input"}, {"out_backprop"}},
         attributesOf("filter_sizes"),
         filterForward,
         filterBack},
    };
}

}  // namespace tapescope::rows
