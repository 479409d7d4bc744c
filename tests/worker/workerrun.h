// SPDX-License-Identifier: Apache-2.0
// Runs the real worker on a script and reads its stream: what every test of the worker begins with.
#pragma once

#include <QByteArray>
#include <QStringList>
#include <string>
#include <vector>

#include "core/trace/event.h"

struct WorkerRun {
    std::vector<tapescope::Event> events;
    std::string damage;      ///< what the decoder objected to, empty for a whole stream
    QByteArray diagnostics;  ///< standard error of the process
    int exitCode = -1;

    /// All events of one kind, in order.
    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const auto& event : events) {
            if (const T* fact = std::get_if<T>(&event)) found.push_back(*fact);
        }
        return found;
    }

    tapescope::RunEnded ended() const;  ///< outcome Killed and "no last word" where there was none
    tapescope::Raised raised() const;   ///< empty where nothing was
    std::string printed(bool error = false) const;
    std::vector<tapescope::Frame> stack(tapescope::CallSiteId site) const;
    std::uint32_t line(tapescope::CallSiteId site) const;  ///< of the innermost frame
};

/// Waits for the worker to end. The script's name is "script.py".
WorkerRun runScript(const QByteArray& script, const QStringList& arguments = {});

/// The same, but asks the worker to leave once the sign has come in its stream.
WorkerRun askedToLeave(const QByteArray& script, const QByteArray& sign);

/// The outcome's name as the command line has it.
QByteArray outcomeName(tapescope::Outcome outcome);

/// Path of the program under test.
QString workerProgram();
