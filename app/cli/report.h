// SPDX-License-Identifier: Apache-2.0
// What `check` prints of a run, for people and for programs.
#pragma once

#include <QByteArray>
#include <QString>

#include "app/cli/command.h"
#include "app/document/document.h"

namespace tapescope {

/// A run whose log has no end, as a damaged recording, counts as killed.
Outcome outcomeOf(const Document& document);
/// "finished", "timeout": as JSON and text name it.
const char* outcomeName(Outcome outcome);
const char* severityName(Severity severity);
const char* gradientName(GradientState state);

/// The exit status that a run asks for.
Status statusOf(const Document& document);

/// The exception that ended the script, or the limit that did: for both there is a type, a message and a line.
struct Ending {
    QString type, message;
    std::uint32_t line = 0;
    QString traceback = {};  ///< Python's, of the user's frames; empty where a limit ended the script
};
std::optional<Ending> endingOf(const Document& document);

QString textReport(const QString& file, const Document& document);

/// One object on one line, with its line end.
QByteArray jsonReport(const QString& file, const Document& document);

}  // namespace tapescope
