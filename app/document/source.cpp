// SPDX-License-Identifier: Apache-2.0
// Decoding of scripts: PEP 263 and its default, UTF-8.
#include "app/document/source.h"

#include <QRegularExpression>
#include <QStringDecoder>

namespace tapescope {

namespace {

constexpr QByteArrayView utf8Mark("\xef\xbb\xbf");

/// The encoding that one of the first two lines declares, as written; empty where none does.
QByteArray declaredEncoding(const QByteArray& bytes) {
    static const QRegularExpression declaration(QStringLiteral("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)"));
    static const QRegularExpression blank(QStringLiteral("^[ \\t\\f]*(?:#.*)?\\r?$"));
    const auto lines = bytes.left(2048).split('\n');
    for (qsizetype i = 0; i < std::min<qsizetype>(2, lines.size()); ++i) {
        const QString line = QString::fromLatin1(lines[i]);
        if (const auto match = declaration.match(line); match.hasMatch()) return match.captured(1).toLatin1();
        if (!blank.match(line).hasMatch()) break;
    }
    return {};
}

/// Python's names of codecs in the form that the decoders know.
QByteArray codecName(QByteArray name) {
    name = name.toLower().replace('_', '-');
    if (name.isEmpty() || name == "utf8" || name == "u8" || name.startsWith("utf-8")) return "utf-8";
    if (name == "ascii" || name == "us-ascii" || name == "646") return "ascii";
    if (name == "latin-1" || name == "latin1" || name == "l1" || name.startsWith("iso-latin-1")) return "iso-8859-1";
    if (name.startsWith("windows-")) name.replace("windows-", "cp");
    return name;
}

bool isAscii(const QByteArray& line) {
    return std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Failure badBytes(const QByteArray& line, qsizetype number, const QByteArray& declared) {
    const auto odd =
        std::find_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto code = static_cast<unsigned char>(odd == line.end() ? line[0] : *odd);
    const QString byte = QStringLiteral("'\\x%1' on line %2").arg(int{code}, 2, 16, QLatin1Char('0')).arg(number);
    const QString text =
        declared.isEmpty()
            ? QStringLiteral(
                  "Non-UTF-8 code starting with %1, but no encoding declared; see "
                  "https://peps.python.org/pep-0263/ for details")
                  .arg(byte)
            : QStringLiteral("the declared encoding %1 cannot decode %2").arg(QString::fromLatin1(declared), byte);
    return {text.toStdString()};
}

QString withPlainLineEnds(QString text) {
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text.replace(u'\r', u'\n');
}

}  // namespace

Result<QString> scriptText(const QByteArray& bytes) {
    const bool marked = bytes.startsWith(utf8Mark);
    const QByteArray body = marked ? bytes.sliced(utf8Mark.size()) : bytes;
    const QByteArray declared = declaredEncoding(body);
    const QByteArray codec = codecName(declared);
    if (marked && codec != "utf-8") {
        return Failure{"encoding problem: " + declared.toStdString() + " with a UTF-8 byte order mark"};
    }
    QStringDecoder decoder(codec == "ascii" ? "utf-8" : codec.constData(), QStringDecoder::Flag::Stateless);
    if (!decoder.isValid()) return Failure{"encoding problem: unknown encoding " + declared.toStdString()};
    if (!codec.startsWith("utf-") && codec != "ascii") {
        const QString text = decoder.decode(body);
        if (decoder.hasError() || text.contains(QChar::ReplacementCharacter)) return badBytes(body, 1, declared);
        return withPlainLineEnds(text);
    }
    // Line by line, so that the message can say which one.
    const auto lines = body.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = decoder.decode(lines[i]);
        if (decoder.hasError() || (codec == "ascii" && !isAscii(lines[i]))) return badBytes(lines[i], i + 1, declared);
    }
    return withPlainLineEnds(QString::fromUtf8(body));
}

}  // namespace tapescope
