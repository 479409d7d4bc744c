// SPDX-License-Identifier: Apache-2.0
// What of a step is open: groups that the picture makes, and folds that the run has.
#include <algorithm>

#include "app/view/frames.h"
#include "core/trace/stepfolds.h"

namespace tapescope {

StepFolds Frames::stepFolds() {
    const Timeline& timeline = document_.timeline();
    return {timeline, timeline.steps()[whole().step], document_.folds()};
}

/// Whether everything in a group ran in a fold: what ran first and what ran last.
bool Frames::liesIn(std::uint32_t group, FoldId fold, const StepFolds& folds) {
    const auto ran = [&](std::uint32_t box) {
        const NodeId node = whole().boxes[box].node;
        FoldId around = node.valid() ? document_.timeline().op(node).fold : FoldId{};
        while (around.valid() && around != fold) around = folds.parentOf(around);
        return around.valid();
    };
    const auto end = [&](bool last) {
        FoldTree::Item item{true, group};
        while (item.group) {
            const auto& items = tree_.groups[item.index].items;
            item = last ? items.back() : items.front();
        }
        return item.index;
    };
    return ran(end(false)) && ran(end(true));
}

std::optional<BoxKey> Frames::foldAround(const BoxKey& box) {
    const StepGraph& drawn = graph();
    const auto found = std::ranges::find(drawn.boxes, box, &GraphBox::key);
    if (found == drawn.boxes.end() || document_.timeline().empty()) return {};
    const std::uint32_t own = folded_.groupOf[static_cast<std::size_t>(found - drawn.boxes.begin())];
    const bool isGroup = box.kind == BoxKind::Group;
    const std::uint32_t group = isGroup ? tree_.groups[own].parent : own;
    const StepFolds folds = stepFolds();
    FoldId fold = found->node.valid() ? folds.openAround(document_.timeline().op(found->node).fold) : FoldId{};
    while (fold.valid() && isGroup && !liesIn(own, fold, folds)) fold = folds.parentOf(fold);
    const bool foldIsOuter = fold.valid() && group != 0 && liesIn(group, fold, folds);
    if (fold.valid() && !foldIsOuter) return folds.keyOf(fold);
    if (group != 0) return tree_.groups[group].key;
    return {};
}

void Frames::setOpen(const BoxKey& box, bool open) {
    choose({box}, open);
}

void Frames::choose(const std::set<BoxKey>& boxes, bool open) {
    FoldChoice choice = document_.folds();
    for (const BoxKey& box : boxes) {
        (open ? choice.opened : choice.closed).insert(box);
        (open ? choice.closed : choice.opened).erase(box);
    }
    document_.setFolds(std::move(choice));
    chose();
}

/// Folds first: what is in them makes groups of its own. What was chosen for steps that run another way stays.
void Frames::chooseAll(bool open) {
    if (awaits()) return;
    choose(stepFolds().keys(), open);
    fold();
    std::set<BoxKey> groups;
    for (const FoldTree::Group& group : tree_.groups) groups.insert(group.key);
    choose(groups, open);
}

/// A fold is one beat. Where it is open, its operations run one after the other while the beat does.
DeckPosition Frames::withinFold(DeckPosition place) {
    const Timeline& timeline = document_.timeline();
    place.event = std::min(place.event, timeline.size() - 1);
    const auto* began = timeline.getIf<FoldBegan>(place.event);
    if (began == nullptr || !openFolds_.contains(began->fold)) return place;
    const auto beats = timeline.beats();
    const std::uint32_t done = timeline.beatOf(place.event);
    const EventIndex last = (done < beats.size() ? beats[done] : timeline.size()) - 1;
    const double at = place.progress * double(last - place.event + 1);
    const auto past = std::min(static_cast<EventIndex>(at), last - place.event);
    return {place.event + past, std::min(1.0, at - past)};
}

}  // namespace tapescope
