// SPDX-License-Identifier: Apache-2.0
// Cross entropies of a softmax. Each tells its loss and, beside it, what its way back is made of.
#include "core/ops/rows.h"
#include "core/ops/softmax.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

Tensors dense(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    const Shape& a = in[0].shape();
    const Shape& b = in[1].shape();
    const auto shape = broadcast(a, b);
    if (!shape)
        refuse(row, "logits and labels must be broadcastable: logits_size=" + kernelText(a) +
                        " labels_size=" + kernelText(b));
    if (shape->size() != 2)
        refuse(row, "logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional");
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        const Tensor logits = stretched(x[0], *shape);
        const Tensor labels = stretched(x[1], *shape);
        const std::int64_t columns = shape->back();
        Filling<T> loss({shape->front()});
        Filling<T> back(*shape);
        const ShiftedRows<T> rows(logits);
        const std::vector<T> powers = rows.exponentials(), logarithms = rows.logarithms();
        std::vector<T> shares(static_cast<std::size_t>(columns));
        for (std::int64_t r = 0; r < rows.rows; ++r) {
            const auto at = static_cast<std::size_t>(r);
            for (std::size_t c = 0; c < shares.size(); ++c) {
                const std::size_t i = at * shares.size() + c;
                const T label = labels.as<T>()[i];
                shares[c] = label * (logarithms[at] - rows.values[i]);
                back.values[i] = powers[i] / rows.sums[at] - label;
            }
            loss.values[at] = totalOf<Summing, T>(shares.data(), columns, r * columns);
        }
        if (columns == 0) std::ranges::fill(loss.values, T(0));
        return Tensors{std::move(loss).done(), std::move(back).done()};
    });
}

std::int64_t labelAt(const Tensor& labels, std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    return labels.dtype() == DType::Int64 ? labels.as<std::int64_t>()[at] : labels.as<std::int32_t>()[at];
}

void checkLabels(const OpRow& row, const Tensor& labels, std::int64_t classes) {
    for (std::int64_t i = 0; i < labels.count(); ++i) {
        const std::int64_t label = labelAt(labels, i);
        if (label >= 0 && label < classes) continue;
        std::string all;
        for (std::int64_t j = 0; j < labels.count(); ++j)
            all += (j == 0 ? "" : " ") + std::to_string(labelAt(labels, j));
        refuse(row, "Received a label value of " + std::to_string(label) + " which is outside the valid range of [0, " +
                        std::to_string(classes) + ").  Label values: " + all);
    }
}

Tensors sparse(const OpRow& row, Inputs in, const Attributes&) {
    const Tensor& labels = in[1];
    if (labels.dtype() != DType::Int32 && labels.dtype() != DType::Int64) {
        throw Error(ErrorKind::InvalidArgument,
                    "Value for attr 'Tlabels' of " + std::string(tapescope::row(labels.dtype()).kernelName) +
                        " is not in the list of allowed values: int32, int64\n\t; NodeDef: {{node "
                        "SparseSoftmaxCrossEntropyWithLogits}}; Op<name=SparseSoftmaxCrossEntropyWithLogits; "
                        "signature=features:T, labels:Tlabels -> loss:T, backprop:T; "
                        "attr=T:type,allowed=[DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE]; "
                        "attr=Tlabels:type,default=DT_INT64,allowed=[DT_INT32, DT_INT64]> "
                        "[Op:SparseSoftmaxCrossEntropyWithLogits] name: ");
    }
    const Shape& shape = in[0].shape();
    if (shape.size() != 2) refuse(row, "logits must be 2-D, but got shape " + kernelText(shape));
    if (labels.shape().size() != 1) refuse(row, "labels must be 1-D, but got shape " + kernelText(labels.shape()));
    if (labels.shape()[0] != shape[0])
        refuse(row, "logits and labels must have the same first dimension, got logits shape " + kernelText(shape) +
                        " and labels shape " + kernelText(labels.shape()));
    if (shape[1] <= 0) refuse(row, "Must have at least one class, but got logits shape " + kernelText(shape));
    checkLabels(row, labels, shape[1]);
    return inFloatOrDouble(row, in.first(1), [&]<class T>(Inputs x) {
        Filling<T> loss({shape[0]});
        Filling<T> back(shape);
        const ShiftedRows<T> rows(x[0]);
        const std::vector<T> powers = rows.exponentials();
        for (std::int64_t r = 0; r < shape[0]; ++r) {
            const auto at = static_cast<std::size_t>(r), first = at * static_cast<std::size_t>(shape[1]);
            const auto label = static_cast<std::size_t>(labelAt(labels, r));
            // The logarithm is taken one by one here; 0 is what is added to it for each other class.
            loss.values[at] = T(0) + (std::log(rows.sums[at]) - rows.values[first + label]);
            for (std::size_t c = 0; c < static_cast<std::size_t>(shape[1]); ++c)
                back.values[first + c] = powers[first + c] / rows.sums[at] - (c == label ? T(1) : T(0));
        }
        return Tensors{std::move(loss).done(), std::move(back).done()};
    });
}

/// nn_grad.py _SoftmaxCrossEntropyWithLogitsGrad, for the logits: through the loss, and through the gradient beside it.
Operand toLogits(Runner& run, const Executed& op, Gradients g, const Operand& column) {
    const Operand fromLoss = g[0] ? run.run("Mul", {column, op.outputs[1]}) : Operand{};
    if (!g[1]) return fromLoss;
    const Operand softmax = run.run("Softmax", {op.inputs[0]});
    const Operand total = run.run("Sum", {run.run("Mul", {g[1], softmax})}, {Shape{-1}, true});
    const Operand fromBack = run.run("Mul", {run.run("Sub", {g[1], total}), softmax});
    return fromLoss ? run.run("AddV2", {fromLoss, fromBack}) : fromBack;
}

Operands denseBack(Runner& run, const Executed& op, Gradients g) {
    const Operand column = g[0] ? run.run("ExpandDims", {g[0]}, {std::int64_t{-1}}) : Operand{};
    Operands back(2);
    if (op.wanted[0]) back[0] = toLogits(run, op, g, column);
    if (op.wanted[1] && column) {
        const Operand surprise = run.run("Neg", {run.run("LogSoftmax", {op.inputs[0]})});
        back[1] = run.run("Mul", {column, surprise});
    }
    return back;
}

Operands sparseBack(Runner& run, const Executed& op, Gradients g) {
    const Operand column = g[0] ? run.run("ExpandDims", {g[0]}, {std::int64_t{-1}}) : Operand{};
    return {toLogits(run, op, g, column), {}};
}
}  // namespace

std::vector<OpRow> crossentropy() {
    return {
        {"SoftmaxCrossEntropyWithLogits",
         "",
         "L = −Σᵢ pᵢ ln softmax(z)ᵢ",
         "The cross entropy of a softmax against probabilities.",
         {{"features"}, {"labels"}},
         {},
         dense,
         denseBack,
         nullptr,
         "loss backprop"},
        {"SparseSoftmaxCrossEntropyWithLogits",
         "",
         "L = −ln softmax(z)ₗ",
         "The cross entropy of a softmax against the number of the right class.",
         {{"features"}, {"labels", Severed}},
         {},
         sparse,
         sparseBack,
         nullptr,
         "loss backprop"},
    };
}

}  // namespace tapescope::rows
