// SPDX-License-Identifier: Apache-2.0
// Events as bytes: the pipe, the file and the golden are the same stream. A magic, then size-prefixed FlatBuffers
// batches (event.fbs), each verified on its own before anything is read from it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/trace/event.h"

namespace tapescope {

/// Bytes that open every stream.
std::string_view streamMagic();

/// Encodes events into batches, cut long before they are large. Does not own a file: what drain() returns is to be
/// written.
class Encoder {
public:
    Encoder();
    ~Encoder();
    Encoder(Encoder&&) noexcept;
    Encoder& operator=(Encoder&&) noexcept;

    void add(const Event& event);
    /// Closes the batch and returns everything encoded since the last call, the magic first of all.
    std::vector<std::byte> drain();
    std::size_t pending() const;  ///< rough number of bytes not drained yet

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Decodes a stream that arrives in pieces. Never trusts a length: a batch over `maximumBatch` bytes is damage.
class Decoder {
public:
    static constexpr std::size_t maximumBatch = std::size_t{256} << 20;

    Decoder() { wanted_.set(); }
    /// For who keeps the stream: gives only events of these alternatives, and passes each part on, as it came, once it
    /// is verified. What comes after a batch with a RunEnded is not read.
    using Keep = std::function<void(std::span<const std::byte>)>;
    void keep(std::span<const std::size_t> alternatives, Keep each);

    /// Appends the events that are complete to `events`. After a failure, which says what is wrong at `position()`, it
    /// gives nothing more; what came before the damage is whole.
    std::optional<Failure> feed(std::span<const std::byte> bytes, std::vector<Event>& events);
    /// True if the stream ended between two batches, after its magic.
    bool atBoundary() const { return begun_ && buffer_.empty() && !failure_; }
    std::size_t position() const { return position_; }  ///< bytes read well so far: where damage begins
    std::size_t count() const { return count_; }        ///< events read so far, given or not
    /// Of the latest event that has one, where the stream is kept.
    CallSiteId site() const { return site_; }

private:
    std::size_t nextPart(std::span<const std::byte> bytes, std::vector<Event>& events);
    std::size_t fail(const std::string& what);
    std::optional<std::string> readBatch(std::span<const std::uint8_t> bytes, std::vector<Event>& events);

    std::bitset<std::variant_size_v<Event>> wanted_;
    Keep keep_;
    bool ended_ = false;
    std::size_t count_ = 0;
    CallSiteId site_;
    std::vector<std::byte> buffer_;
    std::size_t position_ = 0;
    bool begun_ = false;
    std::optional<Failure> failure_;
};

}  // namespace tapescope
