// SPDX-License-Identifier: Apache-2.0
// Running totals along one axis: of everything up to an element, or before it (exclusive), or from the other end.
#include <cmath>
#include <limits>

#include "core/ops/loops.h"
#include "core/ops/rows.h"
#include "core/ops/term.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

struct RunningSum {
    template <class W>
    static W start() {
        return W(0);
    }
    static auto join(auto a, auto b) { return a + b; }
};
struct RunningProduct {
    template <class W>
    static W start() {
        return W(1);
    }
    static auto join(auto a, auto b) { return a * b; }
};
struct RunningLogSumExp {
    template <class W>
    static W start() {
        return -std::numeric_limits<W>::infinity();
    }
    template <class W>
    static W join(W a, W b) {
        const W larger = std::max(a, b);
        return std::isinf(larger) ? larger : larger + std::log1p(std::exp(std::min(a, b) - larger));
    }
};

/// How a call goes through the elements.
struct Route {
    std::int64_t outer = 1, length = 1, inner = 1;
    bool exclusive, reverse;

    Route(const OpRow& row, const Tensor& x, const Attributes& attributes)
        : exclusive(std::get<bool>(attributes[1])), reverse(std::get<bool>(attributes[2])) {
        const auto rank = static_cast<std::int64_t>(x.shape().size());
        const std::int64_t given = std::get<std::int64_t>(attributes[0]);
        if (given < -rank || given >= rank) {
            refuse(row, "ScanOp: Expected scan axis in the range [" + std::to_string(-rank) + ", " +
                            std::to_string(rank) + "), but got " + std::to_string(given < 0 ? given + rank : given));
        }
        const auto axis = static_cast<std::size_t>(given < 0 ? given + rank : given);
        for (std::size_t i = 0; i < axis; ++i) outer *= x.shape()[i];
        length = x.shape()[axis];
        for (std::size_t i = axis + 1; i < x.shape().size(); ++i) inner *= x.shape()[i];
    }
};

template <class T, class Scan>
Tensor scanned(const OpRow& row, const Tensor& x, const Attributes& attributes) {
    using W = Modular<T>;
    const Route route(row, x, attributes);
    Filling<T> result(x.shape());
    const T* from = x.as<T>().data();
    T* to = result.values.data();
    for (std::int64_t outer = 0; outer < route.outer; ++outer) {
        for (std::int64_t inner = 0; inner < route.inner; ++inner) {
            W total = Scan::template start<W>();
            for (std::int64_t i = 0; i < route.length; ++i) {
                const std::int64_t step = route.reverse ? route.length - 1 - i : i;
                const std::int64_t at = (outer * route.length + step) * route.inner + inner;
                const W before = total;
                total = static_cast<W>(Scan::join(total, static_cast<W>(from[at])));
                to[at] = static_cast<T>(route.exclusive ? before : total);
            }
        }
    }
    return std::move(result).done();
}

template <class Scan>
Tensors ofNumbers(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {numericOrComplex(row, in[0].dtype(), [&]<class T>() { return scanned<T, Scan>(row, in[0], attributes); })};
}

Tensors ofFloats(const OpRow& row, Inputs in, const Attributes& attributes) {
    return {
        floating(row, in[0].dtype(), [&]<class T>() { return scanned<T, RunningLogSumExp>(row, in[0], attributes); })};
}

Attributes turned(const Attributes& attributes) {
    return {attributes[0], attributes[1], !std::get<bool>(attributes[2])};
}

Term sumBack(const Back& at) {
    return at.g().call("Cumsum", turned(at.op.attributes));
}

/// math_grad.py _CumprodGrad: 0 where the input is, as TensorFlow has it.
Term productBack(const Back& at) {
    const Term product = at.input().call("Cumprod", at.op.attributes);
    return (product * at.g()).call("Cumsum", turned(at.op.attributes)).call("DivNoNan", at.input());
}

/// math_grad.py _CumulativeLogsumexpGrad: positive and negative gradients apart, in logarithms.
Term logSumExpBack(const Back& at) {
    const Term g = at.g();
    const double least = g.value().dtype() == DType::Float64
                             ? std::numeric_limits<double>::lowest()
                             : static_cast<double>(std::numeric_limits<float>::lowest());
    const auto part = [&](std::string_view sign, const Term& size) {
        const Term there = g.call(sign, g.number(0));
        const Term logarithm{at.runner, at.runner.run("SelectV2", {there, size.call("Log"), g.number(least)})};
        const Term total = (logarithm - at.output()).call("CumulativeLogsumexp", turned(at.op.attributes));
        return (total + at.input()).call("Exp");
    };
    return part("Greater", g) - part("Less", -g);
}

OpRow along(std::string_view type, std::string_view names, std::string_view formula, std::string_view doc,
            decltype(OpRow::forward) forward, decltype(OpRow::pullback) pullback) {
    return {type,    names,   formula,
            doc,     {{"x"}}, {{"axis", std::int64_t{0}}, {"exclusive", false}, {"reverse", false}},
            forward, pullback};
}
}  // namespace

std::vector<OpRow> scan() {
    return {
        along("Cumsum", "cumsum math.cumsum", "yᵢ = Σ x₁…xᵢ", "The running sum along an axis.", ofNumbers<RunningSum>,
              oneBack<sumBack>),
        along("Cumprod", "math.cumprod", "yᵢ = Π x₁…xᵢ", "The running product along an axis.",
              ofNumbers<RunningProduct>, oneBack<productBack>),
        along("CumulativeLogsumexp", "math.cumulative_logsumexp", "yᵢ = ln Σ exp(x₁…xᵢ)",
              "The running logarithm of summed exponentials along an axis.", ofFloats, oneBack<logSumExpBack>),
    };
}

}  // namespace tapescope::rows
