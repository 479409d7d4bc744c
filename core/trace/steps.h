// SPDX-License-Identifier: Apache-2.0
// Where the training steps of a run begin and end (architecture, "Step"). In a loop: one iteration of the innermost
// loop that holds both a gradient() and an update. In straight-line code: everything through the last update before the
// next gradient(). Set-up belongs to the first step, what trails to the last.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/trace/stepsearch.h"

namespace tapescope {

/// The steps of a growing log. Looks again only where something came that can move a boundary.
class Steps {
public:
    /// To be told of every event that was entered.
    void take(const Ledger& ledger, EventIndex index);

    /// The steps of the log as it is; at least one where it is not empty.
    std::span<const Step> of(const Ledger& ledger);

    /// How-manieth execution of its call site within its step.
    std::uint32_t ordinal(const Ledger& ledger, NodeId node);

private:
    void forgetOrdinalsFrom(const Ledger& ledger, EventIndex begin);

    StepSearch search_;
    std::vector<Step> steps_;
    std::vector<std::uint32_t> ordinals_;    ///< of the first nodes
    std::vector<std::uint32_t> siteCounts_;  ///< by call site, within the step of the last node that has an ordinal
    EventIndex countedStep_ = 0;             ///< where that step begins
};

}  // namespace tapescope
