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

class QIODevice;

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

    /// For the runs to come.
    void setOptions(const RunOptions& options) { options_ = options; }
    const RunOptions& options() const { return options_; }

    /// Opens a script (.py), a notebook (.ipynb), a lesson of the gallery (its resource path) or a recorded run
    /// (.tape), and runs or reads it. False where it cannot be read: then message() says why, and everything else stays
    /// as it was.
    bool open(const QString& path);
    /// The same from a device that is open for reading.
    /// `folder` is where modules of the script lie, where they lie anywhere.
    bool open(QIODevice& device, const QString& name, const QString& folder = {});
    /// Runs a text under a name; what was there before is gone.
    void run(const QString& name, const QString& script);
    /// Runs a changed text in place of the one that is open, under its script's name and its path.
    void rerun(const QString& script);
    void stop();
    /// A line for the standard input of a script that asks (RunOptions::asks).
    void say(const QString& line);
    void endInput();    ///< no line comes any more
    bool asks() const;  ///< a run is going on that takes lines
    /// The files that the runs to come may read.
    void grant(const QStringList& files) { options_.data = files; }
    /// Runs the event loop until the run has ended: for the command line.
    void wait();

    State state() const { return state_; }
    const QString& name() const { return name_; }
    /// The name of the script, also where a recording of its run is open.
    QString scriptName() const;
    const QString& path() const { return path_; }  ///< empty where there is no file
    const QString& script() const { return script_; }
    const QString& message() const { return message_; }  ///< what a person must know of the state: limit, damage
    const Timeline& timeline() const { return *timeline_; }
    /// Of a run that has ended: it changes no more, and may be read in other threads.
    std::shared_ptr<const Timeline> sharedTimeline() const { return timeline_; }
    const std::vector<Finding>& findings() const { return findings_; }

    /// The graph of the step at the position; cached until the step or the log changes.
    const StepGraph& graph() const;
    std::uint32_t step() const;
    /// From now on the graphs of large steps are made elsewhere and given to setGraph(); graph() is empty until then.
    void letGraphsComeLater() { graphsComeLater_ = true; }
    bool awaitsGraph() const;  ///< of the step at the position
    bool isLarge(std::uint32_t step) const;
    void setGraph(StepGraph graph);
    /// What a person has opened and closed, in all steps that run the same way; forgotten with the run.
    const FoldChoice& folds() const { return folds_; }
    void setFolds(FoldChoice folds);

    DeckPosition position() const { return position_; }
    void seek(DeckPosition position);
    void seekBeat(std::uint32_t beat, double progress = 1);  ///< from 1; clamps
    std::uint32_t beat() const;                              ///< beats at or before the position
    std::uint32_t beatCount() const;
    std::uint32_t currentLine() const;         ///< of the script at the position, 0 if none
    bool follows() const { return follows_; }  ///< the position moves with the end of a run that goes on

    std::optional<BoxKey> selection() const { return selection_; }
    void select(std::optional<BoxKey> box);

Q_SIGNALS:
    void stateChanged();
    void timelineGrew();
    void positionMoved();
    void selectionChanged();

private:
    bool hasGraph() const;
    bool refuse(const QString& message);
    bool openFile(const QString& path);
    bool openTape(QIODevice& device, const QString& name);
    bool openScript(QIODevice& device, const QString& name, const QString& folder);
    bool openNotebook(QIODevice& device, const QString& name, const QString& folder);
    void clear();
    void start(const QString& script, const QByteArray& bytes, RunOptions options);
    std::vector<ModuleText> modulesRead() const;
    QString kerasGiven() const;
    void take(std::vector<Event>& events);
    void finish();
    void moveTo(DeckPosition position);

    State state_ = State::Empty;
    QString name_, path_, script_, message_;
    RunOptions options_;
    std::shared_ptr<Timeline> timeline_ = std::make_shared<Timeline>();
    std::vector<Finding> findings_;
    DeckPosition position_;
    bool follows_ = true;
    std::string damage_;  ///< why an event of the worker's could not be taken
    std::optional<BoxKey> selection_;
    std::unique_ptr<Run> run_;
    QStringList notes_;        ///< of the notebook that was opened, said again whenever it is run
    bool inputEnded_ = false;  ///< of the run of now
    FoldChoice folds_;
    mutable std::optional<StepGraph> graph_;
    mutable EventIndex graphedAt_ = 0;
    mutable bool graphIsOld_ = false;  ///< of other folds
    mutable StepGraph awaited_;        ///< empty, of the step whose graph is made elsewhere
    bool graphsComeLater_ = false;
};

}  // namespace tapescope
