// SPDX-License-Identifier: Apache-2.0
// How a run ended where the worker itself could not say it: sentences for a person, with the limit and how to raise it.
#pragma once

#include <QProcess>
#include <QString>
#include <string>
#include <utility>

#include "app/document/run.h"

namespace tapescope {

/// Where a script was last seen: its line, and in words.
struct Sight {
    std::uint32_t line = 0;
    std::string words = {};
    Sight() = default;
    Sight(std::uint32_t at) : line(at), words(at == 0 ? "" : "line " + std::to_string(at)) {}
    Sight(std::uint32_t at, std::string inWords) : line(at), words(std::move(inWords)) {}
};

/// What is known of a worker that is gone without a last word.
struct Death {
    QProcess::ExitStatus status = QProcess::NormalExit;
    int code = 0;        ///< exit code, or the number of the signal
    double seconds = 0;  ///< on the wall clock
    Sight line = {};
    QString diagnostics = {};  ///< what it wrote to standard error
};

RunEnded endOfDead(const Death& death, const RunOptions& options);

RunEnded endByClock(const RunOptions& options, const Sight& line);
RunEnded endByStream(const RunOptions& options, const Sight& line);
RunEnded endByEvents(const RunOptions& options, const Sight& line);
RunEnded endByStop(const Sight& line);
RunEnded endByDamage(const std::string& reason, const Sight& line);
RunEnded endWithoutWorker(const QString& program, const QString& error);

}  // namespace tapescope
