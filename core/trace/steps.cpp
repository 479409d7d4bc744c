// SPDX-License-Identifier: Apache-2.0
// The steps of a growing log, and the places of operations within them.
#include "core/trace/steps.h"

#include <algorithm>

namespace tapescope {

void Steps::take(const Ledger& ledger, EventIndex index) {
    const auto& event = ledger.events[index];
    if (std::holds_alternative<GradientAsked>(event)) search_.add(index, StepSearch::Mark::Gradient);
    if (std::holds_alternative<ApplyBegan>(event)) search_.add(index, StepSearch::Mark::Update);
    if (std::holds_alternative<ApplyEnded>(event)) search_.add(index, StepSearch::Mark::UpdateEnded);
    if (std::holds_alternative<LoopsMoved>(event)) search_.add(index, StepSearch::Mark::Loops);
    const auto* assigned = std::get_if<VariableAssigned>(&event);
    if (assigned == nullptr || assigned->kind == AssignKind::Optimizer) return;
    const auto created = ledger.variables[assigned->variable.index()].event;
    if (std::get<VariableCreated>(ledger.events[created]).trainable) search_.add(index, StepSearch::Mark::Update);
}

std::span<const Step> Steps::of(const Ledger& ledger) {
    if (ledger.events.empty()) return {};
    const bool moved = search_.run(ledger);
    if (const auto from = search_.changedFrom()) forgetOrdinalsFrom(ledger, *from);
    if (moved) steps_ = search_.steps();
    if (steps_.empty()) steps_.push_back({});
    steps_.back().end = static_cast<EventIndex>(ledger.events.size());
    return steps_;
}

void Steps::forgetOrdinalsFrom(const Ledger& ledger, EventIndex begin) {
    const auto at = [&](EventIndex event) {
        return static_cast<std::size_t>(std::ranges::lower_bound(ledger.nodes, event, {}, &NodeRecord::event) -
                                        ledger.nodes.begin());
    };
    const auto kept = at(begin);
    if (kept >= ordinals_.size()) return;
    // The counts go on where the step begins that the last one kept belongs to.
    const auto step = std::ranges::upper_bound(steps_, kept == 0 ? 0 : ledger.nodes[kept - 1].event, {}, &Step::begin);
    countedStep_ = step == steps_.begin() ? 0 : std::prev(step)->begin;
    ordinals_.resize(std::min(kept, at(countedStep_)));
    std::ranges::fill(siteCounts_, 0);
}

std::uint32_t Steps::ordinal(const Ledger& ledger, NodeId node) {
    const auto steps = of(ledger);
    while (ordinals_.size() <= node.index()) {
        const auto event = ledger.nodes[ordinals_.size()].event;
        const auto begin = std::prev(std::ranges::upper_bound(steps, event, {}, &Step::begin))->begin;
        if (begin != countedStep_) {
            std::ranges::fill(siteCounts_, 0);
            countedStep_ = begin;
        }
        const auto site = std::get<OpExecuted>(ledger.events[event]).site;
        // Operations without a site share the first place.
        siteCounts_.resize(ledger.callSites.size() + 1);
        const auto place = site.valid() ? site.index() + 1 : 0;
        ordinals_.push_back(siteCounts_[place]++);
    }
    return ordinals_[node.index()];
}

}  // namespace tapescope
