// SPDX-License-Identifier: Apache-2.0
// (moment, layout, look) -> Scene. Pure: equal input, equal scene.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>

#include "app/scene/scene.h"
#include "core/diagnosis/finding.h"

namespace tapescope {

/// The position of the deck: the latest event that is complete or under way, and how far it is.
struct Position {
    EventIndex event = 0;
    double progress = 1;  ///< 0..1 within the beat
    friend bool operator==(const Position&, const Position&) = default;
};

struct Moment {
    const Timeline& timeline;
    const StepGraph& graph;
    const Snapshot& before;  ///< before the event
    const Snapshot& after;   ///< after it
    Position position;
};

struct Look {
    std::span<const Finding> findings;
    std::optional<BoxKey> selection;
    std::set<std::uint32_t> litLines;  ///< lines whose boxes light up
    std::set<BoxKey> hovered;          ///< boxes that light up because their line, or they, are pointed at
    std::set<BoxKey> related;          ///< boxes that light up with what is selected, and the edges between them
    bool gradientWay = false;          ///< they are the way of a gradient
    bool reducedMotion = false;
    double letters = 1;  ///< how much larger than usual texts are, as boxSizes() was told
    bool legend = true;  ///< below the picture; a window has it in a place of its own
};

/// Sizes of the boxes of a graph, from the metrics of the picture's font and how much larger than usual it is.
BoxSizes boxSizes(const StepGraph& graph, Direction direction = Direction::Down, double letters = 1);

/// What words beside the marks have to keep off, whatever the moment: worth keeping with a layout, because looking at
/// every curve takes longer than everything else.
class Labels;
std::shared_ptr<const Labels> groundOf(const Layout& layout);

/// `ground` is that of the layout, or missing.
Scene compose(const Moment& moment, const Layout& layout, const Look& look, const Labels* ground = nullptr);

/// The row that says what lines and borders mean, by itself.
Scene legendScene();
/// A scene with that row below it.
Scene withLegend(Scene scene);

/// One plain sentence about an event, numbers in it; "" for what nobody sees.
QString sentenceAt(const Timeline& timeline, EventIndex event);

/// One line a mark, rounded to whole pixels: what the text goldens hold.
QString sceneText(const Scene& scene);

}  // namespace tapescope
