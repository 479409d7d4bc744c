// SPDX-License-Identifier: Apache-2.0
#include "core/engine/graph.h"

#include <algorithm>
#include <bitset>
#include <limits>

namespace tapescope {

NodeId Graph::addNode(const Begin& begin) {
    if (nodeCount_ % chunkSize == 0) {
        nodes_.push_back(std::make_unique<NodeChunk>());
        nodes_.back()->rows.reserve(chunkSize);
        nodes_.back()->edges.reserve(2 * chunkSize);
        nodes_.back()->flows.reserve(2 * chunkSize);
    }
    NodeChunk& chunk = *nodes_.back();
    chunk.rows.push_back({.row = &begin.row,
                          .edges = static_cast<std::uint32_t>(chunk.edges.size()),
                          .output = {tensorCount_},
                          .site = begin.site,
                          .version = begin.version,
                          .when = now_++,
                          .copied = begin.copied,
                          .suspended = begin.suspended});
    ++since_;
    return {nodeCount_++};
}

void Graph::addInput(TensorId tensor, Flow flow) {
    NodeChunk& chunk = *nodes_.back();
    chunk.edges.push_back(tensor);
    chunk.flows.push_back(flow);
    ++chunk.rows.back().inputs;
}

void Graph::addHostInput(TensorId tensor) {
    NodeChunk& chunk = *nodes_.back();
    chunk.edges.push_back(tensor);
    chunk.flows.push_back(Flow::Severed);
    ++chunk.rows.back().hostInputs;
}

TensorId Graph::addTensor(const TensorFacts& facts) {
    if (tensorCount_ % chunkSize == 0) {
        tensors_.push_back(std::make_unique<TensorChunk>());
        tensors_.back()->facts.reserve(chunkSize);
    }
    tensors_.back()->facts.push_back(facts);
    return {tensorCount_++};
}

TensorId Graph::addOutput(DType dtype) {
    ++newest().outputs;
    return addTensor({.producer = {nodeCount_ - 1}, .variable = {}, .dtype = dtype});
}

TensorId Graph::addHandle(VariableId variable) {
    return addTensor({.producer = {}, .variable = variable, .dtype = DType::Resource});
}

void Graph::addVersion(VariableId variable, TensorId operand) {
    if (variable.index() >= versions_.size()) versions_.resize(variable.index() + 1);
    versions_[variable.index()].rows.push_back({now_++, operand});
}

VersionFacts Graph::version(VariableId variable, std::uint32_t version) const {
    const Versions& all = versions_[variable.index()];
    return version < all.first ? VersionFacts{} : all.rows[version - all.first];
}

Node Graph::node(NodeId id) const {
    const Row& row = rowAt(id);
    const NodeChunk& chunk = *nodes_[id.index() / chunkSize];
    const std::span<const TensorId> edges(chunk.edges.data() + row.edges, row.inputs + row.hostInputs);
    Node node{.row = row.row,
              .site = row.site,
              .inputs = edges.first(row.inputs),
              .hostInputs = edges.subspan(row.inputs),
              .flows = {chunk.flows.data() + row.edges, row.inputs},
              .outputs = {},
              .version = row.version,
              .copied = row.copied,
              .taped = row.taped,
              .suspended = row.suspended,
              .when = row.when};
    for (std::uint32_t i = 0; i < row.outputs; ++i) node.outputs.push_back({row.output.value + i});
    return node;
}

void Graph::hold(TensorId id) {
    auto& held = tensors_[id.index() / chunkSize]->facts[id.index() % chunkSize].held;
    if (held < std::numeric_limits<std::uint16_t>::max()) ++held;
}

/// A tensor that very many objects hold is kept for good.
void Graph::drop(TensorId id) {
    auto& held = tensors_[id.index() / chunkSize]->facts[id.index() % chunkSize].held;
    if (held < std::numeric_limits<std::uint16_t>::max()) --held;
}

/// Finds what can still be asked about, from what is held and kept back over all edges that a walk may take.
class Graph::Marking {
public:
    Marking(const Graph& graph, Clock since)
        : graph_(graph),
          since_(since),
          seen_(graph.nodes_.size()),
          nodeChunks_(graph.nodes_.size(), 0),
          tensorChunks_(graph.tensors_.size(), 0),
          oldestReads_(graph.versions_.size(), std::numeric_limits<std::uint32_t>::max()) {}

    void tensor(TensorId id) {
        if (!id.valid()) return;
        tensorChunks_[id.index() / chunkSize] = 1;
        const NodeId producer = graph_.tensor(id).producer;
        if (producer.valid()) node(producer);
    }
    void node(NodeId id) {
        auto& chunk = seen_[id.index() / chunkSize];
        if (!chunk) chunk = std::make_unique<std::bitset<chunkSize>>();
        if (chunk->test(id.index() % chunkSize)) return;
        chunk->set(id.index() % chunkSize);
        nodeChunks_[id.index() / chunkSize] = 1;
        open_.push_back(id);
    }
    void walk() {
        while (!open_.empty()) {
            const NodeId id = open_.back();
            open_.pop_back();
            follow(graph_.node(id));
        }
    }

    bool keepsNodes(std::size_t chunk) const { return nodeChunks_[chunk] != 0; }
    bool keepsTensors(std::size_t chunk) const { return tensorChunks_[chunk] != 0; }
    std::uint32_t oldestRead(std::size_t variable) const { return oldestReads_[variable]; }

private:
    void follow(const Node& node) {
        for (const TensorId id : node.inputs) tensor(id);
        for (const TensorId id : node.hostInputs) tensor(id);
        for (const TensorId id : node.outputs) tensorChunks_[id.index() / chunkSize] = 1;
        if (node.inputs.empty()) return;
        const VariableId variable = graph_.tensor(node.inputs[0]).variable;
        if (!variable.valid()) return;
        std::uint32_t& oldest = oldestReads_[variable.index()];
        oldest = std::min(oldest, node.version);
        const VersionFacts version = graph_.version(variable, node.version);
        if (version.since >= since_) tensor(version.operand);
    }

    const Graph& graph_;
    const Clock since_;
    std::vector<std::unique_ptr<std::bitset<chunkSize>>> seen_;
    std::vector<char> nodeChunks_, tensorChunks_;
    std::vector<std::uint32_t> oldestReads_;  ///< of each variable
    std::vector<NodeId> open_;
};

void Graph::forgetAllBut(const Kept& kept) {
    Marking marking(*this, kept.since);
    for (std::size_t chunk = 0; chunk < tensors_.size(); ++chunk) {
        if (!tensors_[chunk]) continue;
        const auto first = static_cast<std::uint32_t>(chunk * chunkSize);
        for (std::uint32_t i = 0; i < tensors_[chunk]->facts.size(); ++i) {
            const TensorFacts& facts = tensors_[chunk]->facts[i];
            if (facts.held > 0 || facts.variable.valid()) marking.tensor({first + i});
        }
    }
    for (const TensorId id : kept.tensors) marking.tensor(id);
    for (const NodeId id : kept.nodes) marking.node(id);
    for (const Versions& versions : versions_) {
        if (!versions.rows.empty() && versions.rows.back().since >= kept.since)
            marking.tensor(versions.rows.back().operand);
    }
    marking.walk();
    kept_ = 0;
    // The newest chunk is being filled.
    for (std::size_t i = 0; i + 1 < nodes_.size(); ++i) {
        if (!marking.keepsNodes(i)) nodes_[i].reset();
        if (nodes_[i]) kept_ += chunkSize;
    }
    for (std::size_t i = 0; i + 1 < tensors_.size(); ++i) {
        if (!marking.keepsTensors(i)) tensors_[i].reset();
    }
    for (std::size_t i = 0; i < versions_.size(); ++i) {
        Versions& versions = versions_[i];
        const auto last = versions.first + static_cast<std::uint32_t>(versions.rows.size()) - 1;
        const std::uint32_t oldest = std::clamp(marking.oldestRead(i), versions.first, last);
        versions.rows.erase(versions.rows.begin(), versions.rows.begin() + (oldest - versions.first));
        versions.first = oldest;
    }
    since_ = 0;
}

}  // namespace tapescope
