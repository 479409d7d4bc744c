// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "core/ops/einsum.h"
#include "core/ops/kernel.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
constexpr std::string_view ellipsis = "...";

bool contains(const std::string& labels, char label) {
    return labels.find(label) != std::string::npos;
}

/// The labels of `from` that stand in none of the others, each once.
std::string only(const std::string& from, const std::string& others) {
    std::string result;
    for (const char label : from) {
        if (label != '.' && !contains(others, label) && !contains(result, label)) result += label;
    }
    return result;
}

std::string without(const std::string& subscripts, const std::string& labels) {
    std::string result;
    for (const char label : subscripts) {
        if (!contains(labels, label)) result += label;
    }
    return result;
}

bool repeats(const std::string& subscripts) {
    for (std::size_t i = 0; i < subscripts.size(); ++i) {
        if (subscripts[i] != '.' && subscripts.find(subscripts[i], i + 1) != std::string::npos) return true;
    }
    return false;
}

/// Axis of a label in a tensor of this rank; behind an ellipsis it counts from the end.
std::size_t axisOf(const std::string& subscripts, char label, std::size_t rank) {
    const std::size_t at = subscripts.find(label);
    const std::size_t dots = subscripts.find(ellipsis);
    return dots == std::string::npos || at < dots ? at : rank - (subscripts.size() - at);
}

/// Where the axes of the ellipsis are, as a half-open range; empty without one.
std::pair<std::size_t, std::size_t> openAxes(const std::string& subscripts, std::size_t rank) {
    const std::size_t dots = subscripts.find(ellipsis);
    if (dots == std::string::npos) return {0, 0};
    return {dots, rank - (subscripts.size() - dots - ellipsis.size())};
}

class Way {
public:
    Way(Runner& run, std::string output) : run_(run), output_(std::move(output)) {}

    /// Gradient of the only operand.
    Operand single(const Operand& g, const std::string& subscripts, const Shape& shape) {
        const std::string summed = only(subscripts, output_);
        if (summed.empty()) return sum({g}, output_ + "->" + subscripts);
        return spread(g, output_, subscripts, shape, summed);
    }

    /// Gradient of one of two operands, before what was broadcast is summed.
    Operand ofPair(const Operand& g, const Operand& other, const std::string& subscripts, const std::string& others,
                   const Shape& shape) {
        const std::string summed = only(subscripts, output_ + others);
        const std::string left = without(subscripts, summed);
        const Operand part = sum({g, other}, output_ + "," + others + "->" + left);
        return summed.empty() ? part : spread(part, left, subscripts, shape, summed);
    }

private:
    Operand sum(Operands inputs, const std::string& equation) {
        return run_.run("Einsum", std::move(inputs), {equation});
    }

    /// Repeats a gradient along the labels that were summed away.
    Operand spread(const Operand& g, const std::string& from, const std::string& subscripts, const Shape& shape,
                   const std::string& summed) {
        if (!repeats(subscripts) && !repeats(from) && without(subscripts, summed) == from) {
            Shape kept = shape;
            for (const char label : summed) kept[axisOf(subscripts, label, shape.size())] = 1;
            return run_.run("BroadcastTo", {run_.run("Reshape", {g}, {kept})}, {shape});
        }
        const Shape& own = g.value.shape();
        Shape ones(summed.size(), 1);
        Shape sizes;
        for (const char label : summed) sizes.push_back(shape[axisOf(subscripts, label, shape.size())]);
        ones.insert(ones.end(), own.begin(), own.end());
        sizes.insert(sizes.end(), own.begin(), own.end());
        const Operand wide = run_.run("BroadcastTo", {run_.run("Reshape", {g}, {ones})}, {sizes});
        return sum({wide}, summed + from + "->" + subscripts);
    }

    Runner& run_;
    std::string output_;
};

/// Sums over the axes of the ellipsis along which the operand was repeated.
Operand unstretched(Runner& run, const Operand& g, const std::string& subscripts, const Shape& shape) {
    if (g.value.shape() == shape) return g;
    const std::size_t rank = g.value.shape().size();
    const auto [from, to] = openAxes(subscripts, rank);
    const std::size_t own = shape.size() - (rank - (to - from));  // axes of the operand's ellipsis
    Shape axes;
    for (std::size_t axis = from; axis < to; ++axis) {
        const std::size_t back = to - axis;  // from the right, 1 for the last
        const bool missing = back > own;
        const std::size_t at = missing ? 0 : from + own - back;
        if (missing || (shape[at] == 1 && g.value.shape()[axis] != 1)) axes.push_back(static_cast<std::int64_t>(axis));
    }
    return run.run("Reshape", {run.run("Sum", {g}, {axes, false})}, {shape});
}
}  // namespace

Equation equationOf(const std::string& text) {
    Equation equation;
    const std::size_t arrow = text.find("->");
    equation.output = text.substr(arrow + 2);
    std::string inputs = text.substr(0, arrow);
    for (std::size_t comma = inputs.find(','); comma != std::string::npos; comma = inputs.find(',')) {
        equation.inputs.push_back(inputs.substr(0, comma));
        inputs.erase(0, comma + 1);
    }
    equation.inputs.push_back(inputs);
    return equation;
}

Operands einsumBack(Runner& run, const Executed& op, std::span<const Operand> gradients) {
    Equation equation = equationOf(std::get<std::string>(op.attributes[0]));
    Way way(run, equation.output);
    const Operand& g = gradients[0];
    if (op.inputs.size() == 1) return {way.single(g, equation.inputs[0], op.inputs[0].value.shape())};
    const bool open = equation.output.find(ellipsis) != std::string::npos;
    for (auto& subscripts : equation.inputs) {
        if (open && subscripts.find(ellipsis) == std::string::npos) subscripts += ellipsis;
    }
    Operands back(2);
    for (std::size_t i = 0; i < 2; ++i) {
        if (!op.wanted[i]) continue;
        const Shape& shape = op.inputs[i].value.shape();
        back[i] = way.ofPair(g, op.inputs[1 - i], equation.inputs[i], equation.inputs[1 - i], shape);
        if (open) back[i] = unstretched(run, back[i], equation.inputs[i], shape);
    }
    return back;
}

}  // namespace tapescope::rows
