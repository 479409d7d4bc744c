// SPDX-License-Identifier: Apache-2.0
// Recorded runs in a folder of their own, for windows to open.
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <vector>

#include "core/trace/event.h"

namespace tapescope::testing {

/// Settings in a fresh folder, so that no test sees a window that somebody else has arranged. Once, before any window.
void useFreshSettings();

class SampleTapes {
public:
    /// The path of a .tape file with these events.
    QString write(const QString& name, const std::vector<Event>& events) const;

private:
    QTemporaryDir folder_;
};

/// One step in which a value goes so many times through two operations in a loop, under a tape.
std::vector<Event> unrolledTrace(std::uint32_t iterations);

/// A training loop of so many steps: each reads W, multiplies, sums, asks for the gradient and updates.
std::vector<Event> loopTrace(std::uint32_t steps);

}  // namespace tapescope::testing
