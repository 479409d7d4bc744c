// SPDX-License-Identifier: Apache-2.0
// How a run ended where the worker itself could not say it: sentences for a person, with the limit and how to raise it.
#pragma once

#include <QProcess>
#include <QString>

#include "app/document/run.h"

namespace tapescope {

/// What is known of a worker that is gone without a last word.
struct Death {
    QProcess::ExitStatus status = QProcess::NormalExit;
    int code = 0;        ///< exit code, or the number of the signal
    double seconds = 0;  ///< on the wall clock
    std::uint32_t line = 0;
    QString diagnostics = {};  ///< what it wrote to standard error
};

RunEnded endOfDead(const Death& death, const RunOptions& options);

RunEnded endByClock(const RunOptions& options, std::uint32_t line);
RunEnded endByStream(const RunOptions& options, std::uint32_t line);
RunEnded endByStop(std::uint32_t line);
RunEnded endByDamage(const std::string& reason, std::uint32_t line);
RunEnded endWithoutWorker(const QString& program, const QString& error);

}  // namespace tapescope
