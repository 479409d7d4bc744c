// SPDX-License-Identifier: Apache-2.0
// The way out of the worker: takes events, encodes them in batches on a thread of its own, writes them to a descriptor
// within 20 ms. What was taken before the process dies is lost only if it was younger than that.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/trace/codec.h"
#include "core/trace/event.h"

namespace tapescope {

class EventPipe final : public Sink {
public:
    /// How long the thread waits between two turns; each writes out all that was taken before it.
    static constexpr std::chrono::milliseconds turn{12};

    explicit EventPipe(int descriptor);
    ~EventPipe() override;  ///< finishes
    EventPipe(const EventPipe&) = delete;
    EventPipe& operator=(const EventPipe&) = delete;

    /// Starts the thread. `tick` is called on it every few milliseconds, for watching limits.
    void start(std::function<void()> tick);

    void take(Event&& event) override;
    /// Like take, but pieces of a line that come from the same place become one event, which is taken at the line's end
    /// or before the next event: where a line is cut must not depend on the clock.
    void print(Printed text);

    /// Writes everything out, also a line that has no end yet: before the script waits for an answer.
    void flushLine();

    /// Writes everything out now.
    void flush() { drain(); }

    /// Writes everything out, then `last`, and nothing after it: later events are dropped. From any thread.
    void finish(const RunEnded& last);

    /// Gives memory back that was kept for the last words: for when the script has used up the rest.
    void releaseReserve();

    /// Where the reader has gone there is no point in running on.
    bool readerGone() const;

private:
    void work();
    void drain();
    bool waitForRoom(std::unique_lock<std::mutex>& lock);  ///< false: nothing is taken any more
    struct Holding;
    void push(Event&& event);  ///< under mutex_
    void endLine();            ///< under mutex_
    template <class Work>
    void withReserve(Work work);
    void write(const std::vector<std::byte>& bytes);

    const int descriptor_;
    std::function<void()> tick_;
    std::mutex mutex_;               ///< guards queue_, line_, stopping_, finished_
    std::condition_variable wake_;   ///< for the thread: much is waiting, or the end
    std::condition_variable space_;  ///< for the producer: the queue was taken
    std::vector<Event> queue_;
    std::optional<Printed> line_;  ///< not yet at its end
    std::size_t held_ = 0;         ///< bytes of tensors that events keep alive which are not encoded yet
    std::vector<Event> emptied_;   ///< takes the queue's place at the next turn; guarded by writing_
    bool stopping_ = false;
    bool finished_ = false;
    std::mutex writing_;  ///< guards encoder_, reserve_ and the descriptor; taken before mutex_
    Encoder encoder_;
    std::unique_ptr<std::byte[]> reserve_;  ///< given back when memory runs out, so that the last words can be said
    std::thread thread_;
};

}  // namespace tapescope
