// SPDX-License-Identifier: Apache-2.0
// `tapescope record`: run and keep the run.
#include <QBuffer>
#include <QSaveFile>

#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/cli/report.h"
#include "app/document/tapefile.h"

namespace tapescope {

namespace {

std::optional<Failure> writeOut(const QString& path, const Timeline& timeline) {
    if (path == u"-") {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto failure = writeTape(buffer, timeline);
        printBytes(buffer.data());
        return failure;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return Failure{file.errorString().toStdString()};
    if (const auto failure = writeTape(file, timeline)) return failure;
    if (!file.commit()) return Failure{file.errorString().toStdString()};
    return {};
}

}  // namespace

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
    if (const auto failure = writeOut(path, document.timeline())) {
        complain(QStringLiteral("%1 could not be written: %2").arg(path, QString::fromStdString(failure->message)));
        return wrongUsage;
    }
    return statusOf(document);
}

}  // namespace tapescope
