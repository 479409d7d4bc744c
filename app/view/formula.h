// SPDX-License-Identifier: Apache-2.0
// The formula of an operation with the numbers of a call put in.
#pragma once

#include <QString>
#include <QStringList>

namespace tapescope {

/// "6 = 2 · 3" for "z = x · y" with 2 and 3: the letters on the right stand for the inputs, by their names where they
/// have the same, else in their order. "" where not every input has its letter.
QString withNumbers(const QString& formula, const QStringList& names, const QStringList& inputs, const QString& result);

}  // namespace tapescope
