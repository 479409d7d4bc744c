// SPDX-License-Identifier: Apache-2.0
// What passes a value on, with or without its gradient.
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

std::vector<Tensor> same(const OpRow&, Inputs in, const Attributes&) {
    return {in[0]};
}

std::vector<Operand> sameBack(Runner&, const Executed&, std::span<const Operand> g) {
    return {g[0]};
}

std::vector<Tensor> cast(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType wanted = std::get<DType>(attributes[0]);
    if (wanted == in[0].dtype()) return {in[0]};
    return {any(row, in[0].dtype(), [&]<class From>() {
        return any(row, wanted, [&]<class To>() {
            Filling<To> result(in[0].shape());
            map(result) = map<From>(in[0]).template cast<To>();
            return std::move(result).done();
        });
    })};
}

/// math_grad.py _CastGrad: only between floating dtypes.
Flow castFlow(std::size_t, Inputs in, const Attributes& attributes) {
    const bool smooth =
        tapescope::row(in[0].dtype()).floating && tapescope::row(std::get<DType>(attributes[0])).floating;
    return smooth ? Smooth : Severed;
}

std::vector<Operand> castBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    return {run.run("Cast", {g[0]}, {op.inputs[0].value.dtype()})};
}

std::vector<Tensor> filled(const OpRow& row, Inputs in, int value) {
    return {any(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(in[0].shape());
        map(result).setConstant(static_cast<T>(value));
        return std::move(result).done();
    })};
}

std::vector<Tensor> zeros(const OpRow& row, Inputs in, const Attributes&) {
    return filled(row, in, 0);
}
std::vector<Tensor> ones(const OpRow& row, Inputs in, const Attributes&) {
    return filled(row, in, 1);
}
}  // namespace

std::vector<OpRow> blocking() {
    return {
        {"Identity", "identity", "y = x", "The same value as a new tensor.", {{"input"}}, {}, same, sameBack},
        {"StopGradient", "", "y = x", "The same value; the way back ends here.", {{"input", Severed}}, {}, same},
        {"Cast",
         "cast",
         "y = x in another dtype",
         "Another dtype; only between floating ones does the gradient pass.",
         {{"x"}},
         {{"dtype", DType::Float32}},
         cast,
         castBack,
         castFlow},
        {"ZerosLike", "zeros_like", "y = 0", "Zeros in the shape of x.", {{"input", Severed}}, {}, zeros},
        {"OnesLike", "ones_like", "y = 1", "Ones in the shape of x.", {{"input", Severed}}, {}, ones},
    };
}

}  // namespace tapescope::rows
