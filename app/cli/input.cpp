// SPDX-License-Identifier: Apache-2.0
#include "app/cli/input.h"

#include <QBuffer>
#include <QFileInfo>

#include "app/cli/console.h"
#include "app/document/gallery.h"
#include "app/document/tapefile.h"

namespace tapescope {

namespace {

constexpr double longestTimeout = 86400;

bool openInput(Document& document) {
    QByteArray bytes = readInput(tapeLimit);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return document.open(buffer, QStringLiteral("<stdin>"));
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
