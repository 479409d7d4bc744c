// SPDX-License-Identifier: Apache-2.0
// From the FILE of a command line to a document whose run has ended.
#pragma once

#include "app/cli/command.h"
#include "app/document/document.h"

namespace tapescope {

/// Options of the run; complains and gives nothing where one makes no sense.
std::optional<RunOptions> runOptionsOf(const Arguments& arguments);

/// Why no window can open on these words, for before anything needs a display; empty where one can.
QString objectionToOpening(const QStringList& words);

/// Opens a file, a lesson or standard input and waits for the end of its run. Complains where it cannot be opened.
bool load(Document& document, const QString& file);

/// Says on standard error what the run noted of itself.
void sayNotes(const Document& document, const QString& file);
/// And how it ended, where that was not at the end of the script.
void sayEnding(const Document& document, const QString& file);

}  // namespace tapescope
