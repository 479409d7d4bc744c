// SPDX-License-Identifier: Apache-2.0
// Pieces, each with its kind, its names and its bytes.
#include "core/trace/parcel.h"

#include <cstdint>

namespace tapescope {

namespace {

constexpr std::string_view magic = "tapescope parcel 1\n";

enum class Piece : char { Script = 's', Module = 'm', File = 'f', Note = 'n' };

void addNumber(std::string& out, std::uint64_t number) {
    for (std::size_t i = 0; i < parcelSizeBytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xffU);
}

std::uint64_t numberAt(std::string_view bytes, std::size_t place) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < parcelSizeBytes; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[place + i])} << (8 * i);
    return number;
}

void addPiece(std::string& out, Piece kind, std::string_view name, std::string_view bytes) {
    out += static_cast<char>(kind);
    addNumber(out, name.size());
    addNumber(out, bytes.size());
    out += name;
    out += bytes;
}

/// Names in one text, with a zero between them: no path has one.
std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) text += (i > 0 ? std::string(1, '\0') : std::string()) + names[i];
    return text;
}

std::vector<std::string> separated(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\0', begin), text.size());
        names.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

bool take(Parcel& parcel, char kind, std::string_view name, std::string_view bytes) {
    switch (static_cast<Piece>(kind)) {
        case Piece::Script: parcel.script = bytes; return true;
        case Piece::Module: parcel.modules.push_back({std::string(name), std::string(bytes)}); return true;
        case Piece::File: parcel.files.push_back({separated(name), std::string(bytes)}); return true;
        case Piece::Note: parcel.notes.emplace_back(bytes); return true;
    }
    return false;
}

}  // namespace

std::string_view parcelMagic() {
    return magic;
}

std::string pack(const Parcel& parcel) {
    std::string body;
    addPiece(body, Piece::Script, {}, parcel.script);
    for (const ModuleText& module : parcel.modules) addPiece(body, Piece::Module, module.name, module.bytes);
    for (const GrantedFile& file : parcel.files) addPiece(body, Piece::File, joined(file.names), file.bytes);
    for (const std::string& note : parcel.notes) addPiece(body, Piece::Note, {}, note);
    std::string whole(magic);
    addNumber(whole, body.size());
    return whole + body;
}

std::uint64_t parcelSize(std::string_view bytes) {
    return bytes.size() < parcelSizeBytes ? 0 : numberAt(bytes, 0);
}

Result<Parcel> unpackParcel(std::string_view body) {
    constexpr std::size_t head = 1 + 2 * parcelSizeBytes;
    Parcel parcel;
    while (!body.empty()) {
        if (body.size() < head) return Failure{"the parcel ends in the middle of a piece"};
        const std::uint64_t name = numberAt(body, 1), bytes = numberAt(body, 1 + parcelSizeBytes);
        const std::uint64_t rest = body.size() - head;
        if (name > rest || bytes > rest - name) return Failure{"a piece of the parcel is longer than the parcel"};
        if (!take(parcel, body[0], body.substr(head, name), body.substr(head + name, bytes)))
            return Failure{"a piece of the parcel is of no known kind"};
        body.remove_prefix(head + name + bytes);
    }
    return parcel;
}

}  // namespace tapescope
