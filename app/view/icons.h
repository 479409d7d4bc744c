// SPDX-License-Identifier: Apache-2.0
// The icons of the window: drawings in one ink, so that every theme can have its own.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace tapescope {

/// The drawing of that name in that colour; an empty icon where there is none.
QIcon icon(const QString& name, const QColor& colour);

/// The program's own.
QIcon programIcon();

}  // namespace tapescope
