// SPDX-License-Identifier: Apache-2.0
// Reading and writing of recorded runs in pieces, so that no copy of the whole file is held.
#include "app/document/tapefile.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <span>
#include <thread>

#include "core/trace/codec.h"

namespace tapescope {

namespace {

constexpr qint64 pieceSize = qint64{1} << 20;
// Damage costs the batch that it hits and what comes after: small batches lose little.
constexpr std::size_t batchSize = std::size_t{8} << 10;

Failure damage(std::size_t byte, const std::string& reason) {
    return {"the recording is damaged at byte " + std::to_string(byte) + " (" + reason +
            "); what comes before is whole"};
}

std::optional<Failure> appendAll(std::vector<Event>& events, Timeline& timeline, std::size_t byte) {
    for (Event& event : events) {
        if (const auto failure = timeline.append(std::move(event))) return damage(byte, failure->message);
    }
    events.clear();
    return {};
}

using Bytes = std::vector<std::byte>;

/// Events of a recording that are encoded together.
constexpr EventIndex shareSize = EventIndex{1} << 13;

/// The events from `first` to before `end` as they stand in a file; the magic comes before the very first.
Bytes encoded(const Timeline& timeline, EventIndex first, EventIndex end) {
    Encoder encoder;
    Bytes all;
    const auto drain = [&] {
        const Bytes bytes = encoder.drain();
        all.insert(all.end(), bytes.begin(), bytes.end());
    };
    for (EventIndex i = first; i < end; ++i) {
        encoder.add(timeline.event(i));
        if (encoder.pending() >= batchSize) drain();
    }
    drain();
    if (first > 0) all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(streamMagic().size()));
    return all;
}

}  // namespace

bool beginsLikeTape(const QByteArray& bytes) {
    const std::string_view magic = streamMagic();
    return bytes.startsWith(QByteArrayView(magic.data(), static_cast<qsizetype>(magic.size())));
}

std::optional<Failure> readTape(QIODevice& device, Timeline& timeline) {
    Decoder decoder;
    std::vector<Event> events;
    while (true) {
        const QByteArray piece = device.read(pieceSize);
        if (piece.isEmpty()) break;
        const auto bytes = std::as_bytes(std::span(piece.constData(), static_cast<std::size_t>(piece.size())));
        const auto failure = decoder.feed(bytes, events);
        if (const auto refused = appendAll(events, timeline, decoder.position())) return refused;
        if (failure) return damage(decoder.position(), failure->message);
    }
    if (!decoder.atBoundary()) return damage(decoder.position(), "it ends in the middle of a batch");
    if (timeline.ended() == nullptr) return damage(decoder.position(), "it ends before the run does");
    return {};
}

std::optional<Failure> writeTape(QIODevice& device, const Timeline& timeline) {
    // A share is encoded while others are, and written in its turn: the bytes are the same however many are under way.
    const std::size_t most = std::max(2U, std::thread::hardware_concurrency());
    std::deque<std::future<Bytes>> underWay;
    bool begun = false;
    for (EventIndex first = 0; !begun || first < timeline.size() || !underWay.empty();) {
        if (!begun || (first < timeline.size() && underWay.size() < most)) {
            begun = true;
            const EventIndex end = first + std::min(shareSize, timeline.size() - first);
            underWay.push_back(std::async(std::launch::async, encoded, std::cref(timeline), first, end));
            first = end;
            continue;
        }
        const Bytes bytes = underWay.front().get();
        underWay.pop_front();
        const auto size = static_cast<qint64>(bytes.size());
        if (device.write(reinterpret_cast<const char*>(bytes.data()), size) != size)
            return Failure{device.errorString().toStdString()};
    }
    return {};
}

}  // namespace tapescope
