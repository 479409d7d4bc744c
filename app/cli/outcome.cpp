// SPDX-License-Identifier: Apache-2.0
// How a run ended, as names and as an exit status.
#include "app/cli/report.h"

namespace tapescope {

Outcome outcomeOf(const Document& document) {
    const RunEnded* ended = document.timeline().ended();
    return ended == nullptr ? Outcome::Killed : ended->outcome;
}

const char* outcomeName(Outcome outcome) {
    switch (outcome) {
        case Outcome::Finished: return "finished";
        case Outcome::Error: return "error";
        case Outcome::Timeout: return "timeout";
        case Outcome::Memory: return "memory";
        case Outcome::Output: return "output";
        case Outcome::Killed: return "killed";
        case Outcome::Forbidden: return "forbidden";
        case Outcome::Refused: return "refused";
    }
    return "killed";
}

const char* severityName(Severity severity) {
    switch (severity) {
        case Severity::Error: return "error";
        case Severity::Warning: return "warning";
        case Severity::Hint: return "hint";
    }
    return "hint";
}

const char* gradientName(GradientState state) {
    switch (state) {
        case GradientState::Path: return "path";
        case GradientState::None: return "none";
        case GradientState::Zero: return "zero";
        case GradientState::Nan: return "nan";
        case GradientState::NotAsked: return "not-asked";
        case GradientState::Pending: return "pending";
    }
    return "pending";
}

Status statusOf(const Document& document) {
    if (document.state() == Document::State::Damaged || outcomeOf(document) != Outcome::Finished) return stoppedShort;
    for (const Finding& finding : document.findings()) {
        if (finding.severity != Severity::Hint) return foundSomething;
    }
    return allWell;
}

std::optional<Ending> endingOf(const Document& document) {
    const Timeline& timeline = document.timeline();
    const Outcome outcome = outcomeOf(document);
    if (outcome == Outcome::Finished) return {};
    for (EventIndex i = timeline.size(); i-- > 0;) {
        if (const auto* raised = timeline.getIf<Raised>(i)) {
            return Ending{QString::fromStdString(raised->type), QString::fromStdString(raised->message), raised->line};
        }
    }
    const RunEnded* ended = timeline.ended();
    return Ending{QString::fromLatin1(outcomeName(outcome)), document.message(), ended == nullptr ? 0 : ended->line};
}

}  // namespace tapescope
