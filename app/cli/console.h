// SPDX-License-Identifier: Apache-2.0
// Standard streams: results to the one, messages to the other, both in UTF-8 whatever the locale.
#pragma once

#include <QByteArray>
#include <QString>

namespace tapescope {

void print(const QString& text);
void printBytes(const QByteArray& bytes);
/// "tapescope: text" on standard error.
void complain(const QString& text);
/// All of standard input, up to `limit` bytes and one more.
QByteArray readInput(qint64 limit);

}  // namespace tapescope
