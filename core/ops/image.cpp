// SPDX-License-Identifier: Apache-2.0
// Images, NHWC: contrast, and other sizes. Pixels have their centres at halves.
#include <algorithm>
#include <cmath>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

std::size_t index(std::int64_t i) {
    return static_cast<std::size_t>(i);
}

/// adjust_contrast_op.cc: (x - mean)·factor + mean, with the mean of each channel of each image.
Tensors contrasted(const OpRow& row, Inputs in, const Attributes&) {
    const Shape& shape = in[0].shape();
    if (shape.size() < 3) refuse(row, "input must be at least 3-D, got shape" + kernelText(shape));
    const auto channels = shape.back();
    const auto pixels = shape[shape.size() - 2] * shape[shape.size() - 3];
    const auto count = pixels * channels;
    return {floating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto source = in[0].template as<T>();
        const auto factor = in[1].as<float>()[0];
        for (std::int64_t first = 0; first < in[0].count(); first += count) {
            for (std::int64_t c = 0; c < channels; ++c) {
                float sum = 0;
                for (std::int64_t i = c; i < count; i += channels) sum += static_cast<float>(source[index(first + i)]);
                const float mean = sum / static_cast<float>(pixels);
                for (std::int64_t i = c; i < count; i += channels) {
                    const auto at = index(first + i);
                    result.values[at] = static_cast<T>((static_cast<float>(source[at]) - mean) * factor + mean);
                }
            }
        }
        return std::move(result).done();
    })};
}

/// The two neighbours of a place along an axis, and how much of the second.
struct Between {
    std::int64_t low = 0, high = 0;
    float part = 0;
};

std::vector<Between> placesAlong(std::int64_t from, std::int64_t to) {
    std::vector<Between> places;
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    for (std::int64_t i = 0; i < to; ++i) {
        const float at = (static_cast<float>(i) + 0.5F) * scale - 0.5F;
        const float floor = std::floor(at);
        places.push_back({std::max<std::int64_t>(static_cast<std::int64_t>(floor), 0),
                          std::min<std::int64_t>(static_cast<std::int64_t>(std::ceil(at)), from - 1), at - floor});
    }
    return places;
}

/// Calls f(flat place in the small, in the large, weight) for each pair that belongs together. `small`: what is
/// resized.
template <class F>
void eachBilinear(const Shape& small, const Shape& large, F&& f) {
    const auto rows = placesAlong(small[1], large[1]);
    const auto columns = placesAlong(small[2], large[2]);
    const auto flat = [](const Shape& of, std::int64_t n, std::int64_t y, std::int64_t x, std::int64_t c) {
        return index(((n * of[1] + y) * of[2] + x) * of[3] + c);
    };
    eachPosition(large, [&](const Shape& at) {
        const Between& y = rows[index(at[1])];
        const Between& x = columns[index(at[2])];
        const auto to = flat(large, at[0], at[1], at[2], at[3]);
        f(flat(small, at[0], y.low, x.low, at[3]), flat(small, at[0], y.low, x.high, at[3]),
          flat(small, at[0], y.high, x.low, at[3]), flat(small, at[0], y.high, x.high, at[3]), to, x.part, y.part);
    });
}

Shape resizedShape(const Shape& shape, const Attributes& attributes) {
    const Shape& size = std::get<Shape>(attributes[0]);
    return {shape[0], size[0], size[1], shape[3]};
}

/// resize_bilinear_op.cc: always in float32.
Tensors resizedBilinear(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& from = in[0].shape();
    const Shape to = resizedShape(from, attributes);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        Filling<float> result(to);
        const auto source = in[0].template as<T>();
        const auto at = [&](std::size_t i) { return static_cast<float>(source[i]); };
        eachBilinear(from, to,
                     [&](auto topLeft, auto topRight, auto bottomLeft, auto bottomRight, auto i, float x, float y) {
                         const float top = at(topLeft) + (at(topRight) - at(topLeft)) * x;
                         const float bottom = at(bottomLeft) + (at(bottomRight) - at(bottomLeft)) * x;
                         result.values[i] = top + (bottom - top) * y;
                     });
        return std::move(result).done();
    })};
}

Tensors bilinearBack(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape from = resizedShape(in[0].shape(), attributes);
    return {floating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(from);
        std::ranges::fill(result.values, T{});
        const auto add = [&](std::size_t i, float value) {
            result.values[i] = static_cast<T>(static_cast<float>(result.values[i]) + value);
        };
        eachBilinear(from, in[0].shape(),
                     [&](auto topLeft, auto topRight, auto bottomLeft, auto bottomRight, auto i, float x, float y) {
                         const auto g = static_cast<float>(in[0].template as<T>()[i]);
                         add(topLeft, g * (1 - y) * (1 - x));
                         add(topRight, g * (1 - y) * x);
                         add(bottomLeft, g * y * (1 - x));
                         add(bottomRight, g * y * x);
                     });
        return std::move(result).done();
    })};
}

/// resize_nearest_neighbor_op.cc, with half pixel centres.
std::vector<std::int64_t> nearest(const Shape& from, const Shape& to) {
    const auto place = [](std::int64_t i, std::int64_t small, std::int64_t large) {
        const float scale = static_cast<float>(small) / static_cast<float>(large);
        const auto at = static_cast<std::int64_t>(std::floor((static_cast<float>(i) + 0.5F) * scale));
        return std::min(at, small - 1);
    };
    std::vector<std::int64_t> sources;
    eachPosition({to[0], to[1], to[2]}, [&](const Shape& at) {
        sources.push_back((at[0] * from[1] + place(at[1], from[1], to[1])) * from[2] + place(at[2], from[2], to[2]));
    });
    return sources;
}

Tensors resizedNearest(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape to = resizedShape(in[0].shape(), attributes);
    return {pickedRuns(row, in[0], to, nearest(in[0].shape(), to), to[3])};
}

Tensors nearestBack(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape from = resizedShape(in[0].shape(), attributes);
    const auto sources = nearest(from, in[0].shape());
    return {floating(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(from);
        std::ranges::fill(result.values, T{});
        auto next = in[0].template as<T>().begin();
        for (const auto source : sources) {
            for (std::int64_t c = 0; c < from[3]; ++c) {
                T& sum = result.values[index(source * from[3] + c)];
                sum = static_cast<T>(sum + *next++);
            }
        }
        return std::move(result).done();
    })};
}

Shape sizeOf(const Operand& image) {
    return {image.value.shape()[1], image.value.shape()[2]};
}

Operands resizedBilinearBack(Runner& run, const Executed& op, Gradients g) {
    const Operand back = run.run("ResizeBilinearGrad", {g[0]}, {sizeOf(op.inputs[0])});
    const DType dtype = op.inputs[0].value.dtype();
    return {dtype == back.value.dtype() ? back : run.run("Cast", {back}, {dtype})};
}

Operands resizedNearestBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ResizeNearestNeighborGrad", {g[0]}, {sizeOf(op.inputs[0])})};
}
}  // namespace

std::vector<OpRow> image() {
    const std::vector<AttributeRow> size{{"size", Shape{}}};
    return {
        {"AdjustContrastv2",
         "",
         "y = (x − mean)·factor + mean",
         "Further from the mean of each channel, or nearer to it; nobody wrote a gradient.",
         {{"images", Unregistered}, {"contrast_factor", Unregistered}},
         {},
         contrasted},
        {"ResizeBilinear",
         "",
         "y = x between its pixels",
         "Another size, with straight lines between pixels.",
         {{"images"}},
         size,
         resizedBilinear,
         resizedBilinearBack},
        {"ResizeNearestNeighbor",
         "",
         "y = nearest pixel of x",
         "Another size, each pixel from the nearest one.",
         {{"images"}},
         size,
         resizedNearest,
         resizedNearestBack},
        {"ResizeBilinearGrad",
         "",
         "dx = g, shared among neighbours",
         "The way back through a resize.",
         {{"grads", Unregistered}},
         size,
         bilinearBack},
        {"ResizeNearestNeighborGrad",
         "",
         "dx = g, added up",
         "The way back through a resize.",
         {{"grads", Unregistered}},
         size,
         nearestBack},
    };
}

}  // namespace tapescope::rows
