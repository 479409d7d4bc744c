// SPDX-License-Identifier: Apache-2.0
// A log as scenes: what the window does between the log and the painter, for tests.
#pragma once

#include <QString>
#include <map>
#include <optional>

#include "app/layout/engine.h"
#include "app/scene/compose.h"
#include "core/trace/timeline.h"

namespace tapescope::testing {

class Film {
public:
    explicit Film(Timeline timeline, Direction direction = Direction::Down);

    const Timeline& timeline() const { return timeline_; }
    const StepGraph& graph(std::uint32_t step);
    const Layout& layout(std::uint32_t step);

    Scene at(EventIndex event, double progress = 1, const Look& look = {});
    Scene atEnd() { return at(timeline_.size() - 1); }

private:
    struct Reel {
        StepGraph graph;
        Layout layout;
    };
    const Reel& reel(std::uint32_t step);

    Timeline timeline_;
    LayoutEngine engine_;
    RunPlaces places_;
    Direction direction_;
    std::map<std::uint32_t, Reel> reels_;
};

}  // namespace tapescope::testing
