// SPDX-License-Identifier: Apache-2.0
// Grey-scale dilation: the largest sum of picture and filter under a window. Its ways back have none of their own.
#include <limits>

#include "core/ops/rows.h"
#include "core/ops/window.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

/// Four of each, of which the batch's and the depth's are 1.
void requirePlacement(const OpRow& row, const Shape& strides, const Shape& rates) {
    if (strides.size() != 4) refuse(row, "Sliding window stride field must specify 4 dimensions");
    if (strides[0] != 1 || strides[3] != 1)
        unimplemented(row, "Stride is only supported across spatial dimensions.", row.type);
    if (rates.size() != 4) refuse(row, "Input stride (atrous rate) field must specify 4 dimensions");
    if (rates[0] != 1 || rates[3] != 1)
        unimplemented(row, "Rate is only supported across spatial dimensions.", row.type);
}

/// Calls f(place of the winner in the pictures, in the filter, place of the output) for every output; of equal sums the
/// first wins.
template <class T, class F>
void forEachWinner(const OpRow& row, Inputs x, const Attributes& attributes, F&& f) {
    const Shape& strides = std::get<Shape>(attributes[0]);
    const Shape& rates = std::get<Shape>(attributes[1]);
    requirePlacement(row, strides, rates);
    const Shape& shape = x[0].shape();
    if (shape.size() != 4) refuse(row, "input must be 4-dimensional" + kernelText(shape));
    if (x[1].shape().size() != 3) refuse(row, "filter must be 3-dimensional: " + kernelText(x[1].shape()));
    const std::int64_t depth = shape[3];
    if (x[1].shape()[2] != depth)
        refuse(row, "input and filter must have the same depth: " + std::to_string(depth) + " vs " +
                        std::to_string(x[1].shape()[2]));
    for (const std::int64_t stride : {strides[1], strides[2]})
        if (stride <= 0) refuse(row, "Stride must be > 0, but got " + std::to_string(stride));
    const Windows windows = windowsOf(row, row.type, shape, x[1].shape(),
                                      {strides, rates, std::get<std::string>(attributes[2]), {}, formatOf("NHWC", 2)});
    const T* pictures = x[0].as<T>().data();
    const T* filter = x[1].as<T>().data();
    for (std::int64_t picture = 0; picture < windows.batch; ++picture) {
        for (std::int64_t at = 0; at < windows.outputs(); ++at) {
            for (std::int64_t c = 0; c < depth; ++c) {
                std::int64_t bestInput = -1;
                std::int64_t bestTap = -1;
                T best = std::numeric_limits<T>::lowest();
                forEachTap(windows, at, at + 1, [&](std::int64_t, std::int64_t from, std::int64_t tap) {
                    if (from < 0) return;
                    const std::int64_t input = (picture * windows.inputs() + from) * depth + c;
                    const T sum = pictures[input] + filter[tap * depth + c];
                    if (bestInput >= 0 && !(sum > best)) return;
                    best = sum;
                    bestInput = input;
                    bestTap = tap * depth + c;
                });
                f(windows, bestInput, bestTap, (picture * windows.outputs() + at) * depth + c);
            }
        }
    }
}

Tensors dilated(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        std::vector<T> values;
        Shape shape;
        forEachWinner<T>(row, x, attributes, [&](const Windows& windows, auto input, auto tap, auto) {
            if (shape.empty()) shape = windows.outputShape(windows.depth);
            values.push_back(input < 0 ? std::numeric_limits<T>::lowest()
                                       : x[0].as<T>()[static_cast<std::size_t>(input)] +
                                             x[1].as<T>()[static_cast<std::size_t>(tap)]);
        });
        if (shape.empty()) shape = {0, 0, 0, x[0].shape()[3]};
        return Tensors{Tensor::of<T>(shape, values)};
    });
}

/// The gradient goes to the winner: of the pictures (which = 0) or of the filter (which = 1).
template <std::size_t Which>
Tensors toWinner(const OpRow& row, Inputs in, const Attributes& attributes) {
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result(x[Which].shape());
        std::ranges::fill(result.values, T(0));
        const T* g = x[2].as<T>().data();
        forEachWinner<T>(row, x, attributes, [&](const Windows&, auto input, auto tap, auto output) {
            if (input >= 0) result.values[static_cast<std::size_t>(Which == 0 ? input : tap)] += g[output];
        });
        return Tensors{std::move(result).done()};
    });
}

Operands dilatedBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const Operands all{op.inputs[0], op.inputs[1], g[0]};
    return {op.wanted[0] ? run.run("Dilation2DBackpropInput", all, op.attributes) : Operand{},
            op.wanted[1] ? run.run("Dilation2DBackpropFilter", all, op.attributes) : Operand{}};
}

std::vector<AttributeRow> placement() {
    return {{"strides", Shape{}}, {"rates", Shape{}}, {"padding", std::string("VALID")}};
}
}  // namespace

std::vector<OpRow> dilation() {
    const std::vector<InputRow> back{{"input", Unregistered}, {"filter", Unregistered}, {"out_backprop", Unregistered}};
    return {
        {"Dilation2D",
         "",
         "y[p] = maxₖ x[p·s + k] + w[k]",
         "The largest sum of picture and filter under each window; the first of equal ones gets the gradient.",
         {{"input", Kinked}, {"filter", Kinked}},
         placement(),
         dilated,
         dilatedBack},
        {"Dilation2DBackpropInput", "", "dx = g where x won, else 0",
         "The way back through a dilation to its pictures.", back, placement(), toWinner<0>},
        {"Dilation2DBackpropFilter", "", "dw = Σ g where w won", "The way back through a dilation to its filter.", back,
         placement(), toWinner<1>},
    };
}

}  // namespace tapescope::rows
