// SPDX-License-Identifier: Apache-2.0
// The notebook's JSON: format 4, and 3 with its worksheets.
#include "app/document/notebook.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/trace/places.h"

namespace tapescope {

namespace {

/// The cells, or nothing where the object is no notebook.
std::optional<QJsonArray> cellsOf(const QJsonObject& notebook) {
    if (notebook.value(QLatin1String("cells")).isArray()) return notebook.value(QLatin1String("cells")).toArray();
    const QJsonValue sheets = notebook.value(QLatin1String("worksheets"));
    if (!sheets.isArray()) return std::nullopt;
    QJsonArray cells;
    for (const QJsonValue& sheet : sheets.toArray()) {
        for (const QJsonValue& cell : sheet.toObject().value(QLatin1String("cells")).toArray()) cells.append(cell);
    }
    return cells;
}

/// "r", "julia"; empty for Python and where nothing is said.
QString otherLanguage(const QJsonObject& notebook) {
    const QJsonObject about = notebook.value(QLatin1String("metadata")).toObject();
    QString language = about.value(QLatin1String("language_info")).toObject().value(QLatin1String("name")).toString();
    if (language.isEmpty())
        language = about.value(QLatin1String("kernelspec")).toObject().value(QLatin1String("language")).toString();
    return language.startsWith(QLatin1String("python"), Qt::CaseInsensitive) ? QString() : language;
}

/// A text, or a list of the lines of one; nothing for what is neither.
std::optional<QString> sourceOf(const QJsonObject& cell) {
    const QJsonValue source = cell.value(QLatin1String(cell.contains(QLatin1String("source")) ? "source" : "input"));
    if (source.isString()) return source.toString();
    if (!source.isArray()) return std::nullopt;
    QString text;
    for (const QJsonValue& line : source.toArray()) {
        if (!line.isString()) return std::nullopt;
        text += line.toString();
    }
    return text;
}

Failure damaged(const QString& what) {
    return {("this notebook is damaged: " + what).toStdString()};
}

/// How many lines come before a byte.
qsizetype lineAt(const QByteArray& bytes, qsizetype offset) {
    return bytes.left(offset).count('\n') + 1;
}

}  // namespace

bool looksLikeNotebook(const QByteArray& bytes) {
    if (!bytes.trimmed().startsWith('{')) return false;
    return bytes.contains("\"cells\"") || bytes.contains("\"nbformat\"") || bytes.contains("\"worksheets\"");
}

Result<Notebook> readNotebook(const QByteArray& bytes) {
    if (bytes.trimmed().isEmpty()) return damaged(QStringLiteral("the file is empty"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        return damaged(
            QStringLiteral("it is not JSON (%1 in line %2)").arg(error.errorString()).arg(lineAt(bytes, error.offset)));
    }
    const auto cells = cellsOf(document.object());
    if (!cells) return damaged(QStringLiteral("it has no list of cells"));
    if (const QString language = otherLanguage(document.object()); !language.isEmpty())
        return Failure{("this notebook is for " + language + ", not for Python").toStdString()};
    Notebook notebook;
    std::uint32_t number = 0;
    for (qsizetype i = 0; i < cells->size(); ++i) {
        if (!cells->at(i).isObject()) return damaged(QStringLiteral("cell %1 is no cell").arg(i + 1));
        const QJsonObject cell = cells->at(i).toObject();
        if (cell.value(QLatin1String("cell_type")).toString() != u"code") continue;
        const auto source = sourceOf(cell);
        if (!source) return damaged(QStringLiteral("cell %1 has no text").arg(i + 1));
        const QString code = pythonOfCell(*source, ++number, notebook.notes);
        notebook.script += QString::fromStdString(cellHeading(number)) + u'\n' + code + u'\n';
    }
    return notebook;
}

}  // namespace tapescope
