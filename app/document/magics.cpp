// SPDX-License-Identifier: Apache-2.0
// What only a notebook understands, in the lines of a cell.
#include <QRegularExpression>

#include "app/document/notebook.h"

namespace tapescope {

namespace {

/// Where statements can begin: not inside brackets or strings, nor after a backslash.
class Statements {
public:
    bool begins() const { return depth_ == 0 && quote_.isEmpty() && !continued_; }

    void pass(const QString& line) {
        continued_ = line.endsWith(u'\\');
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (quote_.isEmpty()) {
                if (line[i] == u'#') {
                    continued_ = false;
                    break;
                }
                i += open(line, i);
            } else {
                i += close(line, i);
            }
        }
        if (quote_.size() == 1 && !continued_) quote_.clear();  // Python will complain
    }

private:
    qsizetype open(const QString& line, qsizetype i) {
        if (QStringView(u"([{").contains(line[i])) ++depth_;
        if (QStringView(u")]}").contains(line[i]) && depth_ > 0) --depth_;
        if (line[i] != u'"' && line[i] != u'\'') return 0;
        const QString three(3, line[i]);
        quote_ = line.mid(i, 3) == three ? three : QString(line[i]);
        return quote_.size() - 1;
    }

    qsizetype close(const QString& line, qsizetype i) {
        if (line[i] == u'\\') return 1;
        if (line.mid(i, quote_.size()) != quote_) return 0;
        const qsizetype more = quote_.size() - 1;
        quote_.clear();
        return more;
    }

    int depth_ = 0;
    QString quote_;
    bool continued_ = false;
};

struct MagicRow {
    QRegularExpression pattern;
    const char* instead;  ///< of the line without its indentation; %1 and %2 are the parts of the pattern
    bool silent = false;  ///< nothing is left out
};

/// The first that matches a line without its indentation.
const std::vector<MagicRow>& magicRows() {
    static const std::vector<MagicRow> rows{
        {QRegularExpression(QStringLiteral("^%time\\s+(\\S.*)$")), "%1", true},
        {QRegularExpression(QStringLiteral("^([A-Za-z_]\\w*)\\s*=\\s*(!.*)$")), "%1 = []  # left out: %2"},
        {QRegularExpression(QStringLiteral("^([A-Za-z_]\\w*)\\s*=\\s*(%[A-Za-z].*)$")), "%1 = None  # left out: %2"},
        {QRegularExpression(QStringLiteral("^([%!].*)$")), "# left out: %1"},
        {QRegularExpression(QStringLiteral("^(\\?{1,2}[\\w.*]+|[\\w.]+\\?{1,2})\\s*$")), "# left out: %1"},
        {QRegularExpression(QStringLiteral("^((?:pip3?|conda|mamba)\\s+(?:install|uninstall)\\b.*)$")),
         "# left out: %1"},
    };
    return rows;
}

QString indentOf(const QString& line) {
    qsizetype end = 0;
    while (end < line.size() && (line[end] == u' ' || line[end] == u'\t')) ++end;
    return line.left(end);
}

/// The line as Python; nothing where it is Python already.
std::optional<QString> withoutMagic(const QString& line, bool& silent) {
    const QString indent = indentOf(line);
    const QString rest = line.mid(indent.size());
    for (const MagicRow& row : magicRows()) {
        const auto match = row.pattern.match(rest);
        if (!match.hasMatch()) continue;
        silent = row.silent;
        QString instead = QString::fromLatin1(row.instead);
        // At once: what was captured may have such signs itself.
        if (instead.contains(QStringLiteral("%2"))) {
            instead = instead.arg(match.captured(1), match.captured(2));
        } else if (instead.contains(QStringLiteral("%1"))) {
            instead = instead.arg(match.captured(1));
        }
        // A block needs a statement.
        if (!indent.isEmpty() && instead.startsWith(u'#')) instead = QStringLiteral("pass  ") + instead;
        return indent + instead;
    }
    return std::nullopt;
}

/// Does a first line "%%name" leave the rest of its cell Python that is to run?
bool runsTheRest(const QString& line) {
    static const QRegularExpression kept(QStringLiteral("^%%(time|timeit|capture|prun|wandb)\\b"));
    return kept.match(line).hasMatch();
}

QString noteOf(std::uint32_t cell, qsizetype line, const QString& text) {
    constexpr qsizetype most = 60;
    const QString said = text.trimmed();
    return QStringLiteral("Line %1 of cell %2 was left out: %3")
        .arg(line)
        .arg(cell)
        .arg(said.size() > most ? said.left(most) + QStringLiteral("...") : said);
}

}  // namespace

QString pythonOfCell(const QString& source, std::uint32_t cell, QStringList& notes) {
    QString text = source;
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    while (text.endsWith(u'\n')) text.chop(1);
    QStringList lines = text.split(u'\n');
    const QString first = lines.front().trimmed();
    if (first.startsWith(QStringLiteral("%%")) && !runsTheRest(first)) {
        notes << QStringLiteral("Cell %1 was left out: %2").arg(cell).arg(first.section(u'\n', 0, 0));
        for (QString& line : lines) line.prepend(QStringLiteral("# "));
        return lines.join(u'\n');
    }
    Statements statements;
    bool goesOn = false;  // a line for the shell that ends in a backslash
    for (qsizetype i = 0; i < lines.size(); ++i) {
        bool silent = false;
        const QString before = lines[i];
        const auto instead = goesOn ? std::optional(QStringLiteral("# ") + before)
                                    : (statements.begins() ? withoutMagic(before, silent) : std::optional<QString>());
        if (instead) {
            if (!silent && !goesOn) notes << noteOf(cell, i + 1, before);
            goesOn = before.endsWith(u'\\') && !silent;
            lines[i] = *instead;
        }
        if (!instead || silent) statements.pass(lines[i]);
    }
    return lines.join(u'\n');
}

}  // namespace tapescope
