// SPDX-License-Identifier: Apache-2.0
// The largest of a window that slides over pictures, and the operations of its ways back.
#include <limits>

#include "core/ops/pooling.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using namespace pooling;
using enum Flow;
using Gradients = std::span<const Operand>;

/// Calls f(place of the largest input or -1, place of the output, its picture) for every output and channel; of equal
/// ones, the first is the largest.
template <class T, class F>
void forEachLargest(const Windows& windows, const T* pictures, F&& f) {
    const bool first = windows.format.channelsFirst;
    const Places input{windows.inputs(), windows.depth, first};
    const Places output{windows.outputs(), windows.depth, first};
    forEachWindow(windows, [&](std::int64_t at, std::span<const std::int64_t> inside) {
        for (std::int64_t picture = 0; picture < windows.batch; ++picture) {
            for (std::int64_t c = 0; c < windows.depth; ++c) {
                std::int64_t best = -1;
                for (const auto pixel : inside) {
                    const std::int64_t place = input(picture, pixel, c);
                    if (best < 0 || pictures[place] > pictures[best]) best = place;
                }
                f(best, output(picture, at, c), picture);
            }
        }
    });
}

/// The largest of neighbouring channels, where the window lies along them: it must tile them.
template <class T>
Tensor acrossDepth(const OpRow& row, const Tensor& x, const Given& given) {
    const std::int64_t size = given.size()[3];
    Shape shape = x.shape();
    if (given.strides()[3] != size || shape[3] % size != 0)
        unimplemented(row,
                      shape[3] % size != 0
                          ? "Depthwise max pooling requires the depth window to evenly divide the input depth"
                          : "Depthwise max pooling requires the depth window to equal the depth stride",
                      kernelOf(row, x.dtype()));
    shape[3] /= size;
    Filling<T> result(shape);
    const auto values = x.as<T>();
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        const auto group = values.subspan(i * static_cast<std::size_t>(size), static_cast<std::size_t>(size));
        result.values[i] = *std::max_element(group.begin(), group.end());
    }
    return std::move(result).done();
}

Tensors largest(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    return {numeric(row, x.dtype(), [&]<class T>() {
        const Windows windows = windowsFor(row, x.shape(), x.dtype(), {attributes});
        const Given given{attributes};
        if (!ofVolumes(row) && given.size()[windows.format.channel()] != 1) return acrossDepth<T>(row, x, given);
        Filling<T> result(windows.outputShape(windows.depth));
        const T* pictures = x.as<T>().data();
        forEachLargest(windows, pictures, [&](std::int64_t from, std::int64_t to, std::int64_t) {
            result.values[static_cast<std::size_t>(to)] = from < 0 ? std::numeric_limits<T>::lowest() : pictures[from];
        });
        return std::move(result).done();
    })};
}

/// The gradient goes to the largest of each window.
Tensors largestGrad(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    return {floating(row, x.dtype(), [&]<class T>() {
        const Windows windows = windowsFor(row, x.shape(), x.dtype(), {attributes});
        Filling<T> result(x.shape());
        std::ranges::fill(result.values, T(0));
        const T* g = in[2].as<T>().data();
        forEachLargest(windows, x.as<T>().data(), [&](std::int64_t from, std::int64_t to, std::int64_t) {
            if (from >= 0) result.values[static_cast<std::size_t>(from)] += g[to];
        });
        return std::move(result).done();
    })};
}

Tensors largestGradGrad(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    return {floating(row, x.dtype(), [&]<class T>() {
        const Windows windows = windowsFor(row, x.shape(), x.dtype(), {attributes});
        Filling<T> result(windows.outputShape(windows.depth));
        const T* g = in[2].as<T>().data();
        forEachLargest(windows, x.as<T>().data(), [&](std::int64_t from, std::int64_t to, std::int64_t) {
            result.values[static_cast<std::size_t>(to)] = from < 0 ? T(0) : g[from];
        });
        return std::move(result).done();
    })};
}

Tensors largestWithPlaces(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    const bool withBatch = std::get<bool>(attributes.back());
    return floating(row, x.dtype(), [&]<class T>() {
        const Windows windows = windowsFor(row, x.shape(), x.dtype(), {attributes});
        Filling<T> values(windows.outputShape(windows.depth));
        Filling<std::int64_t> places(values.shape());
        const T* pictures = x.as<T>().data();
        const std::int64_t picture = windows.inputs() * windows.depth;
        forEachLargest(windows, pictures, [&](std::int64_t from, std::int64_t to, std::int64_t batch) {
            values.values[static_cast<std::size_t>(to)] = pictures[from];
            places.values[static_cast<std::size_t>(to)] = withBatch ? from : from - batch * picture;
        });
        return Tensors{std::move(values).done(), std::move(places).done()};
    });
}

Tensors largestWithPlacesGrad(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& x = in[0];
    const bool withBatch = std::get<bool>(attributes.back());
    return {floating(row, x.dtype(), [&]<class T>() {
        Filling<T> result(x.shape());
        std::ranges::fill(result.values, T(0));
        const auto g = in[1].as<T>();
        const auto places = in[2].as<std::int64_t>();
        const std::size_t pictures = static_cast<std::size_t>(std::max<std::int64_t>(1, x.shape()[0]));
        for (std::size_t i = 0; i < g.size(); ++i) {
            const std::size_t picture = withBatch ? 0 : i / (g.size() / pictures) * (result.values.size() / pictures);
            result.values[picture + static_cast<std::size_t>(places[i])] += g[i];
        }
        return std::move(result).done();
    })};
}

Operands largestBack(Runner& run, const Executed& op, Gradients g, std::string_view grad) {
    return {run.run(grad, {op.inputs[0], op.outputs[0], g[0]}, op.attributes)};
}

/// nn_grad.py _MaxPoolGradGrad and _MaxPoolGradGradGrad: zeros for what chose the places.
Operands gradBack(Runner& run, const Executed& op, Gradients g, std::string_view other) {
    Operands back(3);
    for (std::size_t i = 0; i < 2; ++i) {
        if (op.wanted[i]) back[i] = run.run("ZerosLike", {op.inputs[i]});
    }
    if (op.wanted[2]) back[2] = run.run(other, {op.inputs[0], op.inputs[1], g[0]}, op.attributes);
    return back;
}
Operands withPlacesBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("MaxPoolGradWithArgmax", {op.inputs[0], g[0], op.outputs[1]}, op.attributes)};
}

std::vector<AttributeRow> attributesWithPlaces() {
    auto rows = attributeRows("NHWC");
    rows.push_back({"include_batch_in_index", false});
    return rows;
}

/// The rows for pictures or volumes: their types, which the pullbacks name.
struct Types {
    const char* format;
    std::string_view whole, grad, gradGrad;
};

constexpr Types types[] = {{"NHWC", "MaxPool", "MaxPoolGrad", "MaxPoolGradGrad"},
                           {"NDHWC", "MaxPool3D", "MaxPool3DGrad", "MaxPool3DGradGrad"}};

template <int N>
void addRows(std::vector<OpRow>& rows) {
    static constexpr const Types& t = types[N];
    const std::vector<InputRow> back{{"orig_input", Zero}, {"orig_output", Zero}, {"grad"}};
    rows.push_back({t.whole,
                    "",
                    "y[p] = maxₖ x[p·s + k]",
                    "The largest of each window; the first of equal ones gets the gradient.",
                    {{"input", Kinked}},
                    attributeRows(t.format),
                    largest,
                    [](Runner& run, const Executed& op, Gradients g) { return largestBack(run, op, g, t.grad); }});
    rows.push_back({t.grad, "", "dx = g where x was the largest of its window, else 0",
                    "The way back through a max pooling.", back, attributeRows(t.format), largestGrad,
                    [](Runner& run, const Executed& op, Gradients g) { return gradBack(run, op, g, t.gradGrad); }});
    rows.push_back({t.gradGrad, "", "dy[p] = g where x is the largest of window p",
                    "The way back through the way back of a max pooling.", back, attributeRows(t.format),
                    largestGradGrad,
                    [](Runner& run, const Executed& op, Gradients g) { return gradBack(run, op, g, t.grad); }});
}
}  // namespace

std::vector<OpRow> maxPooling() {
    std::vector<OpRow> rows;
    addRows<0>(rows);
    addRows<1>(rows);
    rows.push_back({"MaxPoolWithArgmax",
                    "",
                    "y[p] = maxₖ x[p·s + k], with its place",
                    "The largest of each window, and where it was.",
                    {{"input", Kinked}},
                    attributesWithPlaces(),
                    largestWithPlaces,
                    withPlacesBack,
                    nullptr,
                    "output argmax"});
    rows.push_back({"MaxPoolGradWithArgmax",
                    "",
                    "dx[argmax[p]] = Σ g[p]",
                    "The way back through a max pooling that told the places.",
                    {{"input", Unregistered}, {"grad", Unregistered}, {"argmax", Unregistered}},
                    attributesWithPlaces(),
                    largestWithPlacesGrad});
    return rows;
}

}  // namespace tapescope::rows
