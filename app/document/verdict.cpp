// SPDX-License-Identifier: Apache-2.0
// From exit statuses and signals to outcomes.
#include "app/document/verdict.h"

#include <csignal>

#include "core/trace/crashwords.h"

namespace tapescope {

namespace {

std::string place(const Sight& seen) {
    return seen.line == 0 ? std::string() : " It was last seen in " + seen.words + ".";
}

std::string seconds(double value) {
    return QString::number(value, 'g', 6).toStdString();
}

RunEnded timeout(const RunOptions& options, const Sight& line) {
    return {Outcome::Timeout,
            "The script used more than its limit of " + seconds(options.timeout) +
                " seconds of computing time (--timeout SECONDS raises it)." + place(line),
            line.line};
}

struct SignalRow {
    int signal;
    Outcome outcome;
    const char* message;
};

constexpr const char* endedByOther = "Another program ended the worker.";

constexpr SignalRow signalTable[] = {
    {SIGSYS, Outcome::Forbidden, "The script asked the system for something that the sandbox forbids."},
    {SIGKILL, Outcome::Killed, "The system ended the worker, most likely because memory ran out."},
    {SIGTERM, Outcome::Killed, endedByOther},
    {SIGINT, Outcome::Killed, "The worker was interrupted."},
    {SIGXFSZ, Outcome::Forbidden, "The script tried to write a file."},
    {SIGSEGV, Outcome::Killed, crashWords},
};

RunEnded endBySignal(const Death& death, const RunOptions& options) {
    if (death.code == SIGXCPU || (death.code == SIGKILL && death.seconds >= options.timeout)) {
        return timeout(options, death.line);
    }
    for (const SignalRow& row : signalTable) {
        if (row.signal == death.code) return {row.outcome, row.message + place(death.line), death.line.line};
    }
    return {Outcome::Killed, "The worker crashed with signal " + std::to_string(death.code) + "." + place(death.line),
            death.line.line};
}

}  // namespace

RunEnded endOfDead(const Death& death, const RunOptions& options) {
    if (death.status == QProcess::CrashExit) return endBySignal(death, options);
    if (death.code == askedStatus) return {Outcome::Killed, endedByOther + place(death.line), death.line.line};
    if (death.code == abortStatus) {
        return {Outcome::Killed, "The worker gave itself up, as os.abort() makes it." + place(death.line),
                death.line.line};
    }
    std::string text =
        "The worker left with exit status " + std::to_string(death.code) + " before the script had ended.";
    if (const QString said = death.diagnostics.trimmed(); !said.isEmpty()) {
        text += " It said: " + said.section(u'\n', -1).toStdString();
    }
    return {Outcome::Killed, text + place(death.line), death.line.line};
}

RunEnded endByClock(const RunOptions& options, const Sight& line) {
    return {Outcome::Timeout,
            "The script was still running after " + seconds(2 * options.timeout) + " seconds, twice its limit of " +
                seconds(options.timeout) + " seconds of computing time (--timeout SECONDS raises it)." + place(line),
            line.line};
}

RunEnded endByStream(const RunOptions& options, const Sight& line) {
    return {Outcome::Output,
            "The recording of the run grew over " + std::to_string(options.stream >> 20) +
                " MB; fewer steps or smaller tensors make it fit." + place(line),
            line.line};
}

RunEnded endByEvents(const RunOptions& options, const Sight& line) {
    return {Outcome::Output,
            "The run made more than " + std::to_string(options.events) +
                " events, which is all that is kept of one; fewer steps make it fit." + place(line),
            line.line};
}

RunEnded endByStop(const Sight& line) {
    return {Outcome::Killed, "The run was stopped." + place(line), line.line};
}

RunEnded endByDamage(const std::string& reason, const Sight& line) {
    return {Outcome::Killed, "What the worker sent is damaged: " + reason + "." + place(line), line.line};
}

RunEnded endWithoutWorker(const QString& program, const QString& error) {
    return {Outcome::Killed,
            "The worker program could not be started (" + program.toStdString() + ": " + error.toStdString() +
                "). The installation is incomplete.",
            0};
}

}  // namespace tapescope
