// SPDX-License-Identifier: Apache-2.0
// Opening, saving and running from the window.
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QSaveFile>
#include <QUrl>

#include "app/document/source.h"
#include "app/view/window.h"

namespace tapescope {

namespace {

/// The one file that is dragged; nothing for several.
QString droppedFile(const QDropEvent& event) {
    const QList<QUrl> urls = event.mimeData()->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

}  // namespace

bool MainWindow::openFile(const QString& path) {
    if (!mayDiscard()) return false;
    player_.pause();
    const bool opened = openAllowed(path);
    showOpened(path, opened);
    return opened;
}

/// Opens a file with what its script was allowed before.
bool MainWindow::openAllowed(const QString& path) {
    RunOptions options = document_.options();
    options.data = allowedFiles(path);
    options.asks = true;
    document_.setOptions(options);
    return document_.open(path);
}

void MainWindow::showOpened(const QString& path, bool opened) {
    if (!opened) {
        showTrouble(document_.message());
        pages_->setCurrentIndex(1);
        return;
    }
    fresh_ = false;
    // A script of which not all could be read is not written over.
    const bool whole = !script_->text().contains(QChar(QChar::ReplacementCharacter));
    savePath_ = whole && path.endsWith(QLatin1String(".py")) ? document_.path() : QString();
    showState();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedFile(*event).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = droppedFile(*event);
    if (path.isEmpty()) return;
    event->acceptProposedAction();
    openFile(path);
}

void MainWindow::askForFile() {
    auto* dialog = new QFileDialog(this, tr("Open"), QFileInfo(document_.path()).path(),
                                   tr("Scripts, notebooks and recorded runs (*.py *.ipynb *.tape);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
    dialog->open();
}

bool MainWindow::save() {
    return savePath_.isEmpty() ? saveAs() : saveTo(savePath_);
}

bool MainWindow::saveAs() {
    // A notebook is not written over by its cells: they are saved as the script that ran.
    const QString name = scriptName().replace(QStringLiteral(".ipynb"), QStringLiteral(".py"));
    const QString path = QFileDialog::getSaveFileName(this, tr("Save script"), savePath_.isEmpty() ? name : savePath_,
                                                      tr("Scripts (*.py)"));
    if (path.endsWith(QStringLiteral(".ipynb"))) {
        showTrouble(tr("A notebook cannot be written yet; save its cells as a script (.py)."));
        return false;
    }
    return !path.isEmpty() && saveTo(path);
}

bool MainWindow::saveTo(const QString& path) {
    QSaveFile file(path);
    QFile before(path);
    const QByteArray bytes =
        scriptBytes(script_->text(), before.open(QIODevice::ReadOnly) ? before.readAll() : QByteArray());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        showTrouble(tr("%1 could not be saved: %2").arg(path, file.errorString()));
        return false;
    }
    savePath_ = path;
    script_->setSaved();
    showState();
    return true;
}

QString MainWindow::scriptName() const {
    return fresh_ || document_.name().isEmpty() ? tr("untitled.py") : document_.scriptName();
}

bool MainWindow::mayDiscard() {
    if (!script_->modified()) return true;
    const auto answer = QMessageBox::question(this, tr("Tapescope"), tr("The script has changes that are not saved."),
                                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

void MainWindow::newScript() {
    if (!mayDiscard()) return;
    fresh_ = true;
    savePath_.clear();
    RunOptions options = document_.options();
    options.data.clear();  // what another script was allowed
    options.asks = true;
    document_.setOptions(options);
    script_->code().setPlainText(tr("import tensorflow as tf\n\n"));
    script_->setSaved();
    script_->code().setFocus();
    script_->code().moveCursor(QTextCursor::End);
}

void MainWindow::runScript() {
    if (script_->text().trimmed().isEmpty()) return;
    player_.pause();
    const bool modified = script_->modified();
    if (fresh_ || document_.name().isEmpty()) {
        const QString name = scriptName();
        fresh_ = false;
        document_.run(name, script_->text());
    } else {
        document_.rerun(script_->text());
    }
    script_->code().document()->setModified(modified);
}

void MainWindow::showExamples() {
    player_.pause();
    pages_->setCurrentWidget(welcome_);
    welcome_->setFocus();
}

}  // namespace tapescope
