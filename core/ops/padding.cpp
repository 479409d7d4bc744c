// SPDX-License-Identifier: Apache-2.0
// More room around a tensor. Paddings are pairs for each axis, one behind the other: before, after, before, after.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

const Shape& paddingsOf(const Attributes& attributes) {
    return std::get<Shape>(attributes[0]);
}

Shape paddedShape(const Shape& shape, const Shape& paddings) {
    Shape result = shape;
    // Wraps where it is too large, and is refused then as a size below zero.
    const auto sum = [](auto... sizes) { return static_cast<std::int64_t>((static_cast<std::uint64_t>(sizes) + ...)); };
    for (std::size_t i = 0; i < shape.size(); ++i) result[i] = sum(shape[i], paddings[2 * i], paddings[2 * i + 1]);
    return result;
}

void requirePaddings(const OpRow& row, const Shape& shape, const Shape& paddings, const char* word) {
    if (paddings.size() != 2 * shape.size()) {
        refuse(row, "The first dimension of paddings must be the rank of inputs" +
                        kernelText({static_cast<std::int64_t>(paddings.size() / 2), 2}) +
                        (row.type == "MirrorPad" ? ", " : " ") + kernelText(shape));
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const auto before = paddings[2 * i];
        const auto after = paddings[2 * i + 1];
        if (before >= 0 && after >= 0) continue;
        refuse(row, std::string(word) + "addings must be non-negative: " + std::to_string(before) + " " +
                        std::to_string(after));
    }
}

/// Where each element of the padded tensor comes from; -1 in the margin.
std::vector<std::int64_t> sourcesWithMargin(const Shape& shape, const Shape& paddings) {
    const auto strides = stridesOf(shape);
    std::vector<std::int64_t> from;
    eachPosition(paddedShape(shape, paddings), [&](const Shape& at) {
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            const auto place = at[i] - paddings[2 * i];
            if (place < 0 || place >= shape[i]) {
                from.push_back(-1);
                return;
            }
            offset += place * strides[i];
        }
        from.push_back(offset);
    });
    return from;
}

Tensors padded(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& paddings = paddingsOf(attributes);
    requirePaddings(row, in[0].shape(), paddings, "P");
    return {picked(row, in[0], paddedShape(in[0].shape(), paddings), sourcesWithMargin(in[0].shape(), paddings))};
}

Tensors paddedWith(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const Shape& paddings = paddingsOf(attributes);
    requirePaddings(row, in[0].shape(), paddings, "P");
    const auto from = sourcesWithMargin(in[0].shape(), paddings);
    return {byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(paddedShape(in[0].shape(), paddings));
        const auto source = in[0].template as<T>();
        std::ranges::transform(from, result.values.begin(), [&](std::int64_t index) {
            return index < 0 ? in[1].template as<T>()[0] : source[static_cast<std::size_t>(index)];
        });
        return std::move(result).done(in[0].dtype());
    })};
}

/// array_grad.py _PadGrad: the part that was there before.
Operands paddedBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& paddings = paddingsOf(op.attributes);
    Shape begin;
    for (std::size_t i = 0; i < paddings.size(); i += 2) begin.push_back(paddings[i]);
    Operands back(op.inputs.size());
    back[0] = run.run("Slice", {g[0]}, {begin, op.inputs[0].value.shape()});
    return back;
}

bool symmetric(const Attributes& attributes) {
    return std::get<std::string>(attributes[1]) == "SYMMETRIC";
}

/// Where each element of the padded tensor is mirrored from. The mirror stands behind the edge (SYMMETRIC) or on it.
std::vector<std::int64_t> mirrored(const Shape& shape, const Attributes& attributes) {
    const Shape& paddings = paddingsOf(attributes);
    const std::int64_t onEdge = symmetric(attributes) ? 0 : 1;
    const auto strides = stridesOf(shape);
    std::vector<std::int64_t> from;
    eachPosition(paddedShape(shape, paddings), [&](const Shape& at) {
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            auto place = at[i] - paddings[2 * i];
            if (place < 0) place = -place - 1 + onEdge;
            if (place >= shape[i]) place = 2 * shape[i] - 1 - onEdge - place;
            offset += place * strides[i];
        }
        from.push_back(offset);
    });
    return from;
}

Tensors mirrorPadded(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    const Shape& paddings = paddingsOf(attributes);
    requirePaddings(row, shape, paddings, "p");
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const auto before = paddings[2 * i];
        const auto after = paddings[2 * i + 1];
        const auto limit = symmetric(attributes) ? shape[i] : shape[i] - 1;
        if (before <= limit && after <= limit) continue;
        const std::string both = std::to_string(before) + ", " + std::to_string(after);
        refuse(row, symmetric(attributes) ? "paddings must be no greater than the dimension size: " + both +
                                                " greater than " + std::to_string(shape[i])
                                          : "paddings must be less than the dimension size: " + both +
                                                " not less than " + std::to_string(shape[i]));
    }
    return {picked(row, in[0], paddedShape(shape, paddings), mirrored(shape, attributes))};
}

Operands mirrorPaddedBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("MirrorPadGrad", {g[0]}, op.attributes)};
}

/// Adds what was mirrored to where it came from.
Tensors foldedBack(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& paddings = paddingsOf(attributes);
    Shape shape = in[0].shape();
    for (std::size_t i = 0; i < shape.size(); ++i) shape[i] -= paddings[2 * i] + paddings[2 * i + 1];
    const auto from = mirrored(shape, attributes);
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        std::ranges::fill(result.values, T{});
        for (std::size_t i = 0; i < from.size(); ++i) {
            T& sum = result.values[static_cast<std::size_t>(from[i])];
            sum = static_cast<T>(sum + in[0].template as<T>()[i]);
        }
        return std::move(result).done();
    })};
}

Operands foldedBackBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("MirrorPad", {g[0]}, op.attributes)};
}

std::vector<AttributeRow> mirroring() {
    return {{"paddings", Shape{}}, {"mode", std::string("REFLECT")}};
}
}  // namespace

std::vector<OpRow> padding() {
    return {
        {"Pad",
         "",
         "y = x with zeros around it",
         "Zeros around a tensor.",
         {{"tensor"}},
         {{"paddings", Shape{}}},
         padded,
         paddedBack},
        {"PadV2",
         "",
         "y = x with c around it",
         "A constant around a tensor; it gets no gradient.",
         {{"tensor"}, {"constant_values", Severed}},
         {{"paddings", Shape{}}},
         paddedWith,
         paddedBack},
        {"MirrorPad",
         "",
         "y = x with its mirror image around it",
         "Mirrored at its edges.",
         {{"tensor"}},
         mirroring(),
         mirrorPadded,
         mirrorPaddedBack},
        {"MirrorPadGrad",
         "",
         "dx = g, and what was mirrored added to it",
         "The way back through a mirrored padding.",
         {{"input"}},
         mirroring(),
         foldedBack,
         foldedBackBack},
    };
}

}  // namespace tapescope::rows
