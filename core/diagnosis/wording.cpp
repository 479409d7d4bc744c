// SPDX-License-Identifier: Apache-2.0
// Pieces of sentences.
#include "core/diagnosis/wording.h"

#include <algorithm>

#include "core/trace/text.h"

namespace tapescope {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    return text;
}

std::string counted(std::size_t count, std::string_view thing) {
    return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

std::string fourDigits(double number) {
    return numberText(number, 4);
}

std::string inLine(const Timeline& timeline, std::uint32_t line) {
    return "in " + timeline.places().words(line);
}

std::string theLines(const Timeline& timeline, const std::vector<std::uint32_t>& lines) {
    std::vector<std::string> numbers, words;
    for (const std::uint32_t line : lines) {
        numbers.push_back(std::to_string(line));
        words.push_back(timeline.places().words(line));
    }
    const bool plain = std::ranges::equal(
        numbers, words, [](const std::string& number, const std::string& word) { return word == "line " + number; });
    return plain ? "lines " + listed(numbers) : listed(words);
}

std::string theLine(const Timeline& timeline, std::uint32_t line) {
    std::string words = timeline.places().words(line);
    words.front() = 'L';
    return words;
}

std::string wasOrWere(const std::vector<std::string>& names) {
    return names.size() == 1 ? "was" : "were";
}

std::string inSteps(std::uint32_t firstStep, std::size_t count) {
    if (count == 1) return "in step " + std::to_string(firstStep);
    return "in " + std::to_string(count) + " steps, first in step " + std::to_string(firstStep);
}

}  // namespace tapescope
