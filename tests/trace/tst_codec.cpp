// SPDX-License-Identifier: Apache-2.0
// The stream: what goes in comes out, in any pieces; what is damaged is refused, with the place.
#include <QTest>
#include <cstring>
#include <random>

#include "core/trace/codec.h"
#include "event_generated.h"
#include "tests/trace/randomevents.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Bytes = std::vector<std::byte>;

Bytes encoded(const std::vector<Event>& events) {
    Encoder encoder;
    for (const auto& event : events) encoder.add(event);
    return encoder.drain();
}

struct Decoded {
    std::vector<Event> events;
    std::optional<Failure> failure;
    std::size_t position = 0;
    bool whole = false;
};

Decoded decoded(std::span<const std::byte> bytes) {
    Decoder decoder;
    Decoded result;
    result.failure = decoder.feed(bytes, result.events);
    result.position = decoder.position();
    result.whole = decoder.atBoundary();
    return result;
}

bool isBeginningOf(const std::vector<Event>& part, const std::vector<Event>& all) {
    return part.size() <= all.size() && std::equal(part.begin(), part.end(), all.begin());
}

/// A batch of one event, written by hand: `fill` makes the fact.
template <class Fill>
Bytes forged(Fill fill) {
    flatbuffers::FlatBufferBuilder builder;
    const auto [kind, fact] = fill(builder);
    const auto event = wire::CreateEvent(builder, kind, fact);
    wire::FinishSizePrefixedBatchBuffer(builder, wire::CreateBatch(builder, builder.CreateVector({event})));
    const auto magic = streamMagic();
    Bytes bytes(magic.size() + builder.GetSize());
    std::memcpy(bytes.data(), magic.data(), magic.size());
    std::memcpy(bytes.data() + magic.size(), builder.GetBufferPointer(), builder.GetSize());
    return bytes;
}

Bytes forgedValue(std::uint8_t dtype, const std::vector<std::int64_t>& shape, const std::vector<std::uint8_t>& whole) {
    return forged([&](auto& builder) {
        const auto value = wire::CreateValueDirect(builder, dtype, &shape, &whole);
        return std::pair(wire::Fact::GradientArrived,
                         wire::CreateGradientArrived(builder, 0, 0, 0, 0, 0, value).Union());
    });
}

}  // namespace

class TestCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void returnsEveryAlternative();
    void returnsTheSamples();
    void givesOnlyWhatIsWanted();
    void takesAnyPieces();
    void beginsWithTheMagic();
    void cutsBatches();
    void isWholeOnlyWhereItIs();
    void survivesFlippedBits();
    void refusesLengths();
    void refusesForgedValues_data();
    void refusesForgedValues();
    void refusesForgedFacts();
    void refusesOverlap();
    void keepsWhatCameBefore();
};

void TestCodec::returnsEveryAlternative() {
    std::mt19937 random(1);
    for (std::size_t alternative = 0; alternative < std::variant_size_v<Event>; ++alternative) {
        for (int i = 0; i < 40; ++i) {
            const std::vector<Event> events{randomEvent(random, alternative)};
            const auto result = decoded(encoded(events));
            QVERIFY2(!result.failure, result.failure ? result.failure->message.c_str() : "");
            QVERIFY2(result.events == events, kindName(events[0]).data());
            QVERIFY(result.whole);
        }
    }
}

void TestCodec::returnsTheSamples() {
    for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace()}) {
        const auto result = decoded(encoded(events));
        QVERIFY(!result.failure);
        QVERIFY(result.events == events);
    }
}

/// Who keeps a stream looks at few of its events; all are counted, and the place of the last is known.
void TestCodec::givesOnlyWhatIsWanted() {
    const std::vector<Event> all = wrongSourceTrace();
    const std::size_t wanted[] = {Event(CallSiteSeen{}).index(), Event(RunEnded{}).index()};
    Decoder decoder;
    Bytes passed;
    decoder.keep(wanted,
                 [&passed](std::span<const std::byte> part) { passed.insert(passed.end(), part.begin(), part.end()); });
    std::vector<Event> some;
    const Bytes bytes = encoded(all);
    Bytes more = bytes;
    more.insert(more.end(), bytes.begin() + static_cast<std::ptrdiff_t>(streamMagic().size()), bytes.end());
    QVERIFY(!decoder.feed(more, some));
    QVERIFY(passed == bytes);  // nothing after the last word
    QCOMPARE(decoder.count(), all.size());
    std::vector<Event> expected;
    CallSiteId last;
    for (const Event& event : all) {
        if (event.index() == wanted[0] || event.index() == wanted[1]) expected.push_back(event);
        if (siteOf(event).valid()) last = siteOf(event);
    }
    QVERIFY(some == expected);
    QCOMPARE(decoder.site(), last);
}

void TestCodec::takesAnyPieces() {
    const auto events = randomEvents(2, 300);
    Encoder encoder;
    Bytes bytes;
    std::mt19937 random(3);
    for (const auto& event : events) {
        encoder.add(event);
        if (random() % 10 != 0) continue;
        const auto part = encoder.drain();
        bytes.insert(bytes.end(), part.begin(), part.end());
    }
    const auto rest = encoder.drain();
    bytes.insert(bytes.end(), rest.begin(), rest.end());

    Decoder decoder;
    std::vector<Event> result;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto size = std::min<std::size_t>(1 + random() % 97, bytes.size() - at);
        QVERIFY(!decoder.feed({bytes.data() + at, size}, result));
        at += size;
    }
    QVERIFY(result == events);
    QVERIFY(decoder.atBoundary());
    QCOMPARE(decoder.position(), bytes.size());
}

void TestCodec::beginsWithTheMagic() {
    Encoder encoder;
    const auto magic = encoder.drain();
    QCOMPARE(std::string_view(reinterpret_cast<const char*>(magic.data()), magic.size()), streamMagic());
    QVERIFY(encoder.drain().empty());
    QVERIFY(decoded(magic).whole);
    QVERIFY(!decoded({}).whole);
    const std::string_view text = "import tensorflow as tf";
    const auto result = decoded(std::as_bytes(std::span(text.data(), text.size())));
    QVERIFY(result.failure.has_value());
    QCOMPARE(result.position, std::size_t{0});
}

void TestCodec::cutsBatches() {
    Encoder encoder;
    Printed printed;
    printed.text.assign(10'000, 'x');
    for (int i = 0; i < 1000; ++i) encoder.add(printed);
    QVERIFY(encoder.pending() > 10'000'000);
    const auto bytes = encoder.drain();
    QCOMPARE(encoder.pending(), std::size_t{0});
    // Every prefix size is that of a small batch.
    std::size_t batches = 0, at = streamMagic().size();
    for (; at < bytes.size(); ++batches) {
        std::uint32_t length = 0;
        std::memcpy(&length, bytes.data() + at, sizeof length);
        QVERIFY(length < 2'000'000);
        at += sizeof length + length;
    }
    QCOMPARE(at, bytes.size());
    QVERIFY(batches >= 9);
    QCOMPARE(decoded(bytes).events.size(), std::size_t{1000});
}

void TestCodec::isWholeOnlyWhereItIs() {
    const auto events = cutPathTrace();
    const auto bytes = encoded(events);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto result = decoded({bytes.data(), size});
        QVERIFY(!result.failure);
        QVERIFY(result.events.empty());
        QCOMPARE(result.whole, size == streamMagic().size());
    }
}

void TestCodec::survivesFlippedBits() {
    const auto events = cutPathTrace();
    const auto bytes = encoded(events);
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 31) {
        auto damaged = bytes;
        damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        auto result = decoded(damaged);
        // Some flips only change a text or a number. What is let through must be fit to be shown.
        Timeline timeline;
        for (auto& event : result.events)
            if (timeline.append(std::move(event))) break;
        for (const auto& step : timeline.steps()) QVERIFY(step.end <= timeline.size());
    }
}

void TestCodec::refusesLengths() {
    const auto magic = streamMagic();
    Bytes bytes(magic.size() + 4);
    std::memcpy(bytes.data(), magic.data(), magic.size());
    for (const std::uint32_t length :
         {0xffffffffU, 0x80000000U, static_cast<std::uint32_t>(Decoder::maximumBatch) + 1}) {
        std::memcpy(bytes.data() + magic.size(), &length, 4);
        const auto result = decoded(bytes);
        QVERIFY(result.failure.has_value());
        QCOMPARE(result.position, magic.size());
        QCOMPARE(result.failure->message, "a batch of " + std::to_string(length) + " bytes");
    }
    const std::uint32_t none = 0;
    std::memcpy(bytes.data() + magic.size(), &none, 4);
    QVERIFY(decoded(bytes).failure.has_value());
}

void TestCodec::refusesForgedValues_data() {
    QTest::addColumn<int>("dtype");
    QTest::addColumn<QList<qint64>>("shape");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("good");
    const auto most = std::numeric_limits<qint64>::max();
    QTest::newRow("as it should be") << 0 << QList<qint64>{2, 2} << 16 << true;
    QTest::newRow("no elements") << 0 << QList<qint64>{2, 0} << 0 << true;
    QTest::newRow("too few bytes") << 0 << QList<qint64>{2, 2} << 15 << false;
    QTest::newRow("too many bytes") << 0 << QList<qint64>{2, 2} << 17 << false;
    QTest::newRow("other dtype") << 1 << QList<qint64>{2, 2} << 16 << false;
    QTest::newRow("no such dtype") << 6 << QList<qint64>{2, 2} << 16 << false;
    QTest::newRow("negative") << 0 << QList<qint64>{-2, -2} << 16 << false;
    QTest::newRow("overflow") << 0 << QList<qint64>{most, most} << 4 << false;
    QTest::newRow("overflow to nothing") << 0 << QList<qint64>{qint64{1} << 32, qint64{1} << 32} << 0 << false;
    QTest::newRow("overflow after nothing") << 0 << QList<qint64>{0, most, most} << 0 << false;
    QTest::newRow("many dimensions") << 0 << QList<qint64>(300, 1) << 4 << false;
}

void TestCodec::refusesForgedValues() {
    QFETCH(int, dtype);
    QFETCH(QList<qint64>, shape);
    QFETCH(int, bytes);
    QFETCH(bool, good);
    const auto stream = forgedValue(static_cast<std::uint8_t>(dtype), {shape.begin(), shape.end()},
                                    std::vector<std::uint8_t>(static_cast<std::size_t>(bytes)));
    const auto result = decoded(stream);
    QCOMPARE(!result.failure.has_value(), good);
    QCOMPARE(result.events.size(), good ? std::size_t{1} : std::size_t{0});
}

void TestCodec::refusesForgedFacts() {
    // a truth value of 2
    QVERIFY(decoded(forgedValue(4, {1}, {2})).failure.has_value());
    QVERIFY(!decoded(forgedValue(4, {1}, {1})).failure.has_value());
    // strings: of one byte, of fewer and of more bytes than they say
    const auto string = static_cast<std::uint8_t>(DType::String);
    QVERIFY(!decoded(forgedValue(string, {1}, {1, 0, 0, 0, 'a'})).failure.has_value());
    QVERIFY(decoded(forgedValue(string, {1}, {2, 0, 0, 0, 'a'})).failure.has_value());
    QVERIFY(decoded(forgedValue(string, {1}, {0, 0, 0, 0, 'a'})).failure.has_value());
    QVERIFY(decoded(forgedValue(string, {1}, {1, 0, 0})).failure.has_value());
    QVERIFY(decoded(forgedValue(string, {std::int64_t{1} << 40}, {1, 0, 0, 0, 'a'})).failure.has_value());
    const auto variant = static_cast<std::uint8_t>(DType::Variant);
    QVERIFY(!decoded(forgedValue(variant, {4}, {})).failure.has_value());
    QVERIFY(decoded(forgedValue(variant, {std::int64_t{1} << 40}, {})).failure.has_value());
    // an enumerator that does not exist
    const auto changed = [](std::uint8_t change) {
        return forged([=](auto& builder) {
            return std::pair(wire::Fact::TapeChanged, wire::CreateTapeChanged(builder, 0, change, 0).Union());
        });
    };
    QVERIFY(!decoded(changed(5)).failure.has_value());
    QVERIFY(decoded(changed(6)).failure.has_value());
    // a kind that does not exist, and none
    for (const auto kind : {wire::Fact::NONE, static_cast<wire::Fact>(99)}) {
        QVERIFY(decoded(forged([=](auto& builder) {
                    return std::pair(kind, wire::CreateApplyEnded(builder, 0, 0, false).Union());
                })).failure.has_value());
    }
    // a field that must be there
    QVERIFY(decoded(forged([](auto& builder) {
                const auto start = builder.StartTable();
                const flatbuffers::Offset<void> empty(builder.EndTable(start));
                return std::pair(wire::Fact::Noted, empty);
            })).failure.has_value());
}

/// Many events in one text: a small stream must not become a large log.
void TestCodec::refusesOverlap() {
    flatbuffers::FlatBufferBuilder builder;
    const auto text = builder.CreateString(std::string(100'000, 'x'));
    const auto event = wire::CreateEvent(builder, wire::Fact::Noted, wire::CreateNoted(builder, text).Union());
    const std::vector<flatbuffers::Offset<wire::Event>> events(1000, event);
    wire::FinishSizePrefixedBatchBuffer(builder, wire::CreateBatch(builder, builder.CreateVector(events)));
    const auto magic = streamMagic();
    Bytes bytes(magic.size() + builder.GetSize());
    std::memcpy(bytes.data(), magic.data(), magic.size());
    std::memcpy(bytes.data() + magic.size(), builder.GetBufferPointer(), builder.GetSize());
    const auto result = decoded(bytes);
    QVERIFY(result.failure.has_value());
    QVERIFY(result.events.size() < 3);
}

void TestCodec::keepsWhatCameBefore() {
    const auto events = wrongSourceTrace();
    Encoder encoder;
    for (std::size_t i = 0; i < 50; ++i) encoder.add(events[i]);
    auto bytes = encoder.drain();
    const auto good = bytes.size();
    for (std::size_t i = 50; i < events.size(); ++i) encoder.add(events[i]);
    auto second = encoder.drain();
    std::fill(second.begin() + 8, second.begin() + 40, std::byte{0xff});
    bytes.insert(bytes.end(), second.begin(), second.end());
    Decoder decoder;
    std::vector<Event> result;
    QVERIFY(decoder.feed(bytes, result).has_value());
    QCOMPARE(decoder.position(), good);
    QCOMPARE(result.size(), std::size_t{50});
    QVERIFY(isBeginningOf(result, events));
    QVERIFY(decoder.feed(encoded(events), result).has_value());
    QCOMPARE(result.size(), std::size_t{50});
    QVERIFY(!decoder.atBoundary());
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
