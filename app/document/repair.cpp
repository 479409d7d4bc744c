// SPDX-License-Identifier: Apache-2.0
// Edits are replacements of whole lines: no Python is needed to make them.
#include "app/document/repair.h"

#include <QStringList>
#include <set>

namespace tapescope {

Repair repaired(const QString& script, std::span<const Finding> findings) {
    QStringList lines = script.split(u'\n');
    std::set<std::uint32_t> changed;
    Repair repair;
    for (const Finding& finding : findings) {
        if (!finding.fix) continue;
        for (const Edit& edit : finding.fix->edits) {
            const qsizetype index = qsizetype{edit.line} - 1;
            const bool fits = index >= 0 && index < lines.size() && !changed.contains(edit.line) &&
                              lines[index] == QString::fromStdString(edit.before);
            if (!fits) {
                ++repair.refused;
                continue;
            }
            lines[index] = QString::fromStdString(edit.after);
            changed.insert(edit.line);
            ++repair.made;
        }
    }
    repair.script = lines.join(u'\n');
    return repair;
}

}  // namespace tapescope
