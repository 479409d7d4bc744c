// SPDX-License-Identifier: Apache-2.0
// The timeline: admits events, keeps the records, the beats and the keyframes.
#include "core/trace/timeline.h"

#include <algorithm>

#include "core/trace/beats.h"
#include "core/trace/ledger.h"
#include "core/trace/steps.h"

namespace tapescope {

namespace {

std::size_t entriesOf(const Snapshot& state) {
    std::size_t slots = 0;
    for (const auto& [id, optimizer] : state.optimizers) slots += optimizer.slots.size() + 1;
    return slots + state.variables.size() + state.tapes.size() + state.names.size();
}

/// The latest of `indices` at or before `index`.
std::optional<EventIndex> latest(std::span<const EventIndex> indices, EventIndex index) {
    const auto after = std::ranges::upper_bound(indices, index);
    if (after == indices.begin()) return std::nullopt;
    return *std::prev(after);
}

}  // namespace

/// The state before event `next`.
struct Timeline::Keyframe {
    EventIndex next = 0;
    Snapshot state;
};

struct Timeline::State {
    Ledger ledger;
    Snapshot now;
    std::vector<Keyframe> keyframes{{}};
    std::vector<EventIndex> beats;
    std::vector<Phase> phases;
    Steps steps;

    void take(Event&& event);
    void keep();
};

void Timeline::State::take(Event&& event) {
    const auto index = static_cast<EventIndex>(ledger.events.size());
    if (tapescope::isBeat(event, now)) beats.push_back(index);
    const Snapshot* state = &now;
    const bool answered = std::holds_alternative<GradientAnswered>(event);
    const bool ended = std::holds_alternative<ApplyEnded>(event);
    fold(now, event, index);
    ledger.enter(std::move(event));
    steps.take(ledger, index);
    const bool back = answered || state->differentiating.valid();
    const bool apply = ended || state->applying.valid();
    phases.push_back(back ? Phase::Backward : apply ? Phase::Apply : Phase::Forward);
    keep();
}

/// As far apart as the state is large, so that all keyframes together stay linear in the log.
void Timeline::State::keep() {
    const std::size_t since = ledger.events.size() - keyframes.back().next;
    if (since < 256 || since < std::max(ledger.callSites.size(), entriesOf(now))) return;
    keyframes.push_back({static_cast<EventIndex>(ledger.events.size()), now});
}

Timeline::Timeline() : state_(std::make_unique<State>()) {}
Timeline::~Timeline() = default;
Timeline::Timeline(Timeline&&) noexcept = default;
Timeline& Timeline::operator=(Timeline&&) noexcept = default;

std::optional<Failure> Timeline::append(Event event) {
    if (auto wrong = objection(state_->ledger, event))
        return Failure{"event " + std::to_string(size()) + " (" + std::string(kindName(event)) + "): " + *wrong};
    state_->take(std::move(event));
    return std::nullopt;
}

EventIndex Timeline::size() const {
    return static_cast<EventIndex>(state_->ledger.events.size());
}
const Event& Timeline::event(EventIndex index) const {
    return state_->ledger.events[index];
}

std::span<const NodeRecord> Timeline::nodes() const {
    return state_->ledger.nodes;
}
std::span<const TensorRecord> Timeline::tensors() const {
    return state_->ledger.tensors;
}
std::span<const VariableRecord> Timeline::variables() const {
    return state_->ledger.variables;
}
std::span<const TapeRecord> Timeline::tapes() const {
    return state_->ledger.tapes;
}
std::span<const GradientRecord> Timeline::gradients() const {
    return state_->ledger.gradients;
}
std::span<const OptimizerRecord> Timeline::optimizers() const {
    return state_->ledger.optimizers;
}
std::span<const ApplyRecord> Timeline::applies() const {
    return state_->ledger.applies;
}
std::span<const FoldRecord> Timeline::folds() const {
    return state_->ledger.folds;
}
std::span<const EventIndex> Timeline::callSites() const {
    return state_->ledger.callSites;
}
std::span<const EventIndex> Timeline::findAll(std::size_t alternative) const {
    return state_->ledger.byKind[alternative];
}

const VariableCreated& Timeline::created(VariableId variable) const {
    return get<VariableCreated>(variables()[variable.index()].event);
}

std::span<const Frame> Timeline::stack(CallSiteId site) const {
    if (site.index() >= callSites().size()) return {};
    return get<CallSiteSeen>(callSites()[site.index()]).stack;
}

std::uint32_t Timeline::lineOf(CallSiteId site) const {
    const auto frames = stack(site);
    return frames.empty() ? 0 : frames.back().range.line;
}

CallSiteId Timeline::siteOf(EventIndex index) const {
    return tapescope::siteOf(event(index));
}

std::uint32_t Timeline::lineAt(EventIndex index) const {
    const auto sited = latest(state_->ledger.sited, index);
    return sited ? lineOf(siteOf(*sited)) : 0;
}

Snapshot Timeline::at(EventIndex index) const {
    if (index + 1 >= size()) return state_->now;
    const auto after = std::ranges::upper_bound(state_->keyframes, index + 1, {}, &Keyframe::next);
    const auto& keyframe = *std::prev(after);
    Snapshot state = keyframe.state;
    for (EventIndex i = keyframe.next; i <= index; ++i) fold(state, event(i), i);
    return state;
}

std::span<const EventIndex> Timeline::beats() const {
    return state_->beats;
}

std::uint32_t Timeline::beatOf(EventIndex index) const {
    return static_cast<std::uint32_t>(std::ranges::upper_bound(state_->beats, index) - state_->beats.begin());
}

bool Timeline::isBeat(EventIndex index) const {
    return std::ranges::binary_search(state_->beats, index);
}
Phase Timeline::phaseOf(EventIndex index) const {
    return state_->phases[index];
}

std::span<const Step> Timeline::steps() const {
    return state_->steps.of(state_->ledger);
}

std::uint32_t Timeline::stepOf(EventIndex index) const {
    const auto all = steps();
    const auto after = std::ranges::upper_bound(all, index, {}, &Step::begin);
    return after == all.begin() ? 0 : static_cast<std::uint32_t>(after - all.begin() - 1);
}

std::uint32_t Timeline::ordinal(NodeId node) const {
    return state_->steps.ordinal(state_->ledger, node);
}

const std::string& Timeline::script() const {
    static const std::string none;
    return state_->ledger.files.empty() ? none : get<ScriptRead>(state_->ledger.files.front()).text;
}

std::string Timeline::texts() const {
    return state_->ledger.texts();
}

const ScriptDigest* Timeline::digest() const {
    const auto all = findAll(Event(ScriptDigest{}).index());
    return all.empty() ? nullptr : getIf<ScriptDigest>(all.back());
}

const Places& Timeline::places() const {
    return state_->ledger.places;
}

const RunEnded* Timeline::ended() const {
    return empty() ? nullptr : getIf<RunEnded>(size() - 1);
}

}  // namespace tapescope
