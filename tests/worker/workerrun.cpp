// SPDX-License-Identifier: Apache-2.0
// A process, its bytes, its events.
#include "tests/worker/workerrun.h"

#include <QProcess>
#include <array>
#include <span>

#include "core/trace/codec.h"

using namespace tapescope;

namespace {

constexpr int patience = 120'000;  // milliseconds; a limit for a broken worker, never waited for by a whole one

void decode(const QByteArray& bytes, WorkerRun& run) {
    Decoder decoder;
    const auto failure =
        decoder.feed(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), run.events);
    if (failure) {
        run.damage = failure->message;
    } else if (!decoder.atBoundary()) {
        run.damage = "the stream ends in the middle";
    }
}

}  // namespace

RunEnded WorkerRun::ended() const {
    const auto* last = events.empty() ? nullptr : std::get_if<RunEnded>(&events.back());
    return last == nullptr ? RunEnded{Outcome::Killed, "no last word", 0} : *last;
}

Raised WorkerRun::raised() const {
    const auto found = all<Raised>();
    return found.empty() ? Raised{} : found.front();
}

std::string WorkerRun::printed(bool error) const {
    std::string text;
    for (const Printed& piece : all<Printed>()) {
        if (piece.error == error) text += piece.text;
    }
    return text;
}

std::vector<Frame> WorkerRun::stack(CallSiteId site) const {
    for (const CallSiteSeen& seen : all<CallSiteSeen>()) {
        if (seen.site == site) return seen.stack;
    }
    return {};
}

std::uint32_t WorkerRun::line(CallSiteId site) const {
    const auto frames = stack(site);
    return frames.empty() ? 0 : frames.back().range.line;
}

QString workerProgram() {
    return qEnvironmentVariable("TAPESCOPE_BIN") + QStringLiteral("/tapescope-worker");
}

namespace {

void start(QProcess& worker, const QByteArray& script, const QStringList& arguments) {
    worker.start(workerProgram(), QStringList{QStringLiteral("--name"), QStringLiteral("script.py")} + arguments);
    worker.write(script);
    worker.closeWriteChannel();
}

WorkerRun finished(QProcess& worker) {
    WorkerRun run;
    if (!worker.waitForFinished(patience)) worker.kill();
    decode(worker.readAllStandardOutput(), run);
    run.diagnostics = worker.readAllStandardError();
    run.exitCode = worker.exitStatus() == QProcess::NormalExit ? worker.exitCode() : -1;
    return run;
}

}  // namespace

WorkerRun runScript(const QByteArray& script, const QStringList& arguments) {
    QProcess worker;
    start(worker, script, arguments);
    return finished(worker);
}

WorkerRun askedToLeave(const QByteArray& script, const QByteArray& sign) {
    QProcess worker;
    start(worker, script, {});
    while (!worker.peek(worker.bytesAvailable()).contains(sign) && worker.waitForReadyRead(patience)) continue;
    worker.terminate();
    return finished(worker);
}

QByteArray outcomeName(Outcome outcome) {
    constexpr std::array names{"finished", "error", "timeout", "memory", "output", "killed", "forbidden", "refused"};
    return names.at(static_cast<std::size_t>(outcome));
}
