// SPDX-License-Identifier: Apache-2.0
// A window on a recorded run, as the tests of flows use it.
#pragma once

#include <memory>

#include "app/view/window.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/sampletape.h"

namespace tapescope::testing {

/// How long a test waits for a signal before it fails: long, because machines can be slow.
inline constexpr int patience = 60'000;

class OpenWindow {
public:
    OpenWindow();

    bool open(const QString& name, const std::vector<Event>& events);
    /// The two steps of the wrong source.
    bool openWrongSource() { return open(QStringLiteral("run.tape"), wrongSourceTrace()); }

    const SampleTapes& tapes() const { return tapes_; }
    /// The box with that title in the step on screen.
    BoxKey titled(const std::string& title) const;
    void clickBox(const BoxKey& key);
    /// Is the deck in the step of the finding, where everything that proves it there has happened, and no further?
    bool provesAt(const Finding& finding) const;
    std::uint32_t beatCount() const { return static_cast<std::uint32_t>(window.player().length()); }

private:
    SampleTapes tapes_;

public:
    mutable MainWindow window;
};

}  // namespace tapescope::testing
