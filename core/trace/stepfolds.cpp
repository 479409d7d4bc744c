// SPDX-License-Identifier: Apache-2.0
#include "core/trace/stepfolds.h"

#include <algorithm>
#include <unordered_map>

namespace tapescope {

namespace {

/// Ordinals of folds that an earlier step began, out of the way of those that count.
constexpr std::uint32_t earlier = outsideOrdinal / 2;

}  // namespace

StepFolds::StepFolds(const Timeline& timeline, const Step& span, const FoldChoice& choice)
    : timeline_(timeline), span_(span), choice_(choice) {
    const auto folds = timeline.folds();
    const auto from = std::ranges::lower_bound(folds, span.begin, {}, &FoldRecord::began);
    const auto to = std::ranges::lower_bound(folds, span.end, {}, &FoldRecord::began);
    first_ = static_cast<std::size_t>(from - folds.begin());
    std::unordered_map<CallSiteId, std::uint32_t> counts;
    for (auto fold = from; fold != to; ++fold) ordinals_.push_back(counts[timeline.get<FoldBegan>(fold->began).site]++);
    if (!ordinals_.empty()) openCuts();
}

/// Scissors are what a person looks for: a fold never hides them unasked.
void StepFolds::openCuts() {
    const auto all = timeline_.findAll(Event(GradientAnswered{}).index());
    for (auto at = std::ranges::lower_bound(all, span_.begin); at != all.end() && *at < span_.end; ++at) {
        for (const SourceAnswer& answer : timeline_.get<GradientAnswered>(*at).answers) {
            if (!answer.asked || answer.state != GradientState::None || !answer.cutNode.valid()) continue;
            const OpExecuted& op = timeline_.op(answer.cutNode);
            const bool host = answer.reason == CutReason::LeftTensorFlow || answer.reason == CutReason::Copied;
            const auto& inputs = host && answer.cutInput < op.hostInputs.size() ? op.hostInputs : op.inputs;
            if (answer.cutInput >= inputs.size()) continue;
            const NodeId maker = timeline_.tensors()[inputs[answer.cutInput].index()].producer;
            if (!maker.valid()) continue;
            std::set<FoldId> around;
            for (FoldId fold = timeline_.op(maker).fold; fold.valid(); fold = parentOf(fold)) around.insert(fold);
            for (FoldId fold = op.fold; fold.valid(); fold = parentOf(fold))
                if (around.contains(fold)) cut_.insert(fold);
        }
    }
}

FoldId StepFolds::parentOf(FoldId fold) const {
    return timeline_.get<FoldBegan>(timeline_.folds()[fold.index()].began).parent;
}

BoxKey StepFolds::keyOf(FoldId fold) const {
    const CallSiteId site = timeline_.get<FoldBegan>(timeline_.folds()[fold.index()].began).site;
    const bool here = fold.index() >= first_ && fold.index() - first_ < ordinals_.size();
    return {BoxKind::Fold, site.value, here ? ordinals_[fold.index() - first_] : earlier + fold.value};
}

bool StepFolds::isOpen(FoldId fold) const {
    if (choice_.opened.empty() && cut_.empty()) return false;
    if (fold.index() < first_ || fold.index() - first_ >= ordinals_.size()) return false;
    const BoxKey key = keyOf(fold);
    return choice_.opened.contains(key) || (cut_.contains(fold) && !choice_.closed.contains(key));
}

std::set<FoldId> StepFolds::open() const {
    std::set<FoldId> found;
    if (choice_.opened.empty() && cut_.empty()) return found;
    for (std::size_t i = 0; i < ordinals_.size(); ++i)
        if (const FoldId fold{static_cast<std::uint32_t>(first_ + i)}; isOpen(fold)) found.insert(fold);
    return found;
}

// A parent is older than its fold, so that these walks end.

FoldId StepFolds::closedAround(FoldId fold) const {
    FoldId closed;
    for (; fold.valid(); fold = parentOf(fold))
        if (!isOpen(fold)) closed = fold;
    return closed;
}

FoldId StepFolds::openAround(FoldId fold) const {
    const FoldId closed = closedAround(fold);
    return closed.valid() ? parentOf(closed) : fold;
}

std::set<BoxKey> StepFolds::keys() const {
    std::set<BoxKey> keys;
    for (std::size_t i = 0; i < ordinals_.size(); ++i) keys.insert(keyOf({static_cast<std::uint32_t>(first_ + i)}));
    return keys;
}

}  // namespace tapescope
