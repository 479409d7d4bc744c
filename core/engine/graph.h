// SPDX-License-Identifier: Apache-2.0
// Every operation that ran, taped or not: structure only, so that it stays small. Values live in tensors and on tapes.
// Inputs are older than the node, so descending ids are a reverse topological order.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/dtype.h"
#include "core/base/ids.h"
#include "core/ops/op.h"

namespace tapescope {

/// The engine's clock: ticks with every operation and every new version of a variable.
using Clock = std::uint32_t;

struct Node {
    const OpRow* row = nullptr;
    CallSiteId site;
    std::vector<TensorId> inputs;
    std::vector<TensorId> outputs;
    std::vector<TensorId> hostInputs;  ///< values that came here through Python or numpy
    std::vector<Flow> flows;           ///< of the inputs, for their dtypes
    std::uint32_t version = 0;         ///< ReadVariableOp: of the variable
    bool copied = false;               ///< the host inputs are copies of tensors (tf.constant(v)), they never left
    bool taped = false;                ///< some tape recorded it
    Clock when = 0;                    ///< set by the graph
};

struct TensorFacts {
    NodeId producer;      ///< nothing for a handle
    VariableId variable;  ///< of a handle
    DType dtype = DType::Float32;
};

/// One value that a variable had: when it came and from which tensor (nothing: from Python data or an optimizer).
struct VersionFacts {
    Clock since = 0;
    TensorId operand;
};

class Graph {
public:
    NodeId addNode(Node node);
    TensorId addOutput(NodeId node, DType dtype);
    TensorId addHandle(VariableId variable);
    void addVersion(VariableId variable, TensorId operand);

    const Node& node(NodeId id) const { return nodes_[id.index()]; }
    Node& node(NodeId id) { return nodes_[id.index()]; }
    const TensorFacts& tensor(TensorId id) const { return tensors_[id.index()]; }
    const std::vector<VersionFacts>& versions(VariableId id) const { return versions_[id.index()]; }
    Clock now() const { return now_; }

private:
    Clock now_ = 0;
    std::vector<Node> nodes_;
    std::vector<TensorFacts> tensors_;
    std::vector<std::vector<VersionFacts>> versions_;
};

}  // namespace tapescope
