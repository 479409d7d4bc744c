// SPDX-License-Identifier: Apache-2.0
// Parts of a tensor, as strided_slice_op.cc reads an index: begin, end and stride for each item of it, and bit masks
// that say which items are left open, an ellipsis, a new axis or a single number.
#include <algorithm>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

enum Mask : std::size_t { Begin = 3, End = 4, Ellipsis = 5, NewAxis = 6, Shrink = 7 };

/// The part of one axis of the whole.
struct Stretch {
    std::int64_t begin = 0, stride = 1, size = 0;
    bool dropped = false;
};

/// An index, resolved against a shape.
class Part {
public:
    Part(const OpRow& row, const Shape& whole, const Attributes& attributes)
        : row_(row), whole_(whole), attributes_(attributes) {
        bool ellipsis = false;
        const std::size_t items = bound(0).size();
        for (std::size_t i = 0; i < items; ++i) {
            if (!masked(Ellipsis, i)) {
                take(i);
                continue;
            }
            if (ellipsis) refuse(row, "Multiple ellipses in slice spec not allowed");
            ellipsis = true;
            takeWhole(namedAfter(i + 1));
        }
        if (!ellipsis) takeWhole(0);
        if (stretches_.size() > whole.size()) refuse(row, "Invalid index");
    }

    const Shape& shape() const { return shape_; }
    /// Elements that lie side by side in both: of the last axes, which are taken whole.
    std::int64_t run() const {
        std::int64_t length = 1;
        for (std::size_t axis = firstWhole(); axis < whole_.size(); ++axis) length *= whole_[axis];
        return length;
    }
    /// Where each run begins in the whole, counted in runs.
    std::vector<std::int64_t> runs() const {
        const std::size_t axes = firstWhole();
        const auto strides = stridesOf(sub(whole_, 0, axes));
        Shape sizes;
        for (std::size_t axis = 0; axis < axes; ++axis) sizes.push_back(stretches_[axis].size);
        std::vector<std::int64_t> result;
        result.reserve(static_cast<std::size_t>(elementCount(sizes)));
        eachPosition(sizes, [&](const Shape& at) {
            std::int64_t offset = 0;
            for (std::size_t axis = 0; axis < axes; ++axis)
                offset += (stretches_[axis].begin + at[axis] * stretches_[axis].stride) * strides[axis];
            result.push_back(offset);
        });
        return result;
    }

private:
    const Shape& bound(std::size_t which) const { return std::get<Shape>(attributes_[which]); }
    bool masked(Mask mask, std::size_t item) const {
        return item < 63 && (std::get<std::int64_t>(attributes_[mask]) >> item & 1) != 0;
    }
    /// How many axes the items from here on stand for.
    std::size_t namedAfter(std::size_t item) const {
        std::size_t named = 0;
        for (; item < bound(0).size(); ++item) named += masked(NewAxis, item) || masked(Ellipsis, item) ? 0 : 1;
        return named;
    }

    void takeWhole(std::size_t remaining) {
        while (stretches_.size() + remaining < whole_.size()) {
            const auto size = whole_[stretches_.size()];
            stretches_.push_back({0, 1, size, false});
            shape_.push_back(size);
        }
    }

    void take(std::size_t item) {
        if (masked(NewAxis, item)) {
            shape_.push_back(1);
            return;
        }
        const std::size_t axis = stretches_.size();
        if (whole_.empty()) refuse(row_, "Attempting to slice scalar input.");
        if (axis >= whole_.size()) {
            refuse(row_, "Index out of range using input dim " + std::to_string(axis) + "; input has only " +
                             std::to_string(whole_.size()) + " dims");
        }
        const std::int64_t stride = bound(2)[item];
        if (stride == 0) refuse(row_, "strides[" + std::to_string(axis) + "] must be non-zero");
        stretches_.push_back(masked(Shrink, item) ? single(item, axis, stride) : stretch(item, axis, stride));
        if (!stretches_.back().dropped) shape_.push_back(stretches_.back().size);
    }

    Stretch single(std::size_t item, std::size_t axis, std::int64_t stride) const {
        if (stride < 0) refuse(row_, "only stride 1 allowed on non-range indexing.");
        const std::int64_t size = whole_[axis];
        const std::int64_t at = bound(0)[item] < 0 ? bound(0)[item] + size : bound(0)[item];
        if (at < 0 || at >= size) {
            refuse(row_,
                   "slice index " + std::to_string(at) + " of dimension " + std::to_string(axis) + " out of bounds.");
        }
        return {at, 1, 1, true};
    }

    Stretch stretch(std::size_t item, std::size_t axis, std::int64_t stride) const {
        const std::int64_t size = whole_[axis];
        const std::int64_t low = stride > 0 ? 0 : -1;
        const std::int64_t high = stride > 0 ? size : size - 1;
        const auto resolved = [&](std::int64_t at) { return std::clamp(at < 0 ? at + size : at, low, high); };
        const std::int64_t begin = masked(Begin, item) ? (stride > 0 ? low : high) : resolved(bound(0)[item]);
        const std::int64_t end = masked(End, item) ? (stride > 0 ? high : low) : resolved(bound(1)[item]);
        const std::int64_t span = end - begin;
        const bool none = span == 0 || (span < 0) != (stride < 0);
        return {begin, stride, none ? 0 : span / stride + (span % stride != 0 ? 1 : 0), false};
    }

    std::size_t firstWhole() const {
        std::size_t axis = whole_.size();
        while (axis > 0 && stretches_[axis - 1].begin == 0 && stretches_[axis - 1].stride == 1 &&
               stretches_[axis - 1].size == whole_[axis - 1]) {
            --axis;
        }
        return axis;
    }

    const OpRow& row_;
    const Shape& whole_;
    const Attributes& attributes_;
    std::vector<Stretch> stretches_;  ///< one for each axis of the whole
    Shape shape_;
};

Tensors taken(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Part part(row, in[0].shape(), attributes);
    return {pickedRuns(row, in[0], part.shape(), part.runs(), part.run())};
}

Tensors putBack(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& whole = std::get<Shape>(attributes.back());
    const Part part(row, whole, attributes);
    if (in[0].shape() != part.shape())
        refuse(row, "shape of dy was " + kernelText(in[0].shape()) + " instead of " + kernelText(part.shape()));
    return {placed(row, zerosOf(row, in[0].dtype(), whole), in[0], part.runs(), part.run())};
}

Operands takenBack(Runner& run, const Executed& op, Gradients g) {
    Attributes attributes = op.attributes;
    attributes.emplace_back(op.inputs[0].value.shape());
    return {run.run("StridedSliceGrad", {g[0]}, attributes)};
}

Operands putBackBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("StridedSlice", {g[0]}, {op.attributes.begin(), op.attributes.end() - 1})};
}

std::vector<AttributeRow> bounds() {
    return {{"begin", Shape{}},
            {"end", Shape{}},
            {"strides", Shape{}},
            {"begin_mask", std::int64_t{0}},
            {"end_mask", std::int64_t{0}},
            {"ellipsis_mask", std::int64_t{0}},
            {"new_axis_mask", std::int64_t{0}},
            {"shrink_axis_mask", std::int64_t{0}}};
}

std::vector<AttributeRow> boundsInWhole() {
    auto rows = bounds();
    rows.push_back({"shape", Shape{}});
    return rows;
}

std::string inside(const char* name, std::size_t axis, std::int64_t limit, std::int64_t got) {
    return std::string("Expected ") + name + "[" + std::to_string(axis) + "] in [0, " + std::to_string(limit) +
           "], but got " + std::to_string(got);
}

/// Sizes with -1 filled in, checked as slice_op.cc does.
Shape sizesOf(const OpRow& row, const Shape& whole, const Shape& begin, const Shape& given) {
    if (begin.size() != whole.size() || given.size() != whole.size()) {
        refuse(row, "Expected begin and size arguments to be 1-D tensors of size " + std::to_string(whole.size()) +
                        ", but got shapes " + kernelText({static_cast<std::int64_t>(begin.size())}) + " and " +
                        kernelText({static_cast<std::int64_t>(given.size())}) + " instead.");
    }
    Shape sizes = given;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] == -1) sizes[i] = whole[i] - begin[i];
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (begin[i] < 0 || begin[i] > whole[i]) refuse(row, inside("begin", i, whole[i], begin[i]));
        const auto room = whole[i] - begin[i];
        if (sizes[i] < 0 || sizes[i] > room) refuse(row, inside("size", i, room, sizes[i]));
    }
    return sizes;
}

Tensors cutOut(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& begin = std::get<Shape>(attributes[0]);
    const Shape sizes = sizesOf(row, in[0].shape(), begin, std::get<Shape>(attributes[1]));
    Shape end = begin;
    for (std::size_t i = 0; i < end.size(); ++i) end[i] += sizes[i];
    const std::int64_t none = 0;
    const Attributes asBounds{begin, end, Shape(begin.size(), 1), none, none, none, none, none};
    const Part part(row, in[0].shape(), asBounds);
    return {pickedRuns(row, in[0], part.shape(), part.runs(), part.run())};
}

/// array_grad.py _SliceGrad: zeros around it.
Operands cutOutBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& begin = std::get<Shape>(op.attributes[0]);
    const Shape& whole = op.inputs[0].value.shape();
    Shape paddings;
    for (std::size_t i = 0; i < begin.size(); ++i) {
        paddings.push_back(begin[i]);
        paddings.push_back(whole[i] - g[0].value.shape()[i] - begin[i]);
    }
    return {run.run("Pad", {g[0]}, {paddings})};
}
}  // namespace

std::vector<OpRow> slicing() {
    return {
        {"StridedSlice",
         "",
         "y = part of x",
         "The elements that an index or slice names; the others get a gradient of 0.",
         {{"input"}},
         bounds(),
         taken,
         takenBack},
        {"StridedSliceGrad",
         "",
         "dx = g in its place, else 0",
         "The way back through a slice.",
         {{"dy"}},
         boundsInWhole(),
         putBack,
         putBackBack},
        {"Slice",
         "",
         "y = part of x",
         "A block of a tensor: where it begins, and its sizes.",
         {{"input"}},
         {{"begin", Shape{}}, {"size", Shape{}}},
         cutOut,
         cutOutBack},
    };
}

}  // namespace tapescope::rows
