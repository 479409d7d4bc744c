// SPDX-License-Identifier: Apache-2.0
// Parts of a tensor that integers name. Along the first axis the gradient is slices: which rows, and what goes there.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

std::string atText(const Shape& shape, std::int64_t flat) {
    if (shape.empty()) return "indices";
    Shape at(shape.size(), 0);
    for (std::size_t axis = shape.size(); axis-- > 0; flat /= shape[axis]) at[axis] = flat % shape[axis];
    return "indices" + kernelText(at);
}

/// Axis and batch_dims of a call from 0, checked as the kernel does.
struct Place {
    std::size_t axis = 0, batch = 0;

    Place(const OpRow& row, Inputs in, const Attributes& attributes) {
        const auto rank = static_cast<std::int64_t>(in[0].shape().size());
        std::int64_t along = std::get<std::int64_t>(attributes[0]);
        std::int64_t batches = std::get<std::int64_t>(attributes[1]);
        if (rank == 0) refuse(row, "params must be at least 1 dimensional");
        const auto atLeast = [&](std::int64_t least) {
            refuse(row,
                   "Shape must be at least rank " + std::to_string(least) + " but is rank " + std::to_string(rank));
        };
        if (batches < 0) batches += static_cast<std::int64_t>(in[1].shape().size());
        if (along >= rank) atLeast(along + 1);
        if (along < -rank) atLeast(-along);
        if (along < 0) along += rank;
        if (batches >= rank) atLeast(batches + 1);
        if (along < batches) {
            refuse(row, "batch_dims (" + std::to_string(batches) + ") must be less than or equal to axis (" +
                            std::to_string(along) + ").");
        }
        axis = static_cast<std::size_t>(along);
        batch = static_cast<std::size_t>(batches);
        for (std::size_t i = 0; i < batch; ++i) {
            if (in[0].shape()[i] == in[1].shape()[i]) continue;
            const std::string n = std::to_string(i);
            refuse(row, "params.shape[" + n + "]: " + std::to_string(in[0].shape()[i]) +
                            " should be equal to indices.shape[" + n + "]: " + std::to_string(in[1].shape()[i]));
        }
    }
};

Tensors gathered(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Place place(row, in, attributes);
    const Shape& shape = in[0].shape();
    const std::int64_t limit = shape[place.axis];
    const auto indices = integersOf(in[1]);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (indices[i] >= 0 && indices[i] < limit) continue;
        refuse(row, atText(in[1].shape(), static_cast<std::int64_t>(i)) + " = " + std::to_string(indices[i]) +
                        " is not in [0, " + std::to_string(limit) + ")");
    }
    const auto batches = elementCount(sub(shape, 0, place.batch));
    const auto outer = elementCount(sub(shape, place.batch, place.axis));
    const auto each = static_cast<std::int64_t>(indices.size()) / std::max<std::int64_t>(batches, 1);
    std::vector<std::int64_t> from;
    from.reserve(static_cast<std::size_t>(batches * outer * each));
    for (std::int64_t b = 0; b < batches; ++b) {
        for (std::int64_t o = 0; o < outer; ++o) {
            for (std::int64_t i = 0; i < each; ++i)
                from.push_back((b * outer + o) * limit + indices[static_cast<std::size_t>(b * each + i)]);
        }
    }
    const Shape inner = sub(shape, place.axis + 1, shape.size());
    const Shape result =
        joined(joined(sub(shape, 0, place.axis), sub(in[1].shape(), place.batch, in[1].shape().size())), inner);
    return {pickedRuns(row, in[0], result, from, elementCount(inner))};
}

/// Rows of a tensor of this shape: gradients are slices.
Operand slicesOf(Runner& run, Operand values, const Operand& indices, const Shape& shape, DType dtype) {
    values.slices = std::make_shared<const Slices>(
        Slices{indices, vectorOf(run, std::vector<std::int64_t>(shape.begin(), shape.end()), dtype)});
    return values;
}

/// array_grad.py _GatherV2Grad at axis 0, _GatherGrad.
Operand rowsBack(Runner& run, const Operand& g, const Operand& indices, const Shape& shape) {
    const auto count = indices.value.count();
    const Operand values = run.run("Reshape", {g}, {joined({count}, sub(shape, 1, shape.size()))});
    return slicesOf(run, values, run.run("Reshape", {indices}, {Shape{count}}), shape, DType::Int32);
}

/// The indices of all batches in one count: batch b's begin at b·limit.
Operand acrossBatches(Runner& run, const Operand& indices, std::int64_t batches, std::int64_t limit) {
    const auto each = indices.value.count() / std::max<std::int64_t>(batches, 1);
    std::vector<std::int64_t> offsets;
    for (std::int64_t b = 0; b < batches; ++b) offsets.push_back(b * limit);
    const Operand flat = run.run("Reshape", {indices}, {Shape{batches, each}});
    const Operand start = run.constant(integers(indices.value.dtype(), {batches, 1}, offsets));
    return run.run("Reshape", {run.run("AddV2", {flat, start})}, {Shape{batches * each}});
}

/// array_grad.py _GatherV2Grad elsewhere: the axis comes first (behind the batches), rows are added up, and it goes
/// back.
Operand elsewhereBack(Runner& run, const Operand& g, const Executed& op, const Place& place) {
    const Shape& shape = op.inputs[0].value.shape();
    const auto batches = elementCount(sub(shape, 0, place.batch));
    const auto outer = elementCount(sub(shape, place.batch, place.axis));
    const auto inner = elementCount(sub(shape, place.axis + 1, shape.size()));
    const auto limit = shape[place.axis];
    const auto each = op.inputs[1].value.count() / std::max<std::int64_t>(batches, 1);
    const Operand apart = run.run("Reshape", {g}, {Shape{batches, outer, each, inner}});
    const Operand ahead = run.run("Transpose", {apart}, {Shape{0, 2, 1, 3}});
    const Operand lines = run.run("Reshape", {ahead}, {Shape{batches * each, outer * inner}});
    const Operand sums =
        run.run("UnsortedSegmentSum", {lines, acrossBatches(run, op.inputs[1], batches, limit)}, {batches * limit});
    const Operand back = run.run("Reshape", {sums}, {Shape{batches, limit, outer, inner}});
    return run.run("Reshape", {run.run("Transpose", {back}, {Shape{0, 2, 1, 3}})}, {shape});
}

Operands gatheredBack(Runner& run, const Executed& op, Gradients g) {
    const Tensor values[] = {op.inputs[0].value, op.inputs[1].value};
    const Place place(findOp("GatherV2"), values, op.attributes);
    if (!op.wanted[0]) return {{}, {}};
    // Slices for what the script calls the first axis, not for what counts back to it.
    if (std::get<std::int64_t>(op.attributes[0]) == 0)
        return {rowsBack(run, g[0], op.inputs[1], values[0].shape()), {}};
    return {elsewhereBack(run, g[0], op, place), {}};
}

/// The runs that index vectors name; throws for one that lies outside.
std::vector<std::int64_t> runsNamed(const OpRow& row, const Shape& shape, const Tensor& indices) {
    const Shape& of = indices.shape();
    const std::int64_t depth = of.back();
    const Shape outer = sub(of, 0, of.size() - 1);
    const auto all = integersOf(indices);
    const auto strides = stridesOf(sub(shape, 0, static_cast<std::size_t>(depth)));
    const auto count = elementCount(outer);
    std::vector<std::int64_t> runs;
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t run = 0;
        bool inside = true;
        Shape named;
        for (std::int64_t d = 0; d < depth; ++d) {
            named.push_back(all[static_cast<std::size_t>(i * depth + d)]);
            inside &= named.back() >= 0 && named.back() < shape[static_cast<std::size_t>(d)];
            run += named.back() * strides[static_cast<std::size_t>(d)];
        }
        if (!inside) {
            std::string list;
            for (const auto one : named) list += (list.empty() ? "" : ", ") + std::to_string(one);
            refuse(row, atText(outer, i) + " = [" + list + "] does not index into param shape " + kernelText(shape) +
                            ", node name: " + std::string(row.type));
        }
        runs.push_back(run);
    }
    return runs;
}

Tensors gatheredByVectors(const OpRow& row, Inputs in, const Attributes&) {
    const Shape& shape = in[0].shape();
    const Shape& of = in[1].shape();
    if (shape.empty()) refuse(row, "params must be at least a vector");
    if (of.empty()) refuse(row, "indices must be at least a vector");
    if (of.back() > static_cast<std::int64_t>(shape.size())) {
        refuse(row, "index innermost dimension length must be <= params rank; saw: " + std::to_string(of.back()) +
                        " vs. " + std::to_string(shape.size()));
    }
    const auto depth = static_cast<std::size_t>(of.back());
    const Shape inner = sub(shape, depth, shape.size());
    if (in[0].count() == 0 && in[1].count() != 0)
        refuse(row, "Requested more than 0 entries, but params is empty.  Params shape: " + kernelText(shape));
    const auto runs = runsNamed(row, shape, in[1]);
    return {pickedRuns(row, in[0], joined(sub(of, 0, of.size() - 1), inner), runs, elementCount(inner))};
}

/// array_grad.py _GatherNdGrad: slices where the indices are a list of single ones.
Operands gatheredByVectorsBack(Runner& run, const Executed& op, Gradients g) {
    if (!op.wanted[0]) return {{}, {}};
    const Operand& indices = op.inputs[1];
    const Shape& of = indices.value.shape();
    const Shape& shape = op.inputs[0].value.shape();
    if (of.size() == 2 && of[1] == 1) {
        return {slicesOf(run, g[0], run.run("Squeeze", {indices}, {Shape{-1}}), shape, indices.value.dtype()), {}};
    }
    return {run.run("ScatterNd", {indices, g[0]}, {shape}), {}};
}

std::vector<AttributeRow> alongAxis() {
    return {{"axis", std::int64_t{0}}, {"batch_dims", std::int64_t{0}}};
}

constexpr const char* sparseDoc =
    "Parts along an axis by their numbers; along the first axis the gradient is a tf.IndexedSlices, repeated numbers "
    "not "
    "merged.";
}  // namespace

std::vector<OpRow> gather() {
    return {
        {"GatherV2",
         "",
         "y = x[indices]",
         sparseDoc,
         {{"params"}, {"indices", Severed}},
         alongAxis(),
         gathered,
         gatheredBack},
        {"ResourceGather",
         "",
         "y = v[indices]",
         sparseDoc,
         {{"resource"}, {"indices", Severed}},
         alongAxis(),
         gathered,
         gatheredBack},
        {"GatherNd",
         "",
         "y = x[indices]",
         "Elements or parts that vectors of numbers name.",
         {{"params"}, {"indices", Severed}},
         {},
         gatheredByVectors,
         gatheredByVectorsBack},
        {"ResourceGatherNd",
         "",
         "y = v[indices]",
         "Elements or parts of a variable that vectors of numbers name.",
         {{"resource"}, {"indices", Severed}},
         {},
         gatheredByVectors,
         gatheredByVectorsBack},
    };
}

}  // namespace tapescope::rows
