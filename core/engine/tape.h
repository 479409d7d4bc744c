// SPDX-License-Identifier: Apache-2.0
// A tape is a filter on the graph: TensorFlow's own data model (tensorflow/c/eager/tape.h), plus its history, so that
// afterwards one can say why an operation is not on it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/idmap.h"
#include "core/engine/graph.h"

namespace tapescope {

/// A way back that a script wrote (tf.custom_gradient): gradients of the arguments for the gradients of the results.
struct CustomPullback {
    std::size_t arguments = 0;  ///< the first so many inputs; behind them stand the results that the script computed
    std::function<Operands(std::span<const Operand> upstream)> call;
};

/// One recorded operation with the values that its pullback needs. The spans last until the next one is recorded.
struct TapeEntry {
    NodeId node;
    std::span<const Operand> inputs;
    std::span<const Operand> outputs;
    const Attributes& attributes;
    const CustomPullback* custom = nullptr;  ///< instead of the row's
};

/// A value for each tensor: those from a first id on lie side by side, for what a tape records is made in a row; older
/// ones (variables, constants) are few and looked up.
template <class T>
class TensorTable {
public:
    TensorTable() = default;
    /// Room for `count` tensors from `first` on.
    TensorTable(std::uint32_t first, std::size_t count) : first_(first), recent_(count) {}

    T& operator[](TensorId tensor) {
        if (tensor.value < first_ || tensor.value - first_ >= limit) return others_[tensor];
        if (tensor.value - first_ >= recent_.size()) recent_.resize(tensor.value - first_ + 1);
        return recent_[tensor.value - first_];
    }
    /// Nothing, or a value that may be one that nobody has set.
    const T* find(TensorId tensor) const {
        if (tensor.value >= first_ && tensor.value - first_ < recent_.size()) return &recent_[tensor.value - first_];
        return others_.find(tensor);
    }
    T* find(TensorId tensor) { return const_cast<T*>(std::as_const(*this).find(tensor)); }
    std::uint32_t first() const { return first_; }
    std::size_t count() const { return recent_.size(); }
    bool empty() const { return recent_.empty(); }
    /// Where the row begins, before anything is in it.
    void begin(TensorId first) { first_ = first.value; }
    void clear() {
        first_ = TensorId::nothing;
        recent_.clear();
        others_.clear();
    }

private:
    static constexpr std::uint32_t limit = 1U << 28;  ///< beyond lie the ids that name nothing
    static constexpr std::uint32_t usual = 16;

    std::uint32_t first_ = TensorId::nothing;
    Few<T, usual> recent_;
    IdMap<TensorId, T> others_;
};

class Recording {
public:
    std::size_t size() const { return entries_.size(); }
    TapeEntry operator[](std::size_t entry) const;
    NodeId node(std::size_t entry) const { return entries_[entry].node; }

    /// tensor_tape_: every tensor known to the tape, with the entry that made it or as watched.
    bool knows(TensorId tensor) const { return stateOf(tensor) != unknown; }
    std::optional<std::size_t> entryOf(TensorId tensor) const;
    /// Its entry went with a way back that failed (lose).
    bool lost(TensorId tensor) const;
    /// False where it was known already.
    bool watch(TensorId tensor);
    void add(NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
             const Attributes& attributes);
    /// What was added last has this way back.
    void takeCustom(std::shared_ptr<const CustomPullback> custom);
    /// A way back failed that could be gone once: what was recorded before is gone, though tensors are still known.
    void lose() { lost_ = entries_.size(); }
    bool hasCustom() const { return !customs_.empty(); }

    void clear();

    /// An empty table with room for everything that was recorded.
    template <class T>
    TensorTable<T> table() const {
        return {known_.first(), known_.count()};
    }

private:
    /// 0 stands for what is not known, so that rows of the table begin as that.
    static constexpr std::uint32_t unknown = 0;
    static constexpr std::uint32_t watched = 1;
    static constexpr std::uint32_t firstEntry = 2;

    struct Row {
        NodeId node;
        std::uint32_t operands;  ///< in operands_: inputs, then outputs
        std::uint32_t inputs, outputs;
        std::uint32_t attributes = 0;  ///< in attributes_, from 1; 0 for none
        std::uint32_t custom = 0;      ///< in customs_, from 1; 0 for none
    };

    std::uint32_t stateOf(TensorId tensor) const {
        const auto* found = known_.find(tensor);
        return found == nullptr ? unknown : *found;
    }

    std::vector<Row> entries_;
    std::size_t lost_ = 0;  ///< so many entries at the beginning
    std::vector<Operand> operands_;
    std::vector<Attributes> attributes_;
    std::vector<std::shared_ptr<const CustomPullback>> customs_;
    TensorTable<std::uint32_t> known_;
};

/// Recordings, out of the memory of those that are gone: a training loop makes a tape in each step, and the next takes
/// what the last one left. Must outlive them.
class Recordings {
public:
    Recordings() { spare_.reserve(enough); }
    std::shared_ptr<Recording> fresh();

private:
    static constexpr std::size_t enough = 16;
    std::vector<std::unique_ptr<Recording>> spare_;
};

enum class TapePhase : std::uint8_t { Outside, Recording, Paused, Ended };

class Tape {
public:
    Tape(TapeId id, bool persistent, bool watchesVariables, Recordings& recordings)
        : id_(id), persistent_(persistent), watchesVariables_(watchesVariables), recordings_(&recordings) {}

    TapeId id() const { return id_; }
    bool persistent() const { return persistent_; }
    bool watchesVariables() const { return watchesVariables_; }
    TapePhase phase() const { return history_.empty() ? TapePhase::Outside : history_.back().phase; }
    bool recording() const { return phase() == TapePhase::Recording && aside_ == 0; }
    const std::shared_ptr<Recording>& recorded() const { return recording_; }
    std::span<const VariableId> variables() const { return variables_; }

    void enter(TapePhase phase, Clock now) {
        history_.push_back({now, phase});
        aside_ = 0;
    }
    /// It records nothing until it is taken back as often, or entered anew.
    void setAside() { ++aside_; }
    void takeBack() { aside_ -= aside_ > 0 ? 1 : 0; }
    void reset(Clock now);
    /// From here on the tape knows every tensor that an operation takes, as a graph of TensorFlow's does.
    void watchEverything() { watchesEverything_ = true; }
    /// No-op where the tensor is known already, as in TensorFlow. True if it was not.
    bool watch(TensorId tensor, VariableId variable, Clock now);
    /// Records the operation if some input is known and of a trainable dtype (ShouldRecord). True if it did.
    bool record(const Graph& graph, NodeId node, std::span<const Operand> inputs, std::span<const Operand> outputs,
                const Attributes& attributes);
    /// The same for an operation of the script's own. Where only what it computed inside is known, and none of its
    /// arguments, the way back leads through the inside, as it does in TensorFlow.
    bool recordCustom(const Graph& graph, NodeId node, std::span<const Operand> inputs,
                      std::span<const Operand> outputs, const std::shared_ptr<const CustomPullback>& custom);

    /// Nobody asks it anything any more: what it recorded can go.
    void close() { closed_ = true; }
    void letGo() { recording_ = recordings_->fresh(); }
    bool closed() const { return closed_; }

    // ---- history
    TapePhase phaseAt(Clock when) const;
    Clock began() const { return history_.empty() ? 0 : history_.front().when; }
    std::optional<Clock> resetAt() const { return resetAt_; }
    std::optional<Clock> watchedAt(TensorId tensor) const;

private:
    struct Turn {
        Clock when;
        TapePhase phase;
    };

    bool carries(const Graph& graph, const Operand& input) const;

    TapeId id_;
    bool persistent_;
    bool watchesVariables_;
    bool watchesEverything_ = false;
    bool closed_ = false;
    int aside_ = 0;
    Recordings* recordings_;
    std::shared_ptr<Recording> recording_ = recordings_->fresh();
    IdList<VariableTag> variables_;  ///< by id, which is the order of construction
    SmallVector<Turn, 4> history_;
    IdMap<TensorId, Clock> watchedAt_;
    std::optional<Clock> resetAt_;
};

}  // namespace tapescope
