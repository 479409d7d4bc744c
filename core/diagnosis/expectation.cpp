// SPDX-License-Identifier: Apache-2.0
// Reading `# expect:` comments and comparing them with findings.
#include "core/diagnosis/expectation.h"

#include <algorithm>
#include <sstream>

#include "core/diagnosis/wording.h"

namespace tapescope {

namespace {

constexpr std::string_view mark = "# expect:";

/// "zip-truncated b c": an id and names.
void readOne(std::string_view text, std::uint32_t line, std::vector<Expectation>& expectations) {
    std::istringstream words{std::string(text)};
    Expectation expectation{line, {}, {}};
    if (!(words >> expectation.id) || expectation.id == "none") return;
    for (std::string name; words >> name;) expectation.names.push_back(name);
    expectations.push_back(std::move(expectation));
}

bool meets(const Finding& finding, const Expectation& expectation) {
    return finding.id == expectation.id && finding.line == expectation.line &&
           std::ranges::all_of(expectation.names, [&](const std::string& name) {
               return std::ranges::find(finding.names, name) != finding.names.end();
           });
}

std::string sentence(std::uint32_t line, const std::string& id, const std::vector<std::string>& names,
                     std::string_view verdict) {
    return "line " + std::to_string(line) + ": " + id + (names.empty() ? "" : " of " + listed(names)) + " " +
           std::string(verdict);
}

}  // namespace

std::vector<Expectation> expectationsIn(std::string_view script) {
    std::vector<Expectation> expectations;
    for (std::uint32_t number = 1; !script.empty(); ++number) {
        const auto end = script.find('\n');
        auto line = script.substr(0, end);
        script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
        const auto at = line.find(mark);
        if (at == std::string_view::npos) continue;
        line.remove_prefix(at + mark.size());
        while (true) {
            const auto separator = line.find(';');
            readOne(line.substr(0, separator), number, expectations);
            if (separator == std::string_view::npos) break;
            line.remove_prefix(separator + 1);
        }
    }
    return expectations;
}

std::vector<std::string> disagreements(std::span<const Expectation> expectations, std::span<const Finding> findings) {
    std::vector<std::string> sentences;
    for (const auto& each : expectations)
        if (std::ranges::none_of(findings, [&](const Finding& finding) { return meets(finding, each); }))
            sentences.push_back(sentence(each.line, each.id, each.names, "was expected and not found"));
    for (const auto& finding : findings) {
        const bool expected = std::ranges::any_of(expectations, [&](const auto& each) { return meets(finding, each); });
        if (expected || finding.severity == Severity::Hint) continue;
        sentences.push_back(sentence(finding.line, finding.id, finding.names, "was found and not expected"));
    }
    return sentences;
}

}  // namespace tapescope
