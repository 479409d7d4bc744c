// SPDX-License-Identifier: Apache-2.0
// A script with the fixes of its findings in it.
#pragma once

#include <QString>
#include <span>

#include "core/diagnosis/finding.h"

namespace tapescope {

struct Repair {
    QString script;
    int made = 0;     ///< edits that were made
    int refused = 0;  ///< edits whose line no longer reads as they expect
};

/// Makes the edits of all findings. Where two want the same line, the first finding wins.
Repair repaired(const QString& script, std::span<const Finding> findings);

}  // namespace tapescope
