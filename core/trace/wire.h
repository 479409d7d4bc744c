// SPDX-License-Identifier: Apache-2.0
// Between the structs of event.h and the tables of event.fbs: a pack() and an unpack() for each event, and what they
// share. unpack() reads bytes that the verifier has passed and that may still lie.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/trace/event.h"
#include "event_generated.h"

namespace tapescope::codec {

/// The last enumerator of each enumeration that goes over the wire.
template <class E>
inline constexpr E last = E::Missing;
template <>
inline constexpr DType last<DType> = DType::Variant;
template <>
inline constexpr SyntaxKind last<SyntaxKind> = SyntaxKind::Import;
template <>
inline constexpr ObjectKind last<ObjectKind> = ObjectKind::Other;
template <>
inline constexpr AssignKind last<AssignKind> = AssignKind::Optimizer;
template <>
inline constexpr TapeChange last<TapeChange> = TapeChange::Consumed;
template <>
inline constexpr GradientState last<GradientState> = GradientState::Pending;
template <>
inline constexpr CutReason last<CutReason> = CutReason::TargetNotRecorded;
template <>
inline constexpr PairOutcome last<PairOutcome> = PairOutcome::NotFinite;
template <>
inline constexpr Outcome last<Outcome> = Outcome::Refused;

template <class T>
using Packed = flatbuffers::Offset<T>;
template <class T>
using PackedList = flatbuffers::Offset<flatbuffers::Vector<T>>;

/// Writes into one batch.
class Packing {
public:
    explicit Packing(flatbuffers::FlatBufferBuilder& builder) : builder_(builder) {}
    flatbuffers::FlatBufferBuilder& to() { return builder_; }

    Packed<flatbuffers::String> text(const std::string& text) { return builder_.CreateString(text); }
    /// Nothing where the text is empty.
    Packed<flatbuffers::String> anyText(const std::string& text);
    template <class Tag>
    PackedList<std::uint32_t> ids(std::span<const Id<Tag>> ids);
    template <class Tag>
    PackedList<std::uint32_t> ids(const IdList<Tag>& list) {
        return ids(std::span<const Id<Tag>>(list));
    }
    template <class Tag>
    PackedList<std::uint32_t> ids(const std::vector<Id<Tag>>& list) {
        return ids(std::span<const Id<Tag>>(list));
    }
    PackedList<std::int64_t> numbers(std::span<const std::int64_t> numbers);
    /// Nothing where the value is.
    Packed<wire::Value> value(const Value& value);
    Packed<wire::Value> present(const Value& value);
    /// A vector of what `pack` makes of each; nothing where there are none.
    template <class List, class Pack>
    auto list(const List& items, Pack pack) -> PackedList<decltype(pack(items.front()))>;
    /// The same for what has a place in the vector itself.
    template <class Struct, class List, class Pack>
    PackedList<const Struct*> structs(const List& items, Pack pack);

private:
    flatbuffers::FlatBufferBuilder& builder_;
};

/// Reads one batch; keeps the first thing that is wrong. Everything copied is charged against the bytes of the batch,
/// so that a batch whose parts overlap cannot become larger in memory than it was on the wire.
class Unpacking {
public:
    explicit Unpacking(std::size_t bytes) : budget_(bytes) {}
    const std::optional<std::string>& wrong() const { return wrong_; }
    void damage(const char* what);
    bool charge(std::size_t bytes);

    std::string text(const flatbuffers::String* text);
    template <class Tag>
    IdList<Tag> ids(const flatbuffers::Vector<std::uint32_t>* ids);
    std::vector<std::int64_t> numbers(const flatbuffers::Vector<std::int64_t>* numbers);
    Value value(const wire::Value* value);
    template <class E>
    E choice(std::uint8_t value, const char* what);
    /// What `unpack` makes of each item; empty where the list is missing.
    template <class T, class Item, class Unpack>
    std::vector<T> list(const flatbuffers::Vector<Item>* items, Unpack unpack);

private:
    Tensor whole(const Value& value, const flatbuffers::Vector<std::uint8_t>& bytes);
    Tensor wholeStrings(const Value& value, const flatbuffers::Vector<std::uint8_t>& bytes);

    std::size_t budget_;
    std::optional<std::string> wrong_;
};

inline wire::Range pack(const Range& range) {
    return {range.line, range.column, range.endLine, range.endColumn};
}
inline Range unpack(const wire::Range& range) {
    return {range.line(), range.column(), range.end_line(), range.end_column()};
}

#define TAPESCOPE_WIRE(Fact)                        \
    Packed<wire::Fact> pack(Packing&, const Fact&); \
    void unpack(Unpacking&, const wire::Fact&, Fact&);
TAPESCOPE_WIRE(RunStarted)
TAPESCOPE_WIRE(ScriptRead)
TAPESCOPE_WIRE(ScriptDigest)
TAPESCOPE_WIRE(CallSiteSeen)
TAPESCOPE_WIRE(LoopsMoved)
TAPESCOPE_WIRE(NameBound)
TAPESCOPE_WIRE(FoldBegan)
TAPESCOPE_WIRE(OpExecuted)
TAPESCOPE_WIRE(ValueLeft)
TAPESCOPE_WIRE(VariableCreated)
TAPESCOPE_WIRE(VariableAssigned)
TAPESCOPE_WIRE(TapeOpened)
TAPESCOPE_WIRE(TapeChanged)
TAPESCOPE_WIRE(TapeWatched)
TAPESCOPE_WIRE(GradientAsked)
TAPESCOPE_WIRE(GradientArrived)
TAPESCOPE_WIRE(GradientAnswered)
TAPESCOPE_WIRE(OptimizerCreated)
TAPESCOPE_WIRE(ApplyBegan)
TAPESCOPE_WIRE(PairApplied)
TAPESCOPE_WIRE(ApplyEnded)
TAPESCOPE_WIRE(Printed)
TAPESCOPE_WIRE(Warned)
TAPESCOPE_WIRE(Raised)
TAPESCOPE_WIRE(Noted)
TAPESCOPE_WIRE(RunEnded)
#undef TAPESCOPE_WIRE

// ---- templates

template <class Tag>
PackedList<std::uint32_t> Packing::ids(std::span<const Id<Tag>> ids) {
    if (ids.empty()) return 0;
    static_assert(sizeof(Id<Tag>) == sizeof(std::uint32_t));
    return builder_.CreateVector(reinterpret_cast<const std::uint32_t*>(ids.data()), ids.size());
}

template <class List, class Pack>
auto Packing::list(const List& items, Pack pack) -> PackedList<decltype(pack(items.front()))> {
    if (items.empty()) return 0;
    std::vector<decltype(pack(items.front()))> packed;
    packed.reserve(items.size());
    for (const auto& item : items) packed.push_back(pack(item));
    return builder_.CreateVector(packed);
}

template <class Struct, class List, class Pack>
PackedList<const Struct*> Packing::structs(const List& items, Pack pack) {
    if (items.empty()) return 0;
    std::vector<Struct> packed;
    packed.reserve(items.size());
    for (const auto& item : items) packed.push_back(pack(item));
    return builder_.CreateVectorOfStructs(packed);
}

template <class Tag>
IdList<Tag> Unpacking::ids(const flatbuffers::Vector<std::uint32_t>* ids) {
    IdList<Tag> result;
    if (ids == nullptr || !charge(std::size_t{ids->size()} * sizeof(std::uint32_t))) return result;
    result.reserve(ids->size());
    for (const std::uint32_t id : *ids) result.push_back({id});
    return result;
}

template <class E>
E Unpacking::choice(std::uint8_t value, const char* what) {
    if (value <= static_cast<std::uint8_t>(last<E>)) return static_cast<E>(value);
    damage(what);
    return last<E>;
}

template <class T, class Item, class Unpack>
std::vector<T> Unpacking::list(const flatbuffers::Vector<Item>* items, Unpack unpack) {
    std::vector<T> result;
    // Four bytes are the least that an item takes in its vector.
    if (items == nullptr || !charge(std::size_t{items->size()} * 4)) return result;
    result.reserve(items->size());
    for (const auto item : *items) result.push_back(unpack(item));
    return result;
}

}  // namespace tapescope::codec
