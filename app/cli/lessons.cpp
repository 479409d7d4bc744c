// SPDX-License-Identifier: Apache-2.0
// `tapescope lessons`: the gallery.
#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/document/gallery.h"

namespace tapescope {

int lessons(const Arguments&) {
    qsizetype widest = 0;
    for (const Lesson& lesson : gallery()) widest = std::max(widest, lesson.name.size());
    for (const Lesson& lesson : gallery()) {
        print(QStringLiteral("%1  %2\n").arg(lesson.name, -static_cast<int>(widest)).arg(lesson.title));
    }
    return allWell;
}

}  // namespace tapescope
