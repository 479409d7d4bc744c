// SPDX-License-Identifier: Apache-2.0
// What the tables of events share: texts, lists, values.
#include "core/trace/wire.h"

#include <algorithm>
#include <cstring>

namespace tapescope::codec {

namespace {

/// Strings one behind the other, each after its length in four bytes, the lowest first.
std::vector<std::uint8_t> packedStrings(std::span<const std::string> strings) {
    std::vector<std::uint8_t> bytes;
    for (const auto& string : strings) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            bytes.push_back(static_cast<std::uint8_t>(string.size() >> shift));
        bytes.insert(bytes.end(), string.begin(), string.end());
    }
    return bytes;
}

/// Fills `strings`; false where the bytes are not as many strings, no more and no less.
bool unpackStrings(std::span<const std::uint8_t> bytes, std::span<std::string> strings) {
    for (auto& string : strings) {
        if (bytes.size() < 4) return false;
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i) size |= std::size_t{bytes[i]} << (8 * i);
        bytes = bytes.subspan(4);
        if (bytes.size() < size) return false;
        string.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        bytes = bytes.subspan(size);
    }
    return bytes.empty();
}

wire::Summary packed(const Summary& summary) {
    return {summary.minimum,
            summary.maximum,
            summary.mean,
            summary.norm,
            summary.zeros,
            summary.nans,
            summary.infinities,
            flatbuffers::span<const std::uint32_t, 16>(summary.histogram),
            flatbuffers::span<const double, 4>(summary.corners)};
}

Summary unpacked(const wire::Summary& summary) {
    Summary result{summary.minimum(),
                   summary.maximum(),
                   summary.mean(),
                   summary.norm(),
                   summary.zeros(),
                   summary.nans(),
                   summary.infinities(),
                   {},
                   {}};
    for (std::size_t i = 0; i < result.histogram.size(); ++i)
        result.histogram[i] = (*summary.histogram())[static_cast<flatbuffers::uoffset_t>(i)];
    for (std::size_t i = 0; i < result.corners.size(); ++i)
        result.corners[i] = (*summary.corners())[static_cast<flatbuffers::uoffset_t>(i)];
    return result;
}

}  // namespace

Packed<flatbuffers::String> Packing::anyText(const std::string& anyText) {
    if (anyText.empty()) return 0;
    return text(anyText);
}

PackedList<std::int64_t> Packing::numbers(std::span<const std::int64_t> numbers) {
    if (numbers.empty()) return 0;
    return builder_.CreateVector(numbers.data(), numbers.size());
}

Packed<wire::Value> Packing::value(const Value& value) {
    if (value == Value{}) return 0;
    return present(value);
}

Packed<wire::Value> Packing::present(const Value& value) {
    const auto shape = numbers(value.shape());
    PackedList<std::uint8_t> whole = 0;
    if (value.whole && value.dtype() == DType::String)
        whole = builder_.CreateVector(packedStrings(value.whole.as<std::string>()));
    else if (value.whole)
        whole =
            builder_.CreateVector(reinterpret_cast<const std::uint8_t*>(value.whole.bytes()), value.whole.byteCount());
    const auto dtype = static_cast<std::uint8_t>(value.dtype());
    if (value.summary() == nullptr) return wire::CreateValue(builder_, dtype, shape, whole);
    const auto summary = packed(*value.summary());
    return wire::CreateValue(builder_, dtype, shape, whole, &summary);
}

void Unpacking::damage(const char* what) {
    if (!wrong_) wrong_ = what;
}

bool Unpacking::charge(std::size_t bytes) {
    if (bytes > budget_) {
        damage("parts that overlap");
        return false;
    }
    budget_ -= bytes;
    return true;
}

std::string Unpacking::text(const flatbuffers::String* text) {
    if (text == nullptr || !charge(text->size())) return {};
    return text->str();
}

std::vector<std::int64_t> Unpacking::numbers(const flatbuffers::Vector<std::int64_t>* numbers) {
    if (numbers == nullptr || !charge(std::size_t{numbers->size()} * sizeof(std::int64_t))) return {};
    std::vector<std::int64_t> result(numbers->size());
    // The verifier lets a vector of eight bytes each begin at any fourth.
    if (!result.empty()) std::memcpy(result.data(), numbers->Data(), result.size() * sizeof(std::int64_t));
    for (auto& number : result) number = flatbuffers::EndianScalar(number);
    return result;
}

Value Unpacking::value(const wire::Value* value) {
    if (value == nullptr) return {};
    std::optional<Summary> summary;
    if (value->summary() != nullptr) summary = unpacked(*value->summary());
    const auto dtype = choice<DType>(value->dtype(), "a dtype that does not exist");
    Value result(dtype, numbers(value->shape()), summary);
    // Before the elements are counted: the dimensions may multiply to anything.
    if (const char* wrong = objection(result)) {
        damage(wrong);
        return {};
    }
    if (value->whole() == nullptr) return result;
    if (summary) damage("a value both whole and in summary");
    return Value(whole(result, *value->whole()));
}

Tensor Unpacking::whole(const Value& value, const flatbuffers::Vector<std::uint8_t>& bytes) {
    if (value.dtype() == DType::String) return wholeStrings(value, bytes);
    const auto count = static_cast<std::size_t>(elementCount(value.shape()));
    const std::size_t size = row(value.dtype()).size;
    // Elements without bytes: their number is nothing that the bytes stand for.
    const bool endless = size == 0 && count > static_cast<std::size_t>(wholeLimit);
    if (bytes.size() != count * size || endless) {
        damage("a value of another size than its shape says");
        return {};
    }
    if (!charge(bytes.size())) return {};
    if (value.dtype() == DType::Bool && std::ranges::any_of(bytes, [](std::uint8_t b) { return b > 1; })) {
        damage("a truth value that is neither true nor false");
        return {};
    }
    return Tensor::copied(value.dtype(), value.shape(), bytes.data());
}

Tensor Unpacking::wholeStrings(const Value& value, const flatbuffers::Vector<std::uint8_t>& bytes) {
    // A string takes four bytes at least, so that no shape asks for more memory than its bytes stand for.
    if (static_cast<std::size_t>(elementCount(value.shape())) > bytes.size() / 4 || !charge(bytes.size())) {
        damage("a value of another size than its shape says");
        return {};
    }
    Filling<std::string> filling(value.shape());
    if (!unpackStrings({bytes.data(), bytes.size()}, filling.values)) {
        damage("a value of another size than its shape says");
        return {};
    }
    return std::move(filling).done();
}

}  // namespace tapescope::codec
