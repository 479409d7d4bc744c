// SPDX-License-Identifier: Apache-2.0
// The same elements in another order: tiles, reversals, rotations, and blocks of space that become depth or batch.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

const Shape& list(const Attributes& attributes, std::size_t i) {
    return std::get<Shape>(attributes[i]);
}

std::int64_t number(const Attributes& attributes, std::size_t i) {
    return std::get<std::int64_t>(attributes[i]);
}

/// The tensor of `shape` whose element at `at` is the input's at source(at); a source is changed in place.
template <class F>
Tensor rearranged(const OpRow& row, const Tensor& input, const Shape& shape, F&& source) {
    const auto strides = stridesOf(input.shape());
    std::vector<std::int64_t> from;
    from.reserve(static_cast<std::size_t>(elementCount(shape)));
    eachPosition(shape, [&](Shape at) {
        source(at);
        std::int64_t offset = 0;
        for (std::size_t axis = 0; axis < strides.size(); ++axis) offset += at[axis] * strides[axis];
        from.push_back(offset);
    });
    return picked(row, input, shape, from);
}

Tensors tiled(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& multiples = list(attributes, 0);
    const Shape& of = in[0].shape();
    if (multiples.size() != of.size()) {
        refuse(row, "Expected multiples argument to be a vector of length " + std::to_string(of.size()) +
                        " but got length " + std::to_string(multiples.size()));
    }
    Shape shape = of;
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (multiples[i] < 0) {
            refuse(row, "Expected multiples[" + std::to_string(i) + "] >= 0, but got " + std::to_string(multiples[i]));
        }
        shape[i] *= multiples[i];
    }
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        for (std::size_t i = 0; i < at.size(); ++i) at[i] %= of[i];
    })};
}

/// array_grad.py _TileGrad: an axis for the repetitions before each, summed over.
Operands tiledBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& multiples = list(op.attributes, 0);
    Shape split;
    Shape axes;
    for (std::size_t i = 0; i < multiples.size(); ++i) {
        axes.push_back(static_cast<std::int64_t>(split.size()));
        split.push_back(multiples[i]);
        split.push_back(op.inputs[0].value.shape()[i]);
    }
    return {run.run("Sum", {run.run("Reshape", {g[0]}, {split})}, {axes, false})};
}

std::vector<bool> axesReversed(const OpRow& row, const Shape& given, std::size_t rank) {
    std::vector<bool> reversed(rank, false);
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::int64_t axis = fromZero(given[i], rank);
        if (axis < 0 || axis >= static_cast<std::int64_t>(rank)) {
            refuse(row, "'axis'[" + std::to_string(i) + "] = " + std::to_string(given[i]) +
                            " is out of valid range [0, " + std::to_string(static_cast<std::int64_t>(rank) - 1));
        }
        if (reversed[static_cast<std::size_t>(axis)])
            refuse(row, "axis " + std::to_string(axis) + " specified more than once.");
        reversed[static_cast<std::size_t>(axis)] = true;
    }
    return reversed;
}

Tensors reversed(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    // reverse_op.cc looks at no axis where there is nothing to turn round.
    if (shape.empty() || in[0].count() == 0) return {in[0]};
    const auto axes = axesReversed(row, list(attributes, 0), shape.size());
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        for (std::size_t i = 0; i < at.size(); ++i) {
            if (axes[i]) at[i] = shape[i] - 1 - at[i];
        }
    })};
}

Operands reversedBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ReverseV2", {g[0]}, op.attributes)};
}

Tensors rolled(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    const Shape& shift = list(attributes, 0);
    const Shape& axes = list(attributes, 1);
    if (shape.empty()) refuse(row, "input must be 1-D or higher");
    if (shift.size() != axes.size()) refuse(row, "shift and axis must have the same size");
    Shape by(shape.size(), 0);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::int64_t axis = fromZero(axes[i], shape.size());
        if (axis < 0 || axis >= static_cast<std::int64_t>(shape.size()))
            refuse(row, "axis " + std::to_string(axis) + " is out of range");
        by[static_cast<std::size_t>(axis)] += shift[i];
    }
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        for (std::size_t i = 0; i < at.size(); ++i) at[i] = ((at[i] - by[i]) % shape[i] + shape[i]) % shape[i];
    })};
}

Operands rolledBack(Runner& run, const Executed& op, Gradients g) {
    Shape back = list(op.attributes, 0);
    for (auto& shift : back) shift = -shift;
    return {run.run("Roll", {g[0]}, {back, op.attributes[1]})};
}

/// Two axes of the input: that of the steps and that of the sequences.
void requireTwoAxes(const OpRow& row, std::int64_t rank, std::int64_t sequence, std::int64_t batch) {
    const std::pair<const char*, std::int64_t> axes[] = {{"seq_dim", sequence}, {"batch_dim", batch}};
    for (const auto& [name, axis] : axes) {
        if (axis < 0) refuse(row, std::string("Invalid ") + name + " " + std::to_string(axis));
    }
    if (batch == sequence) refuse(row, "batch_dim == seq_dim == " + std::to_string(batch));
    for (const auto& [name, axis] : axes) {
        if (axis < rank) continue;
        refuse(row, std::string(name) + " must be < input rank ( " + std::to_string(axis) + " vs. " +
                        std::to_string(rank) + ")");
    }
}

Tensors reversedSequences(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    requireTwoAxes(row, std::ssize(shape), number(attributes, 0), number(attributes, 1));
    const auto sequence = static_cast<std::size_t>(number(attributes, 0));
    const auto batch = static_cast<std::size_t>(number(attributes, 1));
    const auto lengths = integersOf(in[1]);
    if (static_cast<std::int64_t>(lengths.size()) != shape[batch]) {
        refuse(row, "Length of seq_lengths != input.dims(" + std::to_string(batch) + "), (" +
                        std::to_string(lengths.size()) + " vs. " + std::to_string(shape[batch]) + ")");
    }
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const std::string which = "seq_lens(" + std::to_string(i) + ")";
        if (lengths[i] < 0) refuse(row, which + " < 0");
        if (lengths[i] > shape[sequence]) refuse(row, which + " > input.dims(" + std::to_string(sequence) + ")");
    }
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        const auto length = lengths[static_cast<std::size_t>(at[batch])];
        if (at[sequence] < length) at[sequence] = length - 1 - at[sequence];
    })};
}

Operands reversedSequencesBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ReverseSequence", {g[0], op.inputs[1]}, op.attributes), {}};
}

/// A block for each of some axes behind the batch, and what `margins` says of both ends of each.
void requireBlocks(const OpRow& row, const Shape& of, const Shape& block, const Shape& margins, const char* which) {
    if (of.size() <= block.size()) {
        refuse(row, "input rank should be >= " + std::to_string(block.size() + 1) + " instead of " +
                        std::to_string(of.size()));
    }
    if (margins.size() != 2 * block.size()) {
        refuse(row, std::string(which) + " should have shape [" + std::to_string(block.size()) + ", 2] instead of [" +
                        std::to_string(margins.size() / 2) + ",2]");
    }
}

void requirePositive(const OpRow& row, const Shape& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] > 0) continue;
        refuse(row, "All values in block_shape must be positive, got value, " + std::to_string(block[i]) +
                        " at index " + std::to_string(i) + ".");
    }
}

/// TensorFlow refuses smaller ones before the operation begins.
void requireBlock(const OpRow& row, std::int64_t block) {
    constexpr std::int64_t least = 2;
    constexpr std::int64_t most = std::int64_t{1} << 31U;  // its square is a number still
    if (block >= most) refuse(row, "block_size " + std::to_string(block) + " is too large");
    if (block >= least) return;
    const std::string type(row.type);
    throw Error(ErrorKind::InvalidArgument,
                "Value for attr 'block_size' of " + std::to_string(block) +
                    " must be at least minimum 2\n\t; NodeDef: {{node " + type + "}}; Op<name=" + type +
                    "; signature=input:T -> output:T; attr=T:type; attr=block_size:int,min=2; "
                    "attr=data_format:string,default=\"NHWC\",allowed=[\"NHWC\", \"NCHW\", \"NCHW_VECT_C\"]> [Op:" +
                    type + "] name: ");
}

/// Blocks of the axes behind the batch become more of it. Where the padded input holds nothing, zeros are.
Tensors spaceToBatch(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& block = list(attributes, 0);
    const Shape& paddings = list(attributes, 1);
    const Shape& of = in[0].shape();
    requireBlocks(row, of, block, paddings, "paddings");
    requirePositive(row, block);
    if (std::ranges::any_of(paddings, [](std::int64_t one) { return one < 0; }))
        refuse(row, "Paddings must be non-negative");
    Shape shape = of;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const auto padded = of[i + 1] + paddings[2 * i] + paddings[2 * i + 1];
        if (padded % block[i] != 0) {
            refuse(row, "padded_shape[" + std::to_string(i) + "]=" + std::to_string(padded) +
                            " is not divisible by block_shape[" + std::to_string(i) + "]=" + std::to_string(block[i]));
        }
        shape[i + 1] = padded / block[i];
        shape[0] *= block[i];
    }
    const auto strides = stridesOf(of);
    std::vector<std::int64_t> from;
    eachPosition(shape, [&](const Shape& at) {
        std::int64_t part = at[0] / of[0];
        std::int64_t offset = at[0] % of[0] * strides[0];
        bool inside = true;
        for (std::size_t i = block.size(); i-- > 0; part /= block[i]) {
            const auto place = at[i + 1] * block[i] + part % block[i] - paddings[2 * i];
            inside &= place >= 0 && place < of[i + 1];
            offset += place * strides[i + 1];
        }
        for (std::size_t i = block.size() + 1; i < at.size(); ++i) offset += at[i] * strides[i];
        from.push_back(inside ? offset : -1);
    });
    return {picked(row, in[0], shape, from)};
}

Tensors batchToSpace(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& block = list(attributes, 0);
    const Shape& crops = list(attributes, 1);
    const Shape& of = in[0].shape();
    requireBlocks(row, of, block, crops, "crops");
    const auto factor = elementCount(block);
    if (factor <= 0) refuse(row, "Product of block sizes must be positive, got " + std::to_string(factor));
    if (std::ranges::any_of(crops, [](std::int64_t one) { return one < 0; })) refuse(row, "Crops must be non-negative");
    if (of[0] % factor != 0) {
        refuse(row, "Input batch dimension (" + std::to_string(of[0]) +
                        ") is not divisible by product of block sizes (" + std::to_string(factor) + ")");
    }
    Shape shape = of;
    shape[0] = of[0] / factor;
    for (std::size_t i = 0; i < block.size(); ++i)
        shape[i + 1] = of[i + 1] * block[i] - crops[2 * i] - crops[2 * i + 1];
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (shape[i + 1] >= 0) continue;
        refuse(row,
               "cropped_shape[" + std::to_string(i) + "]=" + std::to_string(shape[i + 1]) + " must be non-negative");
    }
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        std::int64_t part = 0;
        for (std::size_t i = 0; i < block.size(); ++i) {
            const auto place = at[i + 1] + crops[2 * i];
            part = part * block[i] + place % block[i];
            at[i + 1] = place / block[i];
        }
        at[0] += part * shape[0];
    })};
}

Operands spaceToBatchBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("BatchToSpaceND", {g[0]}, op.attributes)};
}

Operands batchToSpaceBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SpaceToBatchND", {g[0]}, op.attributes)};
}

/// NHWC: blocks of height and width become depth.
Tensors spaceToDepth(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto block = number(attributes, 0);
    requireBlock(row, block);
    const Shape& of = in[0].shape();
    if (of.size() != 4) refuse(row, "Input rank should be 4 instead of " + std::to_string(of.size()));
    if (of[1] % block != 0 || of[2] % block != 0) {
        refuse(row, "Image width " + std::to_string(of[2]) + " and height " + std::to_string(of[1]) +
                        " should be divisible by block_size: " + std::to_string(block));
    }
    const Shape shape{of[0], of[1] / block, of[2] / block, of[3] * block * block};
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        const auto part = at[3] / of[3];
        at = {at[0], at[1] * block + part / block, at[2] * block + part % block, at[3] % of[3]};
    })};
}

Tensors depthToSpace(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto block = number(attributes, 0);
    requireBlock(row, block);
    const Shape& of = in[0].shape();
    if (of.size() != 4) refuse(row, "Input rank should be: 4 instead of: " + std::to_string(of.size()));
    if (of[3] % (block * block) != 0) {
        refuse(row, "Input depth dimension " + std::to_string(of[3]) +
                        " should be divisible by: " + std::to_string(block * block));
    }
    const Shape shape{of[0], of[1] * block, of[2] * block, of[3] / (block * block)};
    return {rearranged(row, in[0], shape, [&](Shape& at) {
        const auto part = at[1] % block * block + at[2] % block;
        at = {at[0], at[1] / block, at[2] / block, part * shape[3] + at[3]};
    })};
}

Operands spaceToDepthBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("DepthToSpace", {g[0]}, op.attributes)};
}

Operands depthToSpaceBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("SpaceToDepth", {g[0]}, op.attributes)};
}
}  // namespace

std::vector<OpRow> blocks() {
    const std::vector<AttributeRow> blockSize{{"block_size", std::int64_t{1}}};
    return {
        {"Tile",
         "",
         "y = x, repeated",
         "The whole several times along each axis; the gradient sums over the repetitions.",
         {{"input"}},
         {{"multiples", Shape{}}},
         tiled,
         tiledBack},
        {"ReverseV2",
         "",
         "y = x backwards",
         "Axes from their ends.",
         {{"tensor"}},
         {{"axis", Shape{}}},
         reversed,
         reversedBack},
        {"Roll",
         "",
         "y[i] = x[i − shift]",
         "Elements moved along axes; what leaves at one end comes in at the other.",
         {{"input"}},
         {{"shift", Shape{}}, {"axis", Shape{}}},
         rolled,
         rolledBack},
        {"ReverseSequence",
         "",
         "y = the first n of each row backwards",
         "The beginning of each row backwards, as far as its length says.",
         {{"input"}, {"seq_lengths", Severed}},
         {{"seq_axis", std::int64_t{0}}, {"batch_axis", std::int64_t{0}}},
         reversedSequences,
         reversedSequencesBack},
        {"SpaceToBatchND",
         "",
         "y = blocks of x as batches",
         "Blocks of space become batches, after zeros around them.",
         {{"input"}},
         {{"block_shape", Shape{}}, {"paddings", Shape{}}},
         spaceToBatch,
         spaceToBatchBack},
        {"BatchToSpaceND",
         "",
         "y = batches of x as blocks",
         "Batches become blocks of space, whose edges are cut off.",
         {{"input"}},
         {{"block_shape", Shape{}}, {"crops", Shape{}}},
         batchToSpace,
         batchToSpaceBack},
        {"SpaceToDepth",
         "",
         "y = blocks of x as channels",
         "Blocks of an image become channels.",
         {{"input"}},
         blockSize,
         spaceToDepth,
         spaceToDepthBack},
        {"DepthToSpace",
         "",
         "y = channels of x as blocks",
         "Channels become blocks of an image.",
         {{"input"}},
         blockSize,
         depthToSpace,
         depthToSpaceBack},
    };
}

}  // namespace tapescope::rows
