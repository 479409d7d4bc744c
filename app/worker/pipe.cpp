// SPDX-License-Identifier: Apache-2.0
// The queue between the script and the pipe, and the thread that empties it.
#include "app/worker/pipe.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace tapescope {
namespace {

constexpr std::size_t wakeAt = 512;  ///< events that are worth a batch before the tick
/// The script waits while so many events are not taken, or while they hold so many bytes of tensors: what waits here is
/// lost when the process is killed, and must not be older than a blink.
constexpr std::size_t queueLimit = 1024;
constexpr std::size_t heldLimit = std::size_t{48} << 20;
constexpr std::size_t large = std::size_t{1} << 16;  ///< an event that holds so many bytes is let go once it is encoded
constexpr std::size_t reserveBytes = std::size_t{32} << 20;
constexpr std::size_t longLine = 4096;  ///< bytes of a line that is sent on before its end

std::size_t bytesOf(const Value& value) {
    return value.whole ? value.whole.byteCount() : value.sketch ? value.sketch->heldBytes() : 0;
}

/// Bytes of tensors that live for as long as the event does. They may be shared, and are counted all the same.
std::size_t heldBy(const Event& event) {
    std::size_t bytes = 0;
    if (const auto* operation = std::get_if<OpExecuted>(&event)) {
        for (const Value& value : operation->values) bytes += bytesOf(value);
    } else if (const auto* arrived = std::get_if<GradientArrived>(&event)) {
        bytes = bytesOf(arrived->value);
    } else if (const auto* assigned = std::get_if<VariableAssigned>(&event)) {
        bytes = bytesOf(assigned->value);
    } else if (const auto* pair = std::get_if<PairApplied>(&event)) {
        bytes = bytesOf(pair->before) + bytesOf(pair->after) + bytesOf(pair->used);
        for (const SlotChange& slot : pair->slots) bytes += bytesOf(slot.before) + bytesOf(slot.after);
    } else if (const auto* created = std::get_if<VariableCreated>(&event)) {
        bytes = bytesOf(created->value);
    } else if (const auto* answered = std::get_if<GradientAnswered>(&event)) {
        for (const SourceAnswer& answer : answered->answers) bytes += bytesOf(answer.value);
    }
    return bytes;
}

bool continues(const Printed& before, const Printed& next) {
    return before.error == next.error && before.shown == next.shown && before.site == next.site;
}

}  // namespace

EventPipe::EventPipe(int descriptor)
    : descriptor_(descriptor), reserve_(std::make_unique_for_overwrite<std::byte[]>(reserveBytes)) {}

EventPipe::~EventPipe() {
    {
        const std::lock_guard lock(mutex_);
        endLine();
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    drain();
}

void EventPipe::start(std::function<void()> tick) {
    tick_ = std::move(tick);
    thread_ = std::thread([this] { work(); });
}

bool EventPipe::waitForRoom(std::unique_lock<std::mutex>& lock) {
    const auto full = [this] { return queue_.size() >= queueLimit || held_ >= heldLimit; };
    if (full() && thread_.joinable()) {
        wake_.notify_one();
        space_.wait(lock, [&] { return !full() || finished_; });
    }
    return !finished_;
}

void EventPipe::take(Event&& event) {
    const std::size_t bytes = heldBy(event);
    std::unique_lock lock(mutex_);
    if (!waitForRoom(lock)) return;
    endLine();
    push(std::move(event));
    held_ += bytes;
}

void EventPipe::push(Event&& event) {
    queue_.push_back(std::move(event));
    if (queue_.size() == wakeAt) wake_.notify_one();
}

void EventPipe::endLine() {
    if (!line_) return;
    push(std::move(*line_));
    line_.reset();
}

void EventPipe::print(Printed text) {
    std::unique_lock lock(mutex_);
    if (!waitForRoom(lock)) return;
    if (line_ && !continues(*line_, text)) endLine();
    if (line_) {
        line_->text += text.text;
    } else {
        line_ = std::move(text);
    }
    if (line_->text.ends_with('\n') || line_->text.size() >= longLine) endLine();
}

void EventPipe::flushLine() {
    {
        const std::lock_guard lock(mutex_);
        endLine();
    }
    drain();
}

void EventPipe::work() {
    for (bool stopping = false; !stopping;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, turn, [this] { return stopping_ || queue_.size() >= wakeAt || held_ >= heldLimit; });
            stopping = stopping_;
        }
        drain();
        if (tick_) tick_();
    }
}

/// Bytes of tensors that events hold which were taken from the queue: given back with them, whatever happens.
struct EventPipe::Holding {
    explicit Holding(EventPipe& of) : pipe(of) {}
    ~Holding() { release(bytes); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;
    void release(std::size_t some) {
        if (some == 0) return;
        {
            const std::lock_guard lock(pipe.mutex_);
            pipe.held_ -= some;
        }
        bytes -= some;
        pipe.space_.notify_all();
    }

    EventPipe& pipe;
    std::size_t bytes = 0;
};

void EventPipe::drain() {
    const std::lock_guard writing(writing_);
    std::vector<Event>& taken = emptied_;
    taken.clear();  // where the last turn ended without memory
    Holding holding(*this);
    {
        const std::lock_guard lock(mutex_);
        taken.swap(queue_);
        holding.bytes = held_;
    }
    space_.notify_all();
    if (taken.empty()) return;
    for (Event& event : taken) {
        const std::size_t held = holding.bytes == 0 ? 0 : heldBy(event);
        withReserve([&] { encoder_.add(event); });
        if (held < large) continue;
        event = Noted{};
        holding.release(held);
    }
    taken.clear();
    holding.release(holding.bytes);
    withReserve([&] { write(encoder_.drain()); });
}

/// Does it again with the reserve given back, where memory has run out.
template <class Work>
void EventPipe::withReserve(Work work) {
    try {
        work();
    } catch (const std::bad_alloc&) {
        if (!reserve_) throw;
        reserve_.reset();
        work();
    }
}

void EventPipe::releaseReserve() {
    const std::lock_guard writing(writing_);
    reserve_.reset();
}

void EventPipe::finish(const RunEnded& last) {
    drain();
    {
        const std::lock_guard lock(mutex_);
        if (!finished_) {
            endLine();
            queue_.push_back(last);
        }
        finished_ = true;
    }
    drain();  // or waits for the thread that came first: whoever returns may end the process
}

void EventPipe::write(const std::vector<std::byte>& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) ::_exit(1);  // nobody reads any more
        done += static_cast<std::size_t>(count);
    }
}

bool EventPipe::readerGone() const {
    pollfd state{descriptor_, 0, 0};
    return ::poll(&state, 1, 0) > 0 && (state.revents & POLLERR) != 0;
}

}  // namespace tapescope
