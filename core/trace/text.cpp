// SPDX-License-Identifier: Apache-2.0
// Events and values in words. Numbers go through std::to_chars, which knows no locale.
#include "core/trace/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <complex>

#include "core/base/narrow.h"

namespace tapescope {

namespace {

constexpr std::int64_t shownWhole = 64;  ///< elements; larger ones show the ends of each dimension
constexpr std::int64_t shownEnd = 3;

/// Fifteen digits are what a double holds of any decimal number.
std::string general(double number, int digits) {
    if (std::isnan(number)) return "nan";  // as numpy says it, of either sign
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::general,
                                   std::clamp(digits, 1, 15))
                         .ptr;
    return {buffer.data(), end};
}

/// The fewest digits that only this number has among its kind.
std::string narrowText(std::uint16_t bits, float (*widen)(std::uint16_t), std::uint16_t (*narrow)(float)) {
    const float number = widen(bits);
    for (int digits = 1; digits < 6; ++digits) {
        std::string text = general(static_cast<double>(number), digits);
        float same = 0;
        std::from_chars(text.data(), text.data() + text.size(), same);
        if (narrow(same) == bits) return text;
    }
    return general(static_cast<double>(number), 6);
}

template <class T>
std::string complexText(const std::complex<T>& number, int digits) {
    const std::string imaginary = numberText(number.imag(), digits);
    return numberText(number.real(), digits) + (imaginary.front() == '-' ? "" : "+") + imaginary + "j";
}

/// As Python writes bytes; of long ones the beginning.
std::string bytesText(std::string_view bytes) {
    constexpr std::size_t shown = 80;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "b'";
    for (const char c : bytes.substr(0, shown)) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\'' || c == '\\')
            (text += '\\') += c;
        else if (c == '\n')
            text += "\\n";
        else if (code >= 0x20 && code < 0x7f)
            text += c;
        else
            ((text += "\\x") += digits[code >> 4U]) += digits[code & 15U];
    }
    return text + (bytes.size() > shown ? "…'" : "'");
}

/// The elements of a value as Python prints nested lists, without commas.
class Elements {
public:
    Elements(const Tensor& tensor, int digits) : tensor_(tensor), digits_(digits) {}

    std::string text() {
        // A dimension of many beside one of none would be as many empty brackets.
        if (tensor_.count() == 0) return "[]";
        dimension(0);
        return std::move(text_);
    }

private:
    void dimension(std::size_t depth) {
        if (depth == tensor_.shape().size()) {
            element();
            return;
        }
        const auto size = tensor_.shape()[depth];
        const bool skips = tensor_.count() > shownWhole && size > 2 * shownEnd;
        text_ += '[';
        for (std::int64_t i = 0; i < size; ++i) {
            if (i > 0) text_ += ' ';
            if (skips && i == shownEnd) {
                text_ += "… ";
                const auto skipped = size - 2 * shownEnd;
                next_ += skipped * below(depth);
                i += skipped;
            }
            dimension(depth + 1);
        }
        text_ += ']';
    }

    std::int64_t below(std::size_t depth) const {
        std::int64_t count = 1;
        for (std::size_t i = depth + 1; i < tensor_.shape().size(); ++i) count *= tensor_.shape()[i];
        return count;
    }

    void element() {
        const auto i = static_cast<std::size_t>(next_++);
        switch (tensor_.dtype()) {
            case DType::Float32: text_ += numberText(tensor_.as<float>()[i], digits_); break;
            case DType::Float64: text_ += numberText(tensor_.as<double>()[i], digits_); break;
            case DType::Int32: text_ += std::to_string(tensor_.as<std::int32_t>()[i]); break;
            case DType::Int64: text_ += std::to_string(tensor_.as<std::int64_t>()[i]); break;
            case DType::Bool: text_ += tensor_.as<bool>()[i] ? "True" : "False"; break;
            case DType::UInt64: text_ += std::to_string(tensor_.as<std::uint64_t>()[i]); break;
            case DType::Float16: text_ += narrowText(tensor_.as<std::uint16_t>()[i], halfToFloat, floatToHalf); break;
            case DType::BFloat16:
                text_ += narrowText(tensor_.as<std::uint16_t>()[i], bfloat16ToFloat, floatToBfloat16);
                break;
            case DType::Complex64: text_ += complexText(tensor_.as<std::complex<float>>()[i], digits_); break;
            case DType::Complex128: text_ += complexText(tensor_.as<std::complex<double>>()[i], digits_); break;
            case DType::String: text_ += bytesText(tensor_.as<std::string>()[i]); break;
            case DType::Resource: text_ += "resource"; break;
            case DType::Variant: text_ += "variant"; break;
            case DType::Int8:
            case DType::Int16:
            case DType::UInt8:
            case DType::UInt16:
            case DType::UInt32:
                text_ += std::to_string(static_cast<std::int64_t>(tensor_.at(static_cast<std::int64_t>(i))));
                break;
        }
    }

    const Tensor& tensor_;
    int digits_;
    std::int64_t next_ = 0;
    std::string text_;
};

std::string summaryText(const Summary& summary, int digits) {
    std::string text = "min " + numberText(summary.minimum, digits) + " max " + numberText(summary.maximum, digits) +
                       " mean " + numberText(summary.mean, digits) + " norm " + numberText(summary.norm, digits);
    if (summary.nans > 0) text += " nan " + std::to_string(summary.nans);
    if (summary.infinities > 0) text += " inf " + std::to_string(summary.infinities);
    return text;
}

}  // namespace

std::string shapeWords(const Shape& shape) {
    return shape.size() == 1 ? "(" + pictureText(shape) + ",)" : pictureText(shape);
}

std::string numberText(double number, int digits) {
    return general(number, digits);
}

std::string numberText(float number, int digits) {
    if (!std::isfinite(number)) return general(static_cast<double>(number), digits);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    // The double with the float's own few digits, so that 0.31 stays 0.31 with any number of them.
    double same = 0;
    std::from_chars(buffer.data(), end, same);
    return general(same, digits);
}

std::string valueText(const Value& value, int digits) {
    if (value.whole) return Elements(value.whole, digits).text();
    return value.summary() ? summaryText(*value.summary(), digits) : std::string();
}

}  // namespace tapescope
