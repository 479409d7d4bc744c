// SPDX-License-Identifier: Apache-2.0
// Places in a run as the command line writes them: "2", "2.5", "2.5@0.5", "end".
#pragma once

#include <QString>

#include "app/document/document.h"
#include "core/base/error.h"

namespace tapescope {

/// STEP is the end of a step; BEAT counts from 1 within the step; after @ stands how much of the beat has happened.
Result<DeckPosition> placeOf(const QString& text, const Timeline& timeline);

/// The beats of a step, which counts from 0.
std::span<const EventIndex> beatsOfStep(const Timeline& timeline, std::uint32_t step);

}  // namespace tapescope
