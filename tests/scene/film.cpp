// SPDX-License-Identifier: Apache-2.0
#include "tests/scene/film.h"

namespace tapescope::testing {

Film::Film(Timeline timeline, Direction direction) : timeline_(std::move(timeline)), direction_(direction) {}

const Film::Reel& Film::reel(std::uint32_t step) {
    for (auto next = static_cast<std::uint32_t>(reels_.size()); next <= step; ++next) {
        Reel reel{stepGraph(timeline_, next), {}};
        reel.layout = layOut(reel.graph, boxSizes(reel.graph, direction_), places_, engine_, direction_);
        reels_.emplace(next, std::move(reel));
    }
    return reels_.at(step);
}

const StepGraph& Film::graph(std::uint32_t step) {
    return reel(step).graph;
}

const Layout& Film::layout(std::uint32_t step) {
    return reel(step).layout;
}

Scene Film::at(EventIndex event, double progress, const Look& look) {
    const Reel& shown = reel(timeline_.stepOf(event));
    const Snapshot before = event == 0 ? Snapshot{} : timeline_.at(event - 1), after = timeline_.at(event);
    return compose({timeline_, shown.graph, before, after, {event, progress}}, shown.layout, look);
}

}  // namespace tapescope::testing
