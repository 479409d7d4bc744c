// SPDX-License-Identifier: Apache-2.0
// Reading and writing of recorded runs in pieces, so that no copy of the whole file is held.
#include "app/document/tapefile.h"

#include <span>

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
    Encoder encoder;
    const auto flush = [&] {
        const std::vector<std::byte> bytes = encoder.drain();
        const auto size = static_cast<qint64>(bytes.size());
        return device.write(reinterpret_cast<const char*>(bytes.data()), size) == size;
    };
    for (EventIndex i = 0; i < timeline.size(); ++i) {
        encoder.add(timeline.event(i));
        if (encoder.pending() >= batchSize && !flush()) {
            return Failure{device.errorString().toStdString()};
        }
    }
    if (!flush()) return Failure{device.errorString().toStdString()};
    return {};
}

}  // namespace tapescope
