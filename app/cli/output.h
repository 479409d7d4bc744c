// SPDX-License-Identifier: Apache-2.0
// Files that a command writes: whole or not at all.
#pragma once

#include <QIODevice>
#include <QString>
#include <functional>
#include <optional>

#include "core/base/error.h"

namespace tapescope {

/// Lets `fill` write the file, or standard output for "-". Complains where that fails; what was there before stays
/// then.
bool writeOut(const QString& path, const std::function<std::optional<Failure>(QIODevice&)>& fill);

}  // namespace tapescope
