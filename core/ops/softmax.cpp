// SPDX-License-Identifier: Apache-2.0
// Softmax and its logarithm over the last axis.
#include "core/ops/softmax.h"

#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

void requireAxis(const OpRow& row, const Tensor& input) {
    const std::size_t rank = input.shape().size();
    // oneDNN's kernel has words and a limit of its own.
    if (row.type == "Softmax" && input.dtype() == DType::Float32 && (rank == 0 || rank > 5))
        refuse(row, "Input dims must be <= 5 and >=1");
    if (rank == 0) refuse(row, "logits must have >= 1 dimension, got []");
}

Tensors softmaxForward(const OpRow& row, Inputs in, const Attributes&) {
    requireAxis(row, in[0]);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result(x[0].shape());
        const std::int64_t columns = x[0].shape().back();
        if constexpr (std::is_same_v<T, float>) {
            if (columns != 0)
                chosenLevel().softmax(x[0].as<T>().data(), result.values.data(), x[0].count() / columns, columns);
        } else {
            const ShiftedRows<T> rows(x[0]);
            const std::vector<T> powers = rows.exponentials(), inverses = rows.inverses();
            for (std::size_t i = 0; i < powers.size(); ++i)
                result.values[i] = powers[i] * inverses[i / static_cast<std::size_t>(columns)];
        }
        return Tensors{std::move(result).done()};
    });
}

Tensors logSoftmaxForward(const OpRow& row, Inputs in, const Attributes&) {
    requireAxis(row, in[0]);
    return inFloatOrDouble(row, in, [&]<class T>(Inputs x) {
        Filling<T> result(x[0].shape());
        const ShiftedRows<T> rows(x[0]);
        const std::vector<T> logarithms = rows.logarithms();
        for (std::size_t i = 0; i < rows.values.size(); ++i)
            result.values[i] = rows.values[i] - logarithms[i / static_cast<std::size_t>(rows.columns)];
        return Tensors{std::move(result).done()};
    });
}

Operands softmaxBack(Runner& run, const Executed& op, Gradients g) {
    const Operand& y = op.outputs[0];
    const Operand total = run.run("Sum", {run.run("Mul", {g[0], y})}, {Shape{-1}, true});
    return {run.run("Mul", {run.run("Sub", {g[0], total}), y})};
}

Operands logSoftmaxBack(Runner& run, const Executed& op, Gradients g) {
    const Operand softmax = run.run("Exp", {op.outputs[0]});
    const Operand total = run.run("Sum", {g[0]}, {Shape{-1}, true});
    return {run.run("Sub", {g[0], run.run("Mul", {total, softmax})})};
}

}  // namespace

std::vector<OpRow> softmax() {
    return {
        {"Softmax",
         "",
         "yᵢ = eˣⁱ / Σⱼ eˣʲ",
         "Probabilities over the last axis.",
         {{"logits"}},
         {},
         softmaxForward,
         softmaxBack},
        {"LogSoftmax",
         "",
         "yᵢ = xᵢ − ln Σⱼ eˣʲ",
         "Logarithms of probabilities over the last axis.",
         {{"logits"}},
         {},
         logSoftmaxForward,
         logSoftmaxBack},
    };
}

}  // namespace tapescope::rows
