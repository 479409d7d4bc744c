// SPDX-License-Identifier: Apache-2.0
// Comparisons and choices. A truth value carries no gradient.
#include <array>

#include "core/ops/loops.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct Less {
    auto operator()(const auto& a, const auto& b) const { return a < b; }
};
struct LessEqual {
    auto operator()(const auto& a, const auto& b) const { return a <= b; }
};
struct Greater {
    auto operator()(const auto& a, const auto& b) const { return a > b; }
};
struct GreaterEqual {
    auto operator()(const auto& a, const auto& b) const { return a >= b; }
};
struct Equal {
    auto operator()(const auto& a, const auto& b) const { return a == b; }
};
struct NotEqual {
    auto operator()(const auto& a, const auto& b) const { return a != b; }
};

template <class Relation>
Tensors compared(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        return pairsOf<bool, T>(in[0], in[1], commonShape(row, in[0], in[1]), Relation{});
    })};
}

/// Of anything. Shapes that do not fit are different where the attribute says that they are no error: what == means.
template <class Relation>
Tensors equated(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    if (!std::get<bool>(attributes[0]) && !broadcast(in[0].shape(), in[1].shape())) {
        return {Tensor::of<bool>({}, std::array<bool, 1>{Relation{}(0, 1)})};
    }
    const auto compare = [&]<class T>() {
        return pairsOf<bool, T>(in[0], in[1], commonShape(row, in[0], in[1]), Relation{});
    };
    if (in[0].dtype() == DType::String) return {compare.template operator()<std::string>()};
    return {any(row, in[0].dtype(), compare)};
}

Tensors chosen(const OpRow& row, Inputs inputs, const Attributes&) {
    requireSameDType(row, inputs.subspan(1));
    auto shape = broadcast(inputs[1].shape(), inputs[2].shape());
    if (shape) shape = broadcast(*shape, inputs[0].shape());
    if (!shape) {
        refuse(row, "condition " + kernelText(inputs[0].shape()) + ", then " + kernelText(inputs[1].shape()) +
                        ", and else " + kernelText(inputs[2].shape()) + " must be broadcastable");
    }
    return {byElementSize(row, inputs[1].dtype(), [&]<class T>() {
        const Tensor condition = stretched(inputs[0], *shape);
        const Tensor yes = stretched(inputs[1], *shape);
        const Tensor no = stretched(inputs[2], *shape);
        Filling<T> result(*shape);
        for (std::size_t i = 0; i < result.values.size(); ++i)
            result.values[i] = condition.as<bool>()[i] ? yes.as<T>()[i] : no.as<T>()[i];
        return std::move(result).done(inputs[1].dtype());
    })};
}

Operands chosenBack(Runner& run, const Executed& op, std::span<const Operand> g) {
    const Operand zeros = run.run("ZerosLike", {g[0]});
    Operands back(3);
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
        if (!op.wanted[i]) continue;
        const Operand part = i == 1 ? run.run("SelectV2", {op.inputs[0], g[0], zeros})
                                    : run.run("SelectV2", {op.inputs[0], zeros, g[0]});
        back[i] = reducedTo(run, part, op.inputs[i].value.shape());
    }
    return back;
}

OpRow relation(std::string_view type, std::string_view names, std::string_view formula,
               decltype(OpRow::forward) forward) {
    return {type, names,  formula, "A truth value for each element; has no gradient.", {{"x", Severed}, {"y", Severed}},
            {},   forward};
}

OpRow equality(std::string_view type, std::string_view names, std::string_view formula,
               decltype(OpRow::forward) forward) {
    OpRow row = relation(type, names, formula, forward);
    row.attributes = {{"incompatible_shape_error", true}};
    return row;
}
}  // namespace

std::vector<OpRow> comparison() {
    return {
        relation("Less", "less math.less", "z = x < y", compared<Less>),
        relation("LessEqual", "less_equal math.less_equal", "z = x ≤ y", compared<LessEqual>),
        relation("Greater", "greater math.greater", "z = x > y", compared<Greater>),
        relation("GreaterEqual", "greater_equal math.greater_equal", "z = x ≥ y", compared<GreaterEqual>),
        equality("Equal", "equal math.equal", "z = x = y", equated<Equal>),
        equality("NotEqual", "not_equal math.not_equal", "z = x ≠ y", equated<NotEqual>),
        {"SelectV2",
         "where",
         "z = x where the condition holds, else y",
         "Chooses element by element; the part not chosen gets a gradient of 0.",
         {{"condition", Severed}, {"x"}, {"y"}},
         {},
         chosen,
         chosenBack},
    };
}

}  // namespace tapescope::rows
