// SPDX-License-Identifier: Apache-2.0
// What a real TensorFlow did with a script (tests/conformance/record.py), and what our worker does with it.
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope::testing {

struct Recording {
    struct Exception {
        QString type, message;
        int line = 0;
    };
    QString printed;
    std::optional<Exception> exception;
    QStringList warnings;                           ///< "UserWarning: text"
    std::map<QString, std::vector<double>> values;  ///< of the variables at the end, row by row, by global name
};

Recording readRecording(const QString& path);

/// Runs a script in a worker; aborts the test program where the worker's events are impossible.
Timeline runScript(const QString& path);

/// What the run did, in the shape of a recording. Of `values` only those names that lead to a variable at the end.
Recording recordingOf(const Timeline& timeline);

/// The first difference in words; empty if there is none. Numbers agree within 1e-6 (relative) or 1e-7, white space is
/// collapsed, numpy's scalars are written as plain numbers; everything else counts.
QString difference(const QString& expected, const QString& actual);
QString difference(const Recording& expected, const Recording& actual);

}  // namespace tapescope::testing
