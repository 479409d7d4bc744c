// SPDX-License-Identifier: Apache-2.0
// One open run: script, timeline, findings, position, selection. The only mutable state of the app.
// Views hold a reference and listen to the signals; they ask, and decide nothing.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "app/document/run.h"
#include "core/diagnosis/finding.h"
#include "core/trace/stepgraph.h"
#include "core/trace/timeline.h"

namespace tapescope {

/// The deck's position: `event` is complete but for the last beat, of which `progress` has happened.
struct DeckPosition {
    EventIndex event = 0;
    double progress = 1;
    friend bool operator==(const DeckPosition&, const DeckPosition&) = default;
};

class Document : public QObject {
    Q_OBJECT

public:
    enum class State { Empty, Running, Finished, Failed, Limited, Damaged };

    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    /// Opens a script (.py) or a recorded run (.tape) and runs or reads it. False with a message where it cannot be read.
    bool open(const QString& path);
    /// Runs a text under a name; what was there before is gone.
    void run(const QString& name, const QString& script);
    void stop();

    State state() const { return state_; }
    const QString& name() const { return name_; }
    const QString& path() const { return path_; }
    const QString& script() const { return script_; }
    const QString& message() const { return message_; }  ///< what a person must know of the state: limit, damage
    const Timeline& timeline() const { return timeline_; }
    const std::vector<Finding>& findings() const { return findings_; }

    /// The graph of the step at the position; cached until the step or the log changes.
    const StepGraph& graph() const;
    std::uint32_t step() const;

    DeckPosition position() const { return position_; }
    void seek(DeckPosition position);
    void seekBeat(std::uint32_t beat, double progress = 1);  ///< from 1

    std::optional<BoxKey> selection() const { return selection_; }
    void select(std::optional<BoxKey> box);

Q_SIGNALS:
    void stateChanged();
    void timelineGrew();
    void positionMoved();
    void selectionChanged();

private:
    void take(std::vector<Event> events);
    void finish();

    State state_ = State::Empty;
    QString name_, path_, script_, message_;
    Timeline timeline_;
    std::vector<Finding> findings_;
    DeckPosition position_;
    std::optional<BoxKey> selection_;
    std::unique_ptr<Run> run_;
    mutable std::optional<StepGraph> graph_;
    mutable EventIndex graphedAt_ = 0;
};

}  // namespace tapescope
