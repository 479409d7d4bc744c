// SPDX-License-Identifier: Apache-2.0
// Values whole or in summary, and the statistics of them.
#include "core/trace/value.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tapescope {

namespace {

struct Moments {
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    double sum = 0, squares = 0;
    std::int64_t finite = 0, zeros = 0, nans = 0, infinities = 0;

    void take(double x) {
        if (std::isnan(x)) {
            ++nans;
        } else if (std::isinf(x)) {
            ++infinities;
        } else {
            minimum = std::min(minimum, x);
            maximum = std::max(maximum, x);
            sum += x;
            squares += x * x;
            ++finite;
            if (x == 0) ++zeros;
        }
    }
};

std::array<std::uint32_t, 16> histogramOf(const Tensor& tensor, double minimum, double maximum) {
    std::array<std::uint32_t, 16> bins{};
    const auto last = static_cast<double>(bins.size() - 1);
    // Halves first: the difference of two finite numbers can be infinite.
    const double width = maximum / 2 - minimum / 2;
    for (std::int64_t i = 0; i < tensor.count(); ++i) {
        const double x = tensor.at(i);
        if (!std::isfinite(x)) continue;
        const double place = width > 0 ? (x / 2 - minimum / 2) / width * static_cast<double>(bins.size()) : 0;
        ++bins[static_cast<std::size_t>(std::clamp(place, 0.0, last))];
    }
    return bins;
}

std::array<double, 4> cornersOf(const Tensor& tensor) {
    const std::int64_t count = tensor.count();
    if (count == 0) return {};
    const std::int64_t row = tensor.shape().empty() ? 1 : tensor.shape().back();
    return {tensor.at(0), tensor.at(row - 1), tensor.at(count - row), tensor.at(count - 1)};
}

}  // namespace

Summary summarize(const Tensor& tensor) {
    if (!tensor || row(tensor.dtype()).size == 0) return {};
    Moments moments;
    for (std::int64_t i = 0; i < tensor.count(); ++i) moments.take(tensor.at(i));
    Summary summary;
    summary.zeros = moments.zeros;
    summary.nans = moments.nans;
    summary.infinities = moments.infinities;
    summary.corners = cornersOf(tensor);
    if (moments.finite == 0) return summary;
    summary.minimum = moments.minimum;
    summary.maximum = moments.maximum;
    summary.mean = moments.sum / static_cast<double>(moments.finite);
    summary.norm = std::sqrt(moments.squares);
    summary.histogram = histogramOf(tensor, summary.minimum, summary.maximum);
    return summary;
}

Summary summaryOf(const Value& value) {
    if (value.whole) return summarize(value.whole);
    return value.summary ? *value.summary : Summary{};
}

const char* objection(const Value& value) {
    constexpr std::size_t mostDimensions = 254;
    constexpr std::int64_t mostElements = std::int64_t{1} << 48;
    if (value.shape.size() > mostDimensions) return "a value of too many dimensions";
    std::int64_t count = 1;
    for (const auto dimension : value.shape) {
        if (dimension < 0) return "a negative dimension";
        // Checked even where another dimension is 0, so that any order of multiplying is safe.
        if (dimension > 0 && count > mostElements / dimension) return "a value of too many elements";
        count *= std::max<std::int64_t>(dimension, 1);
    }
    if (value.whole && value.summary) return "a value both whole and in summary";
    if (value.whole && (value.whole.dtype() != value.dtype || value.whole.shape() != value.shape))
        return "a value that is not what it says";
    return nullptr;
}

namespace {
/// Few elements, and no long texts among them.
bool keptWhole(const Tensor& tensor) {
    if (tensor.count() > wholeLimit) return false;
    if (tensor.dtype() != DType::String) return true;
    std::size_t bytes = 0;
    for (const auto& string : tensor.as<std::string>()) bytes += string.size();
    return bytes <= wholeStringBytes;
}
}  // namespace

Value valueOf(const Tensor& tensor) {
    if (!tensor) return {};
    Value value{tensor.dtype(), tensor.shape(), {}, {}};
    if (keptWhole(tensor))
        value.whole = tensor;
    else
        value.summary = summarize(tensor);
    return value;
}

}  // namespace tapescope
