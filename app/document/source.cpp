// SPDX-License-Identifier: Apache-2.0
// Decoding of scripts: PEP 263 and its default, UTF-8.
#include "app/document/source.h"

#include <QRegularExpression>
#include <QStringDecoder>
#include <QStringEncoder>

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
    if (name == "latin-1" || name == "latin1" || name == "l1" || name.startsWith("iso-latin-1")) return "iso-8859-1";
    if (name.startsWith("windows-")) name.replace("windows-", "cp");
    return name;
}

QByteArray codecOf(const QByteArray& body) {
    return codecName(declaredEncoding(body));
}

}  // namespace

QString scriptText(const QByteArray& bytes) {
    const QByteArray body = bytes.startsWith(utf8Mark) ? bytes.sliced(utf8Mark.size()) : bytes;
    QStringDecoder decoder(codecOf(body).constData(), QStringDecoder::Flag::Stateless);
    QString text = decoder.isValid() ? QString(decoder.decode(body)) : QString::fromUtf8(body);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text.replace(u'\r', u'\n');
}

QByteArray scriptBytes(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    const QByteArray codec = codecOf(utf8);
    QStringEncoder encoder(codec.constData(), QStringEncoder::Flag::Stateless);
    if (!encoder.isValid()) return utf8;
    const QByteArray bytes = encoder.encode(text);
    return encoder.hasError() || scriptText(bytes) != text ? utf8 : bytes;
}

QByteArray scriptBytes(const QString& text, const QByteArray& like) {
    QByteArray bytes = scriptBytes(text);
    if (like.contains("\r\n")) bytes.replace("\n", "\r\n");
    return like.startsWith(utf8Mark) ? utf8Mark.toByteArray() + bytes : bytes;
}

}  // namespace tapescope
