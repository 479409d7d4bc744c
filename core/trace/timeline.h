// SPDX-License-Identifier: Apache-2.0
// The log of a run with its records, its steps and its keyframes. Append-only; everything else is a pure function of
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/trace/event.h"
#include "core/trace/places.h"
#include "core/trace/records.h"
#include "core/trace/snapshot.h"

namespace tapescope {

enum class Phase : std::uint8_t { Forward, Backward, Apply };

/// One training step, as people count them (architecture, "Step"). Steps cover the log without gaps.
struct Step {
    EventIndex begin = 0;
    EventIndex end = 0;  ///< exclusive
    bool loop = false;   ///< an iteration of a loop, not a stretch of straight-line code
    friend bool operator==(const Step&, const Step&) = default;
};

class Timeline {
public:
    Timeline();
    ~Timeline();
    Timeline(Timeline&&) noexcept;
    Timeline& operator=(Timeline&&) noexcept;

    /// Appends, or says what is wrong with the event (an id that nothing made, a count that cannot be) and changes
    /// nothing.
    std::optional<Failure> append(Event event);

    EventIndex size() const;
    bool empty() const { return size() == 0; }
    const Event& event(EventIndex index) const;
    template <class T>
    const T& get(EventIndex index) const {
        return std::get<T>(event(index));
    }
    template <class T>
    const T* getIf(EventIndex index) const {
        return std::get_if<T>(&event(index));
    }

    std::span<const NodeRecord> nodes() const;
    std::span<const TensorRecord> tensors() const;
    std::span<const VariableRecord> variables() const;
    std::span<const TapeRecord> tapes() const;
    std::span<const GradientRecord> gradients() const;
    std::span<const OptimizerRecord> optimizers() const;
    std::span<const ApplyRecord> applies() const;
    std::span<const FoldRecord> folds() const;
    std::span<const EventIndex> callSites() const;                       ///< CallSiteSeen events, by CallSiteId
    std::span<const EventIndex> findAll(std::size_t alternative) const;  ///< all events of one alternative of Event
    const OpExecuted& op(NodeId node) const { return get<OpExecuted>(nodes()[node.index()].event); }
    const VariableCreated& created(VariableId variable) const;

    /// The stack at a site; empty for no site. The innermost frame is the line that a person means.
    std::span<const Frame> stack(CallSiteId site) const;
    std::uint32_t lineOf(CallSiteId site) const;  ///< innermost line (places.h), 0 for no site
    CallSiteId siteOf(EventIndex index) const;    ///< of the event itself, nothing if it has none
    std::uint32_t lineAt(
        EventIndex index) const;  ///< line of the latest event at or before index that has a site, 0 if none

    /// State after the event at `index`.
    Snapshot at(EventIndex index) const;

    /// Beats: the events that a person sees, counted from 1 through the run. Digests, summaries, sites, backward
    /// operations and what runs inside a fold or an apply_gradients are not; whether a name is bound anew depends on
    /// what it was.
    std::span<const EventIndex> beats() const;
    std::uint32_t beatOf(EventIndex index) const;  ///< number of beats at or before index
    bool isBeat(EventIndex index) const;
    Phase phaseOf(EventIndex index) const;

    /// At least one step as soon as there is an event. Steps before the last two hardly ever change as the log grows.
    std::span<const Step> steps() const;
    std::uint32_t stepOf(EventIndex index) const;  ///< from 0

    /// How-manieth execution of its call site within its step, from 0. With the call site and the operation's type it
    /// is the node's site: what the picture keys on.
    std::uint32_t ordinal(NodeId node) const;

    const std::string& script() const;   ///< text of file 0
    std::string texts() const;           ///< of all files, so that their lines count as those of sites do
    const ScriptDigest* digest() const;  ///< the syntax of all files; null where the script could not be read
    const Places& places() const;
    const RunEnded* ended() const;

private:
    struct Keyframe;
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tapescope
