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
    if (outcome == Outcome::Finished && document.state() != Document::State::Damaged) return {};
    const RunEnded* ended = timeline.ended();
    const bool damaged = document.state() == Document::State::Damaged;
    Ending ending{QString::fromLatin1(damaged ? "damaged" : outcomeName(outcome)), document.message(),
                  ended == nullptr ? 0 : ended->line};
    const auto raised = timeline.findAll(Event(Raised()).index());
    if (raised.empty()) return ending;
    const Raised& last = timeline.get<Raised>(raised.back());
    ending.traceback = QString::fromStdString(last.traceback);
    ending.type = QString::fromStdString(last.type);
    if (last.line != 0) ending.line = last.line;
    // Of a limit, the program's own sentence says more than the exception that it became.
    if (outcome == Outcome::Error || ending.message.isEmpty()) ending.message = QString::fromStdString(last.message);
    return ending;
}

}  // namespace tapescope
