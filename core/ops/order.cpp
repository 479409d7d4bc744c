// SPDX-License-Identifier: Apache-2.0
// Places of elements by their size: the largest, the k largest, those that differ, permutations.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "core/base/convert.h"
#include "core/ops/definition.h"
#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

/// The integers of an index tensor, whatever their width.
std::vector<std::int64_t> integersIn(const Tensor& tensor) {
    const Tensor wide = converted(tensor, DType::Int64);
    return {wide.as<std::int64_t>().begin(), wide.as<std::int64_t>().end()};
}

/// Places as the dtype that a call asked for.
Tensor places(Filling<std::int64_t>&& filling, DType dtype) {
    const Tensor wide = std::move(filling).done();
    return dtype == DType::Int64 ? wide : converted(wide, dtype);
}

/// The place of the winner along one axis; the first of equals, and not a number never wins.
template <class T, bool largest>
Filling<std::int64_t> winners(const Tensor& input, std::size_t axis) {
    const Shape& shape = input.shape();
    Shape rest = shape;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(axis));
    std::int64_t inner = 1;
    for (std::size_t i = axis + 1; i < shape.size(); ++i) inner *= shape[i];
    Filling<std::int64_t> result(rest);
    using W = Wide<T>;
    for (std::size_t place = 0; place < result.values.size(); ++place) {
        const auto at = static_cast<std::int64_t>(place);
        const T* x = input.as<T>().data() + at / inner * shape[axis] * inner + at % inner;
        std::int64_t winner = 0;
        W best = static_cast<W>(*x);
        for (std::int64_t i = 1; i < shape[axis]; ++i) {
            const W value = static_cast<W>(x[i * inner]);
            const bool wins = largest ? value > best : value < best;
            if (!wins && !(best != best && value == value)) continue;
            best = value;
            winner = i;
        }
        result.values[place] = winner;
    }
    return result;
}

template <bool largest>
Tensors winner(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto numbered = std::get<DType>(attributes[1]);
    if (numbered != DType::Int32 && numbered != DType::Int64) requireAllowed(row, "output_type", numbered);
    const auto compute = [&]<class T>() -> Tensor {
        const Shape& shape = in[0].shape();
        const auto rank = static_cast<std::int64_t>(shape.size());
        std::int64_t axis = std::get<std::int64_t>(attributes[0]);
        if (axis < -rank || axis >= rank) {
            refuse(row, "Expected dimension in the range [" + std::to_string(-rank) + ", " + std::to_string(rank) +
                            "), but got " + std::to_string(axis));
        }
        if (axis < 0) axis += rank;
        if (shape[static_cast<std::size_t>(axis)] == 0)
            refuse(row, "Reduction axis " + std::to_string(axis) + " is empty in shape " + kernelText(shape));
        return places(winners<T, largest>(in[0], static_cast<std::size_t>(axis)), std::get<DType>(attributes[1]));
    };
    if (in[0].dtype() == DType::Bool) return {compute.template operator()<bool>()};
    return {numeric(row, in[0].dtype(), compute)};
}

/// TensorFlow's comparison of places, to which what is not a number equals everything.
template <class T>
auto largerFirst(const T* x) {
    return [x](std::int64_t a, std::int64_t b) { return x[a] > x[b] || (!(x[b] > x[a]) && a < b); };
}

/// How std::sort orders a short row by it.
template <class T>
void insertInOrder(const T* x, std::vector<std::int64_t>& order) {
    const auto before = largerFirst(x);
    for (auto next = order.begin() + 1; next < order.end(); ++next) {
        const std::int64_t place = *next;
        auto to = next;
        if (before(place, order.front())) {
            to = order.begin();
        } else {
            while (before(place, *(to - 1))) --to;
        }
        std::rotate(to, next, next + 1);
    }
}
constexpr std::int64_t shortRow = 16;  // std::sort inserts up to here

/// The k largest where some are not numbers: topk_op.cc keeps a heap of one place more (top_n.h), and what it makes of
/// an order that is none is a matter of its moves. Unless they are to be sorted they stay as they lie in it.
template <class T>
void keepInHeap(const T* x, std::int64_t k, bool sorted, std::vector<std::int64_t>& order) {
    const auto before = largerFirst(x);
    const auto begin = order.begin(), end = begin + k + 1;
    std::make_heap(begin, end, before);
    std::pop_heap(begin, end, before);
    for (auto next = end; next != order.end(); ++next) {
        if (!before(*next, *begin)) continue;
        std::pop_heap(begin, end - 1, before);
        *(end - 2) = *next;
        std::push_heap(begin, end - 1, before);
    }
    if (sorted) std::sort_heap(begin, end - 1, before);
}

/// The k largest of each row, in order; the first of equals first. What is not a number comes last where one is asked
/// for, and in long rows that are sorted whole.
template <class T>
Tensors largestOf(const Tensor& input, std::int64_t k, bool sorted, DType indexType) {
    Shape shape = input.shape();
    const std::int64_t columns = shape.back();
    const std::int64_t rows = columns == 0 ? 0 : input.count() / columns;
    shape.back() = k;
    Filling<T> values(shape);
    Filling<std::int64_t> indices(shape);
    using W = Wide<T>;
    std::vector<std::int64_t> order(static_cast<std::size_t>(columns));
    const auto place = [&](std::int64_t row) {
        for (std::int64_t i = 0; i < k; ++i) {
            const std::int64_t from = order[static_cast<std::size_t>(i)];
            values.values[static_cast<std::size_t>(row * k + i)] =
                input.as<T>()[static_cast<std::size_t>(row * columns + from)];
            indices.values[static_cast<std::size_t>(row * k + i)] = from;
        }
    };
    for (std::int64_t row = 0; row < rows; ++row) {
        const T* x = input.as<T>().data() + row * columns;
        std::iota(order.begin(), order.end(), 0);
        const bool ordered = std::all_of(x, x + columns, [](T value) { return value == value; });
        const bool heaped = k > 1 && k < columns && (!ordered || !sorted);
        if (heaped || (!ordered && k == columns && k <= shortRow)) {
            if (k == columns) {
                insertInOrder(x, order);
            } else {
                keepInHeap(x, k, sorted, order);
            }
            place(row);
            continue;
        }
        std::partial_sort(order.begin(), order.begin() + k, order.end(), [x](std::int64_t a, std::int64_t b) {
            const W left = static_cast<W>(x[a]);
            const W right = static_cast<W>(x[b]);
            const bool leftIs = left == left;
            const bool rightIs = right == right;
            if (leftIs != rightIs) return leftIs;
            return left > right || (!(right > left) && a < b);
        });
        place(row);
    }
    return {std::move(values).done(), places(std::move(indices), indexType)};
}

Tensors topForward(const OpRow& row, Inputs in, const Attributes& attributes) {
    return numeric(row, in[0].dtype(), [&]<class T>() {
        const std::int64_t k = std::get<std::int64_t>(attributes[0]);
        const Shape& shape = in[0].shape();
        if (k < 0) refuse(row, "Need k >= 0, got " + std::to_string(k));
        if (shape.empty()) refuse(row, "input must be >= 1-D, got shape []");
        if (shape.back() < k) {
            refuse(row, "input must have at least k columns. Had " + std::to_string(shape.back()) + ", needed " +
                            std::to_string(k));
        }
        return largestOf<T>(in[0], k, std::get<bool>(attributes[1]), std::get<DType>(attributes[2]));
    });
}

/// Each gradient goes back to the place that its element came from.
Operands topBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& shape = op.inputs[0].value.shape();
    const std::int64_t count = op.inputs[0].value.count();
    auto from = integersIn(op.outputs[1].value);
    const std::int64_t k = op.outputs[1].value.shape().back();
    for (std::size_t i = 0; i < from.size(); ++i) from[i] += static_cast<std::int64_t>(i) / k * shape.back();
    const Operand places = run.constant(Tensor::of<std::int64_t>({static_cast<std::int64_t>(from.size())}, from));
    const Operand flat = run.run("Reshape", {g[0]}, {Shape{-1}});
    return {run.run("Reshape", {run.run("UnsortedSegmentSum", {flat, places}, {count})}, {shape})};
}

struct Distinct {
    std::vector<std::int64_t> first;   ///< where each value stands for the first time
    std::vector<std::int64_t> number;  ///< of each element, its value's place in `first`
    std::vector<std::int64_t> count;   ///< of each value
};

template <class T>
Distinct distinctOf(const Tensor& input) {
    using Key = Wide<T>;
    std::unordered_map<Key, std::int64_t> seen;
    Distinct result;
    const auto values = input.as<T>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto [entry, isNew] =
            seen.try_emplace(static_cast<Key>(values[i]), static_cast<std::int64_t>(result.first.size()));
        if (isNew) {
            result.first.push_back(static_cast<std::int64_t>(i));
            result.count.push_back(0);
        }
        result.number.push_back(entry->second);
        ++result.count[static_cast<std::size_t>(entry->second)];
    }
    return result;
}

Tensor indexTensor(const std::vector<std::int64_t>& values, DType dtype) {
    const Tensor wide = Tensor::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
    return dtype == DType::Int64 ? wide : converted(wide, dtype);
}

template <bool counts>
Tensors distinctValues(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (in[0].shape().size() != 1) refuse(row, "unique expects a 1D vector.");
    const DType indexType = std::get<DType>(attributes[0]);
    const auto compute = [&]<class T>() -> Tensors {
        const Distinct all = distinctOf<T>(in[0]);
        Filling<T> values({static_cast<std::int64_t>(all.first.size())});
        for (std::size_t i = 0; i < all.first.size(); ++i)
            values.values[i] = in[0].as<T>()[static_cast<std::size_t>(all.first[i])];
        Tensors result{std::move(values).done(), indexTensor(all.number, indexType)};
        if (counts) result.push_back(indexTensor(all.count, indexType));
        return result;
    };
    if (in[0].dtype() == DType::String) return compute.template operator()<std::string>();
    if (in[0].dtype() == DType::Bool) return compute.template operator()<bool>();
    return numeric(row, in[0].dtype(), compute);
}

Tensors inTop(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor& predictions = in[0];
    const Tensor& targets = in[1];
    if (predictions.shape().size() != 2) refuse(row, "predictions must be 2-dimensional");
    if (targets.shape().size() != 1) refuse(row, "targets must be 1-dimensional");
    const std::int64_t rows = predictions.shape()[0];
    const std::int64_t columns = predictions.shape()[1];
    if (rows != targets.count()) {
        refuse(row, "First dimension of predictions " + std::to_string(rows) + " must match length of targets " +
                        std::to_string(targets.count()));
    }
    const auto wished = integersIn(targets);
    const std::int64_t k = std::get<std::int64_t>(attributes[0]);
    Filling<bool> result({rows});
    for (std::int64_t i = 0; i < rows; ++i) {
        const float* x = predictions.as<float>().data() + i * columns;
        const std::int64_t target = wished[static_cast<std::size_t>(i)];
        bool known = target >= 0 && target < columns && std::isfinite(x[target]);
        std::int64_t better = 0;
        for (std::int64_t column = 0; known && column < columns; ++column) {
            known = std::isfinite(x[column]);
            better += x[column] > x[target] ? 1 : 0;
        }
        result.values[static_cast<std::size_t>(i)] = known && better < k;
    }
    return {std::move(result).done()};
}

Tensors invertedOrder(const OpRow& row, Inputs in, const Attributes&) {
    if (in[0].shape().size() != 1) refuse(row, "invert_permutation expects a 1D vector.");
    return {kernel::indexing(row, in[0].dtype(), [&]<class T>() {
        const auto order = in[0].as<T>();
        const auto size = static_cast<std::int64_t>(order.size());
        Filling<T> result(in[0].shape());
        std::ranges::fill(result.values, T(-1));
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto to = static_cast<std::int64_t>(order[i]);
            if (to < 0 || to >= size) refuse(row, std::to_string(to) + " is not between 0 and " + std::to_string(size));
            T& place = result.values[static_cast<std::size_t>(to)];
            if (place != T(-1)) refuse(row, std::to_string(to) + " is duplicated in the input.");
            place = static_cast<T>(i);
        }
        return std::move(result).done();
    })};
}
}  // namespace

std::vector<OpRow> order() {
    return {
        {"ArgMax",
         "",
         "i = argmax x",
         "The place of the largest along an axis, the first of equals; has no gradient.",
         {{"input", Severed}},
         {{"axis", std::int64_t{0}}, {"output_type", DType::Int64}},
         winner<true>},
        {"ArgMin",
         "",
         "i = argmin x",
         "The place of the smallest along an axis, the first of equals; has no gradient.",
         {{"input", Severed}},
         {{"axis", std::int64_t{0}}, {"output_type", DType::Int64}},
         winner<false>},
        {"TopKV2",
         "math.top_k nn.top_k",
         "y = the k largest of x",
         "The largest of each row and their places; gradients go back to these places.",
         {{"input", Kinked}},
         {{"k", std::int64_t{1}}, {"sorted", true}, {"index_type", DType::Int32}},
         topForward,
         topBack,
         nullptr,
         "values indices"},
        {"Unique",
         "unique",
         "y = the different of x",
         "The different values in order of appearance; nobody wrote a gradient for them.",
         {{"x", Unregistered}},
         {{"out_idx", DType::Int32}},
         distinctValues<false>,
         nullptr,
         nullptr,
         "y idx"},
        {"UniqueWithCounts",
         "unique_with_counts",
         "y = the different of x",
         "The different values in order of appearance; nobody wrote a gradient for them.",
         {{"x", Unregistered}},
         {{"out_idx", DType::Int32}},
         distinctValues<true>,
         nullptr,
         nullptr,
         "y idx count"},
        {"InTopKV2",
         "",
         "y = (the target is among the k largest)",
         "Whether each row's target is among its k largest; nobody wrote a gradient.",
         {{"predictions", Unregistered}, {"targets", Unregistered}},
         {{"k", std::int64_t{1}}},
         inTop},
        {"InvertPermutation",
         "math.invert_permutation",
         "y[x[i]] = i",
         "The order that undoes an order; has no gradient.",
         {{"x", Severed}},
         {},
         invertedOrder},
    };
}

}  // namespace tapescope::rows
