// SPDX-License-Identifier: Apache-2.0
// Gradients run beside the values, on the outer side of an operation's inputs, from the consumer back to the value.
#include <algorithm>
#include <tuple>

#include "app/layout/curve.h"
#include "app/layout/draft.h"

namespace tapescope {

namespace {

constexpr double sideways = 14;
constexpr std::size_t lookedAt = 2000;  ///< boxes; with more, nobody sees what an arrow runs over
constexpr double jointDistance = 22;    ///< of the point where contributions meet, from the box

/// The value edges that go into each box.
using Inputs = std::vector<std::vector<std::uint32_t>>;

Inputs inputsOf(const StepGraph& graph) {
    Inputs inputs(graph.boxes.size());
    for (std::uint32_t i = 0; i < graph.values.size(); ++i) inputs[graph.values[i].to].push_back(i);
    return inputs;
}

/// Is this input among the left half of its consumer's, seen on the screen? A single one is not: it takes the right
/// side.
bool onTheLeft(const Draft& draft, const std::vector<std::uint32_t>& inputs, std::uint32_t along) {
    const auto approach = [&draft](std::uint32_t edge) { return pointAt(draft.layout.values[edge], 0.7).at.x(); };
    const double own = approach(along);
    std::size_t before = 0;
    for (const std::uint32_t input : inputs)
        if (std::pair(approach(input), input) < std::pair(own, along)) ++before;
    return 2 * before + 1 < inputs.size();
}

Curve backOn(const Draft& draft, const GradientEdge& gradient, double away) {
    const ValueEdge& edge = draft.graph.values[gradient.along];
    Curve curve = beside(reversed(draft.layout.values[gradient.along]), away);
    moveEnd(curve, CurveEnd::Start, draft.border(edge.to, curve.front()));
    moveEnd(curve, CurveEnd::Finish, draft.border(edge.from, curve.back()));
    return curve;
}

/// On the outer side of the inputs; where boxes stand in that way and not in the other, on the other.
Curve backAlong(const Draft& draft, const Inputs& inputs, const GradientEdge& gradient, double away) {
    const ValueEdge& edge = draft.graph.values[gradient.along];
    const double side = onTheLeft(draft, inputs[edge.to], gradient.along) ? 1 : -1;
    Curve usual = backOn(draft, gradient, side * away);
    if (draft.rects.size() > lookedAt) return usual;
    const std::size_t under = boxesUnder(draft, usual, {edge.from, edge.to});
    if (under == 0) return usual;
    Curve other = backOn(draft, gradient, -side * away);
    return boxesUnder(draft, other, {edge.from, edge.to}) < under ? other : usual;
}

using Meeting = std::tuple<std::uint32_t, TensorId, GradientId>;

/// Lets the contributions to one gradient end in one point before the box, and go on together from there.
void joinContributions(Draft& draft) {
    std::map<Meeting, std::vector<std::size_t>> meetings;
    for (std::size_t i = 0; i < draft.graph.gradients.size(); ++i) {
        const GradientEdge& gradient = draft.graph.gradients[i];
        const ValueEdge& edge = draft.graph.values[gradient.along];
        if (gradient.meets && gradient.end == EdgeEnd::Open)
            meetings[{edge.from, edge.tensor, gradient.gradient}].push_back(i);
    }
    for (const auto& [meeting, members] : meetings) {
        const std::uint32_t box = std::get<0>(meeting);
        double x = 0;
        for (const std::size_t i : members) x += draft.layout.gradients[i].back().x() / double(members.size());
        const QPointF border = draft.border(box, {x, draft.rects[box].bottom()});
        const QPointF joint = border + QPointF(0, jointDistance);
        for (const std::size_t i : members) {
            Curve& curve = draft.layout.gradients[i];
            moveEnd(curve, CurveEnd::Finish, joint);
            curve.insert(curve.end(), {joint + (border - joint) / 3, joint + (border - joint) * 2 / 3, border});
        }
    }
}

}  // namespace

void drawBackward(Draft& draft) {
    const Inputs inputs = inputsOf(draft.graph);
    std::map<std::uint32_t, int> before;  // gradients along the same edge
    for (const GradientEdge& gradient : draft.graph.gradients)
        draft.layout.gradients.push_back(
            backAlong(draft, inputs, gradient, sideways * (1 + 0.8 * before[gradient.along]++)));
    joinContributions(draft);
}

}  // namespace tapescope
