// SPDX-License-Identifier: Apache-2.0
// Words for every state a document can be in.
#include "app/view/status.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace tapescope {

namespace {

QString sentence(const char* source, int number = -1) {
    return QCoreApplication::translate("tapescope::status", source, nullptr, number);
}

QString counted(int number, const char* one, const char* many) {
    return (number == 1 ? sentence(one) : sentence(many)).arg(number);
}

int operations(const Timeline& timeline) {
    return static_cast<int>(std::ranges::count_if(timeline.nodes(), [&](const NodeRecord& record) {
        return !timeline.get<OpExecuted>(record.event).backward.valid();
    }));
}

const Raised* raisedIn(const Timeline& timeline) {
    const auto found = timeline.findAll(Event(Raised{}).index());
    return found.empty() ? nullptr : timeline.getIf<Raised>(found.back());
}

QString failure(const Timeline& timeline) {
    const Raised* raised = raisedIn(timeline);
    if (raised == nullptr) return sentence("stopped by an error");
    return raised->line > 0 ? sentence("stopped by an error in line %1").arg(raised->line)
                            : sentence("stopped by an error");
}

QString limit(const Timeline& timeline) {
    const RunEnded* ended = timeline.ended();
    switch (ended == nullptr ? Outcome::Killed : ended->outcome) {
        case Outcome::Timeout: return sentence("stopped: out of time");
        case Outcome::Memory: return sentence("stopped: out of memory");
        case Outcome::Output: return sentence("stopped: too much output");
        case Outcome::Forbidden: return sentence("stopped: the script did something that is not allowed");
        case Outcome::Refused: return sentence("did not run");
        case Outcome::Finished:
        case Outcome::Error:
        case Outcome::Killed: break;
    }
    return sentence("stopped");
}

QString verb(const Document& document) {
    switch (document.state()) {
        case Document::State::Empty: return {};
        case Document::State::Running: return sentence("running");
        case Document::State::Finished: return sentence("ran");
        case Document::State::Failed: return failure(document.timeline());
        case Document::State::Limited: return limit(document.timeline());
        case Document::State::Damaged: break;
    }
    return sentence("the recording is damaged");
}

}  // namespace

QString statusText(const Document& document) {
    if (document.state() == Document::State::Empty) return {};
    const Timeline& timeline = document.timeline();
    QStringList counts{counted(operations(timeline), "%1 operation", "%1 operations")};
    if (document.state() != Document::State::Running && !timeline.empty()) {
        counts << counted(static_cast<int>(timeline.steps().size()), "%1 step", "%1 steps");
    }
    return QStringLiteral("%1: %2").arg(verb(document), counts.join(QStringLiteral(" · ")));
}

QString troubleText(const Document& document) {
    switch (document.state()) {
        case Document::State::Empty:
        case Document::State::Running:
        case Document::State::Finished: return {};
        case Document::State::Damaged: return document.message().left(1).toUpper() + document.message().mid(1);
        case Document::State::Failed:
            if (const Raised* raised = raisedIn(document.timeline())) {
                const QString where = raised->line > 0 ? sentence("Line %1: ").arg(raised->line) : QString();
                return where + QStringLiteral("%1: %2").arg(QString::fromStdString(raised->type),
                                                            QString::fromStdString(raised->message));
            }
            return document.message();
        case Document::State::Limited: break;
    }
    return document.message().isEmpty() ? verb(document) : document.message();
}

QString findingsText(const Document& document) {
    if (document.state() == Document::State::Empty || document.state() == Document::State::Running) return {};
    const auto count = static_cast<int>(document.findings().size());
    return count == 0 ? sentence("no findings") : counted(count, "%1 finding", "%1 findings");
}

int firstFinding(const std::vector<Finding>& findings) {
    const auto first = std::min_element(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return a.severity != b.severity ? a.severity < b.severity : a.event < b.event;
    });
    return first == findings.end() ? -1 : static_cast<int>(first - findings.begin());
}

}  // namespace tapescope
