// SPDX-License-Identifier: Apache-2.0
// Many elements to fewer: sums, products, means, extremes, norms, questions.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

#include "core/ops/loops.h"
#include "core/ops/reducers.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"
#include "core/ops/totals.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

template <class W, class Reducer, class T>
W lifted(T x) {
    return static_cast<W>(Reducer::lift(static_cast<W>(static_cast<Wide<T>>(x))));
}

/// Every 8th number into one of 8 lanes.
template <class Reducer, class T, class W>
TS_INLINE void intoLanes(const T* x, std::int64_t rounds, std::array<W, 8>& lanes) {
    auto totals = lanes;  // in registers
    for (; rounds > 0; --rounds, x += 8) {
        for (std::size_t lane = 0; lane < 8; ++lane)
            totals[lane] = static_cast<W>(Reducer::join(totals[lane], lifted<W, Reducer>(x[lane])));
    }
    lanes = totals;
}
template <class Reducer, class T, class W>
TS_WIDE void intoLanesWide(const T* x, std::int64_t rounds, std::array<W, 8>& lanes) {
    intoLanes<Reducer>(x, rounds, lanes);
}
/// Each number of a row into the total of its column.
template <class Reducer, class T, class W>
TS_INLINE void intoColumns(const T* x, std::int64_t columns, W* totals) {
    for (std::int64_t k = 0; k < columns; ++k)
        totals[k] = static_cast<W>(Reducer::join(totals[k], lifted<W, Reducer>(x[k])));
}
template <class Reducer, class T, class W>
TS_WIDE void intoColumnsWide(const T* x, std::int64_t columns, W* totals) {
    intoColumns<Reducer>(x, columns, totals);
}

/// Of neighbours, by halves: what rounding loses grows with the logarithm of their number only.
template <class W, class Reducer, class T>
W together(const T* x, std::int64_t count) {
    constexpr std::int64_t leaf = 256;
    if (count > leaf) {
        const std::int64_t half = count / 2 / 8 * 8;
        return static_cast<W>(
            Reducer::join(together<W, Reducer>(x, half), together<W, Reducer>(x + half, count - half)));
    }
    std::array<W, 8> lanes;
    lanes.fill(Reducer::template start<W>());
    if constexpr (std::is_floating_point_v<T>) {
        intoLanesWide<Reducer>(x, count / 8, lanes);
    } else {
        intoLanes<Reducer>(x, count / 8, lanes);
    }
    std::int64_t i = count / 8 * 8;
    W total = Reducer::template start<W>();
    for (; i < count; ++i) total = static_cast<W>(Reducer::join(total, lifted<W, Reducer>(x[i])));
    for (const W lane : lanes) total = static_cast<W>(Reducer::join(total, lane));
    return total;
}

/// The tensor as [kept, reduced]: each row holds the elements that go into one result.
template <class T>
std::unique_ptr<T[]> grouped(const Tensor& input, const std::vector<std::size_t>& axes, std::int64_t groups) {
    const Shape& shape = input.shape();
    std::vector<std::int64_t> keptStride(shape.size(), 0);
    std::vector<std::int64_t> reducedStride(shape.size(), 0);
    std::int64_t kept = 1;
    std::int64_t reduced = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        const bool out = std::ranges::binary_search(axes, axis);
        (out ? reducedStride : keptStride)[axis] = out ? reduced : kept;
        (out ? reduced : kept) *= shape[axis];
    }
    auto result = std::make_unique<T[]>(static_cast<std::size_t>(groups * reduced));
    Shape at(shape.size(), 0);
    std::int64_t place = 0;
    for (const T value : input.as<T>()) {
        result[static_cast<std::size_t>(place)] = value;
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            const std::int64_t step =
                std::ranges::binary_search(axes, axis) ? reducedStride[axis] : keptStride[axis] * reduced;
            place += step;
            if (++at[axis] < shape[axis]) break;
            place -= step * shape[axis];
            at[axis] = 0;
        }
    }
    return result;
}

/// Which axes of a call are reduced, and how its elements lie.
struct Plan {
    std::vector<std::size_t> axes;
    Shape shape;  ///< of the result
    std::int64_t groups, size;
    bool trailing, leading;

    Plan(const OpRow& row, const Tensor& input, const Attributes& attributes)
        : axes(axesOf(row, attributes[0], input.shape().size())),
          shape(reducedShape(input.shape(), axes, std::get<bool>(attributes[1]))),
          groups(elementCount(shape)),
          size(1),
          trailing(axes.empty() || axes.front() + axes.size() == input.shape().size()),
          leading(!axes.empty() && axes.back() + 1 == axes.size()) {
        for (const std::size_t axis : axes) size *= input.shape()[axis];
    }
};

/// Axes without those of one element, neighbours that are reduced or kept alike as one: [size, whether it is reduced].
std::vector<std::pair<std::int64_t, bool>> mergedAxes(const Shape& shape, const std::vector<std::size_t>& axes) {
    std::vector<std::pair<std::int64_t, bool>> merged;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] == 1) continue;
        const bool out = std::ranges::binary_search(axes, axis);
        if (merged.empty() || merged.back().second != out) {
            merged.emplace_back(shape[axis], out);
        } else {
            merged.back().first *= shape[axis];
        }
    }
    return merged;
}

/// The totals of floats, as TensorFlow's kernels order them.
template <class Reducer, class A, class T>
std::vector<A> orderedTotals(const Tensor& input, const Plan& plan) {
    const A start = Reducer::template start<Wide<A>>() == Wide<A>(0) ? A(0) : A(1);
    if (input.count() == 0) return std::vector<A>(static_cast<std::size_t>(plan.groups), start);
    const auto merged = mergedAxes(input.shape(), plan.axes);
    const T* x = input.as<T>().data();
    const bool last = !merged.empty() && merged.back().second;
    std::vector<A> totals;
    if (merged.size() == 3 && last) {  // what is kept stands in the middle
        const std::int64_t rows = merged[0].first, kept = merged[1].first, columns = merged[2].first;
        for (std::int64_t i = 0; i < kept; ++i) {
            A total = start;
            for (std::int64_t k = 0; k < columns; ++k)
                total = apartTotal<Reducer, A>(x + i * columns + k, rows, kept * columns, total);
            totals.push_back(total);
        }
        return totals;
    }
    const std::int64_t outer = merged.size() == 3 ? merged[0].first : 1;
    if (!last && (merged.size() == 2 || merged.size() == 3))
        return middleTotals<Reducer, A>(x, outer, plan.size, merged.back().first, start);
    std::unique_ptr<T[]> moved;
    if (merged.size() > 2) {
        moved = grouped<T>(input, plan.axes, plan.groups);
        x = moved.get();
    }
    for (std::int64_t i = 0; i < plan.groups; ++i)
        totals.push_back(totalOf<Reducer, A>(x + i * plan.size, plan.size, i * plan.size));
    return totals;
}

template <class T>
constexpr bool isFloat = std::is_same_v<T, Wide<T>> ? std::is_floating_point_v<T> : true;
template <class Reducer>
constexpr bool isOrdered = std::is_same_v<Reducer, Summing> || std::is_same_v<Reducer, Averaging> ||
                           std::is_same_v<Reducer, Multiplying> || std::is_same_v<Reducer, Measuring>;

template <class T, class Reducer>
Tensor reducedInOrder(const OpRow& row, const Tensor& input, const Attributes& attributes) {
    using A = std::conditional_t<std::is_same_v<Reducer, Multiplying>, T, Added<T>>;
    const Plan plan(row, input, attributes);
    Filling<T> result(plan.shape);
    std::ranges::transform(orderedTotals<Reducer, A, T>(input, plan), result.values.begin(), [&](A total) {
        const auto wide = static_cast<Wide<A>>(total);
        if constexpr (std::is_same_v<Reducer, Averaging> && std::is_same_v<A, Eigen::half>) {
            return static_cast<T>(wide / static_cast<float>(static_cast<T>(static_cast<float>(plan.size))));
        } else {
            return Reducer::template finish<T>(wide, plan.size);
        }
    });
    return std::move(result).done();
}

template <class T, class Reducer>
Tensor reducedBy(const OpRow& row, const Tensor& input, const Attributes& attributes) {
    if constexpr (isFloat<T> && isOrdered<Reducer>) return reducedInOrder<T, Reducer>(row, input, attributes);
    using W = typename Reducer::template Total<T>;
    const Plan plan(row, input, attributes);
    Filling<T> result(plan.shape);
    const auto finished = [&](W total) { return Reducer::template finish<T>(total, plan.size); };
    const auto eachRow = [&](const T* elements) {
        for (std::int64_t i = 0; i < plan.groups; ++i)
            result.values[static_cast<std::size_t>(i)] =
                finished(together<W, Reducer>(elements + i * plan.size, plan.size));
    };
    if (plan.trailing) {
        eachRow(input.as<T>().data());
    } else if (plan.leading) {
        const auto totals = std::make_unique<W[]>(static_cast<std::size_t>(plan.groups));
        std::fill_n(totals.get(), plan.groups, Reducer::template start<W>());
        const T* x = input.as<T>().data();
        for (std::int64_t i = 0; i < plan.size; ++i, x += plan.groups) {
            if constexpr (std::is_floating_point_v<T>) {
                intoColumnsWide<Reducer>(x, plan.groups, totals.get());
            } else {
                intoColumns<Reducer>(x, plan.groups, totals.get());
            }
        }
        std::transform(totals.get(), totals.get() + plan.groups, result.values.begin(), finished);
    } else {
        eachRow(grouped<T>(input, plan.axes, plan.groups).get());
    }
    return std::move(result).done();
}

template <class Reducer>
Tensors ofNumbers(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {
        numericOrComplex(row, in[0].dtype(), [&]<class T>() { return reducedBy<T, Reducer>(row, in[0], attributes); })};
}

template <class Reducer>
Tensors ofReals(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numeric(row, in[0].dtype(), [&]<class T>() { return reducedBy<T, Reducer>(row, in[0], attributes); })};
}

template <class Reducer>
Tensors ofTruths(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (in[0].dtype() != DType::Bool) {
        throw Error(ErrorKind::InvalidArgument,
                    "cannot compute " + std::string(row.type) +
                        " as input #0(zero-based) was expected to be a bool tensor but is a " +
                        std::string(tapescope::row(in[0].dtype()).kernelName) + " tensor [Op:" + std::string(row.type) +
                        "] name: ");
    }
    return {reducedBy<bool, Reducer>(row, in[0], attributes)};
}

Tensors halfSquares(const OpRow& row, Inputs in, const Attributes&) {
    return {floating(row, in[0].dtype(), [&]<class T>() {
        using W = Wide<T>;
        std::vector<T> halves;
        for (const T x : in[0].as<T>()) {
            const T square = static_cast<T>(static_cast<W>(x) * static_cast<W>(x));
            halves.push_back(static_cast<T>(static_cast<W>(square) * W(0.5)));
        }
        Filling<T> result({});
        result.values[0] = totalOf<Summing, T>(halves.data(), in[0].count());
        return std::move(result).done();
    })};
}

Tensors sumOfTensors(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        for (std::size_t i = 1; i < in.size(); ++i) {
            if (in[i].shape() == in[0].shape()) continue;
            refuse(row, "Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: " +
                            kernelText(in[0].shape()) + " != input " + std::to_string(i) + ": " +
                            kernelText(in[i].shape()));
        }
        const auto plus = [](T a, T b) { return static_cast<T>(Modular<T>(a) + Modular<T>(b)); };
        Filling<T> result(in[0].shape());  // the first 2 to 9 one after another, then the sum of each further 8
        const std::size_t first = in.size() < 2 ? in.size() : (in.size() - 2) % 8 + 2;
        for (std::size_t at = 0; at < result.values.size(); ++at) {
            const auto run = [&](std::size_t from, std::size_t to) {
                T sum = in[from].as<T>()[at];
                for (std::size_t i = from + 1; i < to; ++i) sum = plus(sum, in[i].as<T>()[at]);
                return sum;
            };
            T& total = result.values[at] = run(0, first);
            for (std::size_t i = first; i < in.size(); i += 8) total = plus(total, run(i, i + 8));
        }
        return std::move(result).done();
    })};
}

/// The shape with reduced axes of size 1.
Shape keptShape(const Executed& op) {
    const Shape& shape = op.inputs[0].value.shape();
    return reducedShape(shape, axesOf(findOp("Sum"), op.attributes[0], shape.size()), true);
}

Term kept(const Back& at, const Term& value) {
    const Shape shape = keptShape(at.op);
    return value.value().shape() == shape ? value : value.call("Reshape", {shape});
}

/// A value of the reduced shape, in the shape of the input again: axes kept with size 1, then repeated.
Term spread(const Back& at, const Term& value) {
    return kept(at, value).call("BroadcastTo", {at.op.inputs[0].value.shape()});
}

Term sumBack(const Back& at) {
    return spread(at, at.g());
}

Term meanBack(const Back& at) {
    const auto outputs = std::max<std::int64_t>(at.op.outputs[0].value.count(), 1);
    const Term whole = spread(at, at.g());
    return whole / whole.number(static_cast<double>(at.op.inputs[0].value.count() / outputs));
}

/// Ties share the gradient equally (math_grad.py _MinOrMaxGrad).
Term extremeBack(const Back& at) {
    const Term there = kept(at, at.output()).call("Equal", at.input());
    const Term marks = there.call("Cast", {at.g().value().dtype()});
    const Term ties = kept(at, marks.call("Sum", at.op.attributes));
    return marks / ties * kept(at, at.g());
}

Term normBack(const Back& at) {
    return at.input() / (kept(at, at.output()) / kept(at, at.g()));
}

/// Of each element the product of all others, from the products before and after it: divides by nothing.
Term productBack(const Back& at) {
    const Shape& shape = at.op.inputs[0].value.shape();
    const auto axes = axesOf(findOp("Prod"), at.op.attributes[0], shape.size());
    Shape order(axes.begin(), axes.end());
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        if (!std::ranges::binary_search(axes, axis)) order.push_back(static_cast<std::int64_t>(axis));
    Shape back(order.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i)
        back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
    std::int64_t reduced = 1;
    for (const std::size_t axis : axes) reduced *= shape[axis];
    const std::int64_t others = reduced == 0 ? 0 : at.op.inputs[0].value.count() / reduced;

    const Term grad = spread(at, at.g());
    const Term permuted = at.input().call("Transpose", {order});
    const Term table = permuted.call("Reshape", {Shape{reduced, others}});
    const Term before = table.call("Cumprod", {std::int64_t{0}, true, false});
    const Term after = table.call("Cumprod", {std::int64_t{0}, true, true});
    const Term rest = (before.conjugate() * after.conjugate()).call("Reshape", {permuted.value().shape()});
    return grad * rest.call("Transpose", {back});
}

Term halfSquaresBack(const Back& at) {
    return at.input() * at.g();
}

Operands sumOfTensorsBack(Runner&, const Executed& op, Gradients g) {
    return Operands(op.inputs.size(), g[0]);
}

OpRow over(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
           decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback, Flow flow = Smooth) {
    return {type,    names,   formula, doc, {{"input_tensor", flow}}, {{"axis", std::monostate{}}, {"keepdims", false}},
            forward, pullback};
}
}  // namespace

std::vector<OpRow> reduction() {
    return {
        over("Sum", "reduce_sum math.reduce_sum", "y = Σ x", "The sum over the axes.", ofNumbers<Summing>,
             oneBack<sumBack>),
        over("Mean", "reduce_mean math.reduce_mean", "y = (Σ x) / n", "The mean over the axes.", ofNumbers<Averaging>,
             oneBack<meanBack>),
        over("Prod", "reduce_prod math.reduce_prod", "y = Π x", "The product over the axes.", ofNumbers<Multiplying>,
             oneBack<productBack>),
        over("Max", "reduce_max math.reduce_max", "y = max x",
             "The largest over the axes; ties share the gradient equally.", ofReals<Largest>, oneBack<extremeBack>,
             Kinked),
        over("Min", "reduce_min math.reduce_min", "y = min x",
             "The smallest over the axes; ties share the gradient equally.", ofReals<Smallest>, oneBack<extremeBack>,
             Kinked),
        over("EuclideanNorm", "math.reduce_euclidean_norm", "y = √(Σ x²)", "The length of the vectors over the axes.",
             ofNumbers<Measuring>, oneBack<normBack>),
        over("Any", "reduce_any math.reduce_any", "y = ∃ x", "Holds it somewhere along the axes?", ofTruths<Anywhere>,
             nullptr, Unregistered),
        over("All", "reduce_all math.reduce_all", "y = ∀ x", "Holds it everywhere along the axes?",
             ofTruths<Everywhere>, nullptr, Unregistered),
        {"L2Loss",
         "nn.l2_loss",
         "y = ½ Σ x²",
         "Half the sum of squares.",
         {{"t"}},
         {},
         halfSquares,
         oneBack<halfSquaresBack>},
        {"AddN",
         "",
         "y = Σᵢ xᵢ",
         "The sum of several tensors of one shape.",
         {{"inputs"}},
         {},
         sumOfTensors,
         sumOfTensorsBack},
    };
}

}  // namespace tapescope::rows
