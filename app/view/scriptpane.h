// SPDX-License-Identifier: Apache-2.0
// The script beside its picture: what ran, what the tapes recorded, where one is, and whether the text is newer than
// the trace on screen.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QTabBar>
#include <QWidget>

#include "app/document/document.h"
#include "app/view/celltabs.h"
#include "app/view/codeedit.h"
#include "app/view/databar.h"

namespace tapescope {

/// Lines that each recording of a tape covers and the mistakes of the findings; tapes of the same lines count once.
CodeMarks codeMarksOf(const Timeline& timeline, std::span<const Finding> findings);

class ScriptPane : public QWidget {
    Q_OBJECT

public:
    ScriptPane(Document& document, Appearance& appearance, QWidget* parent = nullptr);

    CodeEdit& code() { return *code_; }
    DataBar& dataBar() { return *dataBar_; }
    QTabBar& files() { return *files_; }
    CellTabs& cells() { return *cells_; }
    /// What the tab of a module beside the script shows; for reading only.
    CodeEdit& module() { return *module_; }
    QString text() const;
    /// The text is not the one that the trace on screen came from.
    bool stale() const;
    /// Another text is on the disk, or there is none yet.
    bool modified() const { return code_->document()->isModified(); }
    void setSaved() { code_->document()->setModified(false); }

    /// Takes the document's script, marks and line.
    void reload();
    void choose(std::uint32_t line);
    /// Brings a line into sight, in the tab of its file.
    void reveal(std::uint32_t line);
    /// Lights a line up where it is in sight; 0 for none.
    void hover(std::uint32_t line);
    void setWrapping(bool wrapping);

Q_SIGNALS:
    void lineChosen(std::uint32_t line);
    void lineHovered(std::uint32_t line);  ///< 0 where the mouse left
    void runAsked();
    void staleChanged(bool stale);

private:
    void follow();
    void showStale();
    QFrame* makeStaleBar();
    void reloadFiles();
    void showFile(int file);
    std::uint32_t lineIn(FileId file, std::uint32_t line) const;
    void mark();

    Document& document_;
    Appearance& appearance_;
    CodeEdit* code_;
    QTabBar* files_;   ///< the script and its modules; hidden where there is only the script
    CellTabs* cells_;  ///< of the script, where it is a notebook
    CodeEdit* module_;
    DataBar* dataBar_;
    QFrame* staleBar_;
    bool wasStale_ = false;
};

}  // namespace tapescope
