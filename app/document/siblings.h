// SPDX-License-Identifier: Apache-2.0
// The modules beside a script: those files that it, or one of them, imports. Nothing else is read, and nothing outside
// the script's folder, wherever links lead.
#pragma once

#include <QString>
#include <vector>

#include "core/trace/parcel.h"

namespace tapescope {

/// In the order in which they are met; `scriptFile` ("train.py") is not among them. A folder that is empty or does not
/// exist has none.
std::vector<ModuleText> siblingsOf(const QString& script, const QString& folder, const QString& scriptFile);

}  // namespace tapescope
