// SPDX-License-Identifier: Apache-2.0
// Files that a command writes: whole or not at all.
#pragma once

#include <QIODevice>
#include <QString>
#include <functional>
#include <optional>

#include "core/base/error.h"

namespace tapescope {

/// The failure of a `fill` that has told it, or whose file is not to be.
inline const Failure alreadySaid{};

/// Lets `fill` write the file, or standard output for "-". Complains where that fails; what was there before stays
/// then.
bool writeOut(const QString& path, const std::function<std::optional<Failure>(QIODevice&)>& fill);

}  // namespace tapescope
