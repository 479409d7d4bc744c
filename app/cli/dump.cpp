// SPDX-License-Identifier: Apache-2.0
// `tapescope dump`: a recorded run, event by event.
#include "app/cli/console.h"
#include "app/cli/input.h"
#include "core/trace/text.h"

namespace tapescope {

int dump(const Arguments& arguments) {
    Document document;
    const QString& file = arguments.files.front();
    if (!load(document, file)) return wrongUsage;
    const auto line = arguments.value("format") == u"json" ? &jsonLine : &textLine;
    const Timeline& timeline = document.timeline();
    for (EventIndex i = 0; i < timeline.size(); ++i) printBytes(QByteArray::fromStdString(line(timeline, i)) + '\n');
    if (document.state() != Document::State::Damaged) return allWell;
    complain(QStringLiteral("%1: %2").arg(file, document.message()));
    return stoppedShort;
}

}  // namespace tapescope
