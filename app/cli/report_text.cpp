// SPDX-License-Identifier: Apache-2.0
// The report for people: a headline, the findings as compilers print them, and what became of each variable.
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <span>

#include "app/cli/report.h"

namespace tapescope {

namespace {

constexpr qsizetype width = 100;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// One line of words, indented as it was and by `indent`, broken at blanks.
QString wrappedLine(const QString& given, QString indent) {
    qsizetype blanks = 0;
    while (blanks < given.size() && given[blanks] == u' ') ++blanks;
    indent += QString(blanks, u' ');
    QString result, line;
    for (const QString& word : given.sliced(blanks).split(u' ')) {
        if (!line.isEmpty() && indent.size() + line.size() + 1 + word.size() > width) {
            result += indent + line + u'\n';
            line.clear();
        }
        line += line.isEmpty() ? word : u' ' + word;
    }
    return line.isEmpty() ? result : result + indent + line + u'\n';
}

QString wrapped(const QString& paragraphs, const QString& indent) {
    QString result;
    for (const QString& line : paragraphs.split(u'\n')) result += wrappedLine(line, indent);
    return result;
}

/// As it is, four blanks to the right, without its last line end; at most so many lines, the last ones.
QString indented(const QString& block) {
    constexpr qsizetype most = 40;
    if (block.trimmed().isEmpty()) return {};
    QStringList lines = block.split(u'\n');
    while (!lines.isEmpty() && lines.back().isEmpty()) lines.removeLast();
    if (lines.size() > most) lines = QStringList{QStringLiteral("...")} + lines.last(most);
    QString result;
    for (const QString& line : lines) result += QStringLiteral("    ") + line + u'\n';
    return result;
}

QString counted(qsizetype count, const char* what) {
    return QStringLiteral("%1 %2%3").arg(count).arg(QLatin1String(what), count == 1 ? QString() : QStringLiteral("s"));
}

QString countOf(const std::vector<Finding>& findings) {
    QStringList parts;
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Hint}) {
        const auto count = std::count_if(findings.begin(), findings.end(),
                                         [severity](const Finding& finding) { return finding.severity == severity; });
        if (count > 0) parts << counted(count, severityName(severity));
    }
    return parts.isEmpty() ? QStringLiteral("nothing to report") : parts.join(u", ");
}

/// Why the run stopped, in a word: the exception, the limit, or the damage.
QString stopWord(const Document& document, const Ending& ending) {
    if (document.state() == Document::State::Damaged) return QStringLiteral("damaged");
    const Outcome outcome = outcomeOf(document);
    return outcome == Outcome::Error ? ending.type : QString::fromLatin1(outcomeName(outcome));
}

/// "train.py:5", "utils.py:5" of a module beside it, "net.ipynb:27 (cell 3, line 2)".
QString placed(const QString& file, const Timeline& timeline, std::uint32_t line) {
    const TextPlace place = timeline.places().of(line);
    if (place.file != FileId{0}) {
        const QString name = text(timeline.places().name(place.file));
        return QStringLiteral("%1:%2").arg(QDir::cleanPath(QFileInfo(file).path() + u'/' + name)).arg(place.line);
    }
    const QString plain = QStringLiteral("%1:%2").arg(file).arg(place.line);
    if (place.cell == 0) return plain;
    return plain + QStringLiteral(" (cell %1, line %2)").arg(place.cell).arg(place.cellLine);
}

/// The same in a table: "5", "utils.py:5", "cell 3:2" for line 2 of cell 3.
QString placedShort(const Timeline& timeline, std::uint32_t line) {
    const TextPlace place = timeline.places().of(line);
    if (place.file != FileId{0})
        return QStringLiteral("%1:%2").arg(text(timeline.places().name(place.file))).arg(place.line);
    return place.cell == 0 ? QString::number(place.line)
                           : QStringLiteral("cell %1:%2").arg(place.cell).arg(place.cellLine);
}

QString headline(const QString& file, const Document& document) {
    const QString count = countOf(document.findings());
    const auto ending = endingOf(document);
    if (!ending) return QStringLiteral("%1: ran to its end; %2\n").arg(file, count);
    const QString place = ending->line == 0 ? file : placed(file, document.timeline(), ending->line);
    const QString first = QStringLiteral("%1: stopped (%2); %3\n").arg(place, stopWord(document, *ending), count);
    const bool error = outcomeOf(document) == Outcome::Error && !ending->traceback.isEmpty();
    return first + (error ? indented(ending->traceback) : wrapped(ending->message, QStringLiteral("    ")));
}

/// What the script wrote to standard error and was warned of.
QString complaints(const Timeline& timeline) {
    QString result, errors;
    for (const EventIndex index : timeline.findAll(Event(Warned{}).index())) {
        const auto& warned = timeline.get<Warned>(index);
        const std::uint32_t line = timeline.lineOf(warned.site);
        const QString where = line == 0 ? QString() : QStringLiteral(", ") + text(timeline.places().words(line));
        result += QStringLiteral("Warning%1: %2: %3\n").arg(where, text(warned.category), text(warned.message));
    }
    for (const EventIndex index : timeline.findAll(Event(Printed{}).index())) {
        const auto& piece = timeline.get<Printed>(index);
        if (piece.error) errors += text(piece.text);
    }
    if (!errors.isEmpty()) errors = QStringLiteral("The script wrote to standard error:\n") + errors;
    return indented(result + errors);
}

/// A replaced line as a diff; a line that only gains neighbours shows just these.
QString editText(const Timeline& timeline, const Edit& edit) {
    const QString before = text(edit.before);
    QStringList after = text(edit.after).split(u'\n');
    QString result;
    if (!after.removeOne(before))
        result = QStringLiteral("      %1 - %2\n").arg(placedShort(timeline, edit.line), 4).arg(before);
    for (const QString& line : after) {
        if (!line.isEmpty())
            result += QStringLiteral("      %1 + %2\n").arg(placedShort(timeline, edit.line), 4).arg(line);
    }
    return result;
}

QString fixText(const Timeline& timeline, const Fix& fix) {
    QString result = wrapped(QStringLiteral("Fix: ") + text(fix.description), QStringLiteral("    "));
    for (const Edit& edit : fix.edits) result += editText(timeline, edit);
    if (fix.verified) result += QStringLiteral("    The fix was run, and it helped.\n");
    return result;
}

QString findingText(const QString& file, const Timeline& timeline, const Finding& finding) {
    const QString indent = QStringLiteral("    ");
    QString result = QStringLiteral("\n%1: %2: %3 [%4]\n")
                         .arg(placed(file, timeline, finding.line))
                         .arg(QLatin1String(severityName(finding.severity)), text(finding.title), text(finding.id));
    if (finding.message != finding.title) result += wrapped(text(finding.message), indent);
    if (finding.explanation != finding.message) result += wrapped(text(finding.explanation), indent);
    result += finding.tensorflowSays
                  ? wrapped(QStringLiteral("TensorFlow says: ") + text(*finding.tensorflowSays), indent)
                  : QStringLiteral("    TensorFlow says nothing.\n");
    if (finding.fix) result += fixText(timeline, *finding.fix);
    return result;
}

using Cells = QStringList;

/// Columns as wide as their widest cell; the last one runs free.
QString table(const std::vector<Cells>& rows) {
    std::vector<qsizetype> widths(rows.front().size(), 0);
    for (const Cells& cells : rows) {
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], cells[static_cast<qsizetype>(i)].size());
    }
    QString result;
    for (const Cells& cells : rows) {
        QString line;
        for (std::size_t i = 0; i < widths.size(); ++i)
            line += cells[static_cast<qsizetype>(i)].leftJustified(widths[i] + 2);
        while (line.endsWith(u' ')) line.chop(1);
        result += QStringLiteral("    ") + line + u'\n';
    }
    return result;
}

bool sameStory(const VariableStep& a, const VariableStep& b) {
    return a.gradient == b.gradient && a.pairedWith == b.pairedWith && a.applied == b.applied && a.reason == b.reason &&
           a.line == b.line;
}

/// "1", "2-50": neighbours of which the same is to be said are one row, with the change of the last.
Cells stepCells(const Timeline& timeline, const VariableStep& first, const VariableStep& last) {
    const QString steps =
        first.step == last.step ? QString::number(first.step) : QStringLiteral("%1-%2").arg(first.step).arg(last.step);
    return {steps,
            placedShort(timeline, last.line),
            QString::fromLatin1(gradientName(last.gradient)),
            text(last.pairedWith),
            last.applied ? QString::number(last.change, 'g', 4) : QStringLiteral("-"),
            text(last.reason)};
}

std::vector<Cells> variableRows(const Timeline& timeline, const VariableReport& report) {
    const VariableCreated& created = timeline.created(report.variable);
    QStringList names;
    for (const std::string& name : report.names) names << text(name);
    const Cells head{
        names.isEmpty() ? text(created.name) : names.join(u", "), placedShort(timeline, report.line),
        text(pictureText(created.value.shape())) + u' ' + text(std::string(row(created.value.dtype()).name)),
        report.updated ? QStringLiteral("yes") : QStringLiteral("no")};
    std::vector<Cells> rows;
    for (std::size_t i = 0; i < report.steps.size();) {
        std::size_t end = i + 1;
        while (end < report.steps.size() && sameStory(report.steps[i], report.steps[end])) ++end;
        rows.push_back((rows.empty() ? head : Cells{{}, {}, {}, {}}) +
                       stepCells(timeline, report.steps[i], report.steps[end - 1]));
        i = end;
    }
    if (rows.empty()) rows.push_back(head + Cells{{}, {}, {}, {}, {}, {}});
    return rows;
}

QString variableTable(const Timeline& timeline) {
    constexpr std::size_t most = 500;  // of more, nobody reads each
    const auto reports = variableReports(timeline);
    if (reports.empty()) return {};
    std::vector<Cells> rows{
        {"variable", "made in", "value", "updated", "step", "line", "gradient", "paired with", "change", ""}};
    for (const VariableReport& report : std::span(reports).first(std::min(most, reports.size()))) {
        const auto more = variableRows(timeline, report);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    const std::size_t left = reports.size() - std::min(most, reports.size());
    return u'\n' + table(rows) +
           (left == 0 ? QString() : QStringLiteral("    and %1 more variables\n").arg(static_cast<qulonglong>(left)));
}

}  // namespace

QString textReport(const QString& file, const Document& document) {
    QString result = headline(file, document) + complaints(document.timeline());
    for (const Finding& finding : document.findings()) result += findingText(file, document.timeline(), finding);
    return result + variableTable(document.timeline());
}

}  // namespace tapescope
