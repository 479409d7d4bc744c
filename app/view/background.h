// SPDX-License-Identifier: Apache-2.0
// Work of a moment that may become a longer one: done in another thread, with progress and Cancel once it takes time.
#pragma once

#include <QByteArray>
#include <QString>
#include <functional>
#include <optional>

class QWidget;

namespace tapescope {

/// What the work gives, empty where it threw; nothing where a person has cancelled it. It then runs on, unheard, at
/// most until the program ends: it must hold all that it needs. The window lives meanwhile, but takes no input before
/// there is a Cancel to press.
std::optional<QByteArray> inBackground(std::function<QByteArray()> work, const QString& words, QWidget* parent);

}  // namespace tapescope
