// SPDX-License-Identifier: Apache-2.0
// The way back of a step: what passed, where it was cut, where it ended.
#include <algorithm>
#include <limits>
#include <set>

#include "core/trace/drawing.h"

namespace tapescope {

namespace {

class WayBack {
public:
    explicit WayBack(Drawing& drawing) : drawing_(drawing), timeline_(drawing.timeline) {}

    void draw() {
        drawing_.each<GradientArrived>([this](const GradientArrived& fact, EventIndex index) { arrive(fact, index); });
        drawing_.each<GradientAnswered>(
            [this](const GradientAnswered& fact, EventIndex index) { answer(fact, index); });
        joinWhatMeets();
    }

private:
    void add(GradientEdge edge) {
        if (drawn_.insert({edge.gradient, edge.along, edge.end}).second) drawing_.graph.gradients.push_back(edge);
    }

    void arrive(const GradientArrived& fact, EventIndex index) {
        if (!fact.through.valid()) return;
        GradientEdge edge;
        edge.gradient = fact.gradient;
        edge.arrives = index;
        const Summary summary = summaryOf(fact.value);
        edge.norm = summary.nans > 0         ? std::numeric_limits<double>::quiet_NaN()
                    : summary.infinities > 0 ? std::numeric_limits<double>::infinity()
                                             : summary.norm;
        for (const auto along : edgesAt(fact.through, fact.input)) {
            edge.along = along;
            add(edge);
        }
    }

    /// The value edges into an input. Of a read: those from the variable to what used it.
    std::vector<std::uint32_t> edgesAt(NodeId node, std::uint32_t input) const {
        if (timeline_.op(node).op != "ReadVariableOp") {
            const auto found = drawing_.edges.find({node, false, input});
            if (found == drawing_.edges.end()) return {};
            return {found->second};
        }
        std::vector<std::uint32_t> edges;
        for (const auto output : timeline_.op(node).outputs) {
            for (const auto consumer : timeline_.tensors()[output.index()].consumers) {
                const auto& inputs = timeline_.op(consumer).inputs;
                for (std::uint32_t i = 0; i < inputs.size(); ++i) {
                    const auto found = drawing_.edges.find({consumer, false, i});
                    if (inputs[i] == output && found != drawing_.edges.end()) edges.push_back(found->second);
                }
            }
        }
        return edges;
    }

    void answer(const GradientAnswered& fact, EventIndex index) {
        for (const auto& source : fact.answers) {
            if (!source.asked) continue;
            if (source.state == GradientState::None) cut(fact.gradient, source, index);
            if (const auto* made = drawing_.producer(source.source); made != nullptr && made->op != "ReadVariableOp")
                end(fact, source.source, index);
        }
    }

    void cut(GradientId gradient, const SourceAnswer& source, EventIndex index) {
        if (!source.cutNode.valid()) return;
        GradientEdge edge{0, gradient, index, EdgeEnd::Scissors, source.reason, false, 0};
        const bool host = source.reason == CutReason::LeftTensorFlow || source.reason == CutReason::Copied;
        const auto left = drawing_.edges.find({source.cutNode, true, source.cutInput});
        if (host && left != drawing_.edges.end()) {
            edge.along = left->second;
            add(edge);
            return;
        }
        for (const auto along : edgesAt(source.cutNode, source.cutInput)) {
            edge.along = along;
            add(edge);
        }
    }

    /// Bars where the way back ended at a source, before variables that were on the path and not asked for.
    void end(const GradientAnswered& fact, TensorId source, EventIndex index) {
        const auto box = drawing_.boxOf(source);
        if (!box) return;
        const auto behind = reachedFromNotAsked(fact);
        const auto& values = drawing_.graph.values;
        for (std::uint32_t i = 0; i < values.size(); ++i)
            if (values[i].to == *box && values[i].recorded && behind[values[i].from])
                add({i, fact.gradient, index, EdgeEnd::EndBar, CutReason::Uncut, false, 0});
    }

    /// By box: whether a variable that was on the path and not asked for leads there over recorded values.
    std::vector<bool> reachedFromNotAsked(const GradientAnswered& fact) const {
        std::vector<bool> reached(drawing_.graph.boxes.size(), false);
        for (const auto& answer : fact.answers) {
            if (answer.asked || !answer.path) continue;
            if (const auto variable = drawing_.boxOf(answer.source)) reached[*variable] = true;
        }
        // Edges come in the order in which their consumers ran.
        for (const auto& edge : drawing_.graph.values)
            if (edge.recorded && reached[edge.from]) reached[edge.to] = true;
        return reached;
    }

    void joinWhatMeets() {
        std::map<std::pair<GradientId, TensorId>, int> arrivals;
        auto& gradients = drawing_.graph.gradients;
        const auto meeting = [this](const GradientEdge& edge) {
            return std::pair(edge.gradient, drawing_.graph.values[edge.along].tensor);
        };
        for (const auto& edge : gradients)
            if (edge.end == EdgeEnd::Open) ++arrivals[meeting(edge)];
        for (auto& edge : gradients) edge.meets = edge.end == EdgeEnd::Open && arrivals[meeting(edge)] > 1;
    }

    Drawing& drawing_;
    const Timeline& timeline_;
    std::set<std::tuple<GradientId, std::uint32_t, EdgeEnd>> drawn_;
};

}  // namespace

void drawGradients(Drawing& drawing) {
    WayBack(drawing).draw();
}

}  // namespace tapescope
