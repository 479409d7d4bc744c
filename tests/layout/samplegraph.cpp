// SPDX-License-Identifier: Apache-2.0
#include "tests/layout/samplegraph.h"

namespace tapescope::testing {

namespace {

std::uint32_t add(StepGraph& graph, BoxKind kind, std::uint32_t id, const char* title, bool recorded) {
    GraphBox box;
    box.key = {kind, id, 0};
    box.title = title;
    if (kind == BoxKind::Variable) box.variable = VariableId{id};
    if (recorded) box.tapes = {TapeId{0}};
    graph.boxes.push_back(box);
    return static_cast<std::uint32_t>(graph.boxes.size() - 1);
}

void connect(StepGraph& graph, std::uint32_t from, std::uint32_t to, bool meets = false) {
    ValueEdge edge;
    edge.from = from;
    edge.to = to;
    edge.tensor = TensorId{from};
    edge.label = "2×2";
    edge.recorded = true;
    graph.values.push_back(edge);
    GradientEdge gradient;
    gradient.along = static_cast<std::uint32_t>(graph.values.size() - 1);
    gradient.gradient = GradientId{0};
    gradient.meets = meets;
    graph.gradients.push_back(gradient);
}

void pair(StepGraph& graph, std::uint32_t optimizer, std::uint32_t variable, std::uint32_t source,
          std::uint32_t index) {
    PairRow row;
    row.optimizer = optimizer;
    row.variable = variable;
    row.index = index;
    row.gradient = TensorId{100 + index};
    row.sourceBox = source;
    row.sourceShown = true;
    graph.pairs.push_back(row);
}

}  // namespace

StepGraph linearLayer() {
    StepGraph graph;
    const auto X = add(graph, BoxKind::Constant, 1, "X", false), W = add(graph, BoxKind::Variable, 0, "W", false),
               b = add(graph, BoxKind::Variable, 1, "b", false),
               product = add(graph, BoxKind::Operation, 2, "MatMul", true),
               sum = add(graph, BoxKind::Operation, 3, "Add", true),
               loss = add(graph, BoxKind::Operation, 4, "Sum", true),
               beside = add(graph, BoxKind::Operation, 5, "Abs", false),
               sgd = add(graph, BoxKind::Optimizer, 0, "SGD", false);
    connect(graph, X, product);
    connect(graph, W, product);
    connect(graph, product, sum, true);
    connect(graph, b, sum);
    connect(graph, sum, loss);
    connect(graph, product, beside, true);
    pair(graph, sgd, W, sum, 0);
    pair(graph, sgd, b, b, 1);
    return graph;
}

StepGraph linearLayerAndMask() {
    StepGraph graph = linearLayer();
    const auto mask = add(graph, BoxKind::Variable, 2, "mask", false);
    connect(graph, mask, 5);
    return graph;
}

StepGraph deepNetwork(std::uint32_t boxes) {
    StepGraph graph;
    const auto W = add(graph, BoxKind::Variable, 0, "W", false);
    std::vector<std::uint32_t> ends(8, W);
    for (std::uint32_t i = 0; i + 1 < boxes; ++i) {
        const auto box = add(graph, BoxKind::Operation, i, "Mul", true);
        connect(graph, ends[i % ends.size()], box);
        if (i % 5 == 0) connect(graph, ends[(i * 7 + 3) % ends.size()], box);
        ends[i % ends.size()] = box;
    }
    return graph;
}

BoxSizes sizesOf(const StepGraph& graph, Direction direction) {
    BoxSizes sizes;
    for (const GraphBox& box : graph.boxes) {
        const bool optimizer = box.key.kind == BoxKind::Optimizer;
        sizes[box.key] =
            optimizer ? PairCells::blockSize(2, 200, 300, direction) : QSizeF(box.variable.valid() ? 120 : 96, 46);
    }
    return sizes;
}

}  // namespace tapescope::testing
