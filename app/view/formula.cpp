// SPDX-License-Identifier: Apache-2.0
#include "app/view/formula.h"

#include <QRegularExpression>
#include <QSet>

namespace tapescope {

namespace {

/// A single letter that stands by itself: no part of a word, and not Euler's number with its exponent.
const QRegularExpression& letterForm() {
    static const QRegularExpression form(
        QStringLiteral("(?<![⁻\\p{L}\\p{N}_])(?!e[⁻ˣ⁰-₟^])([\\p{Ll}\\p{Lu}])(?![\\p{L}\\p{N}_'′])"),
        QRegularExpression::UseUnicodePropertiesOption);
    return form;
}

QStringList lettersOf(const QString& text) {
    QStringList letters;
    for (auto match = letterForm().globalMatch(text); match.hasNext();) {
        const QString letter = match.next().captured(1);
        if (!letters.contains(letter)) letters << letter;
    }
    return letters;
}

}  // namespace

QString withNumbers(const QString& formula, const QStringList& names, const QStringList& inputs,
                    const QString& result) {
    const qsizetype equals = formula.indexOf(QStringLiteral(" = "));
    if (equals < 0 || inputs.isEmpty() || formula.contains(QLatin1Char(';'))) return {};
    const QString right = formula.mid(equals + 3);
    QStringList letters = lettersOf(right);
    if (letters.size() != inputs.size()) return {};
    // By name where all names are letters of the formula, else in the order in which they stand.
    QStringList named;
    for (const QString& name : names)
        for (const QString& letter : letters)
            if (letter.compare(name, Qt::CaseInsensitive) == 0 && !named.contains(letter)) named << letter;
    if (named.size() == inputs.size()) letters = named;
    QString text;
    qsizetype from = 0;
    for (auto match = letterForm().globalMatch(right); match.hasNext();) {
        const auto found = match.next();
        const QString& number = inputs[letters.indexOf(found.captured(1))];
        const bool bare = !number.startsWith(QChar(0x2212)) && !number.startsWith(QLatin1Char('-')) &&
                          (!number.contains(QLatin1Char(' ')) || number.startsWith(QLatin1Char('[')));
        text += right.mid(from, found.capturedStart(1) - from);
        text += bare ? number : QLatin1Char('(') + number + QLatin1Char(')');
        from = found.capturedEnd(1);
    }
    return QStringLiteral("%1 = %2").arg(result, text + right.mid(from));
}

}  // namespace tapescope
