// SPDX-License-Identifier: Apache-2.0
// Python names and what they are bound to, as rows of text.
#pragma once

#include <QString>
#include <map>
#include <string>
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

/// When each name was first bound in a run; reads on from where it stopped.
class FirstBindings {
public:
    void read(const Timeline& timeline);
    /// The event, or `otherwise` where the name was not read.
    EventIndex of(const std::string& name, EventIndex otherwise) const;

private:
    std::map<std::string, EventIndex> first_;
    std::size_t read_ = 0;
};

/// Rows at a state, in the order in which the names first appear in the run.
std::vector<NameRow> nameRows(const Timeline& timeline, const Snapshot& snapshot, const FirstBindings& first);

}  // namespace tapescope
