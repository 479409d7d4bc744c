// SPDX-License-Identifier: Apache-2.0
// Convolutions of two and three spatial axes, and the two products that lead back from them. Each of the three is the
// pullback of the others.
#include "core/ops/convolution.h"
#include "core/ops/convolution_sums.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

/// The elements with their channels last: the tensor's own, or moved ones in `store`.
template <class T>
const T* lastOf(const Tensor& tensor, bool channelsFirst, std::vector<T>& store) {
    if (!channelsFirst) return tensor.as<T>().data();
    const Shape& shape = tensor.shape();
    store = channelsLast(tensor.as<T>().data(), shape[0],
                         tensor.count() / std::max<std::int64_t>(1, shape[0] * shape[1]), shape[1]);
    return store.data();
}

/// Fills a picture of this shape through `fill`, which writes its channels last.
template <class T, class F>
Tensor filledLast(const Shape& shape, bool first, F&& fill) {
    Filling<T> result(shape);
    if (!first) {
        fill(result.values.data());
        return std::move(result).done();
    }
    std::vector<T> last(result.values.size());
    fill(last.data());
    channelsFirst(last.data(), shape[0], elementCount(shape) / std::max<std::int64_t>(1, shape[0] * shape[1]), shape[1],
                  result.values.data());
    return std::move(result).done();
}

convolution::Sizes sizesOf(const Windows& windows, const Shape& filter) {
    const std::int64_t depth = filter[filter.size() - 2];
    const std::int64_t groups = depth == 0 ? 1 : std::max<std::int64_t>(windows.depth / depth, 1);
    return {windows, windows.depth, filter.back(), groups};
}

Tensors forward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Windows windows = convolution::checked(row, x[0].shape(), x[1].shape(), {attributes, x[0].dtype()});
        const auto sizes = sizesOf(windows, x[1].shape());
        const bool first = windows.format.channelsFirst;
        std::vector<T> store;
        const T* pictures = lastOf(x[0], first, store);
        return filledLast<T>(windows.outputShape(sizes.outDepth), first,
                             [&](T* out) { convolution::convolve(sizes, pictures, x[1].as<T>().data(), out); });
    });
}

Tensors inputForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Shape& shape = std::get<Shape>(attributes[0]);
        const Windows windows =
            convolution::checkedBack(row, shape, x[0].shape(), x[1].shape(), {attributes, x[0].dtype(), 1});
        const bool first = windows.format.channelsFirst;
        std::vector<T> store;
        const T* output = lastOf(x[1], first, store);
        const auto sizes = sizesOf(windows, x[0].shape());
        return filledLast<T>(shape, first,
                             [&](T* out) { convolution::toPictures(sizes, x[0].as<T>().data(), output, out); });
    });
}

Tensors filterForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return convolution::computed(row, in, [&]<class T>(Inputs x) {
        const Shape& shape = std::get<Shape>(attributes[0]);
        const Windows windows =
            convolution::checkedBack(row, x[0].shape(), shape, x[1].shape(), {attributes, x[0].dtype(), 1});
        const bool first = windows.format.channelsFirst;
        std::vector<T> pictureStore;
        std::vector<T> outputStore;
        const T* pictures = lastOf(x[0], first, pictureStore);
        const T* output = lastOf(x[1], first, outputStore);
        Filling<T> result(shape);
        convolution::toFilter(sizesOf(windows, shape), pictures, output, result.values.data());
        return std::move(result).done();
    });
}

/// The attributes of a row that leads back: the sizes of what it makes before those of the convolution.
Attributes withSizes(const Shape& sizes, Attributes rest) {
    rest.insert(rest.begin(), AttributeValue{sizes});
    return rest;
}

Attributes withoutSizes(const Attributes& attributes) {
    return {attributes.begin() + 1, attributes.end()};
}

/// Names of the three operations of a family.
struct Family {
    std::string_view whole, toInput, toFilter;
};

constexpr Family families[] = {{"Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"},
                               {"Conv3D", "Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"}};

template <int N>
Operands back(Runner& run, const Executed& op, Gradients g) {
    const auto& [whole, toInput, toFilter] = families[N];
    const Operand& x = op.inputs[0];
    const Operand& w = op.inputs[1];
    Operands result(2);
    if (op.wanted[0]) result[0] = run.run(toInput, {w, g[0]}, withSizes(x.value.shape(), op.attributes));
    if (op.wanted[1]) result[1] = run.run(toFilter, {x, g[0]}, withSizes(w.value.shape(), op.attributes));
    return result;
}

/// nn_grad.py _Conv2DBackpropInputGrad: in the filter and in the output's gradient.
template <int N>
Operands inputBack(Runner& run, const Executed& op, Gradients g) {
    const auto& [whole, toInput, toFilter] = families[N];
    const Attributes rest = withoutSizes(op.attributes);
    const Operand& w = op.inputs[0];
    Operands result(2);
    if (op.wanted[0]) result[0] = run.run(toFilter, {g[0], op.inputs[1]}, withSizes(w.value.shape(), rest));
    if (op.wanted[1]) result[1] = run.run(whole, {g[0], w}, rest);
    return result;
}

/// nn_grad.py _Conv2DBackpropFilterGrad: in the picture and in the output's gradient.
template <int N>
Operands filterBack(Runner& run, const Executed& op, Gradients g) {
    const auto& [whole, toInput, toFilter] = families[N];
    const Attributes rest = withoutSizes(op.attributes);
    const Operand& x = op.inputs[0];
    Operands result(2);
    if (op.wanted[0]) result[0] = run.run(toInput, {g[0], op.inputs[1]}, withSizes(x.value.shape(), rest));
    if (op.wanted[1]) result[1] = run.run(whole, {x, g[0]}, rest);
    return result;
}

std::vector<AttributeRow> attributesOf(const char* format, std::string_view sizes = {}) {
    std::vector<AttributeRow> rows = convolution::attributeRows(format);
    if (!sizes.empty()) rows.insert(rows.begin(), {sizes, Shape{}});
    return rows;
}
}  // namespace

std::vector<OpRow> convolutions() {
    constexpr std::string_view formula = "y[p] = Σₖ x[p·s + k]·w[k]";
    constexpr std::string_view toInput = "dx[p·s + k] = Σ g[p]·w[k]ᵀ";
    constexpr std::string_view toFilter = "dw[k] = Σₚ x[p·s + k]ᵀ·g[p]";
    return {
        {"Conv2D",
         "",
         formula,
         "A filter slides over pictures: at each place, the sum of products.",
         {{"input"}, {"filter"}},
         attributesOf("NHWC"),
         forward,
         back<0>},
        {"Conv2DBackpropInput",
         "",
         toInput,
         "The way back through a convolution to its pictures; a transposed convolution.",
         {{"filter"}, {"out_backprop"}},
         attributesOf("NHWC", "input_sizes"),
         inputForward,
         inputBack<0>},
        {"Conv2DBackpropFilter",
         "",
         toFilter,
         "The way back through a convolution to its filter.",
         {{"input"}, {"out_backprop"}},
         attributesOf("NHWC", "filter_sizes"),
         filterForward,
         filterBack<0>},
        {"Conv3D",
         "",
         formula,
         "A filter slides over volumes: at each place, the sum of products.",
         {{"input"}, {"filter"}},
         attributesOf("NDHWC"),
         forward,
         back<1>},
        {"Conv3DBackpropInputV2",
         "",
         toInput,
         "The way back through a convolution to its volumes; a transposed convolution.",
         {{"filter"}, {"out_backprop"}},
         attributesOf("NDHWC", "input_sizes"),
         inputForward,
         inputBack<1>},
        {"Conv3DBackpropFilterV2",
         "",
         toFilter,
         "The way back through a convolution of volumes to its filter.",
         {{"input"}, {"out_backprop"}},
         attributesOf("NDHWC", "filter_sizes"),
         filterForward,
         filterBack<1>},
    };
}

}  // namespace tapescope::rows
