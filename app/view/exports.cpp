// SPDX-License-Identifier: Apache-2.0
// Pictures of the run that leave the window: as files and by the clipboard.
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QSaveFile>

#include "app/scene/export.h"
#include "app/view/background.h"
#include "app/view/filming.h"
#include "app/view/window.h"

namespace tapescope {

void MainWindow::exportPicture() {
    if (document_.timeline().empty()) return;
    player_.pause();
    QStringList filters;
    for (const PictureKind& kind : pictureKinds())
        filters << QStringLiteral("%1 (*.%2)").arg(tr(kind.name), QLatin1String(kind.suffix));
    const QString proposed = QFileInfo(document_.scriptName()).completeBaseName() + QStringLiteral(".png");
    QString chosen;
    QString path =
        QFileDialog::getSaveFileName(this, tr("Export picture"), proposed, filters.join(QStringLiteral(";;")), &chosen);
    if (path.isEmpty()) return;
    if (pictureKind(QFileInfo(path).suffix().toLower()) == nullptr) {
        const QString ending = chosen.section(QStringLiteral("*."), 1).section(u')', 0, 0);
        path += QLatin1Char('.') + (ending.isEmpty() ? QStringLiteral("png") : ending);
        const QString question = tr("%1 is there already. Write over it?").arg(QFileInfo(path).fileName());
        if (QFileInfo::exists(path) && QMessageBox::question(this, tr("Export picture"), question) != QMessageBox::Yes)
            return;
    }
    exportTo(path);
}

void MainWindow::exportTo(const QString& path) {
    const PictureKind* kind = pictureKind(QFileInfo(path).suffix().toLower());
    if (kind == nullptr) return showTrouble(tr("%1 ends like no picture.").arg(path));
    if (kind->film) {
        const auto range = askForRange(document_, this);
        if (range) film(*range, path);
        return;
    }
    if (document_.awaitsGraph()) return showTrouble(tr("The picture of this step is still being made."));
    Frames frames(document_);
    frames.showAs(canvas_->frames());
    const auto bytes =
        inBackground([kind, drawing = drawingOf(frames, appearance_.theme())] { return kind->draw(drawing); },
                     tr("Drawing the picture…"), this);
    if (!bytes) return;
    if (bytes->isEmpty()) return showTrouble(tr("%1 could not be drawn: memory has run out.").arg(path));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit())
        showTrouble(tr("%1 could not be written: %2").arg(path, file.errorString()));
}

void MainWindow::film(BeatRange range, const QString& path) {
    auto* filming = new Filming(document_, range, appearance_.theme(), path, canvas_->frames(), this);
    connect(filming, &Filming::done, this, [this, path](const QString& trouble) {
        if (!trouble.isEmpty()) showTrouble(tr("%1 could not be written: %2").arg(path, trouble));
        Q_EMIT filmed();
    });
}

/// As a picture for programs that take one, and as a drawing for those that know more.
void MainWindow::copyPicture() {
    if (document_.timeline().empty()) return;
    constexpr int sharpness = 2;
    const Scene scene = withLegend(canvas_->scene());
    const QSize size = naturalSize(scene);
    auto* copy = new QMimeData;
    copy->setImageData(renderImage(scene, appearance_.theme(), (size * sharpness).boundedTo({8192, 8192})));
    copy->setData(QStringLiteral("image/svg+xml"), renderSvg(scene, appearance_.theme(), size));
    copy->setText(scene.caption + QLatin1Char('\n') + scene.narration);
    QGuiApplication::clipboard()->setMimeData(copy);
}

}  // namespace tapescope
