// SPDX-License-Identifier: Apache-2.0
// Pictures that leave the window: files of every kind, a film and its Cancel, the clipboard.
#include <QClipboard>
#include <QImageReader>
#include <QMimeData>
#include <QProgressDialog>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

#include "app/view/background.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestExports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init();
    void cleanup() { on_.reset(); }
    void everyKindIsWritten();
    void unknownEndingIsSaid();
    void folderThatIsMissingIsSaid();
    void filmHoldsEveryBeat();
    void filesShowFoldsAndDirection();
    void cancelLeavesTheOldFile();
    void longWorkCanBeCancelled();
    void workThatFailsGivesNothing();
    void rangeIsTheStepOnScreen();
    void positionStaysWhereItIs();
    void copyIsPictureAndDrawing();

private:
    QString path(const char* name) const { return folder_.filePath(QLatin1String(name)); }
    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder_;
    std::unique_ptr<OpenWindow> on_;
};

void TestExports::init() {
    on_ = std::make_unique<OpenWindow>();
    QVERIFY(on_->openWrongSource());
}

void TestExports::everyKindIsWritten() {
    on_->window.exportTo(path("a.png"));
    QVERIFY(QImage(path("a.png")).width() > 300);
    on_->window.exportTo(path("a.svg"));
    QVERIFY(bytesOf(path("a.svg")).contains("apply_gradients"));  // text is text
    on_->window.exportTo(path("a.pdf"));
    QVERIFY(bytesOf(path("a.pdf")).startsWith("%PDF-"));
    QVERIFY(bytesOf(path("a.pdf")).contains("/FontFile2"));  // letters of the picture's own font, not paths
    on_->window.exportTo(path("a.dot"));
    const QByteArray dot = bytesOf(path("a.dot"));
    QVERIFY(dot.startsWith("digraph"));
    QVERIFY2(dot.contains("not asked for"), dot.constData());
}

void TestExports::unknownEndingIsSaid() {
    on_->window.exportTo(path("a.xyz"));
    QVERIFY(on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
    QVERIFY(!QFile::exists(path("a.xyz")));
}

void TestExports::folderThatIsMissingIsSaid() {
    on_->window.exportTo(path("no/such/a.png"));
    QVERIFY(on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
}

void TestExports::filmHoldsEveryBeat() {
    QSignalSpy filmed(&on_->window, &MainWindow::filmed);
    on_->window.film({1, 3}, path("a.gif"));
    QVERIFY(filmed.wait(patience));
    QImageReader reader(path("a.gif"));
    QCOMPARE(reader.format(), QByteArrayLiteral("gif"));
    QCOMPARE(reader.imageCount(), 18);
    QCOMPARE(reader.loopCount(), -1);
    QVERIFY(!reader.read().isNull());
}

/// Pictures and films show open what the window does, in its direction.
void TestExports::filesShowFoldsAndDirection() {
    QVERIFY(on_->open(QStringLiteral("unrolled.tape"), unrolledTrace(40)));
    Canvas& canvas = on_->window.canvas();
    const auto shapeOf = [&](const char* name) {
        const QSizeF size = QImageReader(path(name)).size();
        return size.width() / size.height();
    };
    const auto film = [&](const char* name) {
        QSignalSpy filmed(&on_->window, &MainWindow::filmed);
        on_->window.film({1, 1}, path(name));
        return filmed.wait(patience);
    };
    canvas.closeAllFolds();
    on_->window.exportTo(path("closed.png"));
    QVERIFY(film("closed.gif"));
    canvas.openAllFolds();
    on_->window.exportTo(path("open.png"));
    QVERIFY(film("open.gif"));
    QVERIFY(shapeOf("open.png") < shapeOf("closed.png") / 3);
    QVERIFY(shapeOf("open.gif") < shapeOf("closed.gif") / 3);
    canvas.closeAllFolds();
    canvas.setDirection(Direction::Right);
    on_->window.exportTo(path("right.png"));
    QVERIFY(film("right.gif"));
    QVERIFY(shapeOf("right.png") > 1.5 * shapeOf("closed.png"));
    QVERIFY(shapeOf("right.gif") > 1.5 * shapeOf("closed.gif"));
}

void TestExports::cancelLeavesTheOldFile() {
    QFile old(path("b.gif"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    QSignalSpy filmed(&on_->window, &MainWindow::filmed);
    on_->window.film({1, on_->beatCount()}, path("b.gif"));
    auto* progress = on_->window.findChild<QProgressDialog*>(QStringLiteral("filming"));
    QVERIFY(progress != nullptr);
    progress->cancel();
    QVERIFY(filmed.count() == 1 || filmed.wait(patience));
    QCOMPARE(bytesOf(path("b.gif")), QByteArrayLiteral("old"));
    QVERIFY(!on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
}

/// Short work needs no dialog; of longer one the dialog says so, and Cancel ends the waiting at once.
void TestExports::longWorkCanBeCancelled() {
    const auto dialog = [this] { return on_->window.findChild<QProgressDialog*>(QStringLiteral("background")); };
    const auto now = inBackground([] { return QByteArray("short"); }, QStringLiteral("Working"), &on_->window);
    QCOMPARE(now.value_or(QByteArray()), QByteArray("short"));
    auto gate = std::make_shared<QSemaphore>();
    const auto work = [gate] {
        gate->acquire();
        return QByteArray("long");
    };
    QTimer look;
    look.setInterval(10);
    connect(&look, &QTimer::timeout, this, [&] {
        if (dialog() == nullptr || !dialog()->isVisible()) return;
        look.stop();
        auto* cancel = dialog()->findChild<QPushButton*>();
        QTest::mouseClick(cancel, Qt::LeftButton);
    });
    look.start();
    QVERIFY(!inBackground(work, QStringLiteral("Working"), &on_->window));
    QVERIFY(!look.isActive());
    gate->release();
    look.disconnect();
    connect(&look, &QTimer::timeout, this, [&] {
        if (dialog() != nullptr && dialog()->isVisible()) gate->release();
    });
    look.start();
    QCOMPARE(inBackground(work, QStringLiteral("Working"), &on_->window).value_or(QByteArray()), QByteArray("long"));
}

void TestExports::workThatFailsGivesNothing() {
    const auto fails = []() -> QByteArray { throw std::bad_alloc(); };
    const auto bytes = inBackground(fails, QStringLiteral("Working"), &on_->window);
    QVERIFY(bytes && bytes->isEmpty());
}

void TestExports::rangeIsTheStepOnScreen() {
    const Timeline& timeline = on_->window.document().timeline();
    on_->window.player().setPosition(on_->window.player().length());
    const Step& step = timeline.steps().back();
    bool seen = false;
    QTimer::singleShot(0, &on_->window, [&] {
        auto* dialog = on_->window.findChild<QDialog*>(QStringLiteral("range"));
        if (dialog == nullptr) return;
        const auto boxes = dialog->findChildren<QSpinBox*>();
        seen = boxes.size() == 2 && boxes[0]->value() == int(timeline.beatOf(step.begin - 1) + 1) &&
               boxes[1]->value() == int(timeline.beatOf(step.end - 1));
        dialog->reject();
    });
    on_->window.exportTo(path("c.gif"));
    QVERIFY(seen);
    QVERIFY(!QFile::exists(path("c.gif")));
}

void TestExports::positionStaysWhereItIs() {
    const DeckPosition before = on_->window.document().position();
    QSignalSpy filmed(&on_->window, &MainWindow::filmed);
    on_->window.film({1, 2}, path("d.gif"));
    QVERIFY(filmed.wait(patience));
    QCOMPARE(on_->window.document().position(), before);
}

void TestExports::copyIsPictureAndDrawing() {
    on_->window.action(QStringLiteral("copyPicture"))->trigger();
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    QVERIFY(data->hasImage());
    QVERIFY(data->data(QStringLiteral("image/svg+xml")).contains("<svg"));
    QVERIFY(data->text().contains(QStringLiteral("Step 2 of 2")));
}

QTEST_MAIN(TestExports)
#include "tst_exports.moc"
