// SPDX-License-Identifier: Apache-2.0
// Python names and what they are bound to, as rows of text.
#pragma once

#include <QString>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

struct NameRow {
    QString name;    ///< "" for an object that nothing names any more
    QString object;  ///< "Variable ① 2×2 float32"
    ObjectKind kind = ObjectKind::Other;
    bool gradient = false;  ///< is or holds gradients
    bool ghost = false;
    bool fresh = false;  ///< bound by the latest binding
    ObjectRef bound;
    friend bool operator==(const NameRow&, const NameRow&) = default;
};

/// What an object is, in a few words.
QString objectText(const Timeline& timeline, const ObjectRef& object);

/// Rows at a state, in the order in which the names first appear in the run.
std::vector<NameRow> nameRows(const Timeline& timeline, const Snapshot& snapshot);

}  // namespace tapescope
