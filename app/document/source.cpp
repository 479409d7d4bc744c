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

QString withPlainLineEnds(QString text) {
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text.replace(u'\r', u'\n');
}

QString badBytes(const QByteArray& line, qsizetype number, const QByteArray& declared) {
    const auto odd =
        std::find_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto code = static_cast<unsigned char>(odd == line.end() ? '?' : *odd);
    const QString byte = QStringLiteral("'\\x%1' on line %2").arg(int{code}, 2, 16, QLatin1Char('0')).arg(number);
    if (!declared.isEmpty()) {
        return QStringLiteral("the declared encoding %1 cannot decode %2").arg(QString::fromLatin1(declared), byte);
    }
    return QStringLiteral(
               "Non-UTF-8 code starting with %1, but no encoding declared; see "
               "https://peps.python.org/pep-0263/ for details")
        .arg(byte);
}

/// UTF-8 or ASCII, line by line, so that the problem has a line.
SourceText decodedByLine(const QByteArray& body, const QByteArray& declared, bool ascii) {
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const auto lines = body.split('\n');
    SourceText source{withPlainLineEnds(QString::fromUtf8(body)), {}, 0};
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = decoder.decode(lines[i]);
        if (!decoder.hasError() && (!ascii || isAscii(lines[i]))) continue;
        source.problem = badBytes(lines[i], i + 1, declared);
        source.line = static_cast<std::uint32_t>(i + 1);
        break;
    }
    return source;
}

SourceText decodedAs(const QByteArray& codec, const QByteArray& body, const QByteArray& declared) {
    QStringDecoder decoder(codec.constData(), QStringDecoder::Flag::Stateless);
    SourceText source{withPlainLineEnds(QString::fromLatin1(body)), {}, 1};
    if (!decoder.isValid()) {
        source.problem = QStringLiteral("encoding problem: %1").arg(QString::fromLatin1(declared));
        return source;
    }
    source.text = withPlainLineEnds(decoder.decode(body));
    if (decoder.hasError() || source.text.contains(QChar::ReplacementCharacter)) {
        source.problem = badBytes(body, 1, declared);
    }
    return source;
}

}  // namespace

SourceText scriptText(const QByteArray& bytes) {
    const bool marked = bytes.startsWith(utf8Mark);
    const QByteArray body = marked ? bytes.sliced(utf8Mark.size()) : bytes;
    const QByteArray declared = declaredEncoding(body);
    const QByteArray codec = codecName(declared);
    if (marked && codec != "utf-8") {
        return {withPlainLineEnds(QString::fromUtf8(body)),
                QStringLiteral("encoding problem: %1 with BOM").arg(QString::fromLatin1(declared)), 1};
    }
    if (codec == "utf-8" || codec == "ascii") return decodedByLine(body, declared, codec == "ascii");
    return decodedAs(codec, body, declared);
}

}  // namespace tapescope
