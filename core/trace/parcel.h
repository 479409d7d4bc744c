// SPDX-License-Identifier: Apache-2.0
// What the app hands a worker on its standard input before what the script itself may read there: the script, the
// modules beside it, the files it may read. Bytes without the magic at their beginning are a script alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tapescope {

/// A module beside the script: "utils.py", "models/net.py".
struct ModuleText {
    std::string name;
    std::string bytes;
    friend bool operator==(const ModuleText&, const ModuleText&) = default;
};

/// A file that the script may read, under every name by which it may call it.
struct GrantedFile {
    std::vector<std::string> names;
    std::string bytes;
    friend bool operator==(const GrantedFile&, const GrantedFile&) = default;
};

struct Parcel {
    std::string script;
    std::vector<ModuleText> modules;
    std::vector<GrantedFile> files;
    std::vector<std::string> notes;     ///< what is to be said of the script before it runs
    friend bool operator==(const Parcel&, const Parcel&) = default;
};

/// The first bytes of every parcel; after them eight with the size of what follows, the lowest first.
std::string_view parcelMagic();
inline constexpr std::size_t parcelSizeBytes = 8;

/// With which a worker leaves that gave itself up: os.abort(), or a mistake of its own.
inline constexpr int abortStatus = 134;
/// The worker's exit status where it left because SIGTERM asked it to.
inline constexpr int askedStatus = 143;

std::string pack(const Parcel& parcel);
/// The size of what follows magic and size, from the bytes of the size.
std::uint64_t parcelSize(std::string_view bytes);
/// Reads what follows magic and size.
Result<Parcel> unpackParcel(std::string_view body);

}  // namespace tapescope
