// SPDX-License-Identifier: Apache-2.0
// A script's bytes as text, by Python's own rules: a byte order mark, a declared encoding, any kind of line end.
#pragma once

#include <QByteArray>
#include <QString>
#include <cstdint>

namespace tapescope {

/// Larger scripts are refused: nobody wrote them by hand.
inline constexpr qint64 scriptLimit = qint64{4} << 20;

struct SourceText {
    QString text;            ///< with "\n" as its line end and without a byte order mark
    QString problem;         ///< what Python's SyntaxError would say of the encoding; empty if all is well
    std::uint32_t line = 0;  ///< of the problem
};

/// Where the encoding is wrong, the text is what can be read of it.
SourceText scriptText(const QByteArray& bytes);

}  // namespace tapescope
