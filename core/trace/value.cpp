// SPDX-License-Identifier: Apache-2.0
// Values whole or in summary, and the statistics of them.
#include "core/trace/value.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/statistics.h"

namespace tapescope {

namespace {

/// Of evenly spaced elements where there are very many.
Bins histogramOf(const Tensor& tensor, double minimum, double maximum) {
    constexpr std::int64_t enough = 4096;
    const std::int64_t stride = std::max<std::int64_t>(1, tensor.count() / enough);
    std::vector<double> looked(static_cast<std::size_t>((tensor.count() + stride - 1) / stride));
    if (tensor.dtype() == DType::Float32) {
        const auto values = tensor.as<float>();
        for (std::size_t i = 0; i < looked.size(); ++i)
            looked[i] = static_cast<double>(values[i * static_cast<std::size_t>(stride)]);
    } else {
        for (std::size_t i = 0; i < looked.size(); ++i) looked[i] = tensor.at(static_cast<std::int64_t>(i) * stride);
    }
    return binsOf(looked, minimum, maximum);
}

std::array<double, 4> cornersOf(const Tensor& tensor) {
    const std::int64_t count = tensor.count();
    if (count == 0) return {};
    const std::int64_t row = tensor.shape().empty() ? 1 : tensor.shape().back();
    return {tensor.at(0), tensor.at(row - 1), tensor.at(count - row), tensor.at(count - 1)};
}

}  // namespace

Value::Value(DType dtype, Shape shape, std::optional<Summary> summary) {
    // A number of which nothing is known is no value at all.
    if (dtype == DType::Float32 && shape.empty() && !summary) return;
    sketch = Sketch(dtype, std::move(shape), summary);
}

Summary summarize(const Tensor& tensor) {
    if (!tensor || row(tensor.dtype()).size == 0) return {};
    Moments moments;
    if (tensor.dtype() == DType::Float32) {
        moments = momentsOf(tensor.as<float>());
    } else {
        for (std::int64_t i = 0; i < tensor.count(); ++i) moments.take(tensor.at(i));
    }
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
    return value.summary() != nullptr ? *value.summary() : Summary{};
}

const char* objection(const Value& value) {
    constexpr std::size_t mostDimensions = 254;
    constexpr std::int64_t mostShown = std::int64_t{1} << 48;
    if (value.shape().size() > mostDimensions) return "a value of too many dimensions";
    std::int64_t count = 1;
    for (const auto dimension : value.shape()) {
        if (dimension < 0) return "a negative dimension";
        // Checked even where another dimension is 0, so that any order of multiplying is safe.
        if (dimension > 0 && count > mostShown / dimension) return "a value of too many elements";
        count *= std::max<std::int64_t>(dimension, 1);
    }
    return value.whole && value.sketch ? "a value both whole and in summary" : nullptr;
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

namespace {
/// Large tensors come again: a variable before a step is what it was after the last one, a gradient arrives and is
/// applied. The last few summaries are kept.
class Summaries {
public:
    const Summary& of(const Tensor& tensor) {
        for (const Kept& kept : kept_) {
            if (tensor.storage() != 0 && kept.storage == tensor.storage() && kept.dtype == tensor.dtype() &&
                kept.shape == tensor.shape())
                return kept.summary;
        }
        Kept& oldest = kept_[next_++ % kept_.size()];
        oldest = {tensor.storage(), tensor.dtype(), tensor.shape(), summarize(tensor)};
        return oldest.summary;
    }

private:
    struct Kept {
        std::uint64_t storage = 0;
        DType dtype = DType::Float32;
        Shape shape;
        Summary summary;
    };
    std::array<Kept, 32> kept_;
    std::size_t next_ = 0;
};
}  // namespace

const std::optional<Summary>& Sketch::summary() const {
    if (large_) {
        static thread_local Summaries summaries;
        summary_ = summaries.of(std::exchange(large_, {}));
    }
    return summary_;
}

Value valueOf(const Tensor& tensor) {
    Value value;
    if (!tensor || keptWhole(tensor)) {
        value.whole = tensor;
    } else {
        value.sketch = Sketch(tensor);
    }
    return value;
}

}  // namespace tapescope
