// SPDX-License-Identifier: Apache-2.0
// The document: opening, taking events, and the position.
#include "app/document/document.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>

#include "app/document/gallery.h"
#include "app/document/imports.h"
#include "app/document/notebook.h"
#include "app/document/source.h"
#include "app/document/supplies.h"
#include "app/document/tapefile.h"
#include "core/trace/codec.h"

namespace tapescope {

namespace {

Document::State stateOf(Outcome outcome) {
    if (outcome == Outcome::Finished) return Document::State::Finished;
    return outcome == Outcome::Error ? Document::State::Failed : Document::State::Limited;
}

QString megabytes(qint64 bytes) {
    return QStringLiteral("%1 MB").arg(bytes >> 20);
}

}  // namespace

Document::Document(QObject* parent) : QObject(parent) {}
Document::~Document() {
    if (run_) run_->disconnect(this);
}

bool Document::refuse(const QString& message) {
    message_ = message;
    return false;
}

bool Document::open(const QString& path) {
    // A file wins over a lesson of its name.
    const auto lesson = QFileInfo::exists(path) ? std::nullopt : lessonNamed(path);
    return openFile(lesson ? lesson->path : path);
}

bool Document::openFile(const QString& path) {
    if (QFileInfo(path).isDir()) return refuse(QStringLiteral("%1 is a folder").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return refuse(QStringLiteral("%1: %2").arg(path, file.errorString()));
    const QString folder = path.startsWith(u':') ? QString() : QFileInfo(path).absolutePath();
    if (!open(file, QFileInfo(path).fileName(), folder)) return refuse(QStringLiteral("%1: %2").arg(path, message_));
    path_ = path.startsWith(u':') ? QString() : path;
    return true;
}

bool Document::open(QIODevice& device, const QString& name, const QString& folder) {
    if (beginsLikeTape(device.peek(static_cast<qint64>(streamMagic().size())))) return openTape(device, name);
    if (name.endsWith(QStringLiteral(".tape"))) return refuse(QStringLiteral("this is not a recorded run"));
    if (isNotebook(name.toStdString())) return openNotebook(device, name, folder);
    return openScript(device, name, folder);
}

bool Document::openNotebook(QIODevice& device, const QString& name, const QString& folder) {
    const QByteArray bytes = device.read(notebookLimit + 1);
    if (bytes.size() > notebookLimit)
        return refuse(QStringLiteral("this is over %1, too long for a notebook").arg(megabytes(notebookLimit)));
    const auto notebook = readNotebook(bytes);
    if (!notebook) return refuse(QString::fromStdString(notebook.message()));
    if (notebook->script.size() > scriptLimit)
        return refuse(QStringLiteral("its cells are over %1, too long for a script").arg(megabytes(scriptLimit)));
    clear();
    name_ = name;
    notes_ = notebook->notes;
    RunOptions options = options_;
    options.folder = folder;
    start(notebook->script, notebook->script.toUtf8(), options);
    return true;
}

bool Document::openScript(QIODevice& device, const QString& name, const QString& folder) {
    const QByteArray bytes = device.read(scriptLimit + 1);
    if (bytes.size() > scriptLimit) {
        return refuse(QStringLiteral("this is over %1, too long for a script").arg(megabytes(scriptLimit)));
    }
    clear();
    name_ = name;
    RunOptions options = options_;
    options.folder = folder;
    start(scriptText(bytes), bytes, options);
    return true;
}

bool Document::openTape(QIODevice& device, const QString& name) {
    if (!device.isSequential() && device.size() > tapeLimit) {
        return refuse(QStringLiteral("this is over %1, more than a run can record").arg(megabytes(tapeLimit)));
    }
    clear();
    name_ = name;
    const auto failure = readTape(device, *timeline_);
    script_ = QString::fromStdString(timeline_->script());
    Q_EMIT timelineGrew();
    finish();
    if (failure) {
        state_ = State::Damaged;
        message_ = QString::fromStdString(failure->message);
        Q_EMIT stateChanged();
    }
    return true;
}

void Document::clear() {
    if (run_) {  // it may be the one whose signal led here
        run_->disconnect(this);
        run_->stop();
        run_.release()->deleteLater();
    }
    path_.clear();
    message_.clear();
    damage_.clear();
    notes_.clear();
    timeline_ = std::make_shared<Timeline>();
    findings_.clear();
    folds_ = {};
    graph_.reset();
    follows_ = true;
    position_ = {};
    state_ = State::Empty;
    select({});
}

void Document::run(const QString& name, const QString& script) {
    clear();
    name_ = name;
    start(script, scriptBytes(script), options_);
}

void Document::rerun(const QString& script) {
    const QString path = path_, name = scriptName(), keras = kerasGiven();
    const QStringList notes = notes_;
    RunOptions options = options_;
    // A recording has its modules in itself.
    const bool recorded = path.isEmpty() || path.endsWith(QStringLiteral(".tape"));
    if (recorded) options.modules = modulesRead();
    if (!recorded) options.folder = QFileInfo(path).absolutePath();
    if (options.keras.isEmpty() && kerasInComment(script).isEmpty()) options.keras = keras;
    clear();
    path_ = path;
    name_ = name;
    notes_ = notes;
    start(script, scriptBytes(script), options);
}

std::vector<ModuleText> Document::modulesRead() const {
    std::vector<ModuleText> modules;
    for (const EventIndex index : timeline_->findAll(Event(ScriptRead{}).index())) {
        const auto& read = timeline_->get<ScriptRead>(index);
        if (read.file != FileId{0}) modules.push_back({read.name, read.text});
    }
    return modules;
}

QString Document::scriptName() const {
    const auto* started = timeline_->empty() ? nullptr : timeline_->getIf<RunStarted>(0);
    return started == nullptr ? name_ : QFileInfo(QString::fromStdString(started->program)).fileName();
}

/// The Keras that the run of now was given and its script does not ask for: a recorded run keeps it when it is run
/// again.
QString Document::kerasGiven() const {
    const auto* started = timeline_->empty() ? nullptr : timeline_->getIf<RunStarted>(0);
    const bool said = started == nullptr || !kerasInComment(script_).isEmpty();
    return said ? QString() : QString::fromStdString(started->keras);
}

void Document::start(const QString& script, const QByteArray& bytes, RunOptions options) {
    script_ = script;
    state_ = State::Running;
    run_ = std::make_unique<Run>();
    connect(run_.get(), &Run::arrived, this, &Document::take);
    connect(run_.get(), &Run::ended, this, &Document::finish);
    options.trust = options.trust || isShipped(script);
    options.asks = options.asks && asksForLines(script);
    options.notes = notes_;
    inputEnded_ = false;
    Q_EMIT stateChanged();
    run_->start(name_, bytes, options);
}

void Document::stop() {
    if (run_) run_->stop();
}

bool Document::asks() const {
    return state_ == State::Running && options_.asks && !inputEnded_ && asksForLines(script_);
}

void Document::endInput() {
    inputEnded_ = true;
    if (run_) run_->endInput();
}

void Document::say(const QString& line) {
    if (run_) run_->say(line);
}

void Document::wait() {
    if (run_) run_->wait();
}

void Document::take(std::vector<Event>& events) {
    const EventIndex before = timeline_->size();
    for (Event& event : events) {
        if (!damage_.empty() && !std::holds_alternative<RunEnded>(event)) continue;
        if (const auto failure = timeline_->append(std::move(event))) damage_ = failure->message;
    }
    if (timeline_->size() > before) Q_EMIT timelineGrew();
    if (follows_ && !timeline_->empty()) moveTo({timeline_->size() - 1, 1});
    if (!damage_.empty() && run_ && run_->running()) run_->refuse(damage_);
}

void Document::finish() {
    const RunEnded* ended = timeline_->ended();
    state_ = ended == nullptr || !damage_.empty() ? State::Damaged : stateOf(ended->outcome);
    message_ = QString::fromStdString(ended == nullptr ? damage_ : ended->message);
    findings_ = diagnose(*timeline_);
    if (follows_ && !timeline_->empty()) moveTo({timeline_->size() - 1, 1});
    Q_EMIT stateChanged();
}

bool Document::hasGraph() const {
    return graph_ && graph_->step == step() && graphedAt_ == timeline_->size();
}

bool Document::isLarge(std::uint32_t step) const {
    constexpr EventIndex large = 6000;
    return step < timeline_->steps().size() && timeline_->steps()[step].end - timeline_->steps()[step].begin > large;
}

bool Document::awaitsGraph() const {
    return graphsComeLater_ && isLarge(step()) && !hasGraph();
}

const StepGraph& Document::graph() const {
    if (awaitsGraph()) {
        awaited_.step = step();
        return awaited_;
    }
    if (!hasGraph() || graphIsOld_) {
        graph_ = stepGraph(*timeline_, step(), folds_);
        graphedAt_ = timeline_->size();
        graphIsOld_ = false;
    }
    return *graph_;
}

void Document::setGraph(StepGraph graph) {
    graph_ = std::move(graph);
    graphedAt_ = timeline_->size();
    graphIsOld_ = false;
}

void Document::setFolds(FoldChoice folds) {
    if (folds == folds_) return;
    folds_ = std::move(folds);
    graphIsOld_ = true;
}

std::uint32_t Document::step() const {
    return timeline_->empty() ? 0 : timeline_->stepOf(position_.event);
}

void Document::seek(DeckPosition position) {
    if (timeline_->empty()) return;
    position.event = std::min(position.event, timeline_->size() - 1);
    position.progress = std::clamp(position.progress, 0.0, 1.0);
    follows_ = position == DeckPosition{timeline_->size() - 1, 1};
    moveTo(position);
}

void Document::seekBeat(std::uint32_t beat, double progress) {
    const auto beats = timeline_->beats();
    if (beats.empty() || beat == 0) return seek({0, progress});
    seek({beats[std::min<std::size_t>(beat, beats.size()) - 1], beat > beats.size() ? 1 : progress});
}

void Document::moveTo(DeckPosition position) {
    if (position == position_) return;
    position_ = position;
    Q_EMIT positionMoved();
}

std::uint32_t Document::beat() const {
    return timeline_->empty() ? 0 : timeline_->beatOf(position_.event);
}

std::uint32_t Document::beatCount() const {
    return static_cast<std::uint32_t>(timeline_->beats().size());
}

std::uint32_t Document::currentLine() const {
    return timeline_->empty() ? 0 : timeline_->lineAt(position_.event);
}

void Document::select(std::optional<BoxKey> box) {
    if (selection_ == box) return;
    selection_ = box;
    Q_EMIT selectionChanged();
}

}  // namespace tapescope
