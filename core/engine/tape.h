// SPDX-License-Identifier: Apache-2.0
// A tape is a filter on the graph: TensorFlow's own data model (tensorflow/c/eager/tape.h), plus its history, so that
// afterwards one can say why an operation is not on it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/engine/graph.h"

namespace tapescope {

/// One recorded operation with the values that its pullback needs.
struct TapeEntry {
    NodeId node;
    std::vector<Operand> inputs;
    std::vector<Operand> outputs;
    Attributes attributes;
};

struct Recording {
    static constexpr std::int32_t watched = -1;

    std::vector<TapeEntry> entries;
    /// tensor_tape_: every tensor known to the tape, with the entry that made it or `watched`.
    std::unordered_map<TensorId, std::int32_t> known;

    bool knows(TensorId tensor) const { return known.contains(tensor); }
    std::optional<std::size_t> entryOf(TensorId tensor) const;
};

enum class TapePhase : std::uint8_t { Outside, Recording, Paused, Ended };

class Tape {
public:
    Tape(TapeId id, bool persistent, bool watchesVariables)
        : id_(id), persistent_(persistent), watchesVariables_(watchesVariables) {}

    TapeId id() const { return id_; }
    bool persistent() const { return persistent_; }
    bool watchesVariables() const { return watchesVariables_; }
    TapePhase phase() const { return history_.empty() ? TapePhase::Outside : history_.back().second; }
    bool recording() const { return phase() == TapePhase::Recording; }
    const std::shared_ptr<Recording>& recorded() const { return recording_; }
    const std::set<VariableId>& variables() const { return variables_; }

    void enter(TapePhase phase, Clock now) { history_.emplace_back(now, phase); }
    void reset(Clock now);
    /// No-op where the tensor is known already, as in TensorFlow. True if it was not.
    bool watch(TensorId tensor, VariableId variable, Clock now);
    /// Records the operation if some input is known and of a trainable dtype (ShouldRecord). True if it did.
    bool record(const Graph& graph, NodeId node, const std::vector<Operand>& inputs,
                const std::vector<Operand>& outputs, const Attributes& attributes);

    // ---- history
    TapePhase phaseAt(Clock when) const;
    Clock began() const { return history_.empty() ? 0 : history_.front().first; }
    std::optional<Clock> resetAt() const { return resetAt_; }
    std::optional<Clock> watchedAt(TensorId tensor) const;

private:
    TapeId id_;
    bool persistent_;
    bool watchesVariables_;
    std::shared_ptr<Recording> recording_ = std::make_shared<Recording>();
    std::set<VariableId> variables_;  ///< by id, which is the order of construction
    std::vector<std::pair<Clock, TapePhase>> history_;
    std::unordered_map<TensorId, Clock> watchedAt_;
    std::optional<Clock> resetAt_;
};

}  // namespace tapescope
