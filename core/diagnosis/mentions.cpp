// SPDX-License-Identifier: Apache-2.0
// Names in the text of a script: just enough of Python's tokens to tell code from comments and strings.
#include "core/diagnosis/script.h"

namespace tapescope {

namespace {

bool isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80u) != 0;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

class Scanner {
public:
    explicit Scanner(const std::vector<std::string_view>& lines) : lines_(lines) {}

    std::vector<Mention> scan() && {
        for (number_ = 1; number_ <= lines_.size(); ++number_) {
            line_ = lines_[number_ - 1];
            at_ = 0;
            column_ = 0;
            while (at_ < line_.size()) quote_.empty() ? code() : string();
            if (quote_.size() == 1) quote_ = {};
        }
        return std::move(found_);
    }

private:
    void advance(std::size_t bytes) {
        for (const auto end = std::min(at_ + bytes, line_.size()); at_ < end; ++at_)
            if (!continues(line_[at_])) ++column_;
    }

    void code() {
        const char c = line_[at_];
        if (c == '#') return advance(line_.size());
        if (c == '"' || c == '\'') return open("");
        if (!isNamePart(c)) return advance(1);
        name();
    }

    /// A name, or the prefix of a string.
    void name() {
        auto end = at_;
        while (end < line_.size() && isNamePart(line_[end])) ++end;
        const auto word = line_.substr(at_, end - at_);
        const bool prefix = end < line_.size() && (line_[end] == '"' || line_[end] == '\'') && word.size() <= 2;
        const bool attribute = at_ > 0 && line_[at_ - 1] == '.';
        if (!prefix && !attribute) found_.push_back({word, number_, column_});
        advance(word.size());
        if (prefix) open(word);
    }

    void open(std::string_view prefix) {
        const auto quote = line_.substr(at_, 1);
        const auto rest = line_.substr(at_);
        const bool triple = rest.size() >= 3 && rest[1] == quote[0] && rest[2] == quote[0];
        quote_ = rest.substr(0, triple ? 3 : 1);
        formatted_ = prefix.find_first_of("fF") != std::string_view::npos;
        advance(quote_.size());
    }

    void string() {
        if (line_.substr(at_, quote_.size()) == quote_) {
            advance(quote_.size());
            quote_ = {};
        } else if (line_[at_] == '\\') {
            advance(2);
        } else if (formatted_ && isNamePart(line_[at_])) {
            name();
        } else {
            advance(1);
        }
    }

    const std::vector<std::string_view>& lines_;
    std::vector<Mention> found_;
    std::string_view line_, quote_;
    bool formatted_ = false;
    std::size_t at_ = 0;
    std::uint32_t number_ = 0, column_ = 0;
};

}  // namespace

std::vector<Mention> mentions(const std::vector<std::string_view>& lines) {
    return Scanner(lines).scan();
}

}  // namespace tapescope
