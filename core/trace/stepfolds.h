// SPDX-License-Identifier: Apache-2.0
// The folds of a step: functions that run several operations, and layers. Each is one box until a person opens it; then
// its operations are, and the folds within it.
#pragma once

#include <set>
#include <vector>

#include "core/trace/stepgraph.h"

namespace tapescope {

class StepFolds {
public:
    StepFolds(const Timeline& timeline, const Step& span, const FoldChoice& choice);

    /// The same in every step that runs the same way: folds count by the site where they began.
    BoxKey keyOf(FoldId fold) const;
    bool isOpen(FoldId fold) const;
    std::set<FoldId> open() const;  ///< all that are, of those that began in the step
    /// The outermost closed fold among one and those around it; nothing where all are open.
    FoldId closedAround(FoldId fold) const;
    /// The innermost fold among one and those around it, where that and all around it are open.
    FoldId openAround(FoldId fold) const;
    FoldId parentOf(FoldId fold) const;
    std::set<BoxKey> keys() const;  ///< of all that began in the step

private:
    void openCuts();

    const Timeline& timeline_;
    const Step span_;
    const FoldChoice& choice_;
    std::size_t first_ = 0;                ///< the first fold of the step
    std::vector<std::uint32_t> ordinals_;  ///< of each fold of the step at its site
    std::set<FoldId> cut_;                 ///< a path is cut between two operations in them: open unless closed by hand
};

}  // namespace tapescope
