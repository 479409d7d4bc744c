// SPDX-License-Identifier: Apache-2.0
// The picture of the document at its position: keeps the layouts of the run and the snapshots around the event, so that
// a frame costs one compose().
#pragma once

#include <QByteArray>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "app/document/document.h"
#include "app/layout/folding.h"
#include "app/layout/layout.h"
#include "app/scene/compose.h"
#include "app/scene/scene.h"
#include "app/view/arranger.h"
#include "core/trace/stepfolds.h"

namespace tapescope {

/// What a layout depends on: equal keys, equal pictures but for the numbers. Tapes count in the order of their boxes.
QByteArray layoutKey(const StepGraph& graph, const BoxSizes& sizes);

class Frames {
public:
    /// Lays out at once, however long it takes.
    explicit Frames(Document& document);
    /// Lays out in another thread: what takes longer than the patience comes later, the scene before stays until then,
    /// and `ready` is called, from there.
    Frames(Document& document, std::function<void()> ready);
    ~Frames();

    void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }
    bool arranging() const { return arranger_ && arranger_->busy(); }
    /// Takes the simpler layout instead of the one that is waited for.
    void hurry();

    /// The scene at the document's position. Empty where there is nothing to show.
    const Scene& scene();
    const Layout& layout();
    /// The graph that is drawn: that of the step with its folds.
    const StepGraph& graph();
    std::uint64_t graphNumber() {
        graph();
        return graphs_;
    }
    /// The box that stands for one of the step, where that is folded away; nothing for what is not of this step.
    std::optional<BoxKey> shown(const BoxKey& box);
    /// The innermost open fold around a box that is drawn.
    std::optional<BoxKey> foldAround(const BoxKey& box);
    bool anyFold() { return graph().boxes.size() < whole().boxes.size(); }

    /// Opens or closes a group or a fold, in this step and in those that run the same way.
    void setOpen(const BoxKey& box, bool open);
    void openAll() { chooseAll(true); }
    void closeAll() { chooseAll(false); }
    /// In the direction of the other one, and open where it is because it was looked at there first.
    void showAs(const Frames& other);

    /// Where values flow to.
    void setDirection(Direction direction);
    Direction direction() const { return direction_; }

    /// How much larger than usual texts are: the theme's.
    void setLetters(double letters);

    /// From now on the scene at a place of its own, wherever the document is: for files.
    void lookAt(DeckPosition position);

    /// Another position, selection or look: the scene is composed anew when it is asked for.
    void touch() { composed_ = false; }
    /// Another log: layouts, too.
    void forget();

    void setRelated(std::set<BoxKey> boxes, bool gradientWay);
    void setLitLines(std::set<std::uint32_t> lines);
    bool setHovered(std::set<BoxKey> boxes);  ///< whether these are others
    void setReducedMotion(bool reduced);
    void setLegend(bool shown) { look_.legend = shown; }

private:
    void chooseAll(bool open);
    void choose(const std::set<BoxKey>& boxes, bool open);
    DeckPosition position() const { return own_ ? *own_ : document_.position(); }
    bool awaits() const { return arranger_ && !own_ && document_.awaitsGraph(); }
    bool seeGraph();
    std::vector<std::uint32_t> birthsBefore(std::uint32_t step) const;
    StepGraph drawnAt(std::uint32_t step) const;
    const StepGraph& whole();  ///< of the step at the position, without folds
    void fold();
    void chose();
    StepFolds stepFolds();
    bool liesIn(std::uint32_t group, FoldId fold, const StepFolds& folds);
    DeckPosition withinFold(DeckPosition place);
    bool arrange(const StepGraph& graph);
    std::unique_ptr<LayoutJob> jobFor(const StepGraph& graph);
    void addStepsBefore(LayoutJob& job, std::uint32_t step);
    void addItem(LayoutJob& job, QByteArray key, StepGraph graph, BoxSizes sizes);
    bool finish(std::unique_ptr<LayoutJob> job);
    void take(LayoutJob& job);
    void takeSight(SightJob& job);
    void fetchSnapshots(EventIndex event);

    Document& document_;
    std::optional<DeckPosition> own_;
    std::optional<StepGraph> ownGraph_;
    FoldTree tree_;
    Direction direction_ = Direction::Down;
    std::vector<bool> open_;  ///< groups of the tree
    Folded folded_;
    std::set<FoldId> openFolds_;  ///< of the run's, in the step that was folded
    std::uint64_t graphs_ = 0;    ///< folded so far
    EventIndex foldedSize_ = 0;   ///< of the log that was folded; 0: none
    std::uint32_t foldedStep_ = 0;
    std::map<std::uint32_t, EventIndex> focus_;  ///< where each step was first looked at
    std::unique_ptr<LayoutEngine> engine_;       ///< of this thread, or
    std::unique_ptr<Arranger> arranger_;         ///< the other thread
    std::chrono::milliseconds patience_{40};
    std::uint64_t choices_ = 0, jobChoices_ = 0;  ///< how often folds were chosen; when the job began
    RunPlaces places_;
    std::uint32_t placedSteps_ = 0;  ///< steps whose variables and optimizers have their places
    std::map<QByteArray, LayoutJob::Placed> placed_;
    std::map<std::uint32_t, StepGraph> drawnBefore_;  ///< large steps before this one, as they are drawn
    std::optional<std::uint32_t> hurried_;            ///< this step, until what is waited for is there
    Layout layout_;
    std::shared_ptr<const Labels> ground_;  ///< of the layout
    QByteArray key_;                        ///< of the layout that is wanted
    EventIndex arrangedSize_ = 0;
    std::uint32_t arrangedStep_ = 0;
    Snapshot before_, after_;
    EventIndex snapshotsAt_ = 0;
    EventIndex snapshotsSize_ = 0;
    Look look_;
    Scene scene_;
    bool composed_ = false;
};

}  // namespace tapescope
