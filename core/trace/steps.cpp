// SPDX-License-Identifier: Apache-2.0
// Finding the steps of a log.
#include "core/trace/steps.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

namespace tapescope {

namespace {

/// One time that a loop ran, from entering it to leaving it.
struct Activation {
    std::uint32_t loop = 0;
    std::optional<std::uint32_t> parent;
    bool gradient = false;
    bool update = false;
    bool holdsOther = false;  ///< an activation within it has both already
    bool steps = false;       ///< its iterations are steps

    bool both() const { return gradient && update; }
};

using Stack = std::vector<LoopPosition>;

EventIndex endOfUpdate(const Ledger& ledger, EventIndex index) {
    const auto* began = std::get_if<ApplyBegan>(&ledger.events[index]);
    if (!began) return index + 1;
    const auto& record = ledger.applies[began->apply.index()];
    if (record.ended > 0) return record.ended + 1;
    return (record.pairs.empty() ? index : record.pairs.back()) + 1;
}

}  // namespace

/// One look through the marks of a log.
class StepSearch {
public:
    StepSearch(const Ledger& ledger, const std::vector<Steps::Marked>& marks) : ledger_(ledger), marks_(marks) {}

    std::vector<Step> run() {
        weigh();
        choose();
        for (const auto& marked : marks_) {
            switch (marked.mark) {
                case Steps::Mark::Loops: moveLoops(marked.index); break;
                case Steps::Mark::Gradient: meetGradient(); break;
                case Steps::Mark::Update: meetUpdate(marked.index); break;
            }
        }
        return std::move(steps_);
    }

private:
    const Stack& stackAt(EventIndex index) const { return std::get<LoopsMoved>(ledger_.events[index]).stack; }

    /// What each activation holds, through calls and inner loops.
    void weigh() {
        const Stack* stack = nullptr;
        for (const auto& marked : marks_) {
            if (marked.mark == Steps::Mark::Loops) {
                stack = &stackAt(marked.index);
                std::optional<std::uint32_t> parent;
                for (const auto& position : *stack) {
                    auto& activation = activations_[position.activation];
                    activation.loop = position.loop;
                    activation.parent = parent;
                    parent = position.activation;
                }
            } else if (stack != nullptr) {
                for (const auto& position : *stack) {
                    auto& activation = activations_[position.activation];
                    (marked.mark == Steps::Mark::Gradient ? activation.gradient : activation.update) = true;
                }
            }
        }
    }

    template <class Visit>
    void eachAround(const Activation& activation, Visit visit) {
        // A forged stack could name an activation as its own parent: the bound ends the walk.
        auto around = activation.parent;
        for (std::size_t depth = 0; around && depth < activations_.size(); ++depth) {
            auto& outer = activations_[*around];
            if (!visit(outer)) return;
            around = outer.parent;
        }
    }

    /// The innermost activations with both; and those of the same loop in which the update never had its turn.
    void choose() {
        for (auto& [id, activation] : activations_) {
            if (!activation.both()) continue;
            eachAround(activation, [](Activation& outer) { return !std::exchange(outer.holdsOther, true); });
        }
        std::set<std::uint32_t> loops;
        for (auto& [id, activation] : activations_) {
            activation.steps = activation.both() && !activation.holdsOther;
            if (activation.steps) loops.insert(activation.loop);
        }
        std::vector<Activation*> others;
        for (auto& [id, activation] : activations_) {
            if (activation.steps || activation.holdsOther || !loops.contains(activation.loop)) continue;
            if (!activation.gradient && !activation.update) continue;
            bool inside = false;
            eachAround(activation, [&](const Activation& outer) { return !(inside = inside || outer.steps); });
            if (!inside) others.push_back(&activation);
        }
        for (auto* activation : others) activation->steps = true;
    }

    void moveLoops(EventIndex index) {
        const Stack& stack = stackAt(index);
        const auto innermost = std::find_if(stack.rbegin(), stack.rend(), [&](const LoopPosition& position) {
            return activations_[position.activation].steps;
        });
        const auto iteration = innermost == stack.rend() ? std::nullopt : std::optional(*innermost);
        if (iteration != iteration_) {
            if (iteration_) leaveIteration(index);
            if (iteration) {
                const auto depth = static_cast<std::ptrdiff_t>(stack.rend() - innermost - 1);
                enterIteration(index, {stack.begin(), stack.begin() + depth});
            }
            iteration_ = iteration;
        }
        if (!iteration_ && tail_ && !startsWith(stack, *tail_)) {
            cut_ = index;
            tail_.reset();
        }
    }

    static bool startsWith(const Stack& stack, const Stack& beginning) {
        return stack.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), stack.begin());
    }

    void enterIteration(EventIndex index, Stack around) {
        if (tail_) cut_ = index;
        tail_.reset();
        cutIfDone();
        steps_.back().loop = true;
        done_ = false;
        around_ = std::move(around);
    }

    /// What follows in the same iteration of the loop around belongs to the step that ends here.
    void leaveIteration(EventIndex index) {
        done_ = true;
        cut_ = index;
        if (!around_.empty()) tail_ = around_;
    }

    void meetGradient() {
        if (iteration_) return;
        tail_.reset();
        cutIfDone();
        done_ = false;
    }

    void meetUpdate(EventIndex index) {
        if (iteration_ || steps_.empty()) return;
        done_ = true;
        cut_ = endOfUpdate(ledger_, index);
    }

    /// A new step where the one before has ended; the first one has everything before it.
    void cutIfDone() {
        if (steps_.empty()) {
            steps_.push_back({});
        } else if (done_) {
            steps_.back().end = cut_;
            steps_.push_back({cut_, cut_, false});
        }
    }

    const Ledger& ledger_;
    const std::vector<Steps::Marked>& marks_;
    std::unordered_map<std::uint32_t, Activation> activations_;
    std::vector<Step> steps_;
    bool done_ = false;                      ///< the last step has all that makes a step
    EventIndex cut_ = 0;                     ///< and would end here
    std::optional<LoopPosition> iteration_;  ///< the iteration that is a step, where one is running
    Stack around_;                           ///< the loops around it
    std::optional<Stack> tail_;              ///< while this runs on, what comes belongs to the iteration that has ended
};

void Steps::take(const Ledger& ledger, EventIndex index) {
    const auto& event = ledger.events[index];
    const auto mark = [&](Mark what) {
        marks_.push_back({index, what});
        moved_ = true;
    };
    if (std::holds_alternative<GradientAsked>(event)) mark(Mark::Gradient);
    if (std::holds_alternative<ApplyBegan>(event)) mark(Mark::Update);
    if (std::holds_alternative<LoopsMoved>(event)) mark(Mark::Loops);
    // The end of a call moves the end of its step.
    if (std::holds_alternative<ApplyEnded>(event) || std::holds_alternative<PairApplied>(event)) moved_ = true;
    if (const auto* assigned = std::get_if<VariableAssigned>(&event)) {
        const auto& variable = ledger.variables[assigned->variable.index()];
        if (assigned->kind != AssignKind::Optimizer &&
            std::get<VariableCreated>(ledger.events[variable.event]).trainable)
            mark(Mark::Update);
    }
}

std::span<const Step> Steps::of(const Ledger& ledger) {
    if (ledger.events.empty()) return {};
    if (moved_ || steps_.empty()) search(ledger);
    steps_.back().end = static_cast<EventIndex>(ledger.events.size());
    return steps_;
}

void Steps::search(const Ledger& ledger) {
    auto found = StepSearch(ledger, marks_).run();
    if (found.empty()) found.push_back({});
    const auto same = std::ranges::mismatch(steps_, found, {}, &Step::begin, &Step::begin);
    if (same.in1 != steps_.end() || same.in2 != found.end())
        forgetOrdinalsFrom(ledger, std::min(same.in1 != steps_.end() ? same.in1->begin : same.in2->begin,
                                            same.in2 != found.end() ? same.in2->begin : same.in1->begin));
    steps_ = std::move(found);
    moved_ = false;
}

void Steps::forgetOrdinalsFrom(const Ledger& ledger, EventIndex begin) {
    const auto node = std::ranges::lower_bound(ledger.nodes, begin, {}, &NodeRecord::event);
    const auto kept = static_cast<std::size_t>(node - ledger.nodes.begin());
    if (kept >= ordinals_.size()) return;
    ordinals_.resize(kept);
    // The step that holds the last node kept may have been counted past it: count that one anew.
    const auto step = std::ranges::upper_bound(steps_, kept == 0 ? 0 : ledger.nodes[kept - 1].event, {}, &Step::begin);
    const EventIndex start = step == steps_.begin() ? 0 : std::prev(step)->begin;
    const auto first = std::ranges::lower_bound(ledger.nodes, start, {}, &NodeRecord::event);
    ordinals_.resize(std::min(kept, static_cast<std::size_t>(first - ledger.nodes.begin())));
    std::ranges::fill(siteCounts_, 0);
    countedStep_ = start;
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
        // Operations without a site share the last place.
        siteCounts_.resize(ledger.callSites.size() + 1);
        const auto place = site.valid() ? site.index() + 1 : 0;
        ordinals_.push_back(siteCounts_[place]++);
    }
    return ordinals_[node.index()];
}

}  // namespace tapescope
