// SPDX-License-Identifier: Apache-2.0
// Parts of a tensor. Begin, end and stride stand for every axis, already from 0; the axes in `shrink` are dropped.
#include <algorithm>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

struct Cut {
    const Shape& begin;
    const Shape& end;
    const Shape& stride;
    const Shape& shrink;

    explicit Cut(const Attributes& attributes)
        : begin(std::get<Shape>(attributes[0])),
          end(std::get<Shape>(attributes[1])),
          stride(std::get<Shape>(attributes[2])),
          shrink(std::get<Shape>(attributes[3])) {}

    /// Number of elements along each axis, none dropped.
    Shape sizes() const {
        Shape result;
        for (std::size_t i = 0; i < begin.size(); ++i) {
            const auto span = end[i] - begin[i];
            const auto step = stride[i];
            result.push_back(std::max<std::int64_t>(0, (span + step - (step > 0 ? 1 : -1)) / step));
        }
        return result;
    }

    Shape shape() const {
        Shape result;
        const Shape all = sizes();
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (std::ranges::find(shrink, static_cast<std::int64_t>(i)) == shrink.end()) result.push_back(all[i]);
        }
        return result;
    }

    /// Calls f(offset in the whole) for each element of the part, in its order.
    template <class F>
    void eachOffset(const Shape& whole, F&& f) const {
        const Shape all = sizes();
        Shape at(all.size(), 0);
        for (std::int64_t n = elementCount(all); n > 0; --n) {
            std::int64_t offset = 0;
            for (std::size_t axis = 0; axis < all.size(); ++axis) {
                offset = offset * whole[axis] + begin[axis] + at[axis] * stride[axis];
            }
            f(static_cast<std::size_t>(offset));
            for (std::size_t axis = all.size(); axis-- > 0;) {
                if (++at[axis] < all[axis]) break;
                at[axis] = 0;
            }
        }
    }
};

std::vector<Tensor> taken(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Cut cut(attributes);
    return {byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(cut.shape());
        std::size_t next = 0;
        cut.eachOffset(in[0].shape(), [&](std::size_t offset) { result.values[next++] = in[0].as<T>()[offset]; });
        return std::move(result).done(in[0].dtype());
    })};
}

std::vector<Tensor> putBack(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Cut cut(attributes);
    const Shape& whole = std::get<Shape>(attributes[4]);
    return {byElementSize(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(whole);
        std::ranges::fill(result.values, T{});
        std::size_t next = 0;
        cut.eachOffset(whole, [&](std::size_t offset) { result.values[offset] = in[0].as<T>()[next++]; });
        return std::move(result).done(in[0].dtype());
    })};
}

std::vector<Operand> takenBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    Attributes attributes = op.attributes;
    attributes.emplace_back(op.inputs[0].value.shape());
    return {run.run("StridedSliceGrad", {g[0]}, attributes)};
}

std::vector<Operand> putBackBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    return {run.run("StridedSlice", {g[0]}, {op.attributes.begin(), op.attributes.begin() + 4})};
}

std::vector<AttributeRow> bounds() {
    return {{"begin", Shape{}}, {"end", Shape{}}, {"strides", Shape{}}, {"shrink", Shape{}}};
}

std::vector<AttributeRow> boundsInWhole() {
    auto rows = bounds();
    rows.push_back({"shape", Shape{}});
    return rows;
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
    };
}

}  // namespace tapescope::rows
