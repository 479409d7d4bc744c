// SPDX-License-Identifier: Apache-2.0
// Where the panels of the window stand, and what it remembers of them.
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>
#include <array>

#include "app/view/window.h"

namespace tapescope {

namespace {

/// Changes whenever the docks do, so that an old layout is not forced on new ones.
constexpr int layoutVersion = 2;

}  // namespace

QWidget* MainWindow::makePicturePage() {
    auto* page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    troubleBar_ = new QFrame(page);
    troubleBar_->setObjectName(QStringLiteral("trouble"));
    trouble_ = new QLabel(troubleBar_);
    trouble_->setWordWrap(true);
    trouble_->setTextFormat(Qt::PlainText);
    trouble_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    trouble_->setAccessibleName(tr("What went wrong"));
    auto* row = new QHBoxLayout(troubleBar_);
    row->setContentsMargins(12, 5, 12, 5);
    row->addWidget(trouble_);
    troubleBar_->hide();
    caption_ = new QLabel(page);
    caption_->setObjectName(QStringLiteral("caption"));
    caption_->setAccessibleName(tr("Where the picture is"));
    narration_ = new QLabel(page);
    narration_->setObjectName(QStringLiteral("narration"));
    narration_->setAccessibleName(tr("What happens"));
    narration_->setWordWrap(true);
    narration_->setTextFormat(Qt::PlainText);
    narration_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    narration_->setMinimumHeight(2 * fontMetrics().lineSpacing() + 8);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(troubleBar_);
    column->addWidget(caption_);
    column->addWidget(narration_);
    column->addWidget(canvas_, 1);
    return page;
}

QDockWidget* MainWindow::addDock(Qt::DockWidgetArea area, const char* name, const QString& title, QWidget* content) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setAccessibleName(title);
    dock->setWidget(content);
    addDockWidget(area, dock);
    docks_[dock->objectName()] = dock;
    docksMenu_->addAction(dock->toggleViewAction());
    connect(dock, &QDockWidget::topLevelChanged, this, &MainWindow::dressDocks, Qt::QueuedConnection);
    connect(dock, &QDockWidget::dockLocationChanged, this, &MainWindow::dressDocks, Qt::QueuedConnection);
    connect(dock, &QDockWidget::visibilityChanged, this, &MainWindow::dressDocks, Qt::QueuedConnection);
    return dock;
}

void MainWindow::addDocks() {
    setDockNestingEnabled(true);
    setDocumentMode(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    auto* script = addDock(Qt::LeftDockWidgetArea, "scriptDock", tr("Script"), script_);
    auto* output = addDock(Qt::LeftDockWidgetArea, "outputDock", tr("Output"), answers_);
    addDock(Qt::LeftDockWidgetArea, "namesDock", tr("Names → objects"), names_);
    auto* doctor = addDock(Qt::RightDockWidgetArea, "doctorDock", tr("Doctor"), doctor_);
    auto* variables = addDock(Qt::RightDockWidgetArea, "variablesDock", tr("Variables"), variables_);
    auto* table = addDock(Qt::RightDockWidgetArea, "tableDock", tr("Table"), table_);
    addDock(Qt::RightDockWidgetArea, "inspectDock", tr("Inspect"), inspector_);
    auto* deck = addDock(Qt::BottomDockWidgetArea, "deckDock", tr("Tape deck"), transport_);
    deck->setTitleBarWidget(new QWidget(deck));
    tabifyDockWidget(script, output);
    tabifyDockWidget(doctor, variables);
    tabifyDockWidget(variables, table);
    defaultLayout_ = saveState(layoutVersion);
}

/// The first places: shares of the window, so that the picture keeps the most of it whatever its size.
void MainWindow::arrangeDocks() {
    const auto at = [this](const char* name) { return docks_[QLatin1String(name)]; };
    resizeDocks({at("scriptDock"), at("doctorDock")}, {width() * 26 / 100, width() * 23 / 100}, Qt::Horizontal);
    const int tall = height() - 300;
    resizeDocks({at("scriptDock"), at("namesDock")}, {tall * 72 / 100, tall * 28 / 100}, Qt::Vertical);
    resizeDocks({at("doctorDock"), at("inspectDock")}, {tall * 58 / 100, tall * 42 / 100}, Qt::Vertical);
    resizeDocks({at("deckDock")}, {175}, Qt::Vertical);
    dressDocks();  // a title bar that comes or goes would raise its dock again
    for (const char* name : {"scriptDock", "doctorDock"}) at(name)->raise();
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (arranged_) return;
    arranged_ = true;
    if (!QSettings().contains(QStringLiteral("layout"))) QTimer::singleShot(0, this, &MainWindow::arrangeDocks);
}

/// A dock among tabs has its name on the tab already.
void MainWindow::dressDocks() {
    for (const auto& [name, dock] : docks_) {
        if (name == QLatin1String("deckDock")) continue;
        const bool bare = !dock->isFloating() && !tabifiedDockWidgets(dock).isEmpty();
        if (bare == (dock->titleBarWidget() != nullptr)) continue;
        QWidget* old = dock->titleBarWidget();
        dock->setTitleBarWidget(bare ? new QWidget(dock) : nullptr);
        delete old;
    }
    for (auto* bar : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        bar->setAccessibleName(tr("Panels"));
        bar->setFocusPolicy(Qt::TabFocus);
        bar->setDrawBase(false);
        bar->setExpanding(false);
        bar->setElideMode(Qt::ElideNone);  // in a narrow dock they scroll
        bar->setUsesScrollButtons(true);
    }
}

void MainWindow::resetLayout() {
    for (const auto& [name, dock] : docks_) dock->show();
    restoreState(defaultLayout_, layoutVersion);
    arrangeDocks();
}

/// The panel in which the keyboard is; nothing while it is in the picture.
QDockWidget* MainWindow::focusedDock() const {
    QWidget* at = QApplication::focusWidget();
    while (at != nullptr && qobject_cast<QDockWidget*>(at) == nullptr) at = at->parentWidget();
    return qobject_cast<QDockWidget*>(at);
}

/// Out of the window, or back into it.
void MainWindow::floatPanel() {
    QDockWidget* dock = focusedDock();
    if (dock == nullptr) return;
    QWidget* focused = QApplication::focusWidget();
    dock->setFloating(!dock->isFloating());
    dock->activateWindow();
    focused->setFocus();
}

/// From the left to the right, to below the picture, and to the left again.
void MainWindow::movePanel() {
    QDockWidget* dock = focusedDock();
    if (dock == nullptr) return;
    QWidget* focused = QApplication::focusWidget();
    const Qt::DockWidgetArea from = dockWidgetArea(dock);
    const Qt::DockWidgetArea to = from == Qt::LeftDockWidgetArea    ? Qt::RightDockWidgetArea
                                  : from == Qt::RightDockWidgetArea ? Qt::BottomDockWidgetArea
                                                                    : Qt::LeftDockWidgetArea;
    dock->setFloating(false);
    addDockWidget(to, dock);
    dock->raise();
    focused->setFocus();
}

void MainWindow::readSettings() {
    const QSettings settings;
    const QByteArray geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    if (!geometry.isEmpty()) restoreGeometry(geometry);
    restoreState(settings.value(QStringLiteral("layout")).toByteArray(), layoutVersion);
    player_.setSpeed(settings.value(QStringLiteral("speed"), 1.0).toDouble());
    canvas_->setDirection(directionOf(settings.value(QStringLiteral("direction")).toString().toStdString()));
    setWrapping(settings.value(QStringLiteral("wrap"), true).toBool());
    appearance_.setReducedMotion(settings.value(QStringLiteral("reducedMotion"), false).toBool());
    appearance_.choose(settings.value(QStringLiteral("theme"), QStringLiteral("system")).toString());
}

void MainWindow::writeSettings() const {
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("layout"), saveState(layoutVersion));
    settings.setValue(QStringLiteral("speed"), player_.speed());
    settings.setValue(QStringLiteral("reducedMotion"), appearance_.reducedMotion());
    settings.setValue(QStringLiteral("wrap"), script_->code().wrapping());
    const std::string_view direction = directionWord(canvas_->direction());
    settings.setValue(QStringLiteral("direction"), QString::fromUtf8(direction.data(), qsizetype(direction.size())));
    settings.setValue(QStringLiteral("theme"), appearance_.choice());
}

}  // namespace tapescope
