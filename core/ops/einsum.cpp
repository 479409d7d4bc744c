// SPDX-License-Identifier: Apache-2.0
// Einstein summation of one or two operands, by strides: traces are sums of strides, what one operand alone has is
// summed first, and the rest is a batch of matrix products.
#include "core/ops/einsum.h"

#include <algorithm>
#include <complex>
#include <map>

#include "core/base/convert.h"
#include "core/ops/kernel.h"
#include "core/ops/product.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

std::string kernelOf(const OpRow& row, Inputs in) {
    const std::string count = "_N_" + std::to_string(in.size());
    return (in[0].dtype() == DType::Float32 ? "__Mkl" : "") + std::string(row.type) + count;
}

/// A label of an axis: a letter, or for the axes of an ellipsis a negative number, -1 for the last one.
using Label = int;

/// One label of an operand, with the steps that it makes through the operand's elements.
struct Axis {
    Label label = 0;
    std::int64_t size = 1, stride = 0;
};

struct View {
    std::vector<Axis> axes;
    [[nodiscard]] const Axis* find(Label label) const {
        const auto found = std::ranges::find(axes, label, &Axis::label);
        return found == axes.end() ? nullptr : &*found;
    }
};

/// The labels of an operand of this rank; `broadcast`: how many axes its ellipsis stands for.
std::vector<Label> labelsOf(const std::string& subscripts, std::int64_t broadcastAxes) {
    std::vector<Label> labels;
    for (std::size_t i = 0; i < subscripts.size(); ++i) {
        if (subscripts[i] != '.') {
            labels.push_back(static_cast<unsigned char>(subscripts[i]));
            continue;
        }
        for (std::int64_t axis = broadcastAxes; axis > 0; --axis) labels.push_back(static_cast<Label>(-axis));
        i += 2;
    }
    return labels;
}

std::int64_t letters(const std::string& subscripts) {
    return static_cast<std::int64_t>(std::ranges::count_if(subscripts, [](char c) { return c != '.'; }));
}

bool hasEllipsis(const std::string& subscripts) {
    return subscripts.find('.') != std::string::npos;
}

class Problem {
public:
    Problem(const OpRow& row, Inputs in, const Equation& equation) : row_(row), in_(in), equation_(equation) {
        for (std::size_t i = 0; i < in.size(); ++i) look(i);
        const bool open = hasEllipsis(equation.output);
        if (!open && broadcastAxes_ > 0) {
            refuse(row_,
                   "Output contains " + std::to_string(broadcastAxes_) +
                       " broadcasting dimension(s) but no ellipsis (...) was found in the output subscripts.",
                   kernelOf(row_, in_));
        }
        output_ = labelsOf(equation.output, broadcastAxes_);
    }

    const std::vector<View>& views() const { return views_; }
    const std::vector<Label>& output() const { return output_; }
    std::int64_t size(Label label) const { return sizes_.at(label); }

private:
    void look(std::size_t i) {
        const Shape& shape = in_[i].shape();
        const std::string& subscripts = equation_.inputs[i];
        const auto rank = static_cast<std::int64_t>(shape.size());
        const std::int64_t open = rank - letters(subscripts);
        if (open < 0 || (open > 0 && !hasEllipsis(subscripts))) {
            refuse(row_,
                   "Expected input " + std::to_string(i) + " to have rank " +
                       (open < 0 && hasEllipsis(subscripts) ? "at least " : "") + std::to_string(letters(subscripts)) +
                       " but got: " + std::to_string(rank),
                   kernelOf(row_, in_));
        }
        broadcastAxes_ = std::max(broadcastAxes_, open);
        View view;
        std::int64_t stride = 1;
        const auto labels = labelsOf(subscripts, open);
        std::vector<std::int64_t> strides(shape.size());
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        for (std::size_t axis = 0; axis < labels.size(); ++axis) {
            note(labels[axis], shape, axis);
            const auto known = std::ranges::find(view.axes, labels[axis], &Axis::label);
            if (known == view.axes.end()) {
                view.axes.push_back({labels[axis], shape[axis], strides[axis]});
            } else {
                known->stride += strides[axis];  // a trace walks both axes at once
            }
        }
        views_.push_back(std::move(view));
    }

    void note(Label label, const Shape& shape, std::size_t axis) {
        const auto [known, isNew] = sizes_.emplace(label, shape[axis]);
        if (isNew || known->second == shape[axis]) return;
        if (label < 0 && (known->second == 1 || shape[axis] == 1)) {
            known->second = std::max(known->second, shape[axis]);
            return;
        }
        if (label < 0) {
            refuse(row_,
                   "In[0] and In[1] must have compatible batch dimensions: " + kernelText(in_[0].shape()) + " vs. " +
                       kernelText(in_[1].shape()),
                   kernelOf(row_, in_));
        }
        refuse(row_,
               "Expected dimension " + std::to_string(known->second) + " at axis " + std::to_string(axis) +
                   " of the input shaped " + kernelText(shape) + " but got dimension " + std::to_string(shape[axis]),
               kernelOf(row_, in_));
    }

    const OpRow& row_;
    Inputs in_;
    const Equation& equation_;
    std::vector<View> views_;
    std::vector<Label> output_;
    std::map<Label, std::int64_t> sizes_;
    std::int64_t broadcastAxes_ = 0;
};

/// Calls f(offset) for each place of the axes, the last one fastest.
template <class F>
void walk(const std::vector<Axis>& axes, F&& f) {
    std::int64_t count = 1;
    for (const Axis& axis : axes) count *= axis.size;
    std::vector<std::int64_t> at(axes.size(), 0);
    std::int64_t offset = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        f(offset);
        for (std::size_t axis = axes.size(); axis-- > 0;) {
            offset += axes[axis].stride;
            if (++at[axis] < axes[axis].size) break;
            offset -= axes[axis].stride * axes[axis].size;
            at[axis] = 0;
        }
    }
}

Shape shapeOf(const std::vector<Axis>& axes) {
    Shape shape;
    for (const Axis& axis : axes) shape.push_back(axis.size);
    return shape;
}

/// The axes in the order of the labels; those that the view lacks are repeated (`size` 1, stride 0).
std::vector<Axis> ordered(const View& view, const std::vector<Label>& labels) {
    std::vector<Axis> axes;
    for (const Label label : labels) {
        const Axis* axis = view.find(label);
        axes.push_back(axis != nullptr ? *axis : Axis{label, 1, 0});
    }
    return axes;
}

/// Calls f with an unsigned integer of an element's size: what only moves elements needs no more.
template <class F>
Tensor bySize(DType dtype, F&& f) {
    const auto size = tapescope::row(dtype).size;
    if (size == 4) return f.template operator()<std::uint32_t>();
    return size == 8 ? f.template operator()<std::uint64_t>() : f.template operator()<std::complex<double>>();
}

Tensor gathered(const Tensor& from, const std::vector<Axis>& axes) {
    return bySize(from.dtype(), [&]<class T>() {
        Filling<T> result(shapeOf(axes));
        const auto* source = reinterpret_cast<const T*>(from.bytes());
        auto* next = result.values.data();
        walk(axes, [&](std::int64_t offset) { *next++ = source[offset]; });
        return std::move(result).done(from.dtype());
    });
}

/// Sums over `rest` for each place of `kept`.
Tensor summed(const OpRow& row, const Tensor& from, const std::vector<Axis>& kept, const std::vector<Axis>& rest) {
    const auto of = [&]<class T>() {
        Filling<T> result(shapeOf(kept));
        const auto source = from.as<T>();
        auto* next = result.values.data();
        walk(kept, [&](std::int64_t start) {
            T sum{};
            walk(rest, [&](std::int64_t offset) { sum += source[static_cast<std::size_t>(start + offset)]; });
            *next++ = sum;
        });
        return std::move(result).done();
    };
    switch (from.dtype()) {
        case DType::Float32: return of.operator()<float>();
        case DType::Float64: return of.operator()<double>();
        case DType::Int32: return of.operator()<std::int32_t>();
        case DType::Int64: return of.operator()<std::int64_t>();
        default: return complex(row, from.dtype(), of);
    }
}

/// An operand without the labels that only it has.
struct Reduced {
    Tensor value;
    View view;
};

Reduced reduced(const OpRow& row, const Tensor& value, const View& view, const std::vector<Label>& keep) {
    std::vector<Axis> kept;
    std::vector<Axis> rest;
    for (const Axis& axis : view.axes) {
        const bool stays = std::ranges::find(keep, axis.label) != keep.end();
        (stays ? kept : rest).push_back(axis);
    }
    if (rest.empty()) return {value, view};
    Reduced result{summed(row, value, kept, rest), {}};
    std::int64_t stride = 1;
    result.view.axes = kept;
    for (std::size_t i = kept.size(); i-- > 0;) {
        result.view.axes[i].stride = stride;
        stride *= kept[i].size;
    }
    return result;
}

/// Elements laid out by `labels` put where the output's labels say; a repeated label fills a diagonal, the rest is
/// zero.
Tensor placed(const Tensor& value, const std::vector<Label>& labels, const std::vector<Label>& output,
              const std::vector<std::int64_t>& sizes) {
    std::vector<Axis> axes;
    for (std::size_t i = 0; i < labels.size(); ++i) axes.push_back({labels[i], value.shape()[i], 0});
    std::int64_t stride = 1;
    for (std::size_t axis = output.size(); axis-- > 0;) {
        const auto own = std::ranges::find(axes, output[axis], &Axis::label);
        if (own != axes.end()) own->stride += stride;
        stride *= sizes[axis];
    }
    return bySize(value.dtype(), [&]<class T>() {
        Filling<T> result(Shape(sizes.begin(), sizes.end()));
        std::ranges::fill(result.values, T{});
        const auto* source = reinterpret_cast<const T*>(value.bytes());
        walk(axes, [&](std::int64_t offset) { result.values[static_cast<std::size_t>(offset)] = *source++; });
        return std::move(result).done(value.dtype());
    });
}

/// The labels of two operands by what happens to them.
struct Kinds {
    std::vector<Label> batch, freeA, freeB, inner;
};

Kinds kindsOf(const View& a, const View& b, const std::vector<Label>& output) {
    Kinds kinds;
    for (const Axis& axis : a.axes) {
        const bool out = std::ranges::find(output, axis.label) != output.end();
        if (axis.label < 0 || (out && b.find(axis.label) != nullptr)) {
            kinds.batch.push_back(axis.label);
        } else {
            (out ? kinds.freeA : kinds.inner).push_back(axis.label);
        }
    }
    for (const Axis& axis : b.axes) {
        if (a.find(axis.label) != nullptr) continue;
        (axis.label < 0 ? kinds.batch : kinds.freeB).push_back(axis.label);
    }
    // Batch axes of an ellipsis in their order, so that they broadcast.
    std::ranges::sort(kinds.batch);
    return kinds;
}

std::vector<Label> joined(std::vector<Label> a, const std::vector<Label>& b, const std::vector<Label>& c = {}) {
    a.insert(a.end(), b.begin(), b.end());
    a.insert(a.end(), c.begin(), c.end());
    return a;
}

std::int64_t countOf(const View& view, const std::vector<Label>& labels) {
    std::int64_t count = 1;
    for (const Label label : labels) {
        if (const Axis* axis = view.find(label)) count *= axis->size;
    }
    return count;
}

Tensor contracted(const OpRow& row, const Problem& problem, const Reduced& a, const Reduced& b,
                  const std::vector<std::int64_t>& sizes) {
    const Kinds kinds = kindsOf(a.view, b.view, problem.output());
    const Tensor left = gathered(a.value, ordered(a.view, joined(kinds.batch, kinds.freeA, kinds.inner)));
    const Tensor right = gathered(b.value, ordered(b.view, joined(kinds.batch, kinds.inner, kinds.freeB)));
    Shape batch;
    for (const Label label : kinds.batch) batch.push_back(problem.size(label));
    const auto part = [&](const Tensor& tensor) {
        return Shape(tensor.shape().begin(), tensor.shape().begin() + static_cast<std::ptrdiff_t>(kinds.batch.size()));
    };
    const ProductSizes matrices{.rows = countOf(a.view, kinds.freeA),
                                .inner = countOf(a.view, kinds.inner),
                                .columns = countOf(b.view, kinds.freeB),
                                .sums = Sums::Chain};
    Shape shape = batch;
    for (const Label label : joined(kinds.freeA, kinds.freeB)) shape.push_back(problem.size(label));
    const Tensor product = products(row, left, right, matrices, shape, batchPairs(part(left), part(right), batch));
    return placed(product, joined(kinds.batch, kinds.freeA, kinds.freeB), problem.output(), sizes);
}

Tensor summation(const OpRow& row, Inputs in, const Equation& equation) {
    const Problem problem(row, in, equation);
    std::vector<std::int64_t> sizes;
    for (const Label label : problem.output()) sizes.push_back(problem.size(label));
    const auto keptBeside = [&](const View& other) {
        std::vector<Label> keep = problem.output();
        for (const Axis& axis : other.axes) keep.push_back(axis.label);
        return keep;
    };
    const auto& views = problem.views();
    if (in.size() == 2) {
        return contracted(row, problem, reduced(row, in[0], views[0], keptBeside(views[1])),
                          reduced(row, in[1], views[1], keptBeside(views[0])), sizes);
    }
    const Reduced a = reduced(row, in[0], views[0], problem.output());
    std::vector<Label> labels;
    for (const Axis& axis : a.view.axes) labels.push_back(axis.label);
    return placed(gathered(a.value, a.view.axes), labels, problem.output(), sizes);
}

Tensors einsum(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType dtype = in[0].dtype();
    if (in.size() == 2 && dtype != in[1].dtype()) {
        const std::string kernel = (dtype == DType::Float32 ? "_Mkl" : "") + std::string(row.type);
        throw Error(ErrorKind::InvalidArgument,
                    "cannot compute " + kernel + " as input #1(zero-based) was expected to be a " +
                        std::string(tapescope::row(dtype).kernelName) + " tensor but is a " +
                        std::string(tapescope::row(in[1].dtype()).kernelName) + " tensor [Op:Einsum] name: ");
    }
    const Equation equation = equationOf(std::get<std::string>(attributes[0]));
    const DTypeRow& facts = tapescope::row(dtype);
    if (facts.floating && facts.size == 2) {
        Tensors wide;
        for (const auto& one : in) wide.push_back(converted(one, DType::Float32));
        return {converted(summation(row, wide, equation), dtype)};
    }
    const bool known = facts.floating || facts.complex() || dtype == DType::Int32 || dtype == DType::Int64;
    if (!known) refuseDType(row, dtype);
    return {summation(row, in, equation)};
}
}  // namespace

std::vector<OpRow> summation() {
    return {{"Einsum",
             "",
             "y = Σ x…",
             "Sums of products over the indices that an equation names.",
             {{"inputs"}},
             {{"equation", std::string{}}},
             einsum,
             einsumBack}};
}

}  // namespace tapescope::rows
