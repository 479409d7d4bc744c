// SPDX-License-Identifier: Apache-2.0
// The actions of the window as a table; menus, keys and the list of keys follow from its rows.
#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolBar>
#include <QToolButton>
#include <array>

#include "app/view/icons.h"
#include "app/view/window.h"

namespace tapescope {

namespace {

struct ActionRow {
    const char* menu;
    const char* name;  ///< "" for a line between groups
    const char* text;
    const char* keys;  ///< separated by blanks
    void (*run)(MainWindow& window);
};

constexpr const char* inFile = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&File");
constexpr const char* inEdit = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Edit");
constexpr const char* inView = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&View");
constexpr const char* inRun = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Run");
constexpr const char* inTape = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Tape");
constexpr const char* inDocks = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Window");
constexpr const char* inHelp = QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Help");

const std::array actionRows{
    ActionRow{inFile, "new", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&New script"), "Ctrl+N",
              [](MainWindow& w) { w.newScript(); }},
    ActionRow{inFile, "open", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Open…"), "Ctrl+O",
              [](MainWindow& w) { w.askForFile(); }},
    ActionRow{inFile, "examples", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Examples"), "Ctrl+E",
              [](MainWindow& w) { w.showExamples(); }},
    ActionRow{inFile, "save", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Save script"), "Ctrl+S",
              [](MainWindow& w) { w.save(); }},
    ActionRow{inFile, "saveAs", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Save script &as…"), "Ctrl+Shift+S",
              [](MainWindow& w) { w.saveAs(); }},
    ActionRow{inFile, "export", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Ex&port…"), "Ctrl+Shift+E",
              [](MainWindow& w) { w.exportPicture(); }},
    ActionRow{inFile, "", "", "", nullptr},
    ActionRow{inFile, "quit", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Quit"), "Ctrl+Q",
              [](MainWindow& w) { w.close(); }},
    ActionRow{inEdit, "undo", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Undo"), "Ctrl+Z",
              [](MainWindow& w) { w.script().code().undo(); }},
    ActionRow{inEdit, "redo", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Redo"), "Ctrl+Shift+Z",
              [](MainWindow& w) { w.script().code().redo(); }},
    ActionRow{inEdit, "copyPicture", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Copy the picture"), "Ctrl+Shift+C",
              [](MainWindow& w) { w.copyPicture(); }},
    ActionRow{inEdit, "find", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Find…"), "Ctrl+F",
              [](MainWindow& w) { w.startSearch(); }},
    ActionRow{inEdit, "findNext", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Find the ne&xt"), "F3",
              [](MainWindow& w) { w.searchNext(); }},
    ActionRow{inEdit, "editScript", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the &script"), "Ctrl+1",
              [](MainWindow& w) { w.script().code().setFocus(); }},
    ActionRow{inView, "fit", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Fit the picture"), "F",
              [](MainWindow& w) { w.canvas().fit(); }},
    ActionRow{inView, "fitSelection", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Fit the &selection"), "Shift+F",
              [](MainWindow& w) { w.canvas().fitSelection(); }},
    ActionRow{inView, "zoomIn", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Zoom &in"),
              "Ctrl++ Ctrl+=", [](MainWindow& w) { w.canvas().zoom(1.25); }},
    ActionRow{inView, "zoomOut", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Zoom &out"), "Ctrl+-",
              [](MainWindow& w) { w.canvas().zoom(0.8); }},
    ActionRow{inView, "wrap", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Wrap long lines of the script"), "Alt+Z",
              [](MainWindow& w) { w.setWrapping(!w.script().code().wrapping()); }},
    ActionRow{inView, "canvas", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the &picture"), "Ctrl+2",
              [](MainWindow& w) { w.canvas().setFocus(); }},
    ActionRow{inView, "", "", "", nullptr},
    ActionRow{inView, "openFold", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Open the fold"), "+",
              [](MainWindow& w) { w.canvas().openFold(); }},
    ActionRow{inView, "closeFold", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Close the fold"), "-",
              [](MainWindow& w) { w.canvas().closeFold(); }},
    ActionRow{inView, "openFolds", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Open all folds"), "Shift++",
              [](MainWindow& w) { w.canvas().openAllFolds(); }},
    ActionRow{inView, "closeFolds", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Close all folds"), "Shift+-",
              [](MainWindow& w) { w.canvas().closeAllFolds(); }},
    ActionRow{inView, "", "", "", nullptr},
    ActionRow{inView, "producer", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the &producer"), "Alt+Up",
              [](MainWindow& w) { w.canvas().walk(Heading::Up); }},
    ActionRow{inView, "consumer", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the co&nsumer"), "Alt+Down",
              [](MainWindow& w) { w.canvas().walk(Heading::Down); }},
    ActionRow{inView, "boxBefore", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the box on the left"), "Alt+Left",
              [](MainWindow& w) { w.canvas().walk(Heading::Left); }},
    ActionRow{inView, "boxAfter", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Go to the box on the right"), "Alt+Right",
              [](MainWindow& w) { w.canvas().walk(Heading::Right); }},
    ActionRow{inView, "ancestors", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Light up what leads here"), "A",
              [](MainWindow& w) { w.canvas().setRelated(Related::Ancestors); }},
    ActionRow{inView, "descendants", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Light up what follows"), "D",
              [](MainWindow& w) { w.canvas().setRelated(Related::Descendants); }},
    ActionRow{inView, "gradientWay", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Light up the gradient's way here"),
              "G", [](MainWindow& w) { w.canvas().setRelated(Related::GradientWay); }},
    ActionRow{inView, "follow", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Fo&llow the event"), "L",
              [](MainWindow& w) { w.canvas().setFollowing(!w.canvas().following()); }},
    ActionRow{inView, "direction", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Values flow to the &right"), "R",
              [](MainWindow& w) {
                  const bool down = w.canvas().direction() == Direction::Down;
                  w.canvas().setDirection(down ? Direction::Right : Direction::Down);
              }},
    ActionRow{inRun, "run", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Run"), "Ctrl+R F5",
              [](MainWindow& w) { w.runScript(); }},
    ActionRow{inRun, "stop", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Stop"), "Shift+F5",
              [](MainWindow& w) { w.document().stop(); }},
    ActionRow{inTape, "playPause", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Play or pause"), "Space",
              [](MainWindow& w) { w.player().toggle(); }},
    ActionRow{inTape, "playBack", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Play &backwards"), "Shift+Space",
              [](MainWindow& w) { w.player().play(-1); }},
    ActionRow{inTape, "loopStep", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Loop the step"), "Ctrl+L",
              [](MainWindow& w) { w.player().setLooping(!w.player().looping()); }},
    ActionRow{inTape, "playBy", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Play by event, line, phase or step"), "U",
              [](MainWindow& w) {
                  w.player().setUnit(static_cast<PlayUnit>((static_cast<int>(w.player().unit()) + 1) % 4));
              }},
    ActionRow{inTape, "", "", "", nullptr},
    ActionRow{inTape, "eventBack", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Event back"), "Left",
              [](MainWindow& w) { w.player().stepEvent(-1); }},
    ActionRow{inTape, "eventForward", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Event forward"), "Right",
              [](MainWindow& w) { w.player().stepEvent(1); }},
    ActionRow{inTape, "phaseBack", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Phase back"), "Shift+Left",
              [](MainWindow& w) { w.player().stepPhase(-1); }},
    ActionRow{inTape, "phaseForward", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Phase forward"), "Shift+Right",
              [](MainWindow& w) { w.player().stepPhase(1); }},
    ActionRow{inTape, "stepBack", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Step back"), "Ctrl+Left",
              [](MainWindow& w) { w.player().stepStep(-1); }},
    ActionRow{inTape, "stepForward", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Step forward"), "Ctrl+Right",
              [](MainWindow& w) { w.player().stepStep(1); }},
    ActionRow{inTape, "toStart", QT_TRANSLATE_NOOP("tapescope::MainWindow", "To the start"), "Home",
              [](MainWindow& w) { w.player().setPosition(0); }},
    ActionRow{inTape, "toEnd", QT_TRANSLATE_NOOP("tapescope::MainWindow", "To the end"), "End",
              [](MainWindow& w) { w.player().setPosition(w.player().length()); }},
    ActionRow{inTape, "", "", "", nullptr},
    ActionRow{inTape, "findingBack", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Finding before"), "[",
              [](MainWindow& w) { w.stepFinding(-1); }},
    ActionRow{inTape, "findingForward", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Finding after"), "]",
              [](MainWindow& w) { w.stepFinding(1); }},
    ActionRow{inTape, "faster", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Faster"), "Ctrl+Up",
              [](MainWindow& w) { w.player().setSpeed(w.player().speed() * 2); }},
    ActionRow{inTape, "slower", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Slower"), "Ctrl+Down",
              [](MainWindow& w) { w.player().setSpeed(w.player().speed() / 2); }},
    ActionRow{inDocks, "floatPanel", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Float this panel, or dock it"),
              "Ctrl+Shift+F", [](MainWindow& w) { w.floatPanel(); }},
    ActionRow{inDocks, "movePanel", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Move this panel to the next side"),
              "Ctrl+Shift+M", [](MainWindow& w) { w.movePanel(); }},
    ActionRow{inDocks, "resetLayout", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Reset layout"), "",
              [](MainWindow& w) { w.resetLayout(); }},
    ActionRow{inHelp, "keys", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&Keys"), "F1",
              [](MainWindow& w) { w.showKeys(); }},
    ActionRow{inHelp, "about", QT_TRANSLATE_NOOP("tapescope::MainWindow", "&About Tapescope"), "",
              [](MainWindow& w) { w.showAbout(); }},
};

struct ThemeRow {
    const char* choice;
    const char* text;
};

constexpr std::array themeRows{
    ThemeRow{"system", QT_TRANSLATE_NOOP("tapescope::MainWindow", "As the system")},
    ThemeRow{"light", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Light")},
    ThemeRow{"dark", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Dark")},
    ThemeRow{"contrast", QT_TRANSLATE_NOOP("tapescope::MainWindow", "High contrast")},
    ThemeRow{"projector", QT_TRANSLATE_NOOP("tapescope::MainWindow", "Projector")},
};

QList<QKeySequence> keysOf(const char* words) {
    QList<QKeySequence> keys;
    for (const QString& word : QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys << QKeySequence(word);
    return keys;
}

}  // namespace

void MainWindow::addMenus() {
    std::map<std::string, QMenu*> menus;
    for (const ActionRow& row : actionRows) {
        QMenu*& menu = menus[row.menu];
        if (menu == nullptr) menu = menuBar()->addMenu(tr(row.menu));
        if (*row.name == '\0') {
            menu->addSeparator();
            continue;
        }
        auto* action = new QAction(tr(row.text), this);
        action->setObjectName(QLatin1String(row.name));
        action->setShortcuts(keysOf(row.keys));
        connect(action, &QAction::triggered, this, [this, &row] { row.run(*this); });
        menu->addAction(action);
    }
    QAction* follow = action(QStringLiteral("follow"));
    follow->setCheckable(true);
    follow->setChecked(canvas_->following());
    connect(canvas_, &Canvas::followingChanged, follow, &QAction::setChecked);
    action(QStringLiteral("direction"))->setCheckable(true);
    action(QStringLiteral("wrap"))->setCheckable(true);
    connect(canvas_, &Canvas::directionChanged, this, &MainWindow::nameWalks);
    addThemes(*menus[inView]);
    docksMenu_ = menus[inDocks];
    docksMenu_->addSeparator();
}

/// Keys go where the picture goes: against the edges is up or left.
void MainWindow::nameWalks(Direction direction) {
    const bool right = direction == Direction::Right;
    action(QStringLiteral("direction"))->setChecked(right);
    const auto dress = [this](const char* name, const QString& text, const char* key) {
        action(QLatin1String(name))->setText(text);
        action(QLatin1String(name))->setShortcuts(keysOf(key));
    };
    for (const char* name : {"producer", "consumer", "boxBefore", "boxAfter"})
        action(QLatin1String(name))->setShortcuts({});  // none of them may be there twice
    dress("producer", tr("Go to the &producer"), right ? "Alt+Left" : "Alt+Up");
    dress("consumer", tr("Go to the co&nsumer"), right ? "Alt+Right" : "Alt+Down");
    dress("boxBefore", right ? tr("Go to the box above") : tr("Go to the box on the left"),
          right ? "Alt+Up" : "Alt+Left");
    dress("boxAfter", right ? tr("Go to the box below") : tr("Go to the box on the right"),
          right ? "Alt+Down" : "Alt+Right");
}

void MainWindow::addThemes(QMenu& menu) {
    menu.addSeparator();
    QMenu* themes = menu.addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    for (const ThemeRow& row : themeRows) {
        const QString choice = QLatin1String(row.choice);
        QAction* action = themes->addAction(tr(row.text), this, [this, choice] { chooseTheme(choice); });
        action->setObjectName(QStringLiteral("theme-") + choice);
        action->setCheckable(true);
        group->addAction(action);
        connect(&appearance_, &Appearance::changed, action,
                [this, action, choice] { action->setChecked(appearance_.choice() == choice); });
    }
    QAction* still = menu.addAction(tr("&Reduced motion"), this, &MainWindow::setReducedMotion);
    still->setObjectName(QStringLiteral("reducedMotion"));
    still->setCheckable(true);
    connect(&appearance_, &Appearance::changed, still,
            [this, still] { still->setChecked(appearance_.reducedMotion()); });
}

void MainWindow::addToolBar() {
    QToolBar* bar = QMainWindow::addToolBar(tr("Tools"));
    bar->setObjectName(QStringLiteral("tools"));
    bar->setAccessibleName(tr("Tools"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({14, 14});
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    for (const char* name : {"examples", "open", "run", "stop", "export"}) {
        QAction* shown = action(QLatin1String(name));
        bar->addAction(shown);
        auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(shown));
        button->setObjectName(QLatin1String(name) == QLatin1String("run") ? QStringLiteral("run") : QString());
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(shown->iconText());
        connect(&appearance_, &Appearance::changed, shown, [this, shown] {
            const bool filled = shown->objectName() == QLatin1String("run");
            shown->setIcon(icon(shown->objectName(), filled ? onUpdate(appearance_.theme()) : appearance_[Ink::Text]));
        });
    }
    status_ = new QLabel(bar);
    status_->setObjectName(QStringLiteral("muted"));
    status_->setAccessibleName(tr("State of the run"));
    findings_ = new QLabel(bar);
    findings_->setObjectName(QStringLiteral("findings"));
    findings_->setAccessibleName(tr("Number of findings"));
    bar->addWidget(status_);
    bar->addWidget(findings_);
    auto* room = new QWidget(bar);
    room->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(room);
    search_ = new QLineEdit(bar);
    search_->setObjectName(QStringLiteral("search"));
    search_->setAccessibleName(tr("Find box, name or line"));
    search_->setPlaceholderText(tr("Find… (Ctrl+F)"));
    search_->setMaximumWidth(240);
    search_->setClearButtonEnabled(true);
    connect(search_, &QLineEdit::returnPressed, this, &MainWindow::searchNext);
    connect(search_, &QLineEdit::textEdited, this, [this] { search_->setProperty("missed", false); });
    bar->addWidget(search_);
}

void MainWindow::showKeys() {
    QString rows;
    for (const ActionRow& row : actionRows) {
        if (*row.keys == '\0') continue;
        QStringList keys;
        for (const QKeySequence& key : keysOf(row.keys)) keys << key.toString(QKeySequence::NativeText);
        rows += QStringLiteral("<tr><td style='padding-right:24px'>%1</td><td>%2</td></tr>")
                    .arg(tr(row.text).remove(QLatin1Char('&')).toHtmlEscaped(),
                         keys.join(QStringLiteral(", ")).toHtmlEscaped());
    }
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keys"), QStringLiteral("<table>%1</table>").arg(rows),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Tapescope"),
                                tr("<b>Tapescope %1</b><p>Shows what a gradient tape saw.</p><p>Apache License 2.0</p>")
                                    .arg(QStringLiteral(TAPESCOPE_VERSION)),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

}  // namespace tapescope
