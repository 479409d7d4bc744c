// SPDX-License-Identifier: Apache-2.0
// Keeping the stack of running loops in step with frames that come, go and are reused.
#include "app/worker/loops.h"

#include <algorithm>
#include <utility>

namespace tapescope {
namespace {

bool before(std::uint32_t lineA, std::uint32_t columnA, std::uint32_t lineB, std::uint32_t columnB) {
    return std::pair(lineA, columnA) < std::pair(lineB, columnB);
}

bool startsInside(const Range& place, const Range& range) {
    return !before(place.line, place.column, range.line, range.column) &&
           before(place.line, place.column, range.endLine, range.endColumn);
}

/// Position of the frame in which something runs, or -1.
template <class Running>
std::ptrdiff_t positionOf(const Running& running, std::span<const UserFrame> frames) {
    const auto found = std::find_if(frames.begin(), frames.end(), [&](const UserFrame& frame) {
        return frame.view.identity == running.frame && frame.view.code == running.code;
    });
    return found == frames.end() ? -1 : found - frames.begin();
}

}  // namespace

void LoopStack::add(std::uint32_t loop, const Range& range, std::int32_t enclosing) {
    known_[loop] = {range, enclosing};
}

bool LoopStack::encloses(std::uint32_t outer, std::uint32_t inner) const {
    auto found = known_.find(inner);
    while (found != known_.end() && found->second.enclosing >= 0) {
        const auto next = static_cast<std::uint32_t>(found->second.enclosing);
        if (next == outer) return true;
        found = known_.find(next);
    }
    return false;
}

LoopStack::Running& LoopStack::begin(const FrameView& frame, std::uint32_t loop) {
    running_.push_back({.frame = frame.identity,
                        .code = frame.code,
                        .generator = frame.generator,
                        .loop = loop,
                        .activation = activations_++});
    return running_.back();
}

void LoopStack::started(const FrameView& frame, std::uint32_t loop) {
    // Whatever ran in this place before and does not hold the new loop has ended.
    std::erase_if(running_, [&](const Running& running) {
        return running.frame == frame.identity && (running.code != frame.code || !encloses(running.loop, loop));
    });
    begin(frame, loop);
}

void LoopStack::iterated(const FrameView& frame, std::uint32_t loop) {
    const auto found = std::find_if(running_.rbegin(), running_.rend(), [&](const Running& running) {
        return running.frame == frame.identity && running.loop == loop;
    });
    Running& running = found == running_.rend() ? begin(frame, loop) : *found;
    if (running.inside) ++running.iteration;
    running.inside = true;
}

void LoopStack::forgetEnded(std::span<const UserFrame> frames, std::span<const Frame> places) {
    std::erase_if(running_, [&](const Running& running) {
        const std::ptrdiff_t position = positionOf(running, frames);
        if (position < 0) return !running.generator;  // a suspended generator comes back to its loop
        return !startsInside(places[static_cast<std::size_t>(position)].range, known_[running.loop].range);
    });
}

std::optional<std::vector<LoopPosition>> LoopStack::moved(std::span<const UserFrame> frames,
                                                          std::span<const Frame> places) {
    if (running_.empty() && told_.empty()) return std::nullopt;
    forgetEnded(frames, places);
    live_.clear();
    for (const Running& running : running_) {
        const std::ptrdiff_t position = positionOf(running, frames);
        if (position < 0 || !running.inside) continue;
        live_.push_back({position, {running.loop, running.activation, running.iteration}});
    }
    const auto inner = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::ranges::is_sorted(live_, inner)) std::ranges::stable_sort(live_, inner);
    if (std::ranges::equal(live_, told_, {}, [](const auto& one) { return one.second; })) return std::nullopt;
    told_.clear();
    for (const auto& [position, loop] : live_) told_.push_back(loop);
    return told_;
}

}  // namespace tapescope
