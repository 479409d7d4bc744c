// SPDX-License-Identifier: Apache-2.0
// Where values come from: constants and variables, which the session makes itself, ranges, and what a
// tensor says of itself.
#include <cmath>
#include <sstream>

#include "core/ops/definition.h"
#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

Tensors filled(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSizes(row, std::get<Shape>(attributes[0]));
    return {stretched(in[0], std::get<Shape>(attributes[0]))};
}

Operands filledBack(Runner& run, const Executed&, std::span<const Operand> g) {
    return {run.run("Sum", {g[0]}, {std::monostate{}, false})};
}

Operands readBack(Runner&, const Executed&, std::span<const Operand> g) {
    return {g[0]};
}

template <class T>
std::string textOf(T value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

/// How many numbers lie between two, at a distance.
template <class T>
std::int64_t countBetween(T start, T limit, T delta) {
    if constexpr (std::is_integral_v<T>) {
        const auto span = std::abs(static_cast<std::int64_t>(limit) - static_cast<std::int64_t>(start));
        const auto step = std::abs(static_cast<std::int64_t>(delta));
        return (span + step - 1) / step;
    } else {
        return static_cast<std::int64_t>(std::ceil(std::abs((limit - start) / delta)));
    }
}

/// sequence_ops.cc RangeOp: start, start + delta, ... below the limit.
template <class T>
Tensor counted(const OpRow& row, Inputs in) {
    const auto at = [&](std::size_t i) { return static_cast<Wide<T>>(in[i].template as<T>()[0]); };
    const auto start = at(0);
    const auto limit = at(1);
    const auto delta = at(2);
    if (delta == 0) refuse(row, "Requires delta != 0: 0");
    if (delta > 0 && start > limit)
        refuse(row, "Requires start <= limit when delta > 0: " + textOf(start) + "/" + textOf(limit));
    if (delta < 0 && start < limit)
        refuse(row, "Requires start >= limit when delta < 0: " + textOf(start) + "/" + textOf(limit));
    Filling<T> result({countBetween(start, limit, delta)});
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] = static_cast<T>(start + static_cast<Wide<T>>(i) * delta);
    return std::move(result).done();
}

Tensors ranged(const OpRow& row, Inputs in, const Attributes&) {
    const char* names[] = {"start", "limit", "delta"};
    for (std::size_t i = 0; i < 3; ++i) {
        if (in[i].shape().empty()) continue;
        refuse(row, std::string(names[i]) + " must be a scalar, not shape " + kernelText(in[i].shape()));
    }
    requireSameDType(row, in);
    if (in[0].dtype() == DType::Int32) return {counted<std::int32_t>(row, in)};
    if (in[0].dtype() == DType::Int64) return {counted<std::int64_t>(row, in)};
    return {floating(row, in[0].dtype(), [&]<class T>() { return counted<T>(row, in); })};
}

Tensor sizesOf(const Tensor& tensor, DType dtype) {
    const Shape& shape = tensor.shape();
    return integers(dtype, {static_cast<std::int64_t>(shape.size())},
                    std::vector<std::int64_t>(shape.begin(), shape.end()));
}

Tensors shapes(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto wanted = std::get<DType>(attributes[0]);
    if (wanted != DType::Int32 && wanted != DType::Int64) requireAllowed(row, "out_type", wanted);
    Tensors results;
    for (const Tensor& tensor : in) results.push_back(sizesOf(tensor, std::get<DType>(attributes[0])));
    return results;
}

Tensors size(const OpRow&, Inputs in, const Attributes& attributes) {
    return {integers(std::get<DType>(attributes[0]), {}, {in[0].count()})};
}

Tensors rank(const OpRow&, Inputs in, const Attributes&) {
    return {integers(DType::Int32, {}, {static_cast<std::int64_t>(in[0].shape().size())})};
}

Tensors same(const OpRow&, Inputs in, const Attributes&) {
    return {in.begin(), in.end()};
}

Operands sameBack(Runner&, const Executed&, std::span<const Operand> g) {
    return {g.begin(), g.end()};
}
}  // namespace

std::vector<OpRow> source() {
    const AttributeRow outType{"out_type", DType::Int32};
    return {
        {"Const", "", "y = constant", "A value from Python.", {}, {}},
        {"VarHandleOp", "", "v", "A variable.", {}, {}},
        {"ReadVariableOp",
         "",
         "y = v",
         "The value of a variable.",
         {{"resource"}},
         {},
         nullptr,
         readBack,
         nullptr,
         {},
         true},
        {"Fill", "", "y = value", "One value everywhere.", {{"value"}}, {{"shape", Shape{}}}, filled, filledBack},
        {"Range",
         "",
         "y = start, start + delta, …",
         "Numbers at equal distances, below a limit.",
         {{"start", Severed}, {"limit", Severed}, {"delta", Severed}},
         {},
         ranged},
        {"Shape", "", "y = shape of x", "The sizes of a tensor.", {{"input", Severed}}, {outType}, shapes},
        {"ShapeN",
         "",
         "y₁, y₂, … = shapes",
         "The sizes of each tensor.",
         {{"input", Severed}},
         {outType},
         shapes,
         nullptr,
         nullptr,
         "*"},
        {"Size",
         "",
         "y = number of elements",
         "How many elements a tensor has.",
         {{"input", Severed}},
         {outType},
         size},
        {"Rank", "rank", "y = number of axes", "How many axes a tensor has.", {{"input", Severed}}, {}, rank},
        {"IdentityN",
         "",
         "y₁, y₂, … = x₁, x₂, …",
         "The same values as new tensors.",
         {{"input"}},
         {},
         same,
         sameBack,
         nullptr,
         "*",
         true},
    };
}

}  // namespace tapescope::rows
