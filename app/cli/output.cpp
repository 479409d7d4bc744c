// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include "app/cli/console.h"

namespace tapescope {

namespace {

bool say(const QString& path, const QString& reason) {
    if (!reason.isEmpty()) complain(QStringLiteral("%1 could not be written: %2").arg(path, reason));
    return false;
}

}  // namespace

bool writeOut(const QString& path, const std::function<std::optional<Failure>(QIODevice&)>& fill) {
    if (path == u"-") {
        QFile out;
        if (!out.open(stdout, QIODevice::WriteOnly)) return say(path, out.errorString());
        const auto failure = fill(out);
        return failure ? say(path, QString::fromStdString(failure->message)) : true;
    }
    // A device or a pipe is written to; a file of that name in its place would be the end of it.
    if (const QFileInfo there(path); there.exists() && !there.isFile() && !there.isDir()) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) return say(path, file.errorString());
        if (const auto failure = fill(file)) return say(path, QString::fromStdString(failure->message));
        return file.flush() || say(path, file.errorString());
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return say(path, file.errorString());
    if (const auto failure = fill(file)) return say(path, QString::fromStdString(failure->message));
    return file.commit() || say(path, file.errorString());
}

}  // namespace tapescope
