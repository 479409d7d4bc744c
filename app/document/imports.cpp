// SPDX-License-Identifier: Apache-2.0
// A scan of Python's words and signs, enough to see statements that begin with import or from.
#include "app/document/imports.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace tapescope {

namespace {

/// Words and signs of a script. Strings become one quote, comments nothing, line ends inside brackets nothing.
class Tokens {
public:
    explicit Tokens(QStringView text) : text_(text) {}

    /// The next word or sign; "\n" where a logical line ends; empty at the end of the text.
    QStringView next();

private:
    QChar at(qsizetype i) const { return i < text_.size() ? text_[i] : QChar(); }
    static bool isWord(QChar c) { return c.isLetterOrNumber() || c == u'_' || c.isSurrogate() || c.isMark(); }
    void skipBlanks();
    QStringView string();

    QStringView text_;
    qsizetype place_ = 0;
    int depth_ = 0;
};

void Tokens::skipBlanks() {
    while (place_ < text_.size()) {
        const QChar c = text_[place_];
        if (c == u'#') {
            while (place_ < text_.size() && text_[place_] != u'\n') ++place_;
        } else if (c == u'\\' && at(place_ + 1) == u'\n') {
            place_ += 2;
        } else if (c.isSpace() && (c != u'\n' || depth_ > 0)) {
            ++place_;
        } else {
            return;
        }
    }
}

/// Skips a string; an unfinished one of one line ends with the line, as the reader of the error would expect.
QStringView Tokens::string() {
    const qsizetype begin = place_;
    const QChar quote = text_[place_];
    const bool triple = at(place_ + 1) == quote && at(place_ + 2) == quote;
    place_ += triple ? 3 : 1;
    while (place_ < text_.size()) {
        const QChar c = text_[place_];
        if (c == u'\\') {
            place_ += 2;
        } else if (c == u'\n' && !triple) {
            break;
        } else if (c == quote && (!triple || (at(place_ + 1) == quote && at(place_ + 2) == quote))) {
            place_ += triple ? 3 : 1;
            break;
        } else {
            ++place_;
        }
    }
    place_ = std::min(place_, text_.size());
    return text_.sliced(begin, 1);
}

QStringView Tokens::next() {
    skipBlanks();
    if (place_ >= text_.size()) return {};
    const QChar c = text_[place_];
    if (c == u'"' || c == u'\'') return string();
    const qsizetype begin = place_;
    if (isWord(c)) {
        while (place_ < text_.size() && isWord(text_[place_])) ++place_;
        return text_.sliced(begin, place_ - begin);
    }
    if (QStringView(u"([{").contains(c)) ++depth_;
    if (QStringView(u")]}").contains(c) && depth_ > 0) --depth_;
    ++place_;
    return text_.sliced(begin, 1);
}

/// Reads statements and keeps what they import.
class Scan {
public:
    explicit Scan(QStringView script) : tokens_(script) { advance(); }

    /// Does the word stand anywhere, as in np.testing?
    bool saysTesting() const { return testing_; }

    QList<ImportedName> imports() {
        bool begins = true;
        while (!token_.isEmpty()) {
            testing_ = testing_ || token_ == u"testing";
            if (begins && token_ == u"import") {
                importStatement();
            } else if (begins && token_ == u"from") {
                fromStatement();
            } else {
                begins = token_ == u"\n" || token_ == u";" || token_ == u":";
                advance();
            }
        }
        return found_;
    }

private:
    void advance() { token_ = tokens_.next(); }

    /// "a.b.c"; empty where no name stands here.
    QString dottedName() {
        QString name;
        while (!token_.isEmpty() && (token_[0].isLetter() || token_[0] == u'_')) {
            name += token_;
            advance();
            if (token_ != u".") break;
            name += u'.';
            advance();
        }
        return name;
    }

    void importStatement() {
        do {
            advance();
            if (const QString name = dottedName(); !name.isEmpty()) found_ << ImportedName{name, 0, {}};
            if (token_ == u"as") {
                advance();
                advance();
            }
        } while (token_ == u",");
    }

    void fromStatement() {
        advance();
        int level = 0;
        for (; token_ == u"."; advance()) ++level;
        const QString name = token_ == u"import" ? QString() : dottedName();
        if (token_ == u"import" && (level > 0 || !name.isEmpty())) found_ << ImportedName{name, level, listedNames()};
        while (!token_.isEmpty() && token_ != u"\n" && token_ != u";") advance();
    }

    /// What stands behind the word import.
    QStringList listedNames() {
        QStringList names;
        advance();
        while (!token_.isEmpty() && token_ != u"\n" && token_ != u";") {
            if (token_ == u"as") {
                advance();
            } else if (token_[0].isLetter() || token_[0] == u'_') {
                names << token_.toString();
            }
            advance();
        }
        return names;
    }

    Tokens tokens_;
    QStringView token_;
    QList<ImportedName> found_;
    bool testing_ = false;
};

}  // namespace

QList<ImportedName> importsIn(QStringView script) {
    return Scan(script).imports();
}

QStringList importedModules(QStringView script) {
    QSet<QString> found;
    Scan scan(script);
    for (const ImportedName& import : scan.imports()) {
        if (import.level == 0) found.insert(import.module);
    }
    // numpy loads it when np.testing is first asked for.
    if (scan.saysTesting() && found.contains(QStringLiteral("numpy"))) found.insert(QStringLiteral("numpy.testing"));
    QStringList sorted(found.begin(), found.end());
    sorted.sort();
    return sorted;
}

QString kerasInComment(QStringView script) {
    static const QRegularExpression comment(QStringLiteral("#[ \\t]*keras[ \\t]*:[ \\t]*(2|3|legacy)[ \\t\\r]*$"),
                                            QRegularExpression::MultilineOption);
    return comment.match(script.toString()).captured(1);
}

}  // namespace tapescope
