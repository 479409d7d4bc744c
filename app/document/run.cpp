// SPDX-License-Identifier: Apache-2.0
// The worker as a child process: what goes in, what comes out, and every way in which it can end.
#include "app/document/run.h"

#include <sys/prctl.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSet>
#include <QTimer>
#include <csignal>
#include <span>

#include "app/document/imports.h"
#include "app/document/source.h"
#include "app/document/supplies.h"
#include "app/document/verdict.h"
#include "core/trace/codec.h"
#include "core/trace/places.h"

namespace tapescope {

namespace {

constexpr int patience = 1000;                  // milliseconds for a killed worker to be gone
constexpr int politeness = 60;                  // and for one that is asked to leave
constexpr qsizetype diagnosticsKept = 8 << 10;  // bytes of standard error

QString workerProgram(const RunOptions& options) {
    if (!options.worker.isEmpty()) return options.worker;
    return QCoreApplication::applicationDirPath() + QStringLiteral("/tapescope-worker");
}

/// Follows the call sites of a stream, so that a run that dies can say where it was.
class LineOfLatest {
public:
    void follow(const Event& event) {
        if (const auto* read = std::get_if<ScriptRead>(&event)) places_.add(read->name, read->text);
        if (const auto* seen = std::get_if<CallSiteSeen>(&event)) {
            lines_.push_back(seen->stack.empty() ? 0 : seen->stack.back().range.line);
        }
        be(siteOf(event));
    }
    void be(CallSiteId site) {
        if (site.index() < lines_.size()) line_ = lines_[site.index()];
    }
    Sight line() const { return {line_, places_.words(line_)}; }

private:
    Places places_;
    std::vector<std::uint32_t> lines_;
    std::uint32_t line_ = 0;
};

std::span<const std::byte> bytesOf(const QByteArray& bytes) {
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

/// What is said of a run by who only keeps it.
template <class... Facts>
std::vector<std::size_t> kindsOf() {
    return {Event(std::in_place_type<Facts>).index()...};
}

}  // namespace

QString kerasOf(const QByteArray& script, const RunOptions& options) {
    if (!options.keras.isEmpty()) return options.keras;
    const QString said = kerasInComment(scriptText(script));
    return said.isEmpty() ? QStringLiteral("3") : said;
}

namespace {

/// What is to be loaded before the lock falls: what script and modules import, without the modules themselves.
QStringList preloads(const QByteArray& script, const Parcel& parcel) {
    QSet<QString> wanted, beside;
    const auto add = [&](const QByteArray& bytes) {
        for (const QString& module : importedModules(scriptText(bytes))) wanted.insert(module);
    };
    add(script);
    for (const ModuleText& module : parcel.modules) {
        add(QByteArray::fromStdString(module.bytes));
        QString top = QString::fromStdString(module.name).section(u'/', 0, 0);
        if (top.endsWith(QStringLiteral(".py"))) top.chop(3);
        beside.insert(top);
    }
    if (script.contains("savez")) wanted.insert(QStringLiteral("zipfile"));
    for (const GrantedFile& file : parcel.files) {
        // numpy opens archives with a module that it imports only then.
        const std::string& name = file.names.front();
        if (name.ends_with(".npz") || name.ends_with(".zip")) wanted.insert(QStringLiteral("zipfile"));
    }
    QStringList modules;
    for (const QString& module : wanted) {
        if (!beside.contains(module.section(u'.', 0, 0))) modules << module;
    }
    modules.sort();
    return modules;
}

}  // namespace

QStringList workerArguments(const QString& name, const QByteArray& script, const RunOptions& options,
                            const Parcel& parcel) {
    QStringList arguments{QStringLiteral("--name"),  name,
                          QStringLiteral("--keras"), kerasOf(script, options),
                          QStringLiteral("--cpu"),   QString::number(options.timeout, 'g', 15)};
    // The worker's own word names the line; the app's clock comes after it.
    if (!options.asks) arguments << QStringLiteral("--wall") << QString::number(2 * options.timeout, 'g', 15);
    if (const QStringList modules = preloads(script, parcel); !modules.isEmpty()) {
        arguments << QStringLiteral("--preload") << modules.join(u',');
    }
    if (options.seed) arguments << QStringLiteral("--seed") << QString::number(*options.seed);
    if (options.trust) arguments << QStringLiteral("--trust");
    return arguments;
}

struct Run::Process {
    explicit Process(Run& owner) : run(owner) {}

    Run& run;
    QProcess worker;
    QTimer wall;
    QElapsedTimer clock;
    RunOptions options;
    std::string name;
    QByteArray script;
    Parcel parcel;
    Decoder decoder;
    LineOfLatest latest;
    QByteArray diagnostics;
    qint64 received = 0;
    bool keeps = true;    ///< who keeps the stream could
    bool ending = false;  ///< the app is ending the run
    bool closed = false;  ///< the last event is out

    void launch();
    void startClock();
    void read();
    void died(int code, QProcess::ExitStatus status);
    void keep();
    void keepOwnWords(const std::vector<Event>& last);
    void end(RunEnded verdict, bool asking = false);
    void close(std::vector<Event> last, bool ownWords);
    std::vector<Event> preface() const;
};

void Run::Process::launch() {
    QObject::connect(&worker, &QProcess::readyReadStandardOutput, &run, [this] { read(); });
    QObject::connect(&worker, &QProcess::readyReadStandardError, &run,
                     [this] { diagnostics = (diagnostics + worker.readAllStandardError()).right(diagnosticsKept); });
    QObject::connect(&worker, &QProcess::finished, &run,
                     [this](int code, QProcess::ExitStatus status) { died(code, status); });
    QObject::connect(&worker, &QProcess::errorOccurred, &run, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) end(endWithoutWorker(worker.program(), worker.errorString()));
    });
    QObject::connect(&wall, &QTimer::timeout, &run, [this] { end(endByClock(options, latest.line())); });
    // A worker must not outlive the app, however the app goes.
    worker.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    wall.setSingleShot(true);
    clock.start();
    worker.start();
    if (closed) return;
    startClock();
    worker.write(QByteArray::fromStdString(pack(parcel)));
    worker.write(options.input);
    if (!options.asks) worker.closeWriteChannel();
}

/// Twice the limit of computing time; a script that asks a person may wait for the answer.
void Run::Process::startClock() {
    constexpr double patient = 3600, grace = 5;
    wall.start(static_cast<int>(std::min((2 * options.timeout + (options.asks ? patient : grace)) * 1000, 2e9)));
}

void Run::Process::read() {
    if (closed) return;
    const QByteArray bytes = worker.readAllStandardOutput();
    received += bytes.size();
    std::vector<Event> events;
    const auto failure = decoder.feed(bytesOf(bytes), events);
    for (std::size_t i = 0; i < events.size(); ++i) {
        latest.follow(events[i]);
        if (!std::holds_alternative<RunEnded>(events[i])) continue;
        events.resize(i + 1);  // nothing comes after a last word
        close(std::move(events), false);
        return;
    }
    if (options.keep) latest.be(decoder.site());
    if (!events.empty()) Q_EMIT run.arrived(events);
    if (closed || ending) return;
    if (!keeps) {
        end(endByStop(latest.line()));
    } else if (failure) {
        end(endByDamage(failure->message, latest.line()));
    } else if (received > options.stream) {
        end(endByStream(options, latest.line()));
    } else if (static_cast<qint64>(decoder.count()) > options.events) {
        end(endByEvents(options, latest.line()));
    }
}

void Run::Process::died(int code, QProcess::ExitStatus status) {
    if (closed || ending) return;
    read();
    if (closed) return;
    end(endOfDead({.status = status,
                   .code = code,
                   .seconds = static_cast<double>(clock.elapsed()) / 1000,
                   .line = latest.line(),
                   .diagnostics = QString::fromUtf8(diagnostics)},
                  options));
}

/// Ends the worker and the run. What is still in the pipe counts; if the worker's own last word is there, it wins. One
/// that is asked sends first what it has not sent yet.
void Run::Process::end(RunEnded verdict, bool asking) {
    if (closed || ending) return;
    ending = true;
    if (worker.state() != QProcess::NotRunning) {
        if (asking) worker.terminate();
        if (!asking || !worker.waitForFinished(politeness)) worker.kill();
        worker.waitForFinished(patience);
        read();
    }
    if (closed) return;
    std::vector<Event> last = decoder.count() > 0 ? std::vector<Event>() : preface();
    last.emplace_back(std::move(verdict));
    close(std::move(last), true);
}

void Run::Process::keep() {
    const auto told = kindsOf<RunStarted, ScriptRead, CallSiteSeen, Noted, Warned, Raised, RunEnded>();
    decoder.keep(told, [this](std::span<const std::byte> part) { keeps = keeps && options.keep(part); });
}

/// Where not even a first batch came whole, what a worker says first is missing.
void Run::Process::keepOwnWords(const std::vector<Event>& last) {
    const bool whole = decoder.position() > streamMagic().size();
    Encoder encoder;
    if (!whole && decoder.count() > 0)
        for (const Event& event : preface()) encoder.add(event);
    for (const Event& event : last) encoder.add(event);
    const std::vector<std::byte> words = encoder.drain();
    options.keep(std::span(words).subspan(decoder.position() > 0 ? streamMagic().size() : 0));
}

void Run::Process::close(std::vector<Event> last, bool ownWords) {
    closed = true;
    wall.stop();
    if (worker.state() != QProcess::NotRunning) worker.kill();
    if (options.keep && ownWords) keepOwnWords(last);
    Q_EMIT run.arrived(last);
    Q_EMIT run.ended();
}

/// What a worker says first, for one that said nothing.
std::vector<Event> Run::Process::preface() const {
    std::vector<Event> events{RunStarted{name, TAPESCOPE_VERSION, kerasOf(script, options).toStdString(),
                                         options.seed.value_or(0), options.seed.has_value()},
                              ScriptRead{FileId{0}, name, scriptText(script).toStdString()}};
    for (std::size_t i = 0; i < parcel.modules.size(); ++i) {
        const QByteArray bytes = QByteArray::fromStdString(parcel.modules[i].bytes);
        events.emplace_back(ScriptRead{FileId{static_cast<std::uint32_t>(i + 1)}, parcel.modules[i].name,
                                       scriptText(bytes).toStdString()});
    }
    return events;
}

Run::Run(QObject* parent) : QObject(parent) {}

Run::~Run() {
    if (!process_) return;
    process_->closed = true;
    process_->worker.disconnect(this);
    process_->worker.kill();
    process_->worker.waitForFinished(patience);
}

void Run::start(const QString& name, const QByteArray& script, const RunOptions& options) {
    process_ = std::make_unique<Process>(*this);
    process_->options = options;
    if (options.keep) process_->keep();
    process_->name = name.toStdString();
    process_->script = script;
    process_->worker.setProgram(workerProgram(options));
    process_->parcel = suppliesOf(name, script, options);
    process_->worker.setArguments(workerArguments(name, script, options, process_->parcel));
    process_->launch();
}

void Run::stop() {
    if (process_) process_->end(endByStop(process_->latest.line()), true);
}

void Run::refuse(const std::string& reason) {
    if (process_) process_->end(endByDamage(reason, process_->latest.line()));
}

void Run::endInput() {
    if (!running() || !process_->options.asks) return;
    process_->options.asks = false;
    process_->worker.closeWriteChannel();
}

void Run::say(const QString& line) {
    if (running() && process_->options.asks) process_->worker.write(line.toUtf8() + '\n');
}

bool Run::running() const {
    return process_ && !process_->closed;
}

void Run::wait() {
    if (!running()) return;
    QEventLoop loop;
    connect(this, &Run::ended, &loop, &QEventLoop::quit);
    loop.exec();
}

}  // namespace tapescope
