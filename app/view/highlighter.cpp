// SPDX-License-Identifier: Apache-2.0
// One pass over a line: the patterns are alternatives of one expression, so that a keyword in a string stays a string.
#include "app/view/highlighter.h"

#include <QStringList>
#include <array>

namespace tapescope {

namespace {

struct MeaningRow {
    const char* name;  ///< of the group in the expression
    const char* pattern;
    Ink ink;
    bool bold;
    bool italic;
};

constexpr std::array meanings{
    MeaningRow{"triple", R"([rbfuRBFU]{0,2}("""|''').*?(?:\g{-1}|$))", Ink::Update, false, false},
    MeaningRow{"string", R"([rbfuRBFU]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))", Ink::Update, false, false},
    MeaningRow{"comment", R"(#.*)", Ink::Muted, false, true},
    MeaningRow{
        "keyword",
        R"(\b(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|)"
        R"(import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b)",
        Ink::Forward, true, false},
    MeaningRow{"constant", R"(\b(?:None|True|False|self)\b)", Ink::State, false, false},
    MeaningRow{"number", R"(\b(?:0[xX][\da-fA-F_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?)\b)", Ink::State, false, false},
    MeaningRow{"decorator", R"(^\s*@[\w.]+)", Ink::Gradient, false, false},
};

enum State { Ordinary = 0, InDouble = 1, InSingle = 2 };

QString expression() {
    QStringList alternatives;
    for (const MeaningRow& row : meanings) {
        alternatives << QStringLiteral("(?<%1>%2)").arg(QLatin1String(row.name), QLatin1String(row.pattern));
    }
    return alternatives.join(QLatin1Char('|'));
}

QString quotesOf(int state) {
    return state == InDouble ? QStringLiteral("\"\"\"") : QStringLiteral("'''");
}

}  // namespace

Highlighter::Highlighter(QTextDocument* text, Appearance& appearance)
    : QSyntaxHighlighter(text), appearance_(appearance), words_(expression()) {
    connect(&appearance_, &Appearance::changed, this, &Highlighter::rehighlight);
}

/// Colours the end of a string that an earlier line opened; where the line goes on after it, or -1.
int Highlighter::closeString(const QString& text) {
    const int state = previousBlockState();
    if (state != InDouble && state != InSingle) return 0;
    const auto end = text.indexOf(quotesOf(state));
    const int stop = end < 0 ? static_cast<int>(text.size()) : static_cast<int>(end) + 3;
    setFormat(0, stop, appearance_[Ink::Update]);
    if (end >= 0) return stop;
    setCurrentBlockState(state);
    return -1;
}

void Highlighter::colourWord(const QString& text, const QRegularExpressionMatch& match) {
    for (const MeaningRow& row : meanings) {
        if (match.capturedStart(QLatin1String(row.name)) < 0) continue;
        QTextCharFormat format;
        format.setForeground(appearance_[row.ink]);
        if (row.bold) format.setFontWeight(QFont::DemiBold);
        format.setFontItalic(row.italic);
        setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), format);
        break;
    }
    const QString found = match.captured(QStringLiteral("triple"));
    if (found.isEmpty()) return;
    const bool isDouble = found.contains(quotesOf(InDouble));
    const QString quotes = quotesOf(isDouble ? InDouble : InSingle);
    const bool closed = found.indexOf(quotes) != found.lastIndexOf(quotes);
    if (!closed && match.capturedEnd() == text.size()) setCurrentBlockState(isDouble ? InDouble : InSingle);
}

void Highlighter::highlightBlock(const QString& text) {
    setCurrentBlockState(Ordinary);
    const int from = closeString(text);
    if (from < 0) return;
    auto matches = words_.globalMatch(text, from);
    while (matches.hasNext()) colourWord(text, matches.next());
}

}  // namespace tapescope
