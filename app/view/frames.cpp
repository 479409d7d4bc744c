// SPDX-License-Identifier: Apache-2.0
// Caches around layOut() and compose().
#include "app/view/frames.h"

#include <QDataStream>
#include <QIODevice>
#include <algorithm>

#include "app/layout/engine.h"

namespace tapescope {

namespace {

/// Tapes of the boxes, in the order in which they appear.
std::vector<TapeId> tapesOf(const StepGraph& graph) {
    std::vector<TapeId> tapes;
    for (const GraphBox& box : graph.boxes) {
        for (const TapeId tape : box.tapes) {
            if (std::find(tapes.begin(), tapes.end(), tape) == tapes.end()) tapes.push_back(tape);
        }
    }
    return tapes;
}

void writeBoxes(QDataStream& out, const StepGraph& graph, const BoxSizes& sizes) {
    const auto tapes = tapesOf(graph);
    for (const GraphBox& box : graph.boxes) {
        const auto size = sizes.find(box.key);
        out << static_cast<quint8>(box.key.kind) << box.key.id << box.key.ordinal << box.target << box.outside;
        out << (size == sizes.end() ? QSizeF() : size->second);
        for (const TapeId tape : box.tapes) {
            out << static_cast<qint32>(std::find(tapes.begin(), tapes.end(), tape) - tapes.begin());
        }
        out << qint32{-1};
    }
}

}  // namespace

QByteArray layoutKey(const StepGraph& graph, const BoxSizes& sizes) {
    QByteArray key;
    QDataStream out(&key, QIODevice::WriteOnly);
    writeBoxes(out, graph, sizes);
    for (const ValueEdge& edge : graph.values) out << edge.from << edge.to << edge.recorded;
    out << qint32{-2};
    for (const GradientEdge& edge : graph.gradients) out << edge.along << static_cast<quint8>(edge.end);
    out << qint32{-3};
    for (const GradientUse& use : graph.uses) out << use.from << use.to;
    out << qint32{-4};
    for (const PairRow& pair : graph.pairs) {
        out << pair.optimizer << pair.variable << pair.sourceBox << pair.sourceShown << pair.makerBox << pair.makerShown
            << pair.dropped << pair.gradient.valid();
    }
    out << qint32{-5};
    for (const AssignEdge& edge : graph.assigns) out << edge.from << edge.variable;
    return key;
}

Frames::Frames(Document& document) : document_(document), engine_(std::make_unique<LayoutEngine>()) {
    engine_->warm();
}

Frames::Frames(Document& document, std::function<void()> ready)
    : document_(document), arranger_(std::make_unique<Arranger>(std::move(ready))) {
    document_.letGraphsComeLater();
}

void Frames::hurry() {
    if (!arranging()) return;
    hurried_ = document_.step();
    arranger_->cancel();
}

Frames::~Frames() = default;

void Frames::forget() {
    placed_.clear();
    drawnBefore_.clear();
    places_ = {};
    layout_ = {};
    arrangedSize_ = snapshotsSize_ = 0;
    placedSteps_ = 0;
    ++choices_;
    hurried_.reset();
    scene_ = {};
    ownGraph_.reset();
    foldedSize_ = 0;
    focus_.clear();
    look_.hovered.clear();
    look_.related.clear();
    composed_ = false;
}

void Frames::lookAt(DeckPosition position) {
    own_ = position;
    composed_ = false;
}

const StepGraph& Frames::whole() {
    if (!own_) return document_.graph();
    const Timeline& timeline = document_.timeline();
    const std::uint32_t step = timeline.empty() ? 0 : timeline.stepOf(std::min(own_->event, timeline.size() - 1));
    if (!ownGraph_ || ownGraph_->step != step) ownGraph_ = stepGraph(timeline, step, document_.folds());
    return *ownGraph_;
}

/// What a step shows open depends on where it was first looked at, and stays: nothing moves while the deck plays.
void Frames::fold() {
    const StepGraph& step = whole();
    const Timeline& timeline = document_.timeline();
    if (foldedSize_ == timeline.size() && foldedStep_ == step.step) return;
    tree_ = foldTree(timeline, step);
    const auto [focus, fresh] = focus_.try_emplace(step.step, position().event);
    open_ = openGroups(tree_, document_.folds(), focus->second);
    folded_ = tapescope::fold(timeline, step, tree_, open_);
    openFolds_ = stepFolds().open();
    ++graphs_;
    foldedSize_ = timeline.size();
    foldedStep_ = step.step;
    arrangedSize_ = 0;
}

const StepGraph& Frames::graph() {
    if (document_.timeline().empty() || awaits()) return whole();
    fold();
    return folded_.graph;
}

std::optional<BoxKey> Frames::shown(const BoxKey& box) {
    const auto at = [&box](const StepGraph& graph) {
        return std::find_if(graph.boxes.begin(), graph.boxes.end(), [&](const auto& one) { return one.key == box; });
    };
    const StepGraph& drawn = graph();
    if (at(drawn) != drawn.boxes.end()) return box;
    const StepGraph& step = whole();
    const auto found = at(step);
    if (found == step.boxes.end()) return {};
    return drawn.boxes[folded_.boxOf[static_cast<std::size_t>(found - step.boxes.begin())]].key;
}

void Frames::setDirection(Direction direction) {
    if (direction == direction_) return;
    direction_ = direction;
    chose();
}

void Frames::showAs(const Frames& other) {
    direction_ = other.direction_;
    look_.letters = other.look_.letters;
    focus_ = other.focus_;
    chose();
    // What is folded and laid out already need not be again.
    tree_ = other.tree_;
    open_ = other.open_;
    folded_ = other.folded_;
    openFolds_ = other.openFolds_;
    foldedSize_ = other.foldedSize_;
    foldedStep_ = other.foldedStep_;
    placed_ = other.placed_;
    places_ = other.places_;
    placedSteps_ = other.placedSteps_;
}

void Frames::setLetters(double letters) {
    if (letters == look_.letters) return;
    look_.letters = letters;
    chose();
}

/// Other boxes, or another direction: variables may find other places, too.
void Frames::chose() {
    placed_.clear();
    drawnBefore_.clear();
    places_ = {};
    placedSteps_ = 0;
    ++choices_;
    arrangedSize_ = foldedSize_ = 0;
    composed_ = false;
}

void Frames::setLitLines(std::set<std::uint32_t> lines) {
    look_.litLines = std::move(lines);
    composed_ = false;
}

bool Frames::setHovered(std::set<BoxKey> boxes) {
    if (boxes == look_.hovered) return false;
    look_.hovered = std::move(boxes);
    composed_ = false;
    return true;
}

void Frames::setRelated(std::set<BoxKey> boxes, bool gradientWay) {
    look_.related = std::move(boxes);
    look_.gradientWay = gradientWay;
    composed_ = false;
}

void Frames::setReducedMotion(bool reduced) {
    look_.reducedMotion = reduced;
    composed_ = false;
}

/// What has to be laid out before the graph can be drawn: nothing but the graph, as a rule.
std::unique_ptr<LayoutJob> Frames::jobFor(const StepGraph& graph) {
    auto job = std::make_unique<LayoutJob>();
    job->places = places_;
    job->direction = direction_;
    addStepsBefore(*job, graph.step);
    BoxSizes sizes = boxSizes(graph, direction_, look_.letters);
    QByteArray key = layoutKey(graph, sizes);
    key_ = key;
    if (!placed_.contains(key)) addItem(*job, std::move(key), graph, std::move(sizes));
    return job;
}

void Frames::addItem(LayoutJob& job, QByteArray key, StepGraph graph, BoxSizes sizes) {
    std::vector<TapeId> tapes = tapesOf(graph);
    job.items.push_back({std::move(key), std::move(graph), std::move(sizes), std::move(tapes)});
}

/// Only in these can there be new variables and optimizers.
std::vector<std::uint32_t> Frames::birthsBefore(std::uint32_t step) const {
    const Timeline& timeline = document_.timeline();
    std::set<std::uint32_t> births;
    for (const VariableRecord& record : timeline.variables()) births.insert(timeline.stepOf(record.event));
    for (const OptimizerRecord& record : timeline.optimizers()) births.insert(timeline.stepOf(record.created));
    return {births.lower_bound(placedSteps_), births.lower_bound(std::max(step, placedSteps_))};
}

StepGraph Frames::drawnAt(std::uint32_t step) const {
    const Timeline& timeline = document_.timeline();
    const StepGraph graph = stepGraph(timeline, step, document_.folds());
    const FoldTree tree = foldTree(timeline, graph);
    return tapescope::fold(timeline, graph, tree, openGroups(tree, document_.folds(), 0)).graph;
}

/// Variables and optimizers stand where the first step that has them puts them, whichever step is looked at first.
void Frames::addStepsBefore(LayoutJob& job, std::uint32_t step) {
    std::set<BoxKey> known;
    for (const auto& [key, rect] : places_.boxes) known.insert(key);
    const auto isNew = [&known](const GraphBox& box) {
        const bool kept = box.key.kind == BoxKind::Variable || box.key.kind == BoxKind::Optimizer;
        return kept && known.insert(box.key).second;
    };
    for (const std::uint32_t before : birthsBefore(step)) {
        const auto made = drawnBefore_.find(before);
        StepGraph drawn = made != drawnBefore_.end() ? made->second : drawnAt(before);
        if (std::ranges::count_if(drawn.boxes, isNew) == 0) continue;
        BoxSizes sizes = boxSizes(drawn, direction_, look_.letters);
        QByteArray key = layoutKey(drawn, sizes);
        addItem(job, std::move(key), std::move(drawn), std::move(sizes));
    }
    placedSteps_ = std::max(placedSteps_, step);
}

void Frames::take(LayoutJob& job) {
    if (jobChoices_ != choices_) return;  // of folds, or of a run, that are no longer
    if (job.sight) return takeSight(*job.sight);
    places_ = std::move(job.places);
    placed_.merge(job.placed);
}

void Frames::takeSight(SightJob& job) {
    drawnBefore_ = std::move(job.drawnBefore);
    if (job.step != document_.step()) return;
    tree_ = std::move(job.tree);
    open_ = std::move(job.open);
    folded_ = std::move(job.folded);
    document_.setGraph(std::move(job.whole));
    openFolds_ = stepFolds().open();
    ++graphs_;
    foldedSize_ = document_.timeline().size();
    foldedStep_ = job.step;
    arrangedSize_ = 0;
}

/// The graph of a large step is made in the other thread, as soon as the run stands still. False as long as it is not
/// there.
bool Frames::seeGraph() {
    if (!awaits()) return true;
    if (document_.state() == Document::State::Running) return false;
    if (arranging()) {
        if (jobChoices_ != choices_) arranger_->drop();
        if (!finish(nullptr)) return false;
        if (!awaits()) return true;
    }
    auto job = std::make_unique<LayoutJob>();
    job->sight = std::make_unique<SightJob>();
    SightJob& sight = *job->sight;
    sight.timeline = document_.sharedTimeline();
    sight.folds = document_.folds();
    sight.step = document_.step();
    sight.focus = focus_.try_emplace(sight.step, position().event).first->second;
    for (const std::uint32_t before : birthsBefore(sight.step))
        if (document_.isLarge(before)) sight.before.push_back(before);
    return finish(std::move(job)) && !awaits();
}

/// False where it takes longer than one can wait.
bool Frames::finish(std::unique_ptr<LayoutJob> job) {
    if (!arranger_) {
        jobChoices_ = choices_;
        job->run(*engine_);
        take(*job);
        return true;
    }
    if (job) {
        jobChoices_ = choices_;
        arranger_->start(std::move(job));
        if (hurried_ == document_.step()) arranger_->cancel();
    }
    const std::unique_ptr<LayoutJob> done = arranger_->take(patience_);
    if (done) take(*done);
    return done != nullptr;
}

bool Frames::arrange(const StepGraph& graph) {
    const EventIndex size = document_.timeline().size();
    if (arrangedSize_ == size && arrangedStep_ == graph.step) return true;
    if (arranging()) {
        if (jobChoices_ != choices_) arranger_->drop();
        if (!finish(nullptr)) return false;
    }
    std::unique_ptr<LayoutJob> job = jobFor(graph);
    if (!job->items.empty() && !finish(std::move(job))) return false;
    hurried_.reset();
    arrangedSize_ = size;
    arrangedStep_ = graph.step;
    layout_ = placed_.at(key_).layout;
    ground_ = placed_.at(key_).ground;
    // Tapes count in the order of their boxes; their numbers are those of this step.
    const auto now = tapesOf(graph);
    const auto& named = placed_.at(key_).tapes;
    for (TapeBand& band : layout_.bands) {
        const auto at = std::find(named.begin(), named.end(), band.tape) - named.begin();
        if (static_cast<std::size_t>(at) < now.size()) band.tape = now[static_cast<std::size_t>(at)];
    }
    return true;
}

void Frames::fetchSnapshots(EventIndex event) {
    const Timeline& timeline = document_.timeline();
    if (snapshotsSize_ == timeline.size() && snapshotsAt_ == event) return;
    before_ = event == 0 ? Snapshot{} : timeline.at(event - 1);
    after_ = timeline.at(event);
    snapshotsAt_ = event;
    snapshotsSize_ = timeline.size();
}

const Layout& Frames::layout() {
    scene();
    return layout_;
}

const Scene& Frames::scene() {
    if (composed_) return scene_;
    composed_ = true;
    const Timeline& timeline = document_.timeline();
    if (timeline.empty()) return scene_ = {};
    const DeckPosition place = position();
    if (!seeGraph()) return scene_;
    const StepGraph& drawn = graph();
    if (!arrange(drawn)) return scene_;
    const auto [event, progress] = withinFold(place);
    fetchSnapshots(event);
    look_.findings = document_.findings();
    look_.selection = own_ || !document_.selection() ? std::nullopt : shown(*document_.selection());
    const Moment moment{.timeline = timeline,
                        .graph = drawn,
                        .before = before_,
                        .after = after_,
                        .position = {.event = event, .progress = progress}};
    scene_ = compose(moment, layout_, look_, ground_.get());
    return scene_;
}

}  // namespace tapescope
