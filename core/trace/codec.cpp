// SPDX-License-Identifier: Apache-2.0
// The stream: batches cut, framed, verified.
#include "core/trace/codec.h"

#include <array>
#include <cstring>
#include <utility>

#include "core/trace/wire.h"

namespace tapescope {

namespace {

constexpr std::string_view magic{"\x89TAPE\r\n\x01", 8};
constexpr std::size_t prefixSize = sizeof(flatbuffers::uoffset_t);

/// Far below what the verifier allows: a table takes eight bytes at least.
constexpr std::size_t batchSize = std::size_t{1} << 20;

template <class Offset>
struct Content;
template <class Table>
struct Content<flatbuffers::Offset<Table>> {
    using Type = Table;
};

/// The table of an event.
template <class Fact>
using WireOf =
    typename Content<decltype(codec::pack(std::declval<codec::Packing&>(), std::declval<const Fact&>()))>::Type;

}  // namespace

std::string_view streamMagic() {
    return magic;
}

// ---- encoding

struct Encoder::State {
    flatbuffers::FlatBufferBuilder builder;
    std::vector<flatbuffers::Offset<wire::Event>> batch;
    std::vector<std::byte> done;
    bool begun = false;

    void close() {
        if (batch.empty()) return;
        wire::FinishSizePrefixedBatchBuffer(builder, wire::CreateBatch(builder, builder.CreateVector(batch)));
        const auto* bytes = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
        done.insert(done.end(), bytes, bytes + builder.GetSize());
        builder.Clear();
        batch.clear();
    }
};

Encoder::Encoder() : state_(std::make_unique<State>()) {}
Encoder::~Encoder() = default;
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;

void Encoder::add(const Event& event) {
    codec::Packing out(state_->builder);
    state_->batch.push_back(std::visit(
        [&](const auto& fact) {
            const auto packed = codec::pack(out, fact);
            constexpr auto kind = wire::FactTraits<WireOf<std::decay_t<decltype(fact)>>>::enum_value;
            return wire::CreateEvent(state_->builder, kind, packed.Union());
        },
        event));
    if (state_->builder.GetSize() >= batchSize) state_->close();
}

std::vector<std::byte> Encoder::drain() {
    state_->close();
    auto bytes = std::exchange(state_->done, {});
    if (!std::exchange(state_->begun, true)) {
        const auto* begin = reinterpret_cast<const std::byte*>(magic.data());
        bytes.insert(bytes.begin(), begin, begin + magic.size());
    }
    return bytes;
}

std::size_t Encoder::pending() const {
    return state_->done.size() + (state_->batch.empty() ? 0 : state_->builder.GetSize());
}

// ---- decoding

namespace {

using Read = Event (*)(codec::Unpacking&, const void*);

template <std::size_t kind>
Event readFact(codec::Unpacking& in, const void* table) {
    std::variant_alternative_t<kind, Event> fact;
    codec::unpack(in, *static_cast<const WireOf<decltype(fact)>*>(table), fact);
    return fact;
}

template <std::size_t... kinds>
constexpr std::array<Read, sizeof...(kinds)> readers(std::index_sequence<kinds...>) {
    // The union of the schema counts from 1 in the order of the variant.
    static_assert(((static_cast<std::size_t>(
                        wire::FactTraits<WireOf<std::variant_alternative_t<kinds, Event>>>::enum_value) == kinds + 1) &&
                   ...));
    return {readFact<kinds>...};
}

constexpr auto readTable = readers(std::make_index_sequence<std::variant_size_v<Event>>());

using Batch = flatbuffers::Vector<flatbuffers::Offset<wire::Event>>;

/// Where the script was when the last events of a batch were sent; nothing where the batch says nothing of it.
CallSiteId latestSite(codec::Unpacking& in, const Batch& events) {
    CallSiteId site;
    for (flatbuffers::uoffset_t i = events.size(); i-- > 0 && !site.valid() && !in.wrong();) {
        const auto kind = static_cast<std::size_t>(events[i]->fact_type());
        site = siteOf(readTable[kind - 1](in, events[i]->fact()));
    }
    return site;
}

}  // namespace

void Decoder::keep(std::span<const std::size_t> alternatives, Keep each) {
    wanted_.reset();
    for (const std::size_t one : alternatives) wanted_.set(one);
    keep_ = std::move(each);
}

/// Appends the events of a batch up to the first that is damaged.
std::optional<std::string> Decoder::readBatch(std::span<const std::uint8_t> bytes, std::vector<Event>& events) {
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (!wire::VerifySizePrefixedBatchBuffer(verifier)) return "a batch that is not well-formed";
    codec::Unpacking in(bytes.size());
    constexpr std::size_t last = std::variant_size_v<Event> - 1;
    static_assert(std::is_same_v<std::variant_alternative_t<last, Event>, RunEnded>);
    const auto* batch = wire::GetSizePrefixedBatch(bytes.data());
    for (const auto* event : *batch->events()) {
        const auto kind = static_cast<std::size_t>(event->fact_type());
        if (kind == 0 || kind > readTable.size()) return "an event of an unknown kind";
        if (!in.charge(prefixSize)) return in.wrong();
        if (wanted_.test(kind - 1)) {
            auto read = readTable[kind - 1](in, event->fact());
            if (in.wrong()) return in.wrong();
            events.push_back(std::move(read));
        }
        ++count_;
        ended_ = ended_ || kind - 1 == last;
    }
    if (!keep_) return std::nullopt;
    codec::Unpacking again(bytes.size());
    if (const CallSiteId site = latestSite(again, *batch->events()); site.valid()) site_ = site;
    return again.wrong();
}

std::optional<Failure> Decoder::feed(std::span<const std::byte> bytes, std::vector<Event>& events) {
    if (failure_) return failure_;
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    std::size_t taken = 0;
    while (const std::size_t size = nextPart({buffer_.data() + taken, buffer_.size() - taken}, events)) taken += size;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken));
    if (failure_) buffer_.clear();
    return failure_;
}

std::size_t Decoder::fail(const std::string& what) {
    failure_ = Failure{what};
    return 0;
}

std::size_t Decoder::nextPart(std::span<const std::byte> bytes, std::vector<Event>& events) {
    if (bytes.empty() || (keep_ && ended_)) return 0;
    if (!begun_) {
        const std::size_t known = std::min(bytes.size(), magic.size());
        if (std::memcmp(bytes.data(), magic.data(), known) != 0) return fail("it does not begin as a recording does");
        if (known < magic.size()) return 0;
        begun_ = true;
        position_ += magic.size();
        if (keep_) keep_(bytes.first(magic.size()));
        return magic.size();
    }
    if (bytes.size() < prefixSize) return 0;
    flatbuffers::uoffset_t prefix = 0;
    std::memcpy(&prefix, bytes.data(), prefixSize);
    const std::size_t length = flatbuffers::EndianScalar(prefix);
    if (length > maximumBatch) return fail("a batch of " + std::to_string(length) + " bytes");
    if (bytes.size() < prefixSize + length) return 0;
    // Copied, so that it lies where its numbers may be read.
    const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const std::vector<std::uint8_t> batch(begin, begin + prefixSize + length);
    if (const auto wrong = readBatch(batch, events)) return fail(*wrong);
    position_ += batch.size();
    if (keep_) keep_(bytes.first(batch.size()));
    return batch.size();
}

}  // namespace tapescope
