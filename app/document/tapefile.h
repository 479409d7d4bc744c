// SPDX-License-Identifier: Apache-2.0
// Recorded runs as files: the worker's stream, read back event by event.
#pragma once

#include <QIODevice>
#include <optional>

#include "core/base/error.h"
#include "core/trace/timeline.h"

namespace tapescope {

/// Larger recordings are refused: a run cannot make one.
inline constexpr qint64 tapeLimit = qint64{512} << 20;

/// Whether these first bytes of a file are those of a recorded run.
bool beginsLikeTape(const QByteArray& bytes);

/// Appends everything that is whole. The failure says where damage begins.
std::optional<Failure> readTape(QIODevice& device, Timeline& timeline);

/// The run as the live window has it, with the end that the app wrote where the worker could not.
std::optional<Failure> writeTape(QIODevice& device, const Timeline& timeline);

}  // namespace tapescope
