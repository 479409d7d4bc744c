// SPDX-License-Identifier: Apache-2.0
// `tapescope check`: run and report.
#include <algorithm>

#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/report.h"
#include "app/document/repair.h"

namespace tapescope {

namespace {

void printRepaired(const QString& file, const Document& document) {
    const Repair repair = repaired(document.script(), document.findings());
    if (repair.made == 0) complain(QStringLiteral("%1: no finding has a fix that can be made in the text").arg(file));
    print(repair.script);
}

int checkOne(const QString& file, const RunOptions& options, const Arguments& arguments) {
    Document document;
    document.setOptions(options);
    if (!load(document, file)) return wrongUsage;
    sayNotes(document, file);
    const bool people = arguments.value("format", "text") == u"text" && !arguments.has("fix");
    if (!people) sayEnding(document, file);  // the report for people begins with it
    if (arguments.has("fix")) {
        printRepaired(file, document);
    } else if (people) {
        print(textReport(file, document));
    } else {
        printBytes(jsonReport(file, document));
    }
    return statusOf(document);
}

}  // namespace

int check(const Arguments& arguments) {
    const auto options = runOptionsOf(arguments);
    if (!options) return wrongUsage;
    if (arguments.has("fix") && arguments.files.size() > 1) {
        complain(QStringLiteral("--fix takes one FILE"));
        return wrongUsage;
    }
    int status = allWell;
    for (const QString& file : arguments.files) {
        if (file != arguments.files.front() && arguments.value("format", "text") == u"text")
            print(QStringLiteral("\n"));
        status = std::max(status, checkOne(file, *options, arguments));
    }
    return status;
}

}  // namespace tapescope
