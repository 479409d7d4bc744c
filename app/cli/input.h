// SPDX-License-Identifier: Apache-2.0
// From the FILE of a command line to a document whose run has ended.
#pragma once

#include "app/cli/command.h"
#include "app/document/document.h"

namespace tapescope {

/// Options of the run; complains and gives nothing where one makes no sense.
std::optional<RunOptions> runOptionsOf(const Arguments& arguments);

/// Opens a file, a lesson or standard input and waits for the end of its run. Complains where it cannot be opened.
bool load(Document& document, const QString& file);

/// Says on standard error what a person should know of a run besides its findings.
void sayNotes(const Document& document, const QString& file);

}  // namespace tapescope
