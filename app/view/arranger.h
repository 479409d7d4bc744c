// SPDX-License-Identifier: Apache-2.0
// Lays out beside the window: one thread with a layout engine of its own, which the window waits for a moment and no
// longer.
#pragma once

#include <QByteArray>
#include <QThread>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "app/layout/engine.h"
#include "app/layout/folding.h"
#include "app/scene/compose.h"

namespace tapescope {

/// What a large step looks like, made beside the window from a run that has ended and changes no more.
struct SightJob {
    std::shared_ptr<const Timeline> timeline;
    FoldChoice folds;
    std::uint32_t step = 0;
    EventIndex focus = 0;
    std::vector<std::uint32_t> before;  ///< large steps before it that bring variables or optimizers
    // What came of it:
    StepGraph whole;
    FoldTree tree;
    std::vector<bool> open;
    Folded folded;
    std::map<std::uint32_t, StepGraph> drawnBefore;

    void run(const std::atomic<bool>& cancelled);
};

/// Steps to lay out, one after the other: each finds the places that those before it gave to variables and optimizers.
struct LayoutJob {
    std::unique_ptr<SightJob> sight;  ///< instead of items
    struct Item {
        QByteArray key;
        StepGraph graph;
        BoxSizes sizes;
        std::vector<TapeId> tapes;
    };
    std::vector<Item> items;
    RunPlaces places;
    Direction direction = Direction::Down;
    struct Placed {
        std::vector<TapeId> tapes;  ///< of the graph that was laid out
        Layout layout;
        std::shared_ptr<const Labels> ground;  ///< what words have to keep off
    };
    std::map<QByteArray, Placed> placed;  ///< what came of it
    std::atomic<bool> cancelled = false;  ///< nobody waits for it any more

    void run(LayoutEngine& engine);
};

class Arranger {
public:
    /// `ready` is called in the other thread, when a job is done that nobody waited for.
    explicit Arranger(std::function<void()> ready);
    ~Arranger();
    Arranger(const Arranger&) = delete;
    Arranger& operator=(const Arranger&) = delete;

    /// Only while it is not busy.
    void start(std::unique_ptr<LayoutJob> job);
    bool busy() const;
    /// The job when it is done, for as long as one may wait; then nothing, and `ready` will be called.
    std::unique_ptr<LayoutJob> take(std::chrono::milliseconds patience);
    /// What runs ends soon, with the simpler layout for what is not laid out yet.
    void cancel();
    /// What runs ends soon, with nothing more: it was overtaken.
    void drop();

private:
    void work();

    std::function<void()> ready_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::unique_ptr<LayoutJob> job_;
    bool started_ = false, done_ = false, ends_ = false, left_ = false, hurried_ = false;
    LayoutEngine* engine_ = nullptr;  ///< of the thread
    std::unique_ptr<QThread> thread_;
};

}  // namespace tapescope
