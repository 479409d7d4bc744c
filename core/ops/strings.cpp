// SPDX-License-Identifier: Apache-2.0
// Texts, one by one: length, case, parts, numbers as texts and texts as numbers. Nothing here has a gradient.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/base/convert.h"
#include "core/ops/definition.h"
#include "core/ops/kernel.h"
#include "core/ops/utf8.h"
#include "core/ops/valuerows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

const std::string& text(const Attributes& attributes, std::size_t i) {
    return std::get<std::string>(attributes[i]);
}

/// f of every string.
template <class To, class F>
Tensors each(const Tensor& input, F&& f) {
    Filling<To> result(input.shape());
    const auto strings = input.as<std::string>();
    std::transform(strings.begin(), strings.end(), result.values.begin(), f);
    return {std::move(result).done()};
}

void requireUnit(const OpRow& row, const std::string& unit) {
    if (unit != "BYTE" && unit != "UTF8_CHAR") refuseValue(row, "unit", "\"" + unit + "\"");
}

Tensors lengths(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireUnit(row, text(attributes, 0));
    const bool characters = text(attributes, 0) == "UTF8_CHAR";
    return each<std::int32_t>(in[0], [characters](const std::string& s) {
        return static_cast<std::int32_t>(characters ? utf8::count(s) : s.size());
    });
}

Tensors inCase(const OpRow& row, Inputs in, const Attributes& attributes, bool upper) {
    const std::string& encoding = text(attributes, 0);
    if (!encoding.empty() && encoding != "utf-8")
        refuse(row, "only utf-8 or '' (no encoding) is supported, received " + encoding);
    return each<std::string>(in[0], [&](const std::string& s) { return utf8::inCase(s, upper, !encoding.empty()); });
}

Tensors uppered(const OpRow& row, Inputs in, const Attributes& attributes) {
    return inCase(row, in, attributes, true);
}
Tensors lowered(const OpRow& row, Inputs in, const Attributes& attributes) {
    return inCase(row, in, attributes, false);
}

Tensors stripped(const OpRow&, Inputs in, const Attributes&) {
    return each<std::string>(in[0], [](const std::string& s) { return std::string(utf8::trimmed(s)); });
}

/// The part of a text from `at` (from its end where negative), nothing where there is no such place.
std::optional<std::string> part(const std::string& s, std::int64_t at, std::int64_t size, bool characters) {
    const auto whole = static_cast<std::int64_t>(characters ? utf8::count(s) : s.size());
    if (at < -whole || at > whole) return std::nullopt;
    const std::int64_t begin = at < 0 ? at + whole : at;
    const std::int64_t end = size < 0 ? whole : std::min(whole, begin + size);
    if (!characters) return s.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    const std::size_t first = utf8::offset(s, static_cast<std::size_t>(begin));
    return s.substr(first, utf8::offset(s, static_cast<std::size_t>(end)) - first);
}

Tensors parts(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireUnit(row, text(attributes, 0));
    if (in[1].shape() != in[2].shape()) {
        refuse(row, "pos and len should have the same shape, got: " + kernelText(in[1].shape()) + " vs. " +
                        kernelText(in[2].shape()));
    }
    const auto shape = broadcast(in[0].shape(), in[1].shape());
    if (!shape) {
        refuse(row, "Incompatible shapes: " + kernelText(in[0].shape()) + " vs. " + kernelText(in[1].shape()));
    }
    const Tensor strings = stretched(in[0], *shape);
    const Tensor at = converted(stretched(in[1], *shape), DType::Int64);
    const Tensor size = converted(stretched(in[2], *shape), DType::Int64);
    Filling<std::string> result(*shape);
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        const std::string& whole = strings.as<std::string>()[i];
        const std::int64_t from = at.as<std::int64_t>()[i];
        auto found = part(whole, from, size.as<std::int64_t>()[i], text(attributes, 0) == "UTF8_CHAR");
        if (!found) {
            refuse(row, "pos " + std::to_string(from) + " out of range for string b'" + whole + "' at index " +
                            std::to_string(i));
        }
        result.values[i] = *std::move(found);
    }
    return {std::move(result).done()};
}

// ---- texts as numbers

/// The whole text as a number; blanks around it do not matter.
template <class T>
std::optional<T> parsed(std::string_view s) {
    s = utf8::trimmed(s);
    if (s.starts_with('+')) s.remove_prefix(1);
    T value{};
    const auto end = std::from_chars(s.data(), s.data() + s.size(), value);
    if (s.empty() || end.ptr != s.data() + s.size() || end.ec == std::errc::invalid_argument) return std::nullopt;
    if (end.ec == std::errc::result_out_of_range) {
        if constexpr (std::is_floating_point_v<T>)
            return s.front() == '-' ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
        return std::nullopt;
    }
    return value;
}

template <class T>
Tensors numbersOf(const OpRow& row, const Tensor& input) {
    return each<T>(input, [&row](const std::string& s) {
        const auto value = parsed<T>(s);
        if (!value) refuse(row, "StringToNumberOp could not correctly convert string: " + s);
        return *value;
    });
}

Tensors numbers(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType dtype = std::get<DType>(attributes[0]);
    switch (dtype) {
        case DType::Float32: return numbersOf<float>(row, in[0]);
        case DType::Float64: return numbersOf<double>(row, in[0]);
        case DType::Int32: return numbersOf<std::int32_t>(row, in[0]);
        case DType::Int64: return numbersOf<std::int64_t>(row, in[0]);
        case DType::UInt32: return numbersOf<std::uint32_t>(row, in[0]);
        case DType::UInt64: return numbersOf<std::uint64_t>(row, in[0]);
        default: refuseType(row, "out_type", dtype);
    }
}

// ---- numbers as texts

/// How C's printf is told to write them.
struct Format {
    std::string flags;
    char notation = 'f';

    Format(const OpRow& row, DType dtype, const Attributes& attributes) {
        const DTypeRow& facts = tapescope::row(dtype);
        const auto precision = std::get<std::int64_t>(attributes[0]);
        const bool scientific = std::get<bool>(attributes[1]);
        const bool shortest = std::get<bool>(attributes[2]);
        const auto width = std::get<std::int64_t>(attributes[3]);
        const std::string& fill = text(attributes, 4);
        const bool floats = facts.floating || facts.complex();
        const std::string where = " not supported for datatype " + std::string(facts.kernelName);
        if (scientific && shortest) refuse(row, "Cannot select both scientific and shortest notation");
        if (!floats && (scientific || shortest)) refuse(row, "scientific and shortest format" + where);
        if (!floats && precision > -1) refuse(row, "precision" + where);
        if (fill.size() > 1) refuse(row, "Fill string must be one or fewer characters");
        if (!fill.empty() && std::string_view(" +-0#").find(fill) == std::string_view::npos)
            refuse(row, "Fill argument not supported: \"" + fill + "\"");
        flags = "%" + fill;
        if (width > -1) flags += std::to_string(width);
        if (precision > -1) flags += "." + std::to_string(precision);
        notation = shortest ? 'g' : scientific ? 'e' : 'f';
    }

    template <class T>
    std::string operator()(const char* type, T value) const {
        const std::string format = flags + type;
        std::string result(64, '\0');
        for (int pass = 0; pass < 2; ++pass) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            const int size = std::snprintf(result.data(), result.size(), format.c_str(), value);
#pragma GCC diagnostic pop
            const bool fits = static_cast<std::size_t>(size) < result.size();
            result.resize(static_cast<std::size_t>(size) + (fits ? 0 : 1));
            if (fits) break;
        }
        return result;
    }
    std::string number(double value) const {
        return (*this)(std::string(1, notation).c_str(), value);
    }
};

std::string elementText(const Tensor& input, std::size_t i, const Format& format) {
    const auto at = static_cast<std::int64_t>(i);
    const DType dtype = input.dtype();
    if (dtype == DType::Bool) return format("s", input.at(at) != 0 ? "true" : "false");
    if (dtype == DType::UInt64) return format("llu", static_cast<unsigned long long>(input.as<std::uint64_t>()[i]));
    if (dtype == DType::Int64) return format("lld", static_cast<long long>(input.as<std::int64_t>()[i]));
    if (row(dtype).integer()) return format("lld", static_cast<long long>(input.at(at)));
    return format.number(input.at(at));
}

Tensors texts(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (in[0].dtype() == DType::String) return {in[0]};
    const Format format(row, in[0].dtype(), attributes);
    Filling<std::string> result(in[0].shape());
    const bool complex = tapescope::row(in[0].dtype()).complex();
    const Tensor pairs = complex ? converted(in[0], DType::Complex128) : in[0];
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        if (!complex) {
            result.values[i] = elementText(in[0], i, format);
            continue;
        }
        const auto value = pairs.as<std::complex<double>>()[i];
        result.values[i] = "(" + format.number(value.real()) + "," + format.number(value.imag()) + ")";
    }
    return {std::move(result).done()};
}
}  // namespace

std::vector<OpRow> strings() {
    const AttributeRow unit{"unit", std::string("BYTE")};
    const AttributeRow encoding{"encoding", std::string()};
    const InputRow input{"input", Severed};
    return {
        {"StringLength",
         "strings.length",
         "y = length of x",
         "Bytes or characters of each text.",
         {input},
         {unit},
         lengths},
        {"StringUpper", "strings.upper", "y = X", "Each text in capital letters.", {input}, {encoding}, uppered},
        {"StringLower", "strings.lower", "y = x", "Each text in small letters.", {input}, {encoding}, lowered},
        {"StringStrip",
         "strings.strip",
         "y = x without blanks around",
         "Each text without blanks at its ends.",
         {input},
         {},
         stripped},
        {"Substr",
         "strings.substr",
         "y = x[pos : pos + len]",
         "A part of each text.",
         {input, {"pos", Severed}, {"len", Severed}},
         {unit},
         parts},
        {"StringToNumber",
         "strings.to_number",
         "y = number of x",
         "The number that each text names.",
         {input},
         {{"out_type", DType::Float32}},
         numbers},
        {"AsString",
         "strings.as_string as_string",
         "y = text of x",
         "Each number as a text.",
         {input},
         {{"precision", std::int64_t{-1}},
          {"scientific", false},
          {"shortest", false},
          {"width", std::int64_t{-1}},
          {"fill", std::string()}},
         texts},
    };
}

}  // namespace tapescope::rows
