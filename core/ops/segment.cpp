// SPDX-License-Identifier: Apache-2.0
// Sums, means, products and extremes of the rows that have the same number.
#include <algorithm>
#include <limits>

#include "core/base/convert.h"
#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct Adding {
    template <class W>
    static W start() {
        return W(0);
    }
    static auto join(auto a, auto b) { return a + b; }
};
struct Multiplying {
    template <class W>
    static W start() {
        return W(1);
    }
    static auto join(auto a, auto b) { return a * b; }
};
struct Largest {
    template <class W>
    static W start() {
        return std::numeric_limits<W>::lowest();
    }
    static auto join(auto a, auto b) { return b > a || b != b ? b : a; }
};
struct Smallest {
    template <class W>
    static W start() {
        return std::numeric_limits<W>::max();
    }
    static auto join(auto a, auto b) { return b < a || b != b ? b : a; }
};

std::vector<std::int64_t> numbersOf(const OpRow& row, const Tensor& ids) {
    kernel::indexing(row, ids.dtype(), []<class T>() {});
    const Tensor wide = converted(ids, DType::Int64);
    return {wide.as<std::int64_t>().begin(), wide.as<std::int64_t>().end()};
}

/// The checks of TensorFlow's kernels for numbers that increase; gives how many segments there are.
std::int64_t checkedSegments(const OpRow& row, const Tensor& data, const Tensor& ids,
                             const std::vector<std::int64_t>& numbers) {
    if (ids.shape().size() != 1) refuse(row, "segment_ids should be a vector.");
    if (data.shape().empty()) refuse(row, "input must be at least rank 1");
    if (data.shape()[0] != ids.count()) refuse(row, "segment_ids should be the same size as dimension 0 of input.");
    const std::int64_t segments = numbers.empty() ? 0 : numbers.back() + 1;
    if (segments < 0) refuse(row, "segment ids must be >= 0");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const bool ends = i + 1 == numbers.size() || numbers[i + 1] != numbers[i];
        if (ends && i + 1 < numbers.size() && numbers[i] > numbers[i + 1])
            refuse(row, "segment ids are not increasing");
        if (ends && (numbers[i] < 0 || numbers[i] >= segments)) {
            refuse(row, "Segment id " + std::to_string(numbers[i]) + " out of range [0, " + std::to_string(segments) +
                            "), possibly because 'segment_ids' input is not sorted.");
        }
    }
    return segments;
}

/// Row i of `data`, whose rows have `width` elements, joins the result's row of its number, each time in its own dtype;
/// negative ones join none.
template <class T, class Reducer>
Tensor gatheredBy(const Tensor& data, const std::vector<std::int64_t>& numbers, Shape shape, std::int64_t width) {
    using W =
        std::conditional_t<std::is_same_v<Reducer, Largest> || std::is_same_v<Reducer, Smallest>, Wide<T>, Modular<T>>;
    Filling<T> result(std::move(shape));
    std::vector<W> totals(result.values.size(), Reducer::template start<W>());
    const T* x = data.as<T>().data();
    for (const std::int64_t number : numbers) {
        if (number >= 0) {
            W* total = totals.data() + number * width;
            for (std::int64_t i = 0; i < width; ++i)
                total[i] = static_cast<W>(static_cast<T>(Reducer::join(total[i], static_cast<W>(x[i]))));
        }
        x += width;
    }
    std::ranges::transform(totals, result.values.begin(), [](W total) { return static_cast<T>(total); });
    return std::move(result).done();
}

/// Divides each segment by its number of rows, or (`fill`) writes a value where a segment has none.
template <class T, class F>
Tensor withCounts(const Tensor& totals, const std::vector<std::int64_t>& numbers, std::int64_t width, F&& change) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(totals.shape()[0]), 0);
    for (const std::int64_t number : numbers) ++counts[static_cast<std::size_t>(number)];
    Filling<T> result(totals.shape());
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] = change(totals.as<T>()[i], counts[i / static_cast<std::size_t>(width)]);
    return std::move(result).done();
}

struct Segments {
    std::vector<std::int64_t> numbers;
    Shape shape;
    std::int64_t width = 1;

    Segments(const OpRow& row, Inputs in) : numbers(numbersOf(row, in[1])), shape(in[0].shape()) {
        const std::int64_t count = checkedSegments(row, in[0], in[1], numbers);
        shape[0] = count;
        for (std::size_t i = 1; i < shape.size(); ++i) width *= shape[i];
    }
};

template <class Reducer>
Tensors segmentTotals(const OpRow& row, Inputs in, const Attributes&) {
    const Segments all(row, in);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        return gatheredBy<T, Reducer>(in[0], all.numbers, all.shape, all.width);
    })};
}

Tensors segmentMeans(const OpRow& row, Inputs in, const Attributes&) {
    const Segments all(row, in);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        const Tensor totals = gatheredBy<T, Adding>(in[0], all.numbers, all.shape, all.width);
        return withCounts<T>(totals, all.numbers, all.width, [](T total, std::int64_t count) {
            using W = Wide<T>;
            return count == 0 ? T(0) : static_cast<T>(static_cast<W>(total) / amount<W>(count));
        });
    })};
}

/// Segments without rows are 0 here.
template <class Reducer>
Tensors segmentExtremes(const OpRow& row, Inputs in, const Attributes&) {
    const Segments all(row, in);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        const Tensor totals = gatheredBy<T, Reducer>(in[0], all.numbers, all.shape, all.width);
        return withCounts<T>(totals, all.numbers, all.width,
                             [](T total, std::int64_t count) { return count == 0 ? T(0) : total; });
    })};
}

struct Unsorted {
    std::vector<std::int64_t> numbers;
    Shape shape;
    std::int64_t width = 1;

    Unsorted(const OpRow& row, Inputs in, const Attributes& attributes) : numbers(numbersOf(row, in[1])) {
        const std::int64_t count = std::get<std::int64_t>(attributes[0]);
        const Shape& data = in[0].shape();
        const Shape& ids = in[1].shape();
        if (ids.size() > data.size() || !std::equal(ids.begin(), ids.end(), data.begin())) {
            refuse(row,
                   "data.shape = " + kernelText(data) + " does not start with segment_ids.shape = " + kernelText(ids));
        }
        if (count < 0) refuse(row, "Input num_segments == " + std::to_string(count) + " must not be negative.");
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            if (numbers[i] < count) continue;
            refuse(row, "segment_ids" + placeText(ids, static_cast<std::int64_t>(i)) + " = " +
                            std::to_string(numbers[i]) + " is out of range [0, " + std::to_string(count) + ")");
        }
        shape = {count};
        for (std::size_t i = ids.size(); i < data.size(); ++i) {
            shape.push_back(data[i]);
            width *= data[i];
        }
    }

    static std::string placeText(const Shape& shape, std::int64_t flat) {
        Shape at(shape.size(), 0);
        for (std::size_t axis = shape.size(); axis-- > 0; flat /= shape[axis]) at[axis] = flat % shape[axis];
        return kernelText(at);
    }
};

template <class Reducer>
Tensors unsortedTotals(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Unsorted all(row, in, attributes);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        return gatheredBy<T, Reducer>(in[0], all.numbers, all.shape, all.width);
    })};
}

template <class Reducer>
Tensors unsortedExtremes(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Unsorted all(row, in, attributes);
    return {numeric(row, in[0].dtype(),
                    [&]<class T>() { return gatheredBy<T, Reducer>(in[0], all.numbers, all.shape, all.width); })};
}

// The formulas of math_grad.py; rows are picked by their segment's number.
struct SegmentBack : Back {
    Term ids() const { return input(1); }
    Term picked(const Term& rows) const { return rows.call("GatherV2", ids()); }
    Term chosen(const Term& condition, const Term& yes, const Term& no) const {
        return {runner, runner.run("SelectV2", {condition, yes, no})};
    }
};

Operands sumBack(Runner& run, const Executed& op, Gradients g) {
    const SegmentBack at{{run, op, g}};
    return {at.picked(at.g()), {}};
}

Operands meanBack(Runner& run, const Executed& op, Gradients g) {
    const SegmentBack at{{run, op, g}};
    Shape shape(op.inputs[0].value.shape().size(), 1);
    shape[0] = op.inputs[1].value.count();
    const Term ones = at.g().number(1).call("BroadcastTo", {shape});
    return {at.picked(at.g() / ones.call("SegmentSum", at.ids())), {}};
}

Operands extremeBack(Runner& run, const Executed& op, Gradients g) {
    const SegmentBack at{{run, op, g}};
    const Term zeros = at.input().call("ZerosLike");
    const Term selected = at.input().call("Equal", at.picked(at.output()));
    const Term ties = selected.call("Cast", {at.g().value().dtype()}).call("SegmentSum", at.ids());
    return {at.chosen(selected, at.picked(at.g() / ties), zeros), {}};
}

/// Without zeros the product over the element; with one zero only that element has a part, with more none has.
Operands productBack(Runner& run, const Executed& op, Gradients g) {
    const SegmentBack at{{run, op, g}};
    const Term data = at.input();
    const Term zero = data.call("Equal", data.number(0));
    const Term zeros = zero.call("Cast", {DType::Int32}).call("SegmentSum", at.ids());
    const Term several = zeros.call("Greater", zeros.number(1));
    const Term grad = at.chosen(several, at.g().call("ZerosLike"), at.g());
    const Term others = at.chosen(zero, data.call("OnesLike"), data);
    const Term otherProduct = others.call("SegmentProd", at.ids());
    const Term slope = at.chosen(zero, at.picked(otherProduct), at.picked(at.output()) / others);
    return {at.picked(grad) * slope, {}};
}

/// The same for numbers that may be negative: such rows have no part in anything.
struct UnsortedBack : SegmentBack {
    Term clipped() const { return ids().call("Maximum", ids().call("ZerosLike")); }
    Term valid(const Term& rows) const {
        Shape shape = op.inputs[1].value.shape();
        while (shape.size() < rows.value().shape().size()) shape.push_back(1);
        return ids()
            .call("GreaterEqual", ids().number(0))
            .call("Reshape", {shape})
            .call("BroadcastTo", {rows.value().shape()});
    }
    Term pickedValid(const Term& rows) const {
        const Term all = rows.call("GatherV2", clipped());
        return chosen(valid(all), all, all.call("ZerosLike"));
    }
    Term total(std::string_view type, const Term& data) const { return data.call(type, ids(), op.attributes); }
};

Operands unsortedSumBack(Runner& run, const Executed& op, Gradients g) {
    const UnsortedBack at{{{run, op, g}}};
    return {at.pickedValid(at.g()), {}};
}

Operands unsortedExtremeBack(Runner& run, const Executed& op, Gradients g) {
    const UnsortedBack at{{{run, op, g}}};
    const Term there = at.input().call("Equal", at.pickedValid(at.output()));
    const Term selected = there.call("LogicalAnd", at.valid(there));
    const Term ties = at.total("UnsortedSegmentSum", selected.call("Cast", {at.g().value().dtype()}));
    const Term shares = at.pickedValid(at.g() / ties);
    return {at.chosen(selected, shares, shares.call("ZerosLike")), {}};
}

Operands unsortedProductBack(Runner& run, const Executed& op, Gradients g) {
    const UnsortedBack at{{{run, op, g}}};
    const Term data = at.input();
    const Term zero = data.call("Equal", data.number(0));
    const Term zeros = at.total("UnsortedSegmentSum", zero.call("Cast", {DType::Int32}));
    const Term several = zeros.call("Greater", zeros.number(1));
    const Term grad = at.chosen(several, at.g().call("ZerosLike"), at.g());
    const Term otherProduct = at.total("UnsortedSegmentProd", at.chosen(zero, data.call("OnesLike"), data));
    const Term clipped = at.clipped();
    const Term quotient = at.output().call("GatherV2", clipped) / data;
    const Term slope = at.chosen(zero, otherProduct.call("GatherV2", clipped), quotient);
    return {at.pickedValid(grad) * slope, {}};
}

OpRow sorted(std::string_view type, std::string_view names, std::string_view formula, decltype(OpRow::forward) forward,
             decltype(OpRow::pullback) pullback, Flow flow = Smooth) {
    return {type,
            names,
            formula,
            "Of the rows with the same number, which must increase.",
            {{"data", flow}, {"segment_ids", Severed}},
            {},
            forward,
            pullback};
}

OpRow unsorted(std::string_view type, std::string_view names, std::string_view formula,
               decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback, Flow flow = Smooth) {
    return {type,
            names,
            formula,
            "Of the rows with the same number, in any order; negative numbers belong nowhere.",
            {{"data", flow}, {"segment_ids", Severed}},
            {{"num_segments", std::int64_t{0}}},
            forward,
            pullback};
}
}  // namespace

std::vector<OpRow> segment() {
    return {
        sorted("SegmentSum", "math.segment_sum", "yₛ = Σ xᵢ of segment s", segmentTotals<Adding>, sumBack),
        sorted("SegmentMean", "math.segment_mean", "yₛ = mean of xᵢ of segment s", segmentMeans, meanBack),
        sorted("SegmentProd", "math.segment_prod", "yₛ = Π xᵢ of segment s", segmentTotals<Multiplying>, productBack),
        sorted("SegmentMax", "math.segment_max", "yₛ = max xᵢ of segment s", segmentExtremes<Largest>, extremeBack,
               Kinked),
        sorted("SegmentMin", "math.segment_min", "yₛ = min xᵢ of segment s", segmentExtremes<Smallest>, extremeBack,
               Kinked),
        unsorted("UnsortedSegmentSum", "math.unsorted_segment_sum", "yₛ = Σ xᵢ of segment s", unsortedTotals<Adding>,
                 unsortedSumBack),
        unsorted("UnsortedSegmentProd", "math.unsorted_segment_prod", "yₛ = Π xᵢ of segment s",
                 unsortedTotals<Multiplying>, unsortedProductBack),
        unsorted("UnsortedSegmentMax", "math.unsorted_segment_max", "yₛ = max xᵢ of segment s",
                 unsortedExtremes<Largest>, unsortedExtremeBack, Kinked),
        unsorted("UnsortedSegmentMin", "math.unsorted_segment_min", "yₛ = min xᵢ of segment s",
                 unsortedExtremes<Smallest>, unsortedExtremeBack, Kinked),
    };
}

}  // namespace tapescope::rows
