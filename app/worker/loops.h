// SPDX-License-Identifier: Apache-2.0
// The loops that are running, told apart by the frames they run in. The script only says that a loop starts and that
// its body starts; that one has ended is seen from where the frames are.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/worker/frames.h"
#include "core/trace/event.h"

namespace tapescope {

/// One frame of the user's that is executing, outermost first in a span.
struct UserFrame {
    FrameView view;
    FileId file;
};

class LoopStack {
public:
    void add(std::uint32_t loop, const Range& range, std::int32_t enclosing);

    void started(const FrameView& frame, std::uint32_t loop);
    void iterated(const FrameView& frame, std::uint32_t loop);

    /// The loops around the innermost frame, where they differ from the last answer. `places` says where each frame is.
    std::optional<std::vector<LoopPosition>> moved(std::span<const UserFrame> frames, std::span<const Frame> places);

private:
    struct Known {
        Range range;
        std::int32_t enclosing = -1;
    };
    struct Running {
        const void* frame = nullptr;
        const PyCodeObject* code = nullptr;
        bool generator = false;
        std::uint32_t loop = 0, activation = 0, iteration = 0;
        bool inside = false;  ///< the body has started at least once
    };

    bool encloses(std::uint32_t outer, std::uint32_t inner) const;
    void forgetEnded(std::span<const UserFrame> frames, std::span<const Frame> places);
    Running& begin(const FrameView& frame, std::uint32_t loop);

    std::unordered_map<std::uint32_t, Known> known_;
    std::vector<Running> running_;
    std::vector<LoopPosition> told_;
    std::vector<std::pair<std::ptrdiff_t, LoopPosition>> live_;  ///< scratch: position of the frame, loop
    std::uint32_t activations_ = 0;
};

}  // namespace tapescope
