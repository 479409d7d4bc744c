// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"

#include <QFile>
#include <cstdio>

namespace tapescope {

void printBytes(const QByteArray& bytes) {
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
}

void print(const QString& text) {
    printBytes(text.toUtf8());
}

void complain(const QString& text) {
    std::fflush(stdout);
    const QByteArray line = "tapescope: " + text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

QByteArray readInput(qint64 limit) {
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) return {};
    QByteArray bytes;
    while (bytes.size() <= limit) {
        const QByteArray piece = input.read(limit + 1 - bytes.size());
        if (piece.isEmpty()) break;
        bytes += piece;
    }
    return bytes;
}

}  // namespace tapescope
