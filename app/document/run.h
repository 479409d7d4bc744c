// SPDX-License-Identifier: Apache-2.0
// One run of a script in a worker process. Knows the process, its limits and its byte stream; nothing of windows.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/parcel.h"

namespace tapescope {

struct RunOptions {
    QString keras;        ///< "3", "2" or "legacy"; empty for what the script says itself, and 3 where it says nothing
    double timeout = 60;  ///< seconds of CPU time, and twice that on the wall clock
    std::optional<quint64> seed;
    bool trust = false;                 ///< run even where the sandbox's mechanisms are missing
    qint64 stream = qint64{512} << 20;  ///< bytes that the worker may send: 256 MB of values and as much for the rest
    qint64 events = 3'000'000;          ///< that the app keeps: each takes half a kilobyte of its memory
    QString worker;                     ///< the program; empty for the one beside the application
    QString folder;                     ///< of the script, where its modules lie; empty for none
    std::vector<ModuleText> modules;    ///< in place of those in the folder, where there are any
    QStringList data;                   ///< files and folders that the script may read
    QStringList notes;                  ///< what is to be said of the script before it runs
    QByteArray input;                   ///< what the script reads from standard input
    bool asks = false;                  ///< more of it may come: say() and the clock waits for a person
    /// Takes the stream as it comes, as it stands in a file; false where it cannot, which ends the run. Of the events
    /// then only those arrive that tell how the run went.
    std::function<bool(std::span<const std::byte>)> keep{};
};

class Run : public QObject {
    Q_OBJECT

public:
    explicit Run(QObject* parent = nullptr);
    ~Run() override;  ///< kills the worker

    void start(const QString& name, const QByteArray& script, const RunOptions& options);
    /// Ends the worker at once; what had arrived is kept, and the last event says that it was stopped.
    void stop();
    /// Ends it because the app found its events impossible; `reason` completes "What the worker sent is damaged: ".
    void refuse(const std::string& reason);
    bool running() const;
    /// A line for the script's standard input, of a run that asks.
    void say(const QString& line);
    /// No line comes any more.
    void endInput();
    /// Runs the event loop until the run has ended: for the command line.
    void wait();

Q_SIGNALS:
    /// In order; the last one of a run is a RunEnded. Who keeps them may take them out.
    void arrived(std::vector<tapescope::Event>& events);
    void ended();

private:
    struct Process;
    std::unique_ptr<Process> process_;
};

/// The Keras that this run has: the option's, else that of the script's comment.
QString kerasOf(const QByteArray& script, const RunOptions& options);

/// What the worker is started with.
QStringList workerArguments(const QString& name, const QByteArray& script, const RunOptions& options,
                            const Parcel& parcel = {});

}  // namespace tapescope
