// SPDX-License-Identifier: Apache-2.0
// A script's bytes as text, by Python's own rules: a byte order mark, a declared encoding, any kind of line end.
#pragma once

#include <QByteArray>
#include <QString>

namespace tapescope {

/// Larger scripts are refused: nobody wrote them by hand.
inline constexpr qint64 scriptLimit = qint64{4} << 20;

/// The text with "\n" as its line end and without a byte order mark. Lenient: what is wrong with the encoding, the
/// worker's Python says; here it shows as replacement characters.
QString scriptText(const QByteArray& bytes);

/// The bytes of a text in the encoding that it declares, or in UTF-8 where that lacks a character.
QByteArray scriptBytes(const QString& text);
/// The same with the ends of lines and the mark at the beginning that a file has which it takes the place of.
QByteArray scriptBytes(const QString& text, const QByteArray& like);

}  // namespace tapescope
