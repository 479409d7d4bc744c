// SPDX-License-Identifier: Apache-2.0
// Joins document, player and panels: who listens to whom.
#include "app/view/window.h"

#include <QCloseEvent>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSettings>
#include <QStyleFactory>
#include <algorithm>

#include "app/view/icons.h"
#include "app/view/keyguard.h"
#include "app/view/status.h"
#include "app/view/walk.h"

namespace tapescope {

namespace {

constexpr int growthMilliseconds = 120;

}  // namespace

MainWindow::MainWindow(const QString& file, QWidget* parent)
    : QMainWindow(parent),
      opened_(!file.isEmpty() && openAllowed(file)),
      player_(document_),
      pages_(new QStackedWidget(this)),
      welcome_(new Welcome(this)),
      canvas_(new Canvas(document_, appearance_, this)),
      script_(new ScriptPane(document_, appearance_, this)),
      output_(new OutputPanel(document_, appearance_, this)),
      answers_(new Answers(document_, output_, this)),
      names_(new NamesPanel(document_, appearance_, this)),
      doctor_(new Doctor(document_, appearance_, this)),
      variables_(new VariablesPanel(document_, appearance_, this)),
      table_(new GraphTable(document_, *canvas_, this)),
      inspector_(new Inspector(document_, appearance_, this)),
      transport_(new Transport(document_, player_, appearance_, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    inspector_->setDrawn([this]() -> const StepGraph& { return canvas_->graph(); });
    setWindowTitle(tr("Tapescope[*]"));
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    resize(1440, 900);
    pages_->addWidget(welcome_);
    pages_->addWidget(makePicturePage());
    setCentralWidget(pages_);
    addMenus();
    addToolBar();
    addDocks();
    growth_.setSingleShot(true);
    growth_.setInterval(growthMilliseconds);
    qApp->installEventFilter(new KeyGuard(this));
    listen();
    readSettings();
    showState();
    canvas_->setFocus();
    if (opened_) stateChanged();
    if (!file.isEmpty()) showOpened(file, opened_);
}

MainWindow::~MainWindow() {
    document_.disconnect();
}

void MainWindow::listen() {
    connect(&document_, &Document::stateChanged, this, &MainWindow::stateChanged);
    connect(&document_, &Document::timelineGrew, this, [this] {
        if (!growth_.isActive()) growth_.start();
    });
    connect(&growth_, &QTimer::timeout, this, &MainWindow::grow);
    connect(&document_, &Document::selectionChanged, this, &MainWindow::selectionChanged);
    connect(canvas_, &Canvas::clicked, this, &MainWindow::take);
    connect(canvas_, &Canvas::sceneChanged, this, [this] {
        caption_->setText(canvas_->scene().caption);
        narration_->setText(narration());
    });
    connect(canvas_, &Canvas::graphChanged, inspector_, &Inspector::reload);
    connect(script_, &ScriptPane::lineChosen, this, &MainWindow::chooseLine);
    connect(script_, &ScriptPane::lineHovered, this, &MainWindow::hoverLine);
    connect(canvas_, &Canvas::hovered, this, &MainWindow::hoverBox);
    connect(script_, &ScriptPane::runAsked, this, &MainWindow::runScript);
    connect(&script_->dataBar(), &DataBar::allowed, this, [this](const QStringList& files) {
        document_.grant(files);
        runScript();
    });
    connect(script_->code().document(), &QTextDocument::modificationChanged, this, &MainWindow::setWindowModified);
    connect(&script_->code(), &QPlainTextEdit::textChanged, this, &MainWindow::showState);
    connect(output_, &OutputPanel::eventChosen, &player_, &Player::seekEvent);
    connect(doctor_, &Doctor::findingChosen, this, &MainWindow::showFinding);
    connect(doctor_, &Doctor::eventChosen, &player_, &Player::seekEvent);
    connect(transport_, &Transport::findingChosen, this, [this](int finding) {
        player_.seekEvent(document_.findings()[static_cast<std::size_t>(finding)].event);
        markFinding(finding);
    });
    connect(welcome_, &Welcome::exampleChosen, this, &MainWindow::openFile);
    connect(welcome_, &Welcome::openAsked, this, &MainWindow::askForFile);
    connect(&appearance_, &Appearance::changed, this,
            [this] { player_.setReducedMotion(appearance_.reducedMotion()); });
    connect(inspector_, &Inspector::titleChanged, this, [this](const QString& title) {
        docks_[QStringLiteral("inspectDock")]->setWindowTitle(title.isEmpty() ? tr("Inspect") : title);
    });
}

/// What the bar above says already is not said twice.
QString MainWindow::narration() {
    const Timeline& timeline = document_.timeline();
    const bool stops = !timeline.empty() && timeline.getIf<Raised>(document_.position().event) != nullptr;
    if (stops && !troubleText(document_).isEmpty())
        return tr("The script stops here. What ran before stays to be looked at.");
    return canvas_->scene().narration;
}

void MainWindow::stateChanged() {
    if (document_.state() == Document::State::Running) {
        begin();
    } else {
        settle();
    }
}

/// Another run starts: nothing on screen may be of the one before.
void MainWindow::begin() {
    growth_.stop();
    script_->reload();
    answers_->reload();
    names_->forget();
    canvas_->setLitLines({});
    canvas_->reload();
    doctor_->reload();
    variables_->reload();
    grow();
}

/// Events came: cheap things only, several times a second at most, and less often where the run is long.
void MainWindow::grow() {
    if (document_.state() == Document::State::Empty) return;
    QElapsedTimer timer;
    timer.start();
    player_.reload();
    output_->reload();
    names_->reload();
    canvas_->grow();
    showState();
    growth_.setInterval(static_cast<int>(std::max<qint64>(growthMilliseconds, 4 * timer.elapsed())));
}

void MainWindow::settle() {
    if (document_.state() == Document::State::Empty) return;
    growth_.stop();
    names_->forget();
    canvas_->reload();  // places come from the whole run, as they would from a recording
    grow();
    script_->reload();
    answers_->reload();
    doctor_->reload();
    variables_->reload();
    const auto count = document_.findings().size();
    docks_[QStringLiteral("doctorDock")]->setWindowTitle(count == 0 ? tr("Doctor") : tr("Doctor (%1)").arg(count));
    const int finding = firstFinding(document_.findings());
    if (finding >= 0) {
        showFinding(finding);
    } else {
        player_.setPosition(player_.length());
    }
    inspector_->reload();
    canvas_->present();
    Q_EMIT settled();
}

void MainWindow::showState() {
    const bool empty = document_.state() == Document::State::Empty;
    const bool running = document_.state() == Document::State::Running;
    pages_->setCurrentIndex(empty ? 0 : 1);
    status_->setText(statusText(document_));
    findings_->setText(findingsText(document_));
    findings_->setEnabled(!document_.findings().empty());
    showTrouble(troubleText(document_));
    action(QStringLiteral("run"))->setEnabled(!running && !script_->text().trimmed().isEmpty());
    action(QStringLiteral("stop"))->setEnabled(running);
    action(QStringLiteral("save"))->setEnabled(!script_->text().isEmpty());
    const QString named = fresh_ || document_.name().isEmpty() ? scriptName() : document_.name();
    const QString name = savePath_.isEmpty() ? named : QFileInfo(savePath_).fileName();
    setWindowTitle(empty && script_->text().isEmpty() ? tr("Tapescope[*]") : tr("%1[*] — Tapescope").arg(name));
}

void MainWindow::showTrouble(const QString& words) {
    trouble_->setText(words);
    troubleBar_->setVisible(!words.isEmpty());
}

void MainWindow::stepFinding(int direction) {
    const int finding = player_.stepFinding(direction);
    if (finding >= 0) markFinding(finding);
}

/// Where everything that proves it has happened, as far as the step goes.
void MainWindow::showFinding(int finding) {
    if (finding < 0 || static_cast<std::size_t>(finding) >= document_.findings().size()) return;
    const Finding& found = document_.findings()[static_cast<std::size_t>(finding)];
    const Timeline& timeline = document_.timeline();
    EventIndex last = found.event;
    for (const EventIndex event : found.evidence)
        if (timeline.stepOf(event) == timeline.stepOf(found.event)) last = std::max(last, event);
    player_.seekEvent(last);
    markFinding(finding);
}

void MainWindow::markFinding(int finding) {
    const Finding& found = document_.findings()[static_cast<std::size_t>(finding)];
    if (!found.variables.empty()) {
        document_.select(BoxKey{.kind = BoxKind::Variable, .id = found.variables.front().value, .ordinal = 0});
    }
    doctor_->mark(finding);
    script_->reveal(found.line);  // of the mistake; the variable's own line was chosen
}

void MainWindow::selectionChanged() {
    if (choosingLine_) return;
    canvas_->setLitLines({});
    const auto selected = document_.selection();
    const auto index =
        selected && !document_.timeline().empty() ? boxIndex(document_.graph(), *selected) : std::nullopt;
    const Timeline& timeline = document_.timeline();
    script_->choose(index ? timeline.lineOf(siteOf(timeline, document_.graph().boxes[*index])) : 0);
}

void MainWindow::chooseLine(std::uint32_t line) {
    if (document_.timeline().empty()) return;
    const auto boxes = boxesOnLine(document_.timeline(), document_.graph(), line);
    choosingLine_ = true;
    document_.select(boxes.empty() ? std::nullopt : std::optional(boxes.back()));
    choosingLine_ = false;
    canvas_->setLitLines({line});
    script_->choose(line);
}

/// What is pointed at on one side lights up on the other; nothing is chosen by that.
void MainWindow::hoverLine(std::uint32_t line) {
    const Timeline& timeline = document_.timeline();
    if (line == 0 || timeline.empty()) return canvas_->setHovered({});
    const auto boxes = boxesOnLine(timeline, canvas_->graph(), line);
    canvas_->setHovered({boxes.begin(), boxes.end()});
}

void MainWindow::hoverBox(std::optional<BoxKey> box) {
    const StepGraph& graph = canvas_->graph();
    const auto index = box ? boxIndex(graph, *box) : std::nullopt;
    const Timeline& timeline = document_.timeline();
    script_->hover(index ? timeline.lineOf(siteOf(timeline, graph.boxes[*index])) : 0);
    canvas_->setHovered(index ? std::set<BoxKey>{*box} : std::set<BoxKey>{});
}

void MainWindow::setWrapping(bool wrapping) {
    script_->setWrapping(wrapping);
    action(QStringLiteral("wrap"))->setChecked(wrapping);
}

void MainWindow::take(const Hit& hit) {
    const StepGraph& graph = canvas_->graph();
    if (hit.box) {
        document_.select(hit.box);
    } else if (hit.pair && *hit.pair < graph.pairs.size()) {
        document_.select(graph.boxes[graph.pairs[*hit.pair].variable].key);
    } else if (hit.value && *hit.value < graph.values.size()) {
        document_.select(graph.boxes[graph.values[*hit.value].from].key);
    } else {
        document_.select(std::nullopt);
        canvas_->setLitLines({});
        script_->choose(0);
    }
}

void MainWindow::chooseTheme(const QString& choice) {
    appearance_.choose(choice);
}

void MainWindow::setReducedMotion(bool reduced) {
    appearance_.setReducedMotion(reduced);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayDiscard()) {
        event->ignore();
        return;
    }
    player_.pause();
    writeSettings();
    event->accept();
}

int runWindow(QApplication& app, const QString& file) {
    app.setOrganizationName(QStringLiteral("Tapescope"));
    app.setApplicationName(QStringLiteral("Tapescope"));
    app.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    MainWindow window(file);
    window.show();
    return QApplication::exec();
}

}  // namespace tapescope
