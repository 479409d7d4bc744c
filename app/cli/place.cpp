// SPDX-License-Identifier: Apache-2.0
#include "app/cli/place.h"

#include <QRegularExpression>
#include <algorithm>

namespace tapescope {

std::span<const EventIndex> beatsOfStep(const Timeline& timeline, std::uint32_t step) {
    const Step& stretch = timeline.steps()[step];
    const auto beats = timeline.beats();
    const auto begin = std::lower_bound(beats.begin(), beats.end(), stretch.begin);
    return {begin, std::lower_bound(begin, beats.end(), stretch.end)};
}

Result<DeckPosition> placeOf(const QString& text, const Timeline& timeline) {
    if (timeline.empty()) return Failure{"the run is empty"};
    if (text == u"end") return DeckPosition{timeline.size() - 1, 1};
    static const QRegularExpression form(
        QStringLiteral("^(\\d{1,9})(?:\\.(\\d{1,9})(?:@(0(?:\\.\\d*)?|1(?:\\.0*)?))?)?$"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return Failure{"--at takes STEP, STEP.BEAT, STEP.BEAT@0..1 or end, not '" + text.toStdString() + "'"};
    const std::size_t step = match.captured(1).toUInt();
    const std::size_t count = timeline.steps().size();
    if (step < 1 || step > count) {
        return Failure{"there is no step " + std::to_string(step) + "; the run has " + std::to_string(count)};
    }
    if (match.captured(2).isEmpty()) return DeckPosition{timeline.steps()[step - 1].end - 1, 1};
    const auto beats = beatsOfStep(timeline, static_cast<std::uint32_t>(step - 1));
    const std::size_t beat = match.captured(2).toUInt();
    if (beat < 1 || beat > beats.size()) {
        return Failure{"there is no beat " + std::to_string(beat) + " in step " + std::to_string(step) + "; it has " +
                       std::to_string(beats.size())};
    }
    return DeckPosition{beats[beat - 1], match.captured(3).isEmpty() ? 1 : match.captured(3).toDouble()};
}

}  // namespace tapescope
