// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rule.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/engine/rules/families.h"

namespace tapescope {

double setting(const Settings& settings, std::string_view name) {
    const auto found = std::ranges::find(settings, name, &std::pair<std::string, double>::first);
    if (found == settings.end()) throw std::out_of_range("no setting " + std::string(name));
    return found->second;
}

double setting(const Settings& settings, std::string_view name, double fallback) {
    const auto found = std::ranges::find(settings, name, &std::pair<std::string, double>::first);
    return found == settings.end() ? fallback : found->second;
}

const Rule& ruleNamed(std::string_view name) {
    for (const auto& family : {descentRules(), adaptiveRules(), momentRules(), matrixRules()}) {
        const auto found = std::ranges::find(family, name, &Rule::name);
        if (found != family.end()) return *found;
    }
    throw std::out_of_range("no rule " + std::string(name));
}

}  // namespace tapescope
