// SPDX-License-Identifier: Apache-2.0
// Parts put into a tensor at places that integers name; what meets at a place is added, or compared, or overwritten.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

std::string listText(const Tensor& indices, std::int64_t i, std::int64_t depth) {
    std::string text;
    for (std::int64_t d = 0; d < depth; ++d)
        text += (d == 0 ? "" : ", ") + std::to_string(integerAt(indices, i * depth + d));
    return "[" + text + "]";
}

/// The runs of `shape` that the index vectors name.
std::vector<std::int64_t> runsNamed(const OpRow& row, const Shape& shape, const Tensor& indices, std::int64_t depth) {
    const auto strides = stridesOf(sub(shape, 0, static_cast<std::size_t>(depth)));
    const std::int64_t count = depth == 0 ? 1 : indices.count() / depth;
    std::vector<std::int64_t> runs;
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t run = 0;
        for (std::int64_t d = 0; d < depth; ++d) {
            const auto at = integerAt(indices, i * depth + d);
            if (at < 0 || at >= shape[static_cast<std::size_t>(d)]) {
                refuse(row, "indices[" + std::to_string(i) + "] = " + listText(indices, i, depth) +
                                " does not index into shape " + kernelText(shape));
            }
            run += at * strides[static_cast<std::size_t>(d)];
        }
        runs.push_back(run);
    }
    return runs;
}

std::string range(std::int64_t from, std::size_t to) {
    return "[" + std::to_string(from) + "," + std::to_string(to) + ")";
}

std::int64_t depthOf(const Tensor& indices) {
    return indices.shape().empty() ? 1 : indices.shape().back();
}

/// scatter_nd_op.cc ValidateUpdateShape, for tf.scatter_nd.
void requireUpdates(const OpRow& row, const Shape& shape, const Tensor& indices, const Tensor& updates) {
    const Shape& of = indices.shape();
    const Shape& values = updates.shape();
    const auto depth = static_cast<std::size_t>(depthOf(indices));
    const std::size_t batch = of.empty() ? 0 : of.size() - 1;
    if (values.empty()) refuse(row, "Updates shape must have rank at least one. Found:" + kernelText(values));
    for (std::size_t i = 0; i < batch; ++i) {
        if (i < values.size() && values[i] == of[i]) continue;
        refuse(row, "Dimensions " + range(0, batch) + " of indices[shape=" + kernelText(of) +
                        "] must match dimensions " + range(0, batch) + " of updates[shape=" + kernelText(values) + "]");
    }
    bool fits = depth <= shape.size() && values.size() == shape.size() - depth + batch;
    for (std::size_t i = depth; fits && i < shape.size(); ++i) fits = values[i - depth + batch] == shape[i];
    if (fits) return;
    refuse(row, "Dimensions " + range(static_cast<std::int64_t>(depth), shape.size()) +
                    " of input[shape=" + kernelText(shape) + "] must match dimensions " +
                    range(static_cast<std::int64_t>(batch), values.size()) + " of updates[shape=" + kernelText(values) +
                    "]");
}

Tensors scattered(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = std::get<Shape>(attributes[0]);
    if (elementCount(shape) == 0 && (in[0].count() != 0 || in[1].count() != 0)) {
        refuse(row, "Indices and updates specified for empty output.  indices shape: " + kernelText(in[0].shape()));
    }
    requireUpdates(row, shape, in[0], in[1]);
    const auto depth = depthOf(in[0]);
    const auto runs = runsNamed(row, shape, in[0], depth);
    const auto run = elementCount(sub(shape, static_cast<std::size_t>(depth), shape.size()));
    const bool summable = in[1].dtype() != DType::Bool && in[1].dtype() != DType::String;
    if (!summable) return {placed(row, zerosOf(row, in[1].dtype(), shape), in[1], runs, run)};
    return {numericOrComplex(row, in[1].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        std::ranges::fill(result.values, T{});
        auto next = in[1].template as<T>().begin();
        for (const auto to : runs) {
            for (std::int64_t i = 0; i < run; ++i) {
                T& sum = result.values[static_cast<std::size_t>(to * run + i)];
                sum = static_cast<T>(sum + *next++);
            }
        }
        return std::move(result).done();
    })};
}

Operands scatteredBack(Runner& run, const Executed& op, Gradients g) {
    return {{}, run.run("GatherNd", {g[0], op.inputs[0]})};
}

/// scatter_nd_op.cc ValidateScatterNdUpdateShape, for the tensor_scatter functions.
std::vector<std::int64_t> placesIn(const OpRow& row, Inputs in) {
    const Shape& shape = in[0].shape();
    const Shape& of = in[1].shape();
    const Shape& values = in[2].shape();
    if (of.empty()) refuse(row, "Indices shape must have rank at least one. Found:" + kernelText(of));
    if (values.empty()) refuse(row, "Updates shape must have rank at least one. Found:" + kernelText(values));
    const auto depth = static_cast<std::size_t>(of.back());
    const std::size_t outer = of.size() - 1;
    if (in[0].count() == 0 && (in[1].count() != 0 || in[2].count() != 0))
        refuse(row, "Indices and updates specified for empty output shape");
    if (values.size() < outer || sub(of, 0, outer) != sub(values, 0, outer)) {
        refuse(row, "Outer dimensions of indices and update must match. Indices shape: " + kernelText(of) +
                        ", updates shape:" + kernelText(values));
    }
    if (depth > shape.size() || shape.size() - depth != values.size() - outer) {
        refuse(row, "Inner dimensions of output shape must match inner dimensions of updates shape. Output: " +
                        kernelText(shape) + " updates: " + kernelText(values));
    }
    if (sub(shape, depth, shape.size()) != sub(values, outer, values.size())) {
        refuse(row, "The inner " + std::to_string(static_cast<std::int64_t>(shape.size()) - of.back()) +
                        " dimensions of output.shape=" + kernelText(shape) + " must match the inner " +
                        std::to_string(values.size() - outer) + " dimensions of updates.shape=" + kernelText(values));
    }
    return runsNamed(row, shape, in[1], of.back());
}

std::int64_t runLength(Inputs in) {
    const Shape& shape = in[0].shape();
    return elementCount(sub(shape, static_cast<std::size_t>(in[1].shape().back()), shape.size()));
}

Tensors updated(const OpRow& row, Inputs in, const Attributes&) {
    const auto runs = placesIn(row, in);
    return {placed(row, in[0], in[2], runs, runLength(in))};
}

struct Add {
    static constexpr bool ordered = false;
    auto operator()(auto a, auto b) const { return a + b; }
};
struct Subtract {
    static constexpr bool ordered = false;
    auto operator()(auto a, auto b) const { return a - b; }
};
struct Larger {
    static constexpr bool ordered = true;
    auto operator()(auto a, auto b) const { return a < b ? b : a; }
};
struct Smaller {
    static constexpr bool ordered = true;
    auto operator()(auto a, auto b) const { return b < a ? b : a; }
};

template <class Meet>
Tensors met(const OpRow& row, Inputs in, const Attributes&) {
    const auto runs = placesIn(row, in);
    const auto run = runLength(in);
    const auto compute = [&]<class T>() {
        Filling<T> result(in[0].shape());
        std::ranges::copy(in[0].template as<T>(), result.values.begin());
        auto next = in[2].template as<T>().begin();
        for (const auto to : runs) {
            for (std::int64_t i = 0; i < run; ++i) {
                T& value = result.values[static_cast<std::size_t>(to * run + i)];
                value = static_cast<T>(Meet{}(value, *next++));
            }
        }
        return std::move(result).done();
    };
    if constexpr (Meet::ordered) {
        return {numeric(row, in[0].dtype(), compute)};
    } else {
        return {numericOrComplex(row, in[0].dtype(), compute)};
    }
}

Operands updatedBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& indices = op.inputs[1];
    return {run.run("TensorScatterUpdate", {g[0], indices, run.run("ZerosLike", {op.inputs[2]})}),
            {},
            run.run("GatherNd", {g[0], indices})};
}

Operands addedBack(Runner& run, const Executed& op, Gradients g) {
    return {g[0], {}, run.run("GatherNd", {g[0], op.inputs[1]})};
}

Operands subtractedBack(Runner& run, const Executed& op, Gradients g) {
    return {g[0], {}, run.run("Neg", {run.run("GatherNd", {g[0], op.inputs[1]})})};
}

/// array_grad.py _TensorScatterMinOrMaxGrad: ties share.
Operands comparedBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& x = op.inputs[0];
    const Operand& indices = op.inputs[1];
    const DType dtype = g[0].value.dtype();
    const auto indicator = [&](const Operand& a, const Operand& b) {
        return run.run("Cast", {run.run("Equal", {a, b})}, {dtype});
    };
    const Operand mine = indicator(x, op.outputs[0]);
    const Operand theirs = indicator(op.inputs[2], run.run("GatherNd", {op.outputs[0], indices}));
    const Operand all = run.run("AddV2", {mine, run.run("ScatterNd", {indices, theirs}, {x.value.shape()})});
    return {run.run("RealDiv", {run.run("Mul", {g[0], mine}), all}),
            {},
            run.run("Mul", {run.run("GatherNd", {run.run("RealDiv", {g[0], all}), indices}), theirs})};
}

OpRow tensorScatter(std::string_view type, std::string_view formula, std::string_view doc,
                    decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback, Flow flow = Smooth) {
    return {type, "", formula, doc, {{"tensor", flow}, {"indices", Severed}, {"updates", flow}}, {}, forward, pullback};
}
}  // namespace

std::vector<OpRow> scatter() {
    return {
        {"ScatterNd",
         "",
         "y[indices] += updates, else 0",
         "Parts added into zeros.",
         {{"indices", Severed}, {"updates"}},
         {{"shape", Shape{}}},
         scattered,
         scatteredBack},
        tensorScatter("TensorScatterUpdate", "y = x, y[indices] = updates", "A copy with other parts in it.", updated,
                      updatedBack),
        tensorScatter("TensorScatterAdd", "y = x, y[indices] += updates", "A copy with parts added to it.", met<Add>,
                      addedBack),
        tensorScatter("TensorScatterSub", "y = x, y[indices] −= updates", "A copy with parts subtracted from it.",
                      met<Subtract>, subtractedBack),
        tensorScatter("TensorScatterMax", "y = x, y[indices] = max(y[indices], updates)",
                      "A copy with larger parts in it; ties share the gradient.", met<Larger>, comparedBack, Kinked),
        tensorScatter("TensorScatterMin", "y = x, y[indices] = min(y[indices], updates)",
                      "A copy with smaller parts in it; ties share the gradient.", met<Smaller>, comparedBack, Kinked),
    };
}

}  // namespace tapescope::rows
