// SPDX-License-Identifier: Apache-2.0
// The search for steps through the marks of a log: where gradients were asked for, where updates began and ended, where
// loops moved. Goes on where it stopped; goes back only where a loop turns out to be one that makes steps.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/trace/ledger.h"
#include "core/trace/timeline.h"

namespace tapescope {

class StepSearch {
public:
    enum class Mark : std::uint8_t { Gradient, Update, UpdateEnded, Loops };

    void add(EventIndex index, Mark mark) { marks_.push_back({index, mark}); }

    /// Works through what was added since. False if nothing was.
    bool run(const Ledger& ledger);

    /// All but the last have their end; empty while no gradient was asked for.
    const std::vector<Step>& steps() const { return now_.steps; }

    /// Where the first event lies whose step may be another one than at the last call; nothing if there is none.
    std::optional<EventIndex> changedFrom() { return std::exchange(changedFrom_, std::nullopt); }

private:
    using Stack = std::vector<LoopPosition>;

    struct Marked {
        EventIndex index;
        Mark mark;
    };

    /// One time that a loop ran, from entering it to leaving it.
    struct Activation {
        std::uint32_t loop = 0;
        std::optional<std::size_t> parent;
        bool gradient = false;
        bool update = false;
        bool holdsOther = false;  ///< an activation within it has both already
        bool holdsLoops = false;
        bool proper = false;  ///< the innermost that has both
        bool steps = false;   ///< its iterations are steps
    };

    /// Where the search stands.
    struct State {
        std::size_t count = 0;  ///< of steps, and the last of them; the others do not change
        Step last;
        bool done = false;                      ///< the last step has all that makes a step
        EventIndex cut = 0;                     ///< and would end here
        std::optional<LoopPosition> iteration;  ///< the iteration that is a step, where one is running
        Stack around;                           ///< the loops around it
        std::optional<Stack> tail;  ///< while this runs on, what comes belongs to the iteration that has ended
    };

    struct Current : State {
        std::vector<Step> steps;
    };

    /// A running activation, and where the search stood when it was entered.
    struct Running {
        std::size_t activation;
        std::size_t mark;
        bool steps;  ///< as the search took it to be
        State before;
    };

    // what the loops are
    std::size_t activationOf(const LoopPosition& position, std::optional<std::size_t> parent);
    bool weigh(Mark mark);
    std::optional<std::size_t> judge();
    bool findProper();
    bool countProper(Activation& activation);
    bool extends(const Activation& activation) const;
    std::optional<std::size_t> judgeRunning();
    bool judgeFrom(std::size_t first);

    // where the steps are
    void goBackTo(std::size_t mark);
    void scan(std::size_t mark);
    void enter(std::size_t mark, const Stack& stack);
    void moveLoops(EventIndex index, const Stack& stack);
    void enterIteration(EventIndex index, Stack around);
    void leaveIteration(EventIndex index);
    void meetGradient();
    void meetUpdate(EventIndex index);
    void cutIfDone();
    State saved() const;
    void changed(EventIndex from);

    const Ledger* ledger_ = nullptr;  ///< while run() runs
    std::vector<Marked> marks_;
    std::size_t scanned_ = 0;
    std::vector<Activation> activations_;  ///< a loop before those within it
    std::unordered_map<std::uint32_t, std::size_t> byId_;
    std::map<std::uint32_t, std::size_t> properOf_;  ///< number of proper activations of each loop
    std::vector<Running> running_;
    Current now_;
    std::optional<EventIndex> changedFrom_;
};

}  // namespace tapescope
