// SPDX-License-Identifier: Apache-2.0
// Several tensors made one, and one made several.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

std::string counted(const OpRow& row, const char* what, std::size_t count) {
    return std::string(row.type) + "_" + what + "_" + std::to_string(count);
}

std::int64_t number(const Attributes& attributes, std::size_t i) {
    return std::get<std::int64_t>(attributes[i]);
}

/// An axis as the middle one of three: how many blocks lie before it, and how many elements behind it.
struct Middle {
    std::int64_t before = 1, after = 1;

    Middle(const Shape& shape, std::size_t axis) {
        for (std::size_t i = 0; i < shape.size(); ++i) {
            if (i < axis) before *= shape[i];
            if (i > axis) after *= shape[i];
        }
    }
};

/// The inputs side by side: from each in turn `run[i]` elements, as often as there are blocks.
Tensor interleaved(const OpRow& row, Inputs in, const Shape& shape, std::int64_t blocks,
                   const std::vector<std::int64_t>& run) {
    return byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        auto next = result.values.begin();
        for (std::int64_t block = 0; block < blocks; ++block) {
            for (std::size_t i = 0; i < in.size(); ++i)
                next = std::copy_n(in[i].template as<T>().begin() + block * run[i], run[i], next);
        }
        return std::move(result).done(in[0].dtype());
    });
}

/// What interleaved() undoes.
Tensors separated(const OpRow& row, const Tensor& whole, const std::vector<Shape>& shapes, std::int64_t blocks,
                  const std::vector<std::int64_t>& run) {
    Tensors parts;
    std::int64_t stride = 0;
    for (const auto length : run) stride += length;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        parts.push_back(byElementSize(row, whole.dtype(), [&]<class T>() {
            Filling<T> result(shapes[i]);
            auto next = result.values.begin();
            for (std::int64_t block = 0; block < blocks; ++block)
                next = std::copy_n(whole.as<T>().begin() + block * stride + offset, run[i], next);
            return std::move(result).done(whole.dtype());
        }));
        offset += run[i];
    }
    return parts;
}

std::size_t concatenationAxis(const OpRow& row, Inputs in, const Attributes& attributes, const std::string& kernel) {
    const auto rank = static_cast<std::int64_t>(in[0].shape().size());
    const std::int64_t axis = number(attributes, 0);
    if (rank == 0 && axis == 0) refuse(row, "ConcatOp : Can't concatenate scalars (use tf.stack instead)", kernel);
    if (axis < -rank || axis >= rank) {
        refuse(row,
               "ConcatOp : Expected concatenating dimensions in the range [" + std::to_string(-rank) + ", " +
                   std::to_string(rank) + "), but got " + std::to_string(axis),
               kernel);
    }
    return static_cast<std::size_t>(fromZero(axis, in[0].shape().size()));
}

void requireFitting(const OpRow& row, Inputs in, std::size_t axis, const std::string& kernel) {
    for (std::size_t i = 1; i < in.size(); ++i) {
        const Shape& first = in[0].shape();
        const Shape& other = in[i].shape();
        const std::string both =
            "shape[0] = " + kernelText(first) + " vs. shape[" + std::to_string(i) + "] = " + kernelText(other);
        if (first.size() != other.size() && other.empty())
            refuse(row, "ConcatOp : Can't concatenate scalars (use tf.stack instead)", kernel);
        if (first.size() != other.size())
            refuse(row, "ConcatOp : Ranks of all input tensors should match: " + both, kernel);
        for (std::size_t d = 0; d < first.size(); ++d) {
            if (d == axis || first[d] == other[d]) continue;
            refuse(row, "ConcatOp : Dimension " + std::to_string(d) + " in both shapes must be equal: " + both, kernel);
        }
    }
}

Tensors concatenated(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const std::string kernel = counted(row, "N", in.size());
    const std::size_t axis = concatenationAxis(row, in, attributes, kernel);
    requireFitting(row, in, axis, kernel);
    Shape shape = in[0].shape();
    shape[axis] = 0;
    const Middle middle(in[0].shape(), axis);
    std::vector<std::int64_t> run;
    for (const Tensor& one : in) {
        shape[axis] += one.shape()[axis];
        run.push_back(one.shape()[axis] * middle.after);
    }
    return {interleaved(row, in, shape, middle.before, run)};
}

Operands concatenatedBack(Runner& run, const Executed& op, Gradients g) {
    Shape sizes;
    const auto axis = static_cast<std::size_t>(fromZero(number(op.attributes, 0), op.inputs[0].value.shape().size()));
    for (const Operand& input : op.inputs) sizes.push_back(input.value.shape()[axis]);
    return run.runAll("SplitV", {g[0]}, {sizes, static_cast<std::int64_t>(axis)});
}

Tensors packed(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const std::string kernel = counted(row, "N", in.size());
    for (std::size_t i = 1; i < in.size(); ++i) {
        if (in[i].shape() == in[0].shape()) continue;
        refuse(row,
               "Shapes of all inputs must match: values[0].shape = " + kernelText(in[0].shape()) + " != values[" +
                   std::to_string(i) + "].shape = " + kernelText(in[i].shape()),
               kernel);
    }
    Shape shape = in[0].shape();
    const auto axis = static_cast<std::size_t>(fromZero(number(attributes, 0), shape.size() + 1));
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<std::int64_t>(in.size()));
    const Middle middle(shape, axis);
    return {interleaved(row, in, shape, middle.before, std::vector<std::int64_t>(in.size(), middle.after))};
}

Operands packedBack(Runner& run, const Executed& op, Gradients g) {
    return run.runAll("Unpack", {g[0]}, {static_cast<std::int64_t>(op.inputs.size()), number(op.attributes, 0)});
}

Tensors unpacked(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& whole = in[0].shape();
    const auto axis = static_cast<std::size_t>(fromZero(number(attributes, 1), whole.size()));
    const auto count = static_cast<std::size_t>(number(attributes, 0));
    if (whole[axis] != number(attributes, 0)) {
        refuse(row,
               "Input shape axis " + std::to_string(axis) + " must equal " + std::to_string(count) + ", got shape " +
                   kernelText(whole),
               counted(row, "num", count));
    }
    Shape shape = whole;
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    const Middle middle(whole, axis);
    return separated(row, in[0], std::vector<Shape>(count, shape), middle.before,
                     std::vector<std::int64_t>(count, middle.after));
}

Operands unpackedBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("Pack", {g.begin(), g.end()}, {number(op.attributes, 1)})};
}

std::size_t splitAxis(const OpRow& row, const Tensor& input, std::int64_t axis, const std::string& kernel) {
    const auto rank = static_cast<std::int64_t>(input.shape().size());
    if (axis < -rank || axis >= rank) {
        refuse(row,
               "-input rank(-" + std::to_string(rank) + ") <= split_dim < input rank (" + std::to_string(rank) +
                   "), but got " + std::to_string(axis),
               kernel);
    }
    return static_cast<std::size_t>(fromZero(axis, input.shape().size()));
}

Tensors cutInto(const OpRow& row, const Tensor& whole, std::size_t axis, const Shape& sizes) {
    const Middle middle(whole.shape(), axis);
    std::vector<Shape> shapes;
    std::vector<std::int64_t> run;
    for (const auto size : sizes) {
        shapes.push_back(whole.shape());
        shapes.back()[axis] = size;
        run.push_back(size * middle.after);
    }
    return separated(row, whole, shapes, middle.before, run);
}

Tensors split(const OpRow& row, Inputs in, const Attributes& attributes) {
    const std::int64_t count = number(attributes, 0);
    const std::string kernel = counted(row, "num_split", static_cast<std::size_t>(count));
    const std::size_t axis = splitAxis(row, in[0], number(attributes, 1), kernel);
    const auto size = in[0].shape()[axis];
    if (size % count != 0) {
        refuse(row,
               "Number of ways to split should evenly divide the split dimension, but got split_dim " +
                   std::to_string(axis) + " (size = " + std::to_string(size) + ") and num_split " +
                   std::to_string(count),
               kernel);
    }
    return cutInto(row, in[0], axis, Shape(static_cast<std::size_t>(count), size / count));
}

/// The sizes with a -1 filled in.
Shape sizesFilledIn(const OpRow& row, const Shape& given, std::int64_t whole, const std::string& kernel) {
    Shape sizes = given;
    if (std::ranges::count(sizes, -1) > 1) refuse(row, "There can only be one -1 in the input.", kernel);
    std::int64_t sum = 0;
    for (const auto size : sizes) sum += size == -1 ? 0 : size;
    const auto open = std::ranges::find(sizes, -1);
    if (open == sizes.end() ? sum != whole : sum > whole) {
        refuse(row,
               "Determined shape must either match input shape along split_dim exactly if fully specified, or be less "
               "than the size of the input along split_dim if not fully specified.  Got: " +
                   std::to_string(sum),
               kernel);
    }
    if (open != sizes.end()) *open = whole - sum;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] >= 0) continue;
        refuse(row, "Split size at index " + std::to_string(i) + " must be >= 0. Got: " + std::to_string(sizes[i]),
               kernel);
    }
    return sizes;
}

Tensors splitBySizes(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& given = std::get<Shape>(attributes[0]);
    const std::string kernel = counted(row, "num_split", given.size());
    const std::size_t axis = splitAxis(row, in[0], number(attributes, 1), kernel);
    return cutInto(row, in[0], axis, sizesFilledIn(row, given, in[0].shape()[axis], kernel));
}

Operands splitBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("ConcatV2", {g.begin(), g.end()}, {number(op.attributes, 1)})};
}
}  // namespace

std::vector<OpRow> joining() {
    return {
        {"ConcatV2",
         "",
         "y = x₁ ⧺ x₂ ⧺ …",
         "The inputs one behind the other along an axis.",
         {{"values"}},
         {{"axis", std::int64_t{0}}},
         concatenated,
         concatenatedBack},
        {"Pack",
         "",
         "y = [x₁, x₂, …]",
         "The inputs side by side along a new axis.",
         {{"values"}},
         {{"axis", std::int64_t{0}}},
         packed,
         packedBack},
        {"Unpack",
         "",
         "y₁, y₂, … = x",
         "The parts along an axis, which goes away.",
         {{"value"}},
         {{"num", std::int64_t{0}}, {"axis", std::int64_t{0}}},
         unpacked,
         unpackedBack,
         nullptr,
         "*"},
        {"Split",
         "",
         "y₁, y₂, … = x",
         "Parts of equal size along an axis.",
         {{"value"}},
         {{"num_split", std::int64_t{1}}, {"axis", std::int64_t{0}}},
         split,
         splitBack,
         nullptr,
         "*"},
        {"SplitV",
         "",
         "y₁, y₂, … = x",
         "Parts of the given sizes along an axis.",
         {{"value"}},
         {{"size_splits", Shape{}}, {"axis", std::int64_t{0}}},
         splitBySizes,
         splitBack,
         nullptr,
         "*"},
    };
}

}  // namespace tapescope::rows
