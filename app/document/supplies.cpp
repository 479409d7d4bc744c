// SPDX-License-Identifier: Apache-2.0
// Reading what a run is given.
#include "app/document/supplies.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

#include "app/document/siblings.h"
#include "app/document/source.h"
#include "core/diagnosis/script.h"

namespace tapescope {

namespace {

constexpr int mostFiles = 1000;

/// The file itself, or the files in a folder.
QStringList filesIn(const QString& path) {
    if (!QFileInfo(path).isDir()) return {path};
    QStringList files;
    QDirIterator all(path, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext() && files.size() <= mostFiles) files << all.next();
    files.sort();
    return files;
}

/// Why the file at `path` is not among the files that hold `bytes` together; empty where it now is.
QString addFile(Parcel& parcel, const QString& path, const QString& folder, qint64& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return file.errorString();
    const QByteArray content = file.read(dataLimit - bytes + 1);  // it may have grown since it was looked at
    if (bytes + content.size() > dataLimit)
        return QStringLiteral("left out, as all files are over %1 MB together").arg(dataLimit >> 20);
    std::vector<std::string> names;
    for (const QString& name : namesOfData(path, folder)) names.push_back(name.toStdString());
    parcel.files.push_back({std::move(names), content.toStdString()});
    bytes += content.size();
    return {};
}

}  // namespace

QString objectionToData(const QStringList& paths) {
    qint64 bytes = 0;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (!info.exists()) return QStringLiteral("%1: there is no such file").arg(path);
        if (!info.isFile() && !info.isDir()) return QStringLiteral("%1 is no plain file").arg(path);
        const QStringList files = filesIn(path);
        if (files.size() > mostFiles)
            return QStringLiteral("%1: over %2 files; name those that the script reads").arg(path).arg(mostFiles);
        for (const QString& file : files) {
            if (!QFileInfo(file).isReadable()) return QStringLiteral("%1 cannot be read").arg(file);
            bytes += QFileInfo(file).size();
        }
        if (bytes > dataLimit)
            return QStringLiteral("with %1 the files are over %2 MB, more than a run can be given")
                .arg(path)
                .arg(dataLimit >> 20);
    }
    return {};
}

QStringList namesOfData(const QString& path, const QString& folder) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList names{QDir::cleanPath(path), QDir::cleanPath(absolute), QDir::current().relativeFilePath(absolute)};
    if (!folder.isEmpty()) names << QDir(QFileInfo(folder).absoluteFilePath()).relativeFilePath(absolute);
    names.removeDuplicates();
    return names;
}

QStringList filesNamed(const QString& script, const QString& folder) {
    static const QRegularExpression quoted(QStringLiteral("(['\"])([^'\"\\n\\\\]{1,200})\\1"));
    constexpr int most = 20;
    const QString root = QFileInfo(folder).canonicalFilePath();
    QStringList files;
    for (auto all = quoted.globalMatch(script); all.hasNext() && !root.isEmpty() && files.size() < most;) {
        const QString name = all.next().captured(2);
        if (!name.contains(u'.') || name.endsWith(QStringLiteral(".py"))) continue;
        const QFileInfo info(QDir(folder).filePath(name));
        const QString path = info.canonicalFilePath();
        if (info.isFile() && path.startsWith(root + u'/') && !files.contains(path)) files << path;
    }
    return files;
}

bool asksForLines(const QString& script) {
    const std::string text = script.toStdString();
    const std::vector<std::string_view> lines = linesOf(text);
    return std::ranges::any_of(mentions(lines), [&lines](const Mention& mention) {
        const std::string_view line = lines[mention.line - 1];
        const auto at = static_cast<std::size_t>(mention.name.data() - line.data());
        const std::string_view before = line.substr(0, at), after = line.substr(at + mention.name.size());
        const auto next = after.find_first_not_of(' ');
        if (mention.name == "input") return next != std::string_view::npos && after[next] == '(';
        if (mention.name == "sys") return after.starts_with(".stdin");
        return mention.name == "stdin" && before.find("from sys import") != std::string_view::npos;
    });
}

Parcel suppliesOf(const QString& name, const QByteArray& script, const RunOptions& options) {
    Parcel parcel{.script = script.toStdString(), .modules = options.modules, .files = {}, .notes = {}};
    if (parcel.modules.empty()) parcel.modules = siblingsOf(scriptText(script), options.folder, name);
    for (const QString& note : options.notes) parcel.notes.push_back(note.toStdString());
    qint64 bytes = 0;
    for (const QString& path : options.data) {
        for (const QString& file : filesIn(path)) {
            const QString objection = addFile(parcel, file, options.folder, bytes);
            if (!objection.isEmpty()) parcel.notes.push_back((file + QStringLiteral(": ") + objection).toStdString());
        }
    }
    return parcel;
}

}  // namespace tapescope
