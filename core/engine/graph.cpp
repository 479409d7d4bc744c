// SPDX-License-Identifier: Apache-2.0
#include "core/engine/graph.h"

namespace tapescope {

NodeId Graph::addNode(Node node) {
    node.when = now_++;
    nodes_.push_back(std::move(node));
    return {static_cast<std::uint32_t>(nodes_.size() - 1)};
}

TensorId Graph::addOutput(NodeId node, DType dtype) {
    tensors_.push_back({node, {}, dtype});
    const TensorId id{static_cast<std::uint32_t>(tensors_.size() - 1)};
    nodes_[node.index()].outputs.push_back(id);
    return id;
}

TensorId Graph::addHandle(VariableId variable) {
    tensors_.push_back({{}, variable, DType::Resource});
    return {static_cast<std::uint32_t>(tensors_.size() - 1)};
}

void Graph::addVersion(VariableId variable, TensorId operand) {
    if (variable.index() >= versions_.size()) versions_.resize(variable.index() + 1);
    versions_[variable.index()].push_back({now_++, operand});
}

}  // namespace tapescope
