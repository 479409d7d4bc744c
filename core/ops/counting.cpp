// SPDX-License-Identifier: Apache-2.0
// How often a value occurs: counts of integers, histograms. Nobody wrote gradients for them.
#include <algorithm>
#include <cmath>

#include "core/base/convert.h"
#include "core/ops/loops.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

/// One count for a vector, one for each row of a matrix. Weights of no elements count 1 each.
Tensors counted(const OpRow& row, Inputs in, const Attributes& attributes) {
    const std::int64_t size = std::get<std::int64_t>(attributes[0]);
    const bool once = std::get<bool>(attributes[1]);
    const Tensor values = converted(in[0], DType::Int64);
    const Tensor& weights = in[1];
    const bool weighted = weights.count() != 0;
    if (weighted && weights.shape() != in[0].shape()) {
        refuse(row,
               "`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it acts as all "
               "weights equal to 1. Received " +
                   kernelText(weights.shape()));
    }
    const bool matrix = in[0].shape().size() == 2;
    const std::int64_t columns = matrix ? in[0].shape()[1] : values.count();
    return {numeric(row, weights.dtype(), [&]<class T>() {
        Filling<T> result(matrix ? Shape{in[0].shape()[0], size} : Shape{size});
        std::ranges::fill(result.values, T(0));
        for (std::int64_t i = 0; i < values.count(); ++i) {
            const std::int64_t value = values.as<std::int64_t>()[static_cast<std::size_t>(i)];
            if (value < 0) refuse(row, "Input arr must be non-negative!");
            if (value >= size) continue;
            T& count = result.values[static_cast<std::size_t>((matrix ? i / columns * size : 0) + value)];
            const T weight = weighted ? weights.as<T>()[static_cast<std::size_t>(i)] : T(1);
            count = once ? T(1) : static_cast<T>(count + weight);
        }
        return std::move(result).done();
    })};
}

std::string numberText(double value) {
    std::string text(32, '\0');
    text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%g", value)));
    return text;
}

Tensors histogram(const OpRow& row, Inputs in, const Attributes& attributes) {
    const std::int64_t bins = std::get<std::int64_t>(attributes[0]);
    if (in[1].count() != 2) refuse(row, "value_range should be a vector of 2 elements.");
    const double low = in[1].at(0);
    const double high = in[1].at(1);
    if (!(low < high)) {
        refuse(row, "value_range should satisfy value_range[0] < value_range[1], but got '[" + numberText(low) + ", " +
                        numberText(high) + "]'");
    }
    if (bins <= 0) refuse(row, "nbins should be a positive number, but got '" + std::to_string(bins) + "'");
    Filling<std::int64_t> counts({bins});
    std::ranges::fill(counts.values, 0);
    for (std::int64_t i = 0; i < in[0].count(); ++i)
        if (std::isnan(in[0].at(i))) refuse(row, "Histogram values must not contain NaN");
    const double step = (high - low) / static_cast<double>(bins);
    for (std::int64_t i = 0; i < in[0].count(); ++i) {
        const double place = std::floor((in[0].at(i) - low) / step);
        const double bin = std::clamp(place, 0.0, static_cast<double>(bins - 1));
        ++counts.values[static_cast<std::size_t>(bin)];
    }
    return {converted(std::move(counts).done(), std::get<DType>(attributes[1]))};
}
}  // namespace

std::vector<OpRow> counting() {
    return {
        {"DenseBincount",
         "",
         "yᵢ = number of x = i",
         "How often each integer occurs, or the sum of its weights.",
         {{"input", Unregistered}, {"weights", Unregistered}},
         {{"size", std::int64_t{0}}, {"binary_output", false}},
         counted},
        {"HistogramFixedWidth",
         "histogram_fixed_width",
         "yᵢ = number of x in part i",
         "How many values fall into each of equal parts of a range; those outside count at its ends.",
         {{"values", Unregistered}, {"value_range", Unregistered}},
         {{"nbins", std::int64_t{100}}, {"dtype", DType::Int32}},
         histogram},
    };
}

}  // namespace tapescope::rows
