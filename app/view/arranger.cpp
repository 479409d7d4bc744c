// SPDX-License-Identifier: Apache-2.0
#include "app/view/arranger.h"

namespace tapescope {

void SightJob::run(const std::atomic<bool>& cancelled) {
    const auto drawn = [&](const StepGraph& graph, const FoldTree& grown, EventIndex at) {
        open = openGroups(grown, folds, at);
        return tapescope::fold(*timeline, graph, grown, open);
    };
    for (const std::uint32_t earlier : before) {
        if (cancelled) return;
        const StepGraph graph = stepGraph(*timeline, earlier, folds);
        drawnBefore[earlier] = drawn(graph, foldTree(*timeline, graph), 0).graph;
    }
    if (cancelled) return;
    whole = stepGraph(*timeline, step, folds);
    if (cancelled) return;
    tree = foldTree(*timeline, whole);
    folded = drawn(whole, tree, focus);
}

void LayoutJob::run(LayoutEngine& engine) {
    if (sight) return sight->run(cancelled);
    for (Item& item : items) {
        if (placed.contains(item.key)) continue;
        Layout layout = layOut(item.graph, item.sizes, places, engine, direction, &cancelled);
        if (cancelled) return;
        std::shared_ptr<const Labels> ground = groundOf(layout);
        placed[item.key] = {std::move(item.tapes), std::move(layout), std::move(ground)};
    }
}

Arranger::Arranger(std::function<void()> ready) : ready_(std::move(ready)) {
    thread_.reset(QThread::create([this] { work(); }));
    thread_->start();
}

Arranger::~Arranger() {
    drop();
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    changed_.notify_all();
    thread_->wait();
}

void Arranger::start(std::unique_ptr<LayoutJob> job) {
    {
        const std::lock_guard lock(mutex_);
        job_ = std::move(job);
        started_ = true;
        done_ = left_ = hurried_ = false;
        if (engine_ != nullptr) engine_->resume();
    }
    changed_.notify_all();
}

bool Arranger::busy() const {
    const std::lock_guard lock(mutex_);
    return started_;
}

std::unique_ptr<LayoutJob> Arranger::take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (!started_) return {};
    if (!changed_.wait_for(lock, patience, [this] { return done_; })) {
        left_ = true;
        return {};
    }
    started_ = done_ = false;
    return std::move(job_);
}

void Arranger::cancel() {
    const std::lock_guard lock(mutex_);
    if (!started_) return;
    hurried_ = true;
    if (engine_ != nullptr) engine_->cancel();
}

void Arranger::drop() {
    const std::lock_guard lock(mutex_);
    if (!started_ || done_) return;
    job_->cancelled = true;
    if (engine_ != nullptr) engine_->cancel();
}

/// The process belongs to the thread that starts it.
void Arranger::work() {
    LayoutEngine engine;
    engine.warm();
    std::unique_lock lock(mutex_);
    engine_ = &engine;
    while (true) {
        changed_.wait(lock, [this] { return ends_ || (started_ && !done_); });
        if (ends_) break;
        LayoutJob& job = *job_;
        if (hurried_) engine.cancel();  // before there was an engine
        lock.unlock();
        job.run(engine);
        lock.lock();
        done_ = true;
        changed_.notify_all();
        if (left_) ready_();
    }
    engine_ = nullptr;
}

}  // namespace tapescope
