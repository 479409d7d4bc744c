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
}  // namespace

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
