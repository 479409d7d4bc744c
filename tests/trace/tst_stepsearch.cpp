// SPDX-License-Identifier: Apache-2.0
// The search for steps against the definition of steps, on random programs.
#include <QTest>
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <utility>

#include "tests/trace/logbuilder.h"

using namespace tapescope;
using namespace tapescope::testing;

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

/// The definition, read twice from the beginning: first what each loop holds, then where the steps are.
class Oracle {
public:
    explicit Oracle(const std::vector<Event>& events) : events_(events) { findMarks(); }

    enum class Mark { Gradient, Update, Loops };
    struct Marked {
        EventIndex index;
        Mark mark;
    };

    std::vector<Step> run() {
        weigh();
        choose();
        for (const auto& marked : marks_) {
            switch (marked.mark) {
                case Mark::Loops: moveLoops(marked.index); break;
                case Mark::Gradient: meetGradient(); break;
                case Mark::Update: meetUpdate(marked.index); break;
            }
        }
        if (steps_.empty()) steps_.push_back({});
        steps_.back().end = static_cast<EventIndex>(events_.size());
        return std::move(steps_);
    }

private:
    void findMarks() {
        for (EventIndex i = 0; i < events_.size(); ++i) {
            if (std::holds_alternative<GradientAsked>(events_[i])) marks_.push_back({i, Mark::Gradient});
            if (std::holds_alternative<LoopsMoved>(events_[i])) marks_.push_back({i, Mark::Loops});
            const auto* assigned = std::get_if<VariableAssigned>(&events_[i]);
            if (std::holds_alternative<ApplyBegan>(events_[i]) ||
                (assigned != nullptr && assigned->kind != AssignKind::Optimizer))
                marks_.push_back({i, Mark::Update});
        }
    }

    EventIndex endOfUpdate(EventIndex index) const {
        if (!std::holds_alternative<ApplyBegan>(events_[index])) return index + 1;
        while (!std::holds_alternative<ApplyEnded>(events_[index])) ++index;
        return index + 1;
    }

    const Stack& stackAt(EventIndex index) const { return std::get<LoopsMoved>(events_[index]).stack; }

    /// What each activation holds, through calls and inner loops.
    void weigh() {
        const Stack* stack = nullptr;
        for (const auto& marked : marks_) {
            if (marked.mark == Mark::Loops) {
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
                    (marked.mark == Mark::Gradient ? activation.gradient : activation.update) = true;
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
        for (auto& [id, activation] : activations_) {
            if (activation.steps || activation.holdsOther || !loops.contains(activation.loop)) continue;
            if (!activation.gradient && !activation.update) continue;
            bool inside = false;
            eachAround(activation, [&](const Activation& outer) { return !(inside = inside || outer.steps); });
            activation.steps = !inside;
        }
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
        cut_ = endOfUpdate(index);
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

    const std::vector<Event>& events_;
    std::vector<Marked> marks_;
    std::map<std::uint32_t, Activation> activations_;  ///< a loop before those within it
    std::vector<Step> steps_;
    bool done_ = false;                      ///< the last step has all that makes a step
    EventIndex cut_ = 0;                     ///< and would end here
    std::optional<LoopPosition> iteration_;  ///< the iteration that is a step, where one is running
    Stack around_;                           ///< the loops around it
    std::optional<Stack> tail_;              ///< while this runs on, what comes belongs to the iteration that has ended
};

/// A program of loops, calls of gradient() and updates, as it runs.
class RandomProgram {
public:
    explicit RandomProgram(std::uint32_t seed) : random_(seed) {
        site_ = log_.site(1);
        variable_ = log_.variable("w", Tensor::scalar(1), {}, site_);
        optimizer_ = log_.optimizer("SGD", 0.1, site_);
    }

    std::vector<Event> run() && {
        for (int i = 0; i < 4; ++i) block(0);
        return std::move(log_).done();
    }

private:
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

    void block(std::uint32_t depth) {
        const auto what = below(depth < 4 ? 8 : 5);
        if (what == 0) gradient();
        if (what == 1) apply();
        if (what == 2) log_.assign(variable_, AssignKind::AssignSub, {}, Tensor::scalar(2), site_);
        if (what == 3 || what == 4) log_.op("Neg", site_, {}, Tensor::scalar(0));
        if (what > 4) loop(depth);
    }

    /// Few loops, entered many times: the same one holds now this, now that.
    void loop(std::uint32_t depth) {
        stack_.push_back({depth * 2 + below(2), activations_++, 0});
        const auto iterations = 1 + below(3);
        for (std::uint32_t i = 0; i < iterations; ++i) {
            stack_.back().iteration = i;
            log_.loops(stack_);
            for (auto n = below(4); n > 0; --n) block(depth + 1);
        }
        stack_.pop_back();
        log_.loops(stack_);
    }

    void gradient() {
        const auto tape = log_.openTape(site_);
        log_.ask(tape, {log_.handle(variable_)}, {log_.handle(variable_)}, site_);
    }

    void apply() {
        const auto id = log_.beginApply({{}, optimizer_, {}, {{{}, variable_}}, {}, {}, site_, {}});
        log_.applyPair(id, 0, 0.1);
        log_.endApply(id);
    }

    std::mt19937 random_;
    LogBuilder log_{"x\n"};
    CallSiteId site_;
    VariableId variable_;
    OptimizerId optimizer_;
    std::vector<LoopPosition> stack_;
    std::uint32_t activations_ = 0;
};

/// Ordinals by their definition.
std::vector<std::uint32_t> ordinals(const Timeline& timeline) {
    std::map<std::pair<std::uint32_t, CallSiteId>, std::uint32_t> counts;
    std::vector<std::uint32_t> result;
    for (const auto& node : timeline.nodes())
        result.push_back(counts[{timeline.stepOf(node.event), timeline.siteOf(node.event)}]++);
    return result;
}

}  // namespace

class TestStepSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatTheDefinitionSays();
    void findsItAtEveryMoment();
};

void TestStepSearch::findsWhatTheDefinitionSays() {
    std::set<std::size_t> counts;
    for (std::uint32_t seed = 0; seed < 400; ++seed) {
        const auto events = RandomProgram(seed).run();
        const auto timeline = timelineOf(events);
        const auto expected = Oracle(events).run();
        QVERIFY2(std::ranges::equal(timeline.steps(), expected), qPrintable(QString::number(seed)));
        counts.insert(expected.size());
    }
    QVERIFY(counts.size() > 10);
}

void TestStepSearch::findsItAtEveryMoment() {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        auto events = RandomProgram(seed).run();
        Timeline timeline;
        std::vector<Event> sofar;
        for (const auto& event : events) {
            QVERIFY(!timeline.append(event));
            sofar.push_back(event);
            if (std::holds_alternative<ApplyBegan>(event)) continue;  // the definition speaks of whole calls
            if (timeline.getIf<VariableAssigned>(timeline.size() - 1) ||
                timeline.getIf<PairApplied>(timeline.size() - 1))
                continue;
            QVERIFY2(std::ranges::equal(timeline.steps(), Oracle(sofar).run()), qPrintable(QString::number(seed)));
            const auto expected = ordinals(timeline);
            for (std::uint32_t node = 0; node < expected.size(); ++node)
                QCOMPARE(timeline.ordinal({node}), expected[node]);
        }
    }
}

QTEST_GUILESS_MAIN(TestStepSearch)
#include "tst_stepsearch.moc"
