// SPDX-License-Identifier: Apache-2.0
#include "core/base/shape.h"

#include <algorithm>

namespace tapescope {

namespace {
std::string joined(const Shape& shape, const char* separator) {
    std::string text;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i > 0) text += separator;
        text += std::to_string(shape[i]);
    }
    return text;
}
/// What stands for that many and for all that are more: no memory holds them, and their bytes can still be counted.
constexpr std::int64_t mostElements = std::int64_t{1} << 58;
}  // namespace

std::int64_t elementCount(const Shape& shape) {
    std::int64_t count = 1;
    bool tooMany = false;
    for (const auto dimension : shape) tooMany = __builtin_mul_overflow(count, dimension, &count) || tooMany;
    if (tooMany) return std::ranges::find(shape, 0) == shape.end() ? mostElements : 0;
    return std::min(count, mostElements);
}

std::string pythonText(const Shape& shape) {
    return "(" + joined(shape, ", ") + (shape.size() == 1 ? ",)" : ")");
}

std::string kernelText(const Shape& shape) {
    return "[" + joined(shape, ",") + "]";
}

std::string pictureText(const Shape& shape) {
    return shape.empty() ? "scalar" : joined(shape, "×");
}

std::optional<Shape> broadcast(const Shape& a, const Shape& b) {
    const Shape& longer = a.size() >= b.size() ? a : b;
    const Shape& shorter = a.size() >= b.size() ? b : a;
    Shape result = longer;
    const std::size_t offset = longer.size() - shorter.size();
    for (std::size_t i = 0; i < shorter.size(); ++i) {
        auto& dimension = result[offset + i];
        if (dimension == shorter[i] || shorter[i] == 1) continue;
        if (dimension != 1) return std::nullopt;
        dimension = shorter[i];
    }
    return result;
}

}  // namespace tapescope
