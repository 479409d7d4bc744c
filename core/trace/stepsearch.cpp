// SPDX-License-Identifier: Apache-2.0
// One pass over the marks. Which loops make steps is known only after the fact: an activation counts once it has both a
// gradient and an update, and then the search goes back to where it was entered.
#include "core/trace/stepsearch.h"

#include <algorithm>
#include <utility>

namespace tapescope {

bool StepSearch::run(const Ledger& ledger) {
    if (scanned_ == marks_.size()) return false;
    ledger_ = &ledger;
    while (scanned_ < marks_.size()) {
        const auto mark = scanned_++;
        const auto kind = marks_[mark].mark;
        if ((kind == Mark::Gradient || kind == Mark::Update) && weigh(kind)) {
            if (const auto back = judge()) {
                goBackTo(*back);
                for (std::size_t again = *back; again < mark; ++again) scan(again);
            }
        }
        scan(mark);
    }
    ledger_ = nullptr;
    return true;
}

// ---- what the loops are

std::size_t StepSearch::activationOf(const LoopPosition& position, std::optional<std::size_t> parent) {
    const auto [found, fresh] = byId_.emplace(position.activation, activations_.size());
    if (fresh) {
        activations_.push_back({position.loop, parent, false, false, false, false, false, false});
        if (parent) activations_[*parent].holdsLoops = true;
    }
    return found->second;
}

/// Adds to all running activations; true if one of them got something new.
bool StepSearch::weigh(Mark mark) {
    bool fresh = false;
    for (const auto& running : running_) {
        auto& activation = activations_[running.activation];
        auto& has = mark == Mark::Gradient ? activation.gradient : activation.update;
        fresh = fresh || !has;
        has = true;
    }
    return fresh;
}

/// Which activations make steps now. The mark to go back to, if that is not what the search took them for.
std::optional<std::size_t> StepSearch::judge() {
    const bool loopsChanged = findProper();
    const auto changed = judgeRunning();
    if (loopsChanged && judgeFrom(0)) return 0;
    if (!loopsChanged && changed && judgeFrom(*changed)) return 0;
    const auto mistaken = std::ranges::find_if(
        running_, [this](const Running& running) { return running.steps != activations_[running.activation].steps; });
    return mistaken == running_.end() ? std::nullopt : std::optional(mistaken->mark);
}

/// Finds the innermost running activations that have both; true where a loop begins or ceases to have such.
bool StepSearch::findProper() {
    bool within = false;
    for (auto running = running_.rbegin(); running != running_.rend(); ++running) {
        auto& activation = activations_[running->activation];
        activation.holdsOther = activation.holdsOther || within;
        within = within || (activation.gradient && activation.update);
    }
    bool changed = false;
    for (const auto& running : running_) changed = countProper(activations_[running.activation]) || changed;
    return changed;
}

/// True where the loop has become one that makes steps, or no longer is.
bool StepSearch::countProper(Activation& activation) {
    const bool proper = activation.gradient && activation.update && !activation.holdsOther;
    if (proper == std::exchange(activation.proper, proper)) return false;
    auto& count = properOf_[activation.loop];
    count = proper ? count + 1 : count - 1;
    return count == (proper ? 1U : 0U);
}

/// The update had no turn in this activation of a loop that makes steps.
bool StepSearch::extends(const Activation& activation) const {
    if (activation.holdsOther || !(activation.gradient || activation.update)) return false;
    const auto found = properOf_.find(activation.loop);
    return found != properOf_.end() && found->second > 0;
}

/// The first activation that is another than was thought, and with it perhaps those within it that have ended.
std::optional<std::size_t> StepSearch::judgeRunning() {
    std::optional<std::size_t> changed;
    bool inside = false;
    for (const auto& running : running_) {
        auto& activation = activations_[running.activation];
        activation.steps = activation.proper || (!inside && extends(activation));
        inside = inside || activation.steps;
        if (!changed && activation.holdsLoops && activation.steps != running.steps) changed = running.activation;
    }
    return changed;
}

/// Judges all activations from this one on; true where one that has ended is another than was thought.
bool StepSearch::judgeFrom(std::size_t first) {
    std::vector<bool> runs(activations_.size(), false);
    for (const auto& running : running_) runs[running.activation] = true;
    bool changed = false;
    for (std::size_t i = first; i < activations_.size(); ++i) {
        auto& activation = activations_[i];
        bool inside = false;
        for (auto around = activation.parent; around && !inside; around = activations_[*around].parent)
            inside = activations_[*around].steps;
        const bool steps = activation.proper || (!inside && extends(activation));
        if (steps != std::exchange(activation.steps, steps) && !runs[i]) changed = true;
    }
    return changed;
}

// ---- where the steps are

StepSearch::State StepSearch::saved() const {
    State state = now_;
    state.count = now_.steps.size();
    if (state.count > 0) state.last = now_.steps.back();
    return state;
}

void StepSearch::changed(EventIndex from) {
    changedFrom_ = std::min(changedFrom_.value_or(from), from);
}

void StepSearch::goBackTo(std::size_t mark) {
    const auto entered = std::ranges::find_if(running_, [&](const Running& running) { return running.mark >= mark; });
    const State before = mark == 0 || entered == running_.end() ? State{} : entered->before;
    running_.erase(mark == 0 ? running_.begin() : entered, running_.end());
    now_.steps.resize(before.count);
    if (before.count > 0) now_.steps.back() = before.last;
    static_cast<State&>(now_) = before;
    changed(before.count == 0 ? 0 : before.last.begin);
}

void StepSearch::scan(std::size_t mark) {
    const auto index = marks_[mark].index;
    switch (marks_[mark].mark) {
        case Mark::Gradient: meetGradient(); break;
        case Mark::Update: meetUpdate(index); break;
        case Mark::UpdateEnded:
            if (!now_.iteration && now_.done && !now_.steps.empty()) now_.cut = index + 1;
            break;
        case Mark::Loops: {
            const auto& stack = std::get<LoopsMoved>(ledger_->events[index]).stack;
            enter(mark, stack);
            moveLoops(index, stack);
            break;
        }
    }
}

/// Keeps the activations that run on, and remembers for the new ones where the search stands.
void StepSearch::enter(std::size_t mark, const Stack& stack) {
    std::size_t kept = 0;
    std::optional<std::size_t> parent;
    for (; kept < stack.size() && kept < running_.size(); ++kept) {
        const auto found = byId_.find(stack[kept].activation);
        if (found == byId_.end() || found->second != running_[kept].activation) break;
        parent = found->second;
    }
    running_.resize(kept);
    for (std::size_t i = kept; i < stack.size(); ++i) {
        const auto activation = activationOf(stack[i], parent);
        running_.push_back({activation, mark, activations_[activation].steps, saved()});
        parent = activation;
    }
}

void StepSearch::moveLoops(EventIndex index, const Stack& stack) {
    std::optional<std::size_t> depth;
    for (std::size_t i = stack.size(); i-- > 0 && !depth;)
        if (activations_[running_[i].activation].steps) depth = i;
    const auto iteration = depth ? std::optional(stack[*depth]) : std::nullopt;
    if (iteration != now_.iteration) {
        if (now_.iteration) leaveIteration(index);
        if (iteration) enterIteration(index, {stack.begin(), stack.begin() + static_cast<std::ptrdiff_t>(*depth)});
        now_.iteration = iteration;
    }
    const auto runsOn = [&](const Stack& loops) {
        return stack.size() >= loops.size() && std::equal(loops.begin(), loops.end(), stack.begin());
    };
    if (now_.iteration || !now_.tail || runsOn(*now_.tail)) return;
    now_.cut = index;
    now_.tail.reset();
}

void StepSearch::enterIteration(EventIndex index, Stack around) {
    if (now_.tail) now_.cut = index;
    now_.tail.reset();
    cutIfDone();
    now_.steps.back().loop = true;
    now_.done = false;
    now_.around = std::move(around);
}

/// What follows in the same iteration of the loop around belongs to the step that ends here.
void StepSearch::leaveIteration(EventIndex index) {
    now_.done = true;
    now_.cut = index;
    if (!now_.around.empty()) now_.tail = now_.around;
}

void StepSearch::meetGradient() {
    if (now_.iteration) return;
    now_.tail.reset();
    cutIfDone();
    now_.done = false;
}

/// An update before any gradient makes no step.
void StepSearch::meetUpdate(EventIndex index) {
    if (now_.iteration || now_.steps.empty()) return;
    now_.done = true;
    now_.cut = index + 1;
}

/// A new step where the one before has ended; the first one has everything before it.
void StepSearch::cutIfDone() {
    if (now_.steps.empty()) {
        now_.steps.push_back({});
    } else if (now_.done) {
        now_.steps.back().end = now_.cut;
        now_.steps.push_back({now_.cut, now_.cut, false});
        changed(now_.cut);
    }
}

}  // namespace tapescope
