// SPDX-License-Identifier: Apache-2.0
#include "app/cli/input.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "app/cli/console.h"
#include "app/document/gallery.h"
#include "app/document/notebook.h"
#include "app/document/supplies.h"
#include "app/document/tapefile.h"

namespace tapescope {

namespace {

constexpr double longestTimeout = 86400;
constexpr qint64 inputLimit = qint64{64} << 20;

bool openInput(Document& document) {
    QByteArray bytes = readInput(tapeLimit);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    const QString name = looksLikeNotebook(bytes) ? QStringLiteral("stdin.ipynb") : QStringLiteral("<stdin>");
    return document.open(buffer, name, QDir::currentPath());
}

}  // namespace

namespace {

/// Takes --data and --input; a complaint where one cannot be read.
bool takeFiles(const Arguments& arguments, RunOptions& options) {
    for (const QString& path : arguments.all("data")) options.data << path;
    if (const QString objection = objectionToData(options.data); !objection.isEmpty()) {
        complain(QStringLiteral("--data ") + objection);
        return false;
    }
    if (!arguments.has("input")) return true;
    const QString path = arguments.value("input");
    QFile file(path);
    const bool opened = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (opened) options.input = file.read(inputLimit + 1);
    if (!opened) complain(QStringLiteral("--input %1: %2").arg(path, file.errorString()));
    if (options.input.size() > inputLimit) complain(QStringLiteral("--input %1: over 64 MB").arg(path));
    return opened && options.input.size() <= inputLimit;
}

}  // namespace

std::optional<RunOptions> runOptionsOf(const Arguments& arguments) {
    RunOptions options;
    options.trust = arguments.has("trust");
    options.keras = arguments.value("keras");
    bool good = true;
    if (arguments.has("timeout")) {
        options.timeout = arguments.value("timeout").toDouble(&good);
        good = good && options.timeout > 0 && options.timeout <= longestTimeout;
        if (!good)
            complain(
                QStringLiteral("--timeout takes seconds from 1 to 86400, not '%1'").arg(arguments.value("timeout")));
    }
    if (good && arguments.has("seed")) {
        options.seed = arguments.value("seed").toULongLong(&good);
        if (!good)
            complain(QStringLiteral("--seed takes a whole number from 0, not '%1'").arg(arguments.value("seed")));
    }
    good = good && takeFiles(arguments, options);
    return good ? std::optional(options) : std::nullopt;
}

QString objectionToOpening(const QStringList& words) {
    if (words.isEmpty()) return {};
    const QString& file = words.front();
    if (file.startsWith(u'-')) return QStringLiteral("unknown option %1").arg(file);
    if (!QFileInfo::exists(file) && !lessonNamed(file)) {
        return QStringLiteral("'%1' is no file, no lesson and no command").arg(file);
    }
    return words.size() > 1 ? QStringLiteral("a window opens one FILE") : QString();
}

bool load(Document& document, const QString& file) {
    if (!(file == u"-" ? openInput(document) : document.open(file))) {
        complain(document.message());
        return false;
    }
    document.wait();
    return true;
}

void sayNotes(const Document& document, const QString& file) {
    const Timeline& timeline = document.timeline();
    for (EventIndex i = 0; i < timeline.size(); ++i) {
        const auto* note = timeline.getIf<Noted>(i);
        if (note != nullptr) complain(QStringLiteral("%1: %2").arg(file, QString::fromStdString(note->text)));
    }
}

void sayEnding(const Document& document, const QString& file) {
    if (!document.message().isEmpty()) complain(QStringLiteral("%1: %2").arg(file, document.message()));
}

}  // namespace tapescope
