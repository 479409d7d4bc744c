// SPDX-License-Identifier: Apache-2.0
// Every operation that ran, taped or not: structure only, in flat arrays, so that it stays small. Values live in
// tensors and on tapes. Inputs are older than the node, so descending ids are a reverse topological order.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/dtype.h"
#include "core/base/idlists.h"
#include "core/ops/op.h"

namespace tapescope {

/// The engine's clock: ticks with every operation and every new version of a variable.
using Clock = std::uint32_t;

/// An operation as the graph hands it out. The spans last until the next operation is added.
struct Node {
    const OpRow* row = nullptr;
    CallSiteId site;
    std::span<const TensorId> inputs;
    std::span<const TensorId> hostInputs;  ///< values that came here through Python or numpy
    std::span<const Flow> flows;           ///< of the inputs, for their dtypes
    TensorIds outputs;
    std::uint32_t version = 0;  ///< ReadVariableOp: of the variable
    bool copied = false;        ///< the host inputs are copies of tensors (tf.constant(v)), they never left
    bool taped = false;         ///< some tape recorded it
    bool suspended = false;     ///< ran while nothing was recorded: inside tf.stop_gradient
    Clock when = 0;
};

struct TensorFacts {
    NodeId producer;      ///< nothing for a handle
    VariableId variable;  ///< of a handle
    DType dtype = DType::Float32;
    std::uint16_t held = 0;  ///< by so many objects outside of the engine
};

/// One value that a variable had: when it came and from which tensor (nothing: from Python data or an optimizer).
struct VersionFacts {
    Clock since = 0;
    TensorId operand;
};

class Graph {
public:
    /// What a new node is; its inputs and outputs are added next, in this order and before another node.
    struct Begin {
        const OpRow& row;
        CallSiteId site;
        std::uint32_t version = 0;
        bool copied = false;
        bool suspended = false;
    };
    NodeId addNode(const Begin& begin);
    void addInput(TensorId tensor, Flow flow);
    void addHostInput(TensorId tensor);
    TensorId addOutput(DType dtype);
    void setTaped(NodeId node) { rowAt(node).taped = true; }

    TensorId addHandle(VariableId variable);
    void addVersion(VariableId variable, TensorId operand);

    Node node(NodeId id) const;
    const OpRow& rowOf(NodeId id) const { return *rowAt(id).row; }
    /// Of the inputs: node(id).flows.
    std::span<const Flow> flowsOf(NodeId id) const {
        const Row& row = rowAt(id);
        return {nodes_[id.index() / chunkSize]->flows.data() + row.edges, row.inputs};
    }
    TensorId outputOf(NodeId id) const { return rowAt(id).output; }  ///< the first
    const TensorFacts& tensor(TensorId id) const {
        return tensors_[id.index() / chunkSize]->facts[id.index() % chunkSize];
    }
    /// Nothing is known of one that was forgotten.
    VersionFacts version(VariableId variable, std::uint32_t version) const;
    Clock now() const { return now_; }
    TensorId next() const { return {tensorCount_}; }  ///< of the tensor that will be made next

    // ---- forgetting
    void hold(TensorId id);
    void drop(TensorId id);
    /// What somebody inside the engine may still ask about. Held tensors and the present versions of variables need no
    /// mention.
    struct Kept {
        Clock since = 0;  ///< beginning of the oldest tape: updates after it are walked through
        std::vector<TensorId> tensors;
        std::vector<NodeId> nodes;
    };
    void forgetAllBut(const Kept& kept);
    /// Nodes that came since something was forgotten, and those that stayed then.
    std::size_t nodesSince() const { return since_; }
    std::size_t nodesKept() const { return kept_; }

private:
    static constexpr std::size_t chunkSize = 4096;

    struct Row {
        const OpRow* row;
        std::uint32_t edges;  ///< of its inputs, then its host inputs, in the chunk's edges and flows
        TensorId output;      ///< the first; the others follow
        CallSiteId site;
        std::uint32_t version;
        Clock when;
        std::uint32_t inputs = 0, hostInputs = 0;
        std::uint32_t outputs : 30 = 0;
        bool copied : 1;
        bool taped : 1 = false;
        bool suspended : 1 = false;
    };
    struct NodeChunk {
        std::vector<Row> rows;
        std::vector<TensorId> edges;
        std::vector<Flow> flows;  ///< beside edges
    };
    struct TensorChunk {
        std::vector<TensorFacts> facts;
    };
    struct Versions {
        std::uint32_t first = 0;  ///< those before are forgotten
        std::vector<VersionFacts> rows;
    };
    class Marking;

    const Row& rowAt(NodeId id) const { return nodes_[id.index() / chunkSize]->rows[id.index() % chunkSize]; }
    Row& rowAt(NodeId id) { return nodes_[id.index() / chunkSize]->rows[id.index() % chunkSize]; }
    Row& newest() { return nodes_.back()->rows.back(); }
    TensorId addTensor(const TensorFacts& facts);

    Clock now_ = 0;
    std::uint32_t nodeCount_ = 0, tensorCount_ = 0;
    std::vector<std::unique_ptr<NodeChunk>> nodes_;      ///< empty where all was forgotten
    std::vector<std::unique_ptr<TensorChunk>> tensors_;  ///< the same
    std::vector<Versions> versions_;
    std::size_t since_ = 0, kept_ = 0;
};

}  // namespace tapescope
