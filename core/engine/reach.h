// SPDX-License-Identifier: Apache-2.0
// Why there is no gradient, as a set difference in linear time: what the targets depend on over data, against what they
// depend on over recorded, unsevered edges. The first edge from a source that is in the one and not in the other is the
// culprit. The walk stops at versions of variables that are older than the tape.
#pragma once

#include <span>
#include <vector>

#include "core/base/idmap.h"
#include "core/engine/sweep.h"
#include "core/engine/tape.h"
#include "core/trace/event.h"

namespace tapescope {

struct Cut {
    CutReason reason = CutReason::Uncut;
    NodeId node;  ///< the operation at whose input the path ends
    std::uint32_t input = 0;
};

namespace reach {
enum class Route : std::uint8_t { Operation, Host, State, Creation };
struct Edge {
    TensorId from;
    NodeId node;
    std::uint32_t input = 0;
    Route route = Route::Operation;
};
/// What is known of a tensor that a target depends on.
struct Standing {
    bool reaches = false;  ///< over recorded, unsevered edges
    bool hasCut = false;
    Edge cut;    ///< first edge that is missing, where it does not reach
    Edge first;  ///< first edge towards the target, where it does
};
}  // namespace reach

class Reach {
public:
    /// `trainable` says of a variable whether tapes watch it by themselves; `dropped` is where a way back that was
    /// tried gave no gradient.
    Reach(const Graph& graph, const Tape& tape, const std::vector<bool>& trainable, std::span<const Operand> targets,
          const DroppedEdges& dropped);

    /// Handles of variables that a target depends on over data, by id.
    const std::vector<TensorId>& handles() const { return handles_; }
    /// A recorded path leads from here to a target, and the tape knows the tensor.
    bool path(TensorId source) const;
    /// The culprit; Uncut where path() holds.
    Cut cut(TensorId source) const;

private:
    using Edge = reach::Edge;
    using Standing = reach::Standing;
    using Route = reach::Route;

    /// Calls `take` with each edge that leads into the node.
    template <class Take>
    void edgesInto(NodeId id, const Node& node, Take take) const;
    std::vector<NodeId> nodesBehind(std::span<const Operand> targets);
    void weigh(const Edge& edge, const Node& node, bool recorded);
    bool recorded(NodeId id, const Node& node) const;
    Cut classify(const Edge& edge) const;
    CutReason reasonFor(const Edge& edge) const;
    CutReason unrecorded(const Edge& edge) const;
    CutReason unwatched(TensorId tensor) const;
    bool good(const Edge& edge, const Node& node, bool recorded) const;

    const Graph& graph_;
    const Tape& tape_;
    const std::vector<bool>& trainable_;
    const DroppedEdges& dropped_;
    IdMap<TensorId, Standing> standing_;
    std::vector<TensorId> handles_;
    std::vector<TensorId> targets_;
};

}  // namespace tapescope
