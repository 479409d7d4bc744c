// SPDX-License-Identifier: Apache-2.0
// The state of the document in words.
#pragma once

#include <QString>

#include "app/document/document.h"

namespace tapescope {

/// "ran: 21 operations · 2 steps", "running: 7 operations", "stopped by an error in line 26 · 12 operations · 2 steps".
QString statusText(const Document& document);

/// What a person must know before reading the picture: error, limit, damage. Empty where all is well.
QString troubleText(const Document& document);

/// "2 findings", "no findings".
QString findingsText(const Document& document);

/// The finding to begin with: the first of the highest severity; -1 for none.
int firstFinding(const std::vector<Finding>& findings);

}  // namespace tapescope
