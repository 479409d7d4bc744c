// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/exercise.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "core/trace/codec.h"
#include "core/trace/stepgraph.h"
#include "core/trace/text.h"
#include "core/trace/timeline.h"

namespace tapescope::testing {

namespace {

/// Fails loudly in any kind of build.
void require(bool holds, const char* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::abort();
}

void lookAtSteps(const Timeline& timeline) {
    EventIndex next = 0;
    for (const auto& step : timeline.steps()) {
        require(step.begin == next && step.end > step.begin, "steps follow each other");
        next = step.end;
    }
    require(next == timeline.size(), "steps cover the log");
}

void lookAtGraph(const Timeline& timeline, std::uint32_t step) {
    const auto graph = stepGraph(timeline, step);
    const auto boxes = graph.boxes.size();
    std::vector<BoxKey> keys;
    for (const auto& box : graph.boxes) keys.push_back(box.key);
    std::ranges::sort(keys);
    require(std::ranges::adjacent_find(keys) == keys.end(), "no two boxes have one key");
    for (const auto& edge : graph.values) require(edge.from < boxes && edge.to < boxes, "values flow between boxes");
    for (const auto& edge : graph.gradients) require(edge.along < graph.values.size(), "gradients run along values");
    for (const auto& pair : graph.pairs) require(pair.variable < boxes && pair.optimizer < boxes, "pairs have boxes");
    for (const auto& mark : graph.marks) require(mark.box < boxes, "marks have boxes");
}

void lookAtEvent(const Timeline& timeline, EventIndex index) {
    require(!textLine(timeline, index).empty() && !jsonLine(timeline, index).empty(), "an event has words");
    require(timeline.stepOf(index) < timeline.steps().size(), "an event has a step");
    timeline.lineAt(index);
    timeline.phaseOf(index);
    timeline.beatOf(index);
}

}  // namespace

void exerciseEvents(std::vector<Event> events) {
    Timeline timeline;
    Snapshot folded;
    for (auto& event : events) {
        const auto index = timeline.size();
        if (timeline.append(std::move(event))) continue;
        fold(folded, timeline.event(index), index);
    }
    if (timeline.empty()) return;
    lookAtSteps(timeline);
    const auto steps = static_cast<std::uint32_t>(timeline.steps().size());
    // From both ends: a forged log can have more steps than anyone would look at.
    for (std::uint32_t step = 0; step < std::min(steps, 4U); ++step) {
        lookAtGraph(timeline, step);
        lookAtGraph(timeline, steps - 1 - step);
    }
    for (EventIndex i = 0; i < timeline.size(); ++i) lookAtEvent(timeline, i);
    for (std::uint32_t i = 0; i < timeline.nodes().size(); ++i) timeline.ordinal({i});
    for (std::uint32_t i = 0; i < timeline.tensors().size(); ++i) {
        nameOf(timeline, {i});
        provenanceOf(timeline, {i});
    }
    timeline.at(timeline.size() / 2);
    // Not a number is not itself: such a state is equal to none.
    const auto last = timeline.at(timeline.size() - 1);
    require(last.names == folded.names && last.tapes == folded.tapes, "seeking is folding");
}

void exerciseBytes(std::span<const std::byte> bytes) {
    Decoder decoder;
    std::vector<Event> events;
    std::size_t piece = 1;
    while (!bytes.empty()) {
        const auto size = std::min(piece, bytes.size());
        if (decoder.feed(bytes.first(size), events)) break;
        bytes = bytes.subspan(size);
        piece = piece * 3 + 1;
    }
    exerciseEvents(std::move(events));
}

}  // namespace tapescope::testing
