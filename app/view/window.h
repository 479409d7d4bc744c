// SPDX-License-Identifier: Apache-2.0
// The main window: picture in the middle, script on the left, findings on the right, the tape below.
#pragma once

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTimer>
#include <map>

#include "app/document/document.h"
#include "app/view/answers.h"
#include "app/view/appearance.h"
#include "app/view/canvas.h"
#include "app/view/doctor.h"
#include "app/view/graphtable.h"
#include "app/view/inspector.h"
#include "app/view/namespanel.h"
#include "app/view/outputpanel.h"
#include "app/view/pictures.h"
#include "app/view/player.h"
#include "app/view/scriptpane.h"
#include "app/view/transport.h"
#include "app/view/variables.h"
#include "app/view/welcome.h"

namespace tapescope {

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Opens `file` if there is one; a run of it starts first, so that its worker starts while the panels are made.
    explicit MainWindow(const QString& file = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A script, a recorded run or a lesson's resource. Says in the window what is wrong where it cannot be read.
    bool openFile(const QString& path);

    Document& document() { return document_; }
    Player& player() { return player_; }
    Appearance& appearance() { return appearance_; }
    Canvas& canvas() { return *canvas_; }
    ScriptPane& script() { return *script_; }
    Doctor& doctor() { return *doctor_; }
    Transport& transport() { return *transport_; }
    QAction* action(const QString& name) const { return findChild<QAction*>(name); }

    // What the rows of the action table do.
    void askForFile();
    bool save();
    bool saveAs();
    void newScript();
    void exportPicture();
    void exportTo(const QString& path);  ///< the kind by the ending
    void film(BeatRange range, const QString& path);
    void copyPicture();
    void startSearch();
    void searchNext();
    void runScript();
    void showExamples();
    void stepFinding(int direction);
    void showFinding(int finding);
    void markFinding(int finding);
    void chooseTheme(const QString& choice);
    void setReducedMotion(bool reduced);
    void resetLayout();
    void floatPanel();  ///< the one with the keyboard
    void movePanel();
    void setWrapping(bool wrapping);
    void showKeys();
    void showAbout();

Q_SIGNALS:
    void filmed();   ///< a film is written, cancelled or has failed
    void settled();  ///< a run has ended and everything on screen is of it

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addMenus();
    void addThemes(QMenu& menu);
    void nameWalks(Direction direction);
    void addToolBar();
    void addDocks();
    QDockWidget* addDock(Qt::DockWidgetArea area, const char* name, const QString& title, QWidget* content);
    void dressDocks();
    QDockWidget* focusedDock() const;
    void arrangeDocks();
    QWidget* makePicturePage();
    void listen();
    void readSettings();
    void writeSettings() const;

    bool findInScript(const QString& wanted);
    bool findInPicture(const QString& wanted);
    void showOpened(const QString& path, bool opened);
    void stateChanged();
    void begin();
    void grow();
    void settle();
    void showState();
    QString narration();
    void showTrouble(const QString& words);
    void selectionChanged();
    void chooseLine(std::uint32_t line);
    void hoverLine(std::uint32_t line);
    void hoverBox(std::optional<BoxKey> box);
    void take(const Hit& hit);
    bool openAllowed(const QString& path);
    bool mayDiscard();
    bool saveTo(const QString& path);
    QString scriptName() const;  ///< of the script in the editor

    Document document_;
    const bool opened_;  ///< the file that the window was made with
    Appearance appearance_;
    Player player_;
    QStackedWidget* pages_;
    Welcome* welcome_;
    Canvas* canvas_;
    ScriptPane* script_;
    OutputPanel* output_;
    Answers* answers_;
    NamesPanel* names_;
    Doctor* doctor_;
    VariablesPanel* variables_;
    GraphTable* table_;
    Inspector* inspector_;
    Transport* transport_;
    QLabel* caption_ = nullptr;
    QLabel* narration_ = nullptr;
    QFrame* troubleBar_ = nullptr;
    QLabel* trouble_ = nullptr;
    QLabel* status_ = nullptr;
    QLabel* findings_ = nullptr;
    QLineEdit* search_ = nullptr;
    bool searchesScript_ = false;
    std::map<QString, QDockWidget*> docks_;
    QMenu* docksMenu_ = nullptr;
    QByteArray defaultLayout_;
    QTimer growth_;
    bool fresh_ = false;  ///< the script is a new one, and what ran is another
    QString savePath_;    ///< where Save writes; empty: it asks
    bool choosingLine_ = false;
    bool arranged_ = false;  ///< the panels have had their first places
};

/// Shows the window, on a file where one is named, and runs until it is closed.
int runWindow(QApplication& app, const QString& file);

}  // namespace tapescope
