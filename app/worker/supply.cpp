// SPDX-License-Identifier: Apache-2.0
// Exactly as many bytes as the parcel has.
#include "app/worker/supply.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace tapescope {
namespace {

/// Up to `size` bytes, fewer where the input ends.
std::string readBytes(int descriptor, std::uint64_t size) {
    constexpr std::size_t pieceSize = std::size_t{1} << 20;
    std::string text;
    while (text.size() < size) {
        const std::size_t before = text.size();
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(pieceSize, size - before));
        text.resize(before + wanted);
        const ssize_t count = ::read(descriptor, text.data() + before, wanted);
        text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (count == 0 || (count < 0 && errno != EINTR)) break;
    }
    return text;
}

}  // namespace

Result<Parcel> readParcel(int descriptor) {
    const std::size_t headSize = parcelMagic().size() + parcelSizeBytes;
    std::string head = readBytes(descriptor, headSize);
    if (!head.starts_with(parcelMagic())) {
        if (head.size() == headSize) head += readBytes(descriptor, UINT64_MAX);
        Parcel alone;
        alone.script = std::move(head);
        return alone;
    }
    const std::uint64_t size = parcelSize(std::string_view(head).substr(parcelMagic().size()));
    const std::string body = readBytes(descriptor, size);
    if (body.size() != size) return Failure{"the parcel ends too early"};
    return unpackParcel(body);
}

}  // namespace tapescope
