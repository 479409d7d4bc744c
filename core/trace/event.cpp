// SPDX-License-Identifier: Apache-2.0
// What every event has in common, asked without knowing which alternative it is.
#include "core/trace/event.h"

#include <array>

namespace tapescope {

namespace {
constexpr std::array<std::string_view, std::variant_size_v<Event>> kindNames{
    "RunStarted",  "ScriptRead",  "ScriptDigest",  "CallSiteSeen",    "LoopsMoved",       "NameBound",
    "FoldBegan",   "OpExecuted",  "ValueLeft",     "VariableCreated", "VariableAssigned", "TapeOpened",
    "TapeChanged", "TapeWatched", "GradientAsked", "GradientArrived", "GradientAnswered", "OptimizerCreated",
    "ApplyBegan",  "PairApplied", "ApplyEnded",    "Printed",         "Warned",           "Raised",
    "Noted",       "RunEnded"};
}  // namespace

std::string_view kindName(const Event& event) {
    return kindNames[event.index()];
}

CallSiteId siteOf(const Event& event) {
    return std::visit(
        [](const auto& fact) {
            using Fact = std::decay_t<decltype(fact)>;
            // CallSiteSeen says what a site is; nothing happens there yet.
            if constexpr (std::is_same_v<Fact, CallSiteSeen>)
                return CallSiteId{};
            else if constexpr (requires { fact.site; })
                return fact.site;
            else
                return CallSiteId{};
        },
        event);
}

}  // namespace tapescope
