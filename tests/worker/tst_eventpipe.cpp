// SPDX-License-Identifier: Apache-2.0
// The queue, its thread and the last word, over a pipe of this process.
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTest>
#include <array>
#include <atomic>
#include <csignal>
#include <span>
#include <thread>

#include "app/worker/farewell.h"
#include "app/worker/pipe.h"
#include "core/trace/codec.h"
#include "core/trace/parcel.h"

using namespace tapescope;

namespace {

/// A pipe that is read on a thread of its own until its writing end is closed.
class Reader {
public:
    Reader() {
        if (::pipe(ends_.data()) != 0) qFatal("no pipe");
        thread_ = std::thread([this] { read(); });
    }
    ~Reader() { close(); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    int writingEnd() const { return ends_[1]; }
    std::size_t count() const { return count_; }
    const std::vector<Event>& close() {
        if (thread_.joinable()) {
            ::close(ends_[1]);
            thread_.join();
            ::close(ends_[0]);
        }
        return events_;
    }

private:
    void read() {
        Decoder decoder;
        std::array<std::byte, 4096> piece{};
        for (ssize_t size = 0; (size = ::read(ends_[0], piece.data(), piece.size())) > 0;) {
            if (decoder.feed(std::span(piece).first(static_cast<std::size_t>(size)), events_)) return;
            count_ = events_.size();
        }
    }

    std::array<int, 2> ends_{};
    std::thread thread_;
    std::vector<Event> events_;
    std::atomic<std::size_t> count_ = 0;
};

}  // namespace

class TestEventPipe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder();
    void goesOutByItself();
    void isOutAfterOneTurn();
    void finishes();
    void joinsUnfinishedLines();
    void cutsLinesWhereTheyEnd();
    void largeValuesComeInTheirOrder();
    void leavesWhereAsked();
    void noticesThatNobodyReads();
};

void TestEventPipe::keepsTheOrder() {
    constexpr int many = 20'000;
    Reader reader;
    {
        EventPipe pipe(reader.writingEnd());
        pipe.start({});
        for (int i = 0; i < many; ++i) pipe.take(Noted{std::to_string(i)});
    }
    const auto& events = reader.close();
    QCOMPARE(events.size(), static_cast<std::size_t>(many));
    for (int i = 0; i < many; ++i)
        QCOMPARE(std::get<Noted>(events[static_cast<std::size_t>(i)]).text, std::to_string(i));
}

void TestEventPipe::goesOutByItself() {
    Reader reader;
    EventPipe pipe(reader.writingEnd());
    std::atomic<int> ticks = 0;
    pipe.start([&] { ++ticks; });
    pipe.take(Noted{"one"});
    QTRY_COMPARE(reader.count(), std::size_t{1});
    QTRY_VERIFY(ticks > 2);
    pipe.finish({});
    reader.close();
}

void TestEventPipe::isOutAfterOneTurn() {
    // Whoever kills the worker loses what is younger than 20 ms: the wait between two turns, and the time to write.
    static_assert(EventPipe::turn < std::chrono::milliseconds(20));
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    {
        EventPipe pipe(ends[1]);
        std::atomic<int> turns = 0;
        pipe.start([&] { ++turns; });
        int written = 0;
        for (int round = 0; round < 20; ++round) {
            pipe.take(Noted{"one"});
            // The turn that was under way may have come too early for it; the one after that has not.
            const int begun = turns;
            QTRY_VERIFY(turns >= begun + 2);
            int now = 0;
            QCOMPARE(::ioctl(ends[0], FIONREAD, &now), 0);
            QVERIFY(now > written);
            written = now;
        }
        pipe.finish({});
    }
    ::close(ends[0]);
    ::close(ends[1]);
}

void TestEventPipe::finishes() {
    Reader reader;
    EventPipe pipe(reader.writingEnd());
    pipe.take(Noted{"before"});
    pipe.finish({Outcome::Timeout, "late", 3});
    pipe.take(Noted{"after"});
    pipe.finish({});
    const auto& events = reader.close();
    QCOMPARE(events.size(), std::size_t{2});
    QCOMPARE(std::get<RunEnded>(events[1]), (RunEnded{Outcome::Timeout, "late", 3}));
}

void TestEventPipe::joinsUnfinishedLines() {
    const CallSiteId a{0}, b{1};
    Reader reader;
    EventPipe pipe(reader.writingEnd());
    for (const Printed& piece : {Printed{false, "1", a}, Printed{false, " ", a}, Printed{false, "2\n", a},
                                 Printed{false, "3", a}, Printed{true, "4", a}, Printed{true, "5", b}}) {
        pipe.print(piece);
    }
    pipe.finish({});
    std::vector<std::string> texts;
    for (const Event& event : reader.close()) {
        if (const auto* printed = std::get_if<Printed>(&event)) texts.push_back(printed->text);
    }
    QCOMPARE(texts, (std::vector<std::string>{"1 2\n", "3", "4", "5"}));
}

void TestEventPipe::cutsLinesWhereTheyEnd() {
    const CallSiteId site{0};
    Reader reader;
    EventPipe pipe(reader.writingEnd());
    std::atomic<int> ticks = 0;
    pipe.start([&ticks] { ++ticks; });
    pipe.print({false, "a slow ", site});
    QTRY_VERIFY(ticks.load() >= 3);  // the thread has emptied the queue meanwhile
    pipe.print({false, "line\n", site});
    pipe.print({false, "before a warning", site});
    pipe.take(Warned{"UserWarning", "beware", site});
    pipe.print({false, std::string(5000, '.'), site});
    pipe.print({false, "!", site});
    pipe.finish({});
    std::vector<std::string> texts;
    for (const Event& event : reader.close()) {
        if (const auto* printed = std::get_if<Printed>(&event)) texts.push_back(printed->text);
        if (std::holds_alternative<Warned>(event)) texts.emplace_back("warned");
    }
    QCOMPARE(texts,
             (std::vector<std::string>{"a slow line\n", "before a warning", "warned", std::string(5000, '.'), "!"}));
}

/// One value is more than the queue may hold at all, and is taken all the same.
void TestEventPipe::largeValuesComeInTheirOrder() {
    constexpr std::int64_t count = std::int64_t{16} << 20;
    Reader reader;
    {
        EventPipe pipe(reader.writingEnd());
        pipe.start({});
        for (int i = 0; i < 6; ++i) {
            Filling<float> filling({count});
            std::ranges::fill(filling.values, static_cast<float>(i));
            GradientArrived arrived;
            arrived.value = valueOf(std::move(filling).done());
            pipe.take(std::move(arrived));
        }
    }
    std::vector<double> maxima;
    for (const Event& event : reader.close())
        maxima.push_back(std::get<GradientArrived>(event).value.summary()->maximum);
    QCOMPARE(maxima, (std::vector<double>{0, 1, 2, 3, 4, 5}));
}

/// In a process of its own, which ends: also a line that has no end yet is sent.
void TestEventPipe::leavesWhereAsked() {
    Reader reader;
    const pid_t child = ::fork();
    if (child == 0) {
        listenForFarewell();
        EventPipe pipe(reader.writingEnd());
        pipe.take(Noted{"before"});
        pipe.print({false, "a line without an end", CallSiteId{0}});
        leaveWhereAsked(pipe);
        std::raise(SIGTERM);
        leaveWhereAsked(pipe);
        ::_exit(EXIT_SUCCESS);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), askedStatus);
    const auto& events = reader.close();
    QCOMPARE(events.size(), std::size_t{2});
    QCOMPARE(std::get<Printed>(events.back()).text, std::string("a line without an end"));
}

void TestEventPipe::noticesThatNobodyReads() {
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    {
        const EventPipe pipe(ends[1]);
        QVERIFY(!pipe.readerGone());
        ::close(ends[0]);
        QVERIFY(pipe.readerGone());
    }
    ::close(ends[1]);
}

QTEST_GUILESS_MAIN(TestEventPipe)
#include "tst_eventpipe.moc"
