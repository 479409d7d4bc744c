// SPDX-License-Identifier: Apache-2.0
// `tapescope record`: run and keep the run.
#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/output.h"
#include "app/cli/report.h"
#include "app/document/tapefile.h"

namespace tapescope {

int record(const Arguments& arguments) {
    const QString path = arguments.value("output");
    if (path.isEmpty()) {
        complain(QStringLiteral("record: -o RUN.tape is missing"));
        return wrongUsage;
    }
    const auto options = runOptionsOf(arguments);
    if (!options) return wrongUsage;
    Document document;
    document.setOptions(*options);
    const QString& file = arguments.files.front();
    if (!load(document, file)) return wrongUsage;
    sayNotes(document, file);
    sayEnding(document, file);
    const bool kept = writeOut(path, [&](QIODevice& device) { return writeTape(device, document.timeline()); });
    return kept ? statusOf(document) : wrongUsage;
}

}  // namespace tapescope
