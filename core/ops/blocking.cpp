// SPDX-License-Identifier: Apache-2.0
// What passes a value on, with or without its gradient.
#include "core/base/convert.h"
#include "core/ops/definition.h"
#include "core/ops/discarded.h"
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope {

std::vector<std::pair<DType, DType>>& discardedParts() {
    static thread_local std::vector<std::pair<DType, DType>> parts;
    return parts;
}

}  // namespace tapescope

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

Tensors same(const OpRow&, Inputs in, const Attributes&) {
    return {in[0]};
}

Operands sameBack(Runner&, const Executed&, std::span<const Operand> g) {
    return {g[0]};
}

Tensors cast(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType wanted = std::get<DType>(attributes[0]);
    if (wanted == in[0].dtype()) return {in[0]};
    if (tapescope::row(wanted).size == 0 || tapescope::row(in[0].dtype()).size == 0) {
        const auto name = [](DType dtype) { return std::string(tapescope::row(dtype).kernelName); };
        refuse(row, "Cast " + name(in[0].dtype()) + " to " + name(wanted) + " is not supported", {},
               ErrorKind::Unimplemented);
    }
    return {converted(in[0], wanted)};
}

/// math_grad.py _CastGrad: only between floating or complex dtypes.
Flow castFlow(std::size_t, Inputs in, const Attributes& attributes) {
    const auto differentiable = [](DType dtype) {
        return tapescope::row(dtype).floating || tapescope::row(dtype).complex();
    };
    return differentiable(in[0].dtype()) && differentiable(std::get<DType>(attributes[0])) ? Smooth : Severed;
}

Operands castBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const DType from = g[0].value.dtype();
    const DType to = op.inputs[0].value.dtype();
    if (tapescope::row(from).complex() && tapescope::row(to).floating) discardedParts().emplace_back(from, to);
    Operand back = run.run("Cast", {g[0]}, {to});
    back.slices = g[0].slices;  // what tf.cast does with slices
    return {back};
}

/// TensorFlow's number of a dtype, which this one complaint shows.
int protocolNumber(DType dtype) {
    constexpr int numbers[] = {1, 2, 3, 9, 10, 20, 19, 14, 6, 5, 4, 17, 22, 23, 8, 18, 7, 21};
    return numbers[static_cast<std::size_t>(dtype)];
}

/// The same bits as elements of another dtype; the last axis makes up for another size.
Tensors bitcast(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType wanted = std::get<DType>(attributes[0]);
    const auto from = static_cast<std::int64_t>(tapescope::row(in[0].dtype()).size);
    const auto to = static_cast<std::int64_t>(tapescope::row(wanted).size);
    if (to == 0 || wanted == DType::Bool) refuseType(row, "type", wanted);
    Shape shape = in[0].shape();
    if (to < from) {
        shape.push_back(from / to);
    } else if (to > from) {
        if (shape.empty() || shape.back() != to / from) {
            refuse(row, "Cannot bitcast from " + std::to_string(protocolNumber(in[0].dtype())) + " to " +
                            std::to_string(protocolNumber(wanted)));
        }
        shape.pop_back();
    }
    return {in[0].viewed(wanted, shape)};
}

Tensors filled(const OpRow& row, Inputs in, int value) {
    if (in[0].dtype() == DType::String) {
        if (value != 0) refuseDType(row, in[0].dtype());
        return {Filling<std::string>(in[0].shape()).done(in[0].dtype())};
    }
    if (tapescope::row(in[0].dtype()).size == 0) refuseDType(row, in[0].dtype());
    return {stretched(scalarOf(value, in[0].dtype()), in[0].shape())};
}

Tensors zeros(const OpRow& row, Inputs in, const Attributes&) {
    return filled(row, in, 0);
}
Tensors ones(const OpRow& row, Inputs in, const Attributes&) {
    return filled(row, in, 1);
}
}  // namespace

std::vector<OpRow> blocking() {
    return {
        {"Identity",
         "identity",
         "y = x",
         "The same value as a new tensor.",
         {{"input"}},
         {},
         same,
         sameBack,
         nullptr,
         {},
         true},
        {"GuaranteeConst",
         "",
         "y = x",
         "The same value, of which somebody promises that it stays.",
         {{"input", Unregistered}},
         {},
         same},
        {"StopGradient", "", "y = x", "The same value; the way back ends here.", {{"input", Severed}}, {}, same},
        {"Cast",
         "cast",
         "y = x in another dtype",
         "Another dtype; only between floating ones does the gradient pass.",
         {{"x"}},
         {{"dtype", DType::Float32}},
         cast,
         castBack,
         castFlow,
         {},
         true},
        {"Bitcast",
         "bitcast",
         "y = the bits of x",
         "The same bits as another dtype; nobody wrote a gradient for it.",
         {{"input", Unregistered}},
         {{"type", DType::Float32}},
         bitcast},
        {"ZerosLike", "zeros_like", "y = 0", "Zeros in the shape of x.", {{"input", Severed}}, {}, zeros},
        {"OnesLike", "ones_like", "y = 1", "Ones in the shape of x.", {{"input", Severed}}, {}, ones},
    };
}

}  // namespace tapescope::rows
