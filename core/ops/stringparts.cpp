// SPDX-License-Identifier: Apache-2.0
// Texts put together and taken apart: joins, splits, replacements, characters and raw bytes.
#include <algorithm>
#include <regex>

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

/// All inputs of one shape, but for scalars, which go with every element.
Tensors joined(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Tensor* shaped = nullptr;
    for (const Tensor& input : in) {
        if (input.shape().empty()) continue;
        if (shaped == nullptr) shaped = &input;
        if (input.shape() != shaped->shape()) {
            refuse(row,
                   "Input shapes do not match: " + kernelText(shaped->shape()) + " vs. " + kernelText(input.shape()),
                   "StringJoin_N_" + std::to_string(in.size()));
        }
    }
    Filling<std::string> result(shaped == nullptr ? Shape{} : shaped->shape());
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        for (std::size_t k = 0; k < in.size(); ++k) {
            if (k > 0) result.values[i] += text(attributes, 0);
            result.values[i] += in[k].as<std::string>()[in[k].shape().empty() ? 0 : i];
        }
    }
    return {std::move(result).done()};
}

/// Over one axis after the other, as they were named: the last named runs fastest.
Tensors reduceJoined(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    const auto axes = axesOf(row, attributes[0], shape.size());
    const Shape kept = reducedShape(shape, axes, true);
    Filling<std::string> result(reducedShape(shape, axes, std::get<bool>(attributes[1])));
    std::vector<bool> begun(result.values.size());
    Shape at(shape.size(), 0);
    for (const auto& string : in[0].as<std::string>()) {
        std::int64_t target = 0;
        for (std::size_t axis = 0; axis < shape.size(); ++axis)
            target = target * kept[axis] + (kept[axis] == 1 ? 0 : at[axis]);
        const auto place = static_cast<std::size_t>(target);
        if (begun[place]) result.values[place] += text(attributes, 2);
        begun[place] = true;
        result.values[place] += string;
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            if (++at[axis] < shape[axis]) break;
            at[axis] = 0;
        }
    }
    return {std::move(result).done()};
}

/// The parts between separators; between runs of blanks, none of them empty, where there is no separator.
std::vector<std::string> splitText(std::string_view whole, const std::string& separator, std::int64_t most) {
    std::vector<std::string> parts;
    const auto full = [&] { return most >= 0 && static_cast<std::int64_t>(parts.size()) >= most; };
    if (!separator.empty()) {
        std::size_t at = 0;
        for (auto end = whole.find(separator); end != std::string_view::npos && !full();
             end = whole.find(separator, at)) {
            parts.emplace_back(whole.substr(at, end - at));
            at = end + separator.size();
        }
        parts.emplace_back(whole.substr(at));
        return parts;
    }
    constexpr std::string_view blanks = " \t\n\v\f\r";
    for (auto at = whole.find_first_not_of(blanks); at != std::string_view::npos;) {
        auto end = full() ? std::string_view::npos : whole.find_first_of(blanks, at);
        parts.emplace_back(whole.substr(at, end - at));
        at = whole.find_first_not_of(blanks, std::min(end, whole.size()));
    }
    return parts;
}

/// As a sparse matrix: where each part stands, the parts, rows and the most columns.
Tensors split(const OpRow&, Inputs in, const Attributes& attributes) {
    std::vector<std::int64_t> indices;
    std::vector<std::string> values;
    std::int64_t widest = 0;
    const auto strings = in[0].as<std::string>();
    for (std::size_t i = 0; i < strings.size(); ++i) {
        const auto parts = splitText(strings[i], in[1].as<std::string>()[0], std::get<std::int64_t>(attributes[0]));
        widest = std::max(widest, static_cast<std::int64_t>(parts.size()));
        for (std::size_t k = 0; k < parts.size(); ++k) {
            indices.insert(indices.end(), {static_cast<std::int64_t>(i), static_cast<std::int64_t>(k)});
            values.push_back(parts[k]);
        }
    }
    const auto count = static_cast<std::int64_t>(values.size());
    return {Tensor::of<std::int64_t>({count, 2}, indices), Tensor::of<std::string>({count}, values),
            Tensor::of<std::int64_t>({2}, std::vector{static_cast<std::int64_t>(strings.size()), widest})};
}

// ---- patterns

/// RE2's pattern for the standard library, which knows most of it.
std::regex compiled(const OpRow& row, std::string pattern) {
    auto flags = std::regex::ECMAScript;
    if (pattern.starts_with("(?i)")) {
        flags |= std::regex::icase;
        pattern.erase(0, 4);
    }
    try {
        return std::regex(pattern, flags);
    } catch (const std::regex_error& error) {
        const auto code = error.code();
        const char* what = code == std::regex_constants::error_paren       ? "missing )"
                           : code == std::regex_constants::error_brack     ? "missing ]"
                           : code == std::regex_constants::error_badrepeat ? "no argument for repetition operator"
                                                                           : "invalid escape sequence";
        refuse(row, "Invalid pattern: " + pattern + ", error: " + what + ": " + pattern);
    }
}

/// The standard library's matcher calls itself for every character.
void requireShort(const OpRow& row, const std::string& string) {
    constexpr std::size_t longest = 10000;
    if (string.size() > longest) {
        refuse(row, "regular expressions take texts of up to " + std::to_string(longest) + " bytes here", {},
               ErrorKind::ResourceExhausted);
    }
}

/// "\1" as the standard library writes it, and "$" as itself.
std::string rewriteOf(const std::string& rewrite) {
    std::string result;
    for (std::size_t i = 0; i < rewrite.size(); ++i) {
        if (rewrite[i] == '$')
            result += "$$";
        else if (rewrite[i] == '\\' && i + 1 < rewrite.size()) {
            const char next = rewrite[++i];
            if (next >= '0' && next <= '9')
                result += next == '0' ? std::string("$&") : std::string("$") + next;
            else
                result += next;
        } else
            result += rewrite[i];
    }
    return result;
}

Tensors replaced(const OpRow& row, Inputs in, const Attributes& attributes) {
    const std::regex pattern = compiled(row, text(attributes, 0));
    const std::string rewrite = rewriteOf(text(attributes, 1));
    const auto how =
        std::get<bool>(attributes[2]) ? std::regex_constants::format_default : std::regex_constants::format_first_only;
    Filling<std::string> result(in[0].shape());
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        const std::string& string = in[0].as<std::string>()[i];
        requireShort(row, string);
        result.values[i] = std::regex_replace(string, pattern, rewrite, how);
    }
    return {std::move(result).done()};
}

Tensors matched(const OpRow& row, Inputs in, const Attributes& attributes) {
    const std::regex pattern = compiled(row, text(attributes, 0));
    Filling<bool> result(in[0].shape());
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        const std::string& string = in[0].as<std::string>()[i];
        requireShort(row, string);
        result.values[i] = std::regex_match(string, pattern);
    }
    return {std::move(result).done()};
}

// ---- characters and bytes

Tensors decoded(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (text(attributes, 0) != "UTF-8")
        refuse(row, "this program decodes UTF-8 and not " + text(attributes, 0), {}, ErrorKind::Unimplemented);
    std::vector<std::int64_t> splits{0};
    std::vector<std::int32_t> codes;
    std::vector<std::int64_t> starts;
    for (const auto& string : in[0].as<std::string>()) {
        for (const auto& c : utf8::characters(string)) {
            codes.push_back(static_cast<std::int32_t>(c.code));
            starts.push_back(static_cast<std::int64_t>(c.begin));
        }
        splits.push_back(static_cast<std::int64_t>(codes.size()));
    }
    const auto size = [](const auto& all) { return Shape{static_cast<std::int64_t>(all.size())}; };
    return {Tensor::of<std::int64_t>(size(splits), splits), Tensor::of<std::int32_t>(size(codes), codes),
            Tensor::of<std::int64_t>(size(starts), starts)};
}

Tensors encoded(const OpRow& row, Inputs in, const Attributes& attributes) {
    if (text(attributes, 0) != "UTF-8")
        refuse(row, "this program encodes UTF-8 and not " + text(attributes, 0), {}, ErrorKind::Unimplemented);
    const auto splits = in[1].as<std::int64_t>();
    const auto codes = in[0].as<std::int32_t>();
    Filling<std::string> result({std::max<std::int64_t>(in[1].count() - 1, 0)});
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        for (auto at = splits[i]; at < splits[i + 1] && at < in[0].count(); ++at) {
            const auto code = static_cast<char32_t>(codes[static_cast<std::size_t>(at)]);
            utf8::append(result.values[i], code > 0x10ffff ? char32_t{0xfffd} : code);
        }
    }
    return {std::move(result).done()};
}

/// The bytes of every text as elements of a dtype, along one axis more.
Tensors raw(const OpRow& row, Inputs in, const Attributes& attributes) {
    const DType dtype = std::get<DType>(attributes[0]);
    const std::size_t width = tapescope::row(dtype).size;
    if (width == 0) refuseType(row, "out_type", dtype);
    const auto strings = in[0].as<std::string>();
    const std::size_t size = strings.empty() ? 0 : strings[0].size();
    for (std::size_t i = 0; i < strings.size(); ++i) {
        if (strings[i].size() == size) continue;
        refuse(row, "DecodeRaw requires input strings to all be the same size, but element " + std::to_string(i) +
                        " has size " + std::to_string(size) + " != " + std::to_string(strings[i].size()));
    }
    if (size % width != 0) {
        refuse(row, "Input to DecodeRaw has length " + std::to_string(size) + " that is not a multiple of " +
                        std::to_string(width) + ", the size of " + std::string(tapescope::row(dtype).kernelName));
    }
    Shape shape = in[0].shape();
    shape.push_back(static_cast<std::int64_t>(size / width));
    ByteFilling result(dtype, std::move(shape));
    std::byte* out = result.bytes.data();
    for (const auto& string : strings) {
        for (std::size_t at = 0; at < size; ++at) {
            const std::size_t from = std::get<bool>(attributes[1]) ? at : at - at % width + (width - 1 - at % width);
            *out++ = dtype == DType::Bool ? std::byte{string[from] != 0} : static_cast<std::byte>(string[from]);
        }
    }
    return {std::move(result).done()};
}
}  // namespace

std::vector<OpRow> stringParts() {
    const InputRow input{"input", Severed};
    return {
        {"StringJoin",
         "",
         "y = x₁x₂…",
         "Texts one behind the other.",
         {{"inputs", Severed}},
         {{"separator", std::string()}},
         joined},
        {"ReduceJoin",
         "strings.reduce_join",
         "y = x₁x₂…",
         "The texts along the axes, one behind the other.",
         {{"inputs", Severed}},
         {{"axis", std::monostate{}}, {"keepdims", false}, {"separator", std::string()}},
         reduceJoined},
        {"StringSplitV2",
         "",
         "y = parts of x",
         "The parts of each text between separators, as a sparse matrix.",
         {input, {"sep", Severed}},
         {{"maxsplit", std::int64_t{-1}}},
         split,
         nullptr,
         nullptr,
         "indices values shape"},
        {"StaticRegexReplace",
         "strings.regex_replace",
         "y = x with another text for what matches",
         "Replaces what matches a pattern.",
         {input},
         {{"pattern", std::string()}, {"rewrite", std::string()}, {"replace_global", true}},
         replaced},
        {"StaticRegexFullMatch",
         "strings.regex_full_match",
         "y = does x match",
         "Whether the whole text matches a pattern.",
         {input},
         {{"pattern", std::string()}},
         matched},
        {"UnicodeDecodeWithOffsets",
         "",
         "y = characters of x",
         "The numbers of the characters of each text, and where they begin.",
         {input},
         {{"input_encoding", std::string("UTF-8")}},
         decoded,
         nullptr,
         nullptr,
         "row_splits char_values char_to_byte_starts"},
        {"UnicodeEncode",
         "",
         "y = text of x",
         "Texts of characters' numbers.",
         {{"input_values", Severed}, {"input_splits", Severed}},
         {{"output_encoding", std::string("UTF-8")}},
         encoded},
        {"DecodeRaw",
         "",
         "y = bytes of x",
         "The bytes of each text as numbers.",
         {{"bytes", Severed}},
         {{"out_type", DType::UInt8}, {"little_endian", true}},
         raw},
    };
}

}  // namespace tapescope::rows
