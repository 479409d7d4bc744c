// SPDX-License-Identifier: Apache-2.0
// Reading the command line and the two limits that may come from the environment.
#include "app/worker/options.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>

namespace tapescope {
namespace {

constexpr std::uint64_t kilo = 1024;

std::optional<std::uint64_t> wholeNumber(std::string_view word) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return value;
}

/// "4G", "512M", "100000": bytes.
std::optional<std::uint64_t> byteNumber(std::string_view word) {
    std::uint64_t unit = 1;
    if (!word.empty()) {
        const std::size_t power = std::string_view("KMGT").find(word.back());
        if (power != std::string_view::npos) {
            word.remove_suffix(1);
            for (std::size_t i = 0; i <= power; ++i) unit *= kilo;
        }
    }
    const auto number = wholeNumber(word);
    if (!number || *number == 0 || *number > UINT64_MAX / unit) return std::nullopt;
    return *number * unit;
}

std::optional<double> secondsNumber(const std::string& word) {
    std::istringstream in(word);
    in.imbue(std::locale::classic());
    double value = 0;
    if (!(in >> value) || !in.eof() || !std::isfinite(value) || value <= 0) return std::nullopt;
    return value;
}

std::vector<std::string> commaSeparated(const std::string& word) {
    std::vector<std::string> parts;
    std::istringstream in(word);
    for (std::string part; std::getline(in, part, ',');) {
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

template <class T, class U>
bool store(T& place, const std::optional<U>& value) {
    if (value) place = static_cast<T>(*value);
    return value.has_value();
}

struct OptionRow {
    std::string_view name;
    bool (*read)(Options&, const std::string&);  ///< nothing is wrong with the word
};

constexpr std::array optionRows{
    OptionRow{"--name", [](Options& o, const std::string& w) { return o.name = w, !w.empty(); }},
    OptionRow{"--preload", [](Options& o, const std::string& w) { return o.preload = commaSeparated(w), true; }},
    OptionRow{"--keras", [](Options& o, const std::string& w) { return o.keras = w, true; }},
    OptionRow{"--seed", [](Options& o, const std::string& w) { return o.seeded = store(o.seed, wholeNumber(w)); }},
    OptionRow{"--cpu", [](Options& o, const std::string& w) { return store(o.limits.cpuSeconds, secondsNumber(w)); }},
    OptionRow{"--wall", [](Options& o, const std::string& w) { return store(o.limits.wallSeconds, secondsNumber(w)); }},
    OptionRow{"--memory", [](Options& o, const std::string& w) { return store(o.limits.memoryBytes, byteNumber(w)); }},
    OptionRow{"--output", [](Options& o, const std::string& w) { return store(o.limits.outputBytes, byteNumber(w)); }},
};

constexpr std::array<std::pair<const char*, std::string_view>, 2> environmentRows{
    {{"TAPESCOPE_MEMORY", "--memory"}, {"TAPESCOPE_OUTPUT", "--output"}}};

bool take(Options& options, std::string_view name, const std::string& word) {
    for (const OptionRow& row : optionRows) {
        if (row.name == name) return row.read(options, word);
    }
    return false;
}

}  // namespace

Result<Options> readOptions(const std::vector<std::string>& words) {
    Options options;
    for (const auto& [variable, name] : environmentRows) {
        const char* word = std::getenv(variable);
        if (word != nullptr && !take(options, name, word))
            return Failure{std::string(variable) + ": cannot read " + word};
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--trust") {
            options.trust = true;
        } else if (words[i] == "--unseeded") {
            options.seeded = false;
        } else if (i + 1 == words.size()) {
            return Failure{words[i] + ": not an option, or its value is missing"};
        } else if (!take(options, words[i], words[i + 1])) {
            return Failure{words[i] + " " + words[i + 1] + ": not understood"};
        } else {
            ++i;
        }
    }
    return options;
}

std::string bytesText(std::uint64_t bytes) {
    constexpr std::array<const char*, 5> units{" bytes", " KB", " MB", " GB", " TB"};
    std::size_t unit = 0;
    while (unit + 1 < units.size() && bytes >= kilo && bytes % kilo == 0) {
        bytes /= kilo;
        ++unit;
    }
    return std::to_string(bytes) + units[unit];
}

std::string secondsText(double seconds) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << seconds << (seconds == 1 ? " second" : " seconds");
    return out.str();
}

}  // namespace tapescope
