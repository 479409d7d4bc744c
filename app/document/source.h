// SPDX-License-Identifier: Apache-2.0
// A script's bytes as text, by Python's own rules: a byte order mark, a declared encoding, any kind of line end.
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/error.h"

namespace tapescope {

/// Larger scripts are refused: nobody wrote them by hand.
inline constexpr qint64 scriptLimit = qint64{4} << 20;

/// The text with "\n" as its line end and without a byte order mark; or what Python would say is wrong with it.
Result<QString> scriptText(const QByteArray& bytes);

}  // namespace tapescope
