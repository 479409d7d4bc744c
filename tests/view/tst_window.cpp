// SPDX-License-Identifier: Apache-2.0
// The window as a whole: what it says in each state, its themes, its names, its room.
#include <QAccessible>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

#include "app/view/status.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup() { on_.reset(); }
    void emptyWindowWelcomes();
    void opensAtTheFirstFinding();
    void firstCardBeginsInSight();
    void titleNamesTheScript();
    void themeReachesEveryPart();
    void editingSaysThatThePictureIsOlder();
    void damagedTapeIsShownAsFarAsItGoes();
    void unreadableFileIsSaid();
    void droppedFileIsOpened();
    void cutPathIsShown();
    void everyWidgetHasAName();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void resetLayoutShowsAllPanels();
    void panelsMoveByKeyboardAndStay();
    void panelsFloatAndCloseByMouse();
    void pictureIsAsFineAsTheScreen();
    void nothingMovesByItselfWhereMotionIsReduced();

private:
    std::unique_ptr<OpenWindow> on_;
};

void TestWindow::emptyWindowWelcomes() {
    QVERIFY(on_->window.findChild<QWidget*>(QStringLiteral("welcome"))->isVisible());
    QVERIFY(!on_->window.canvas().isVisible());
    QVERIFY(!on_->window.action(QStringLiteral("run"))->isEnabled());
    QVERIFY(!on_->window.findChildren<QPushButton*>(QStringLiteral("example")).isEmpty());
    QTest::keyClick(&on_->window, Qt::Key_Space);  // nothing to play, nothing breaks
    QVERIFY(!on_->window.player().playing());
    const auto paper = [this] {  // of the first example's picture
        auto* example = on_->window.findChild<QPushButton*>(QStringLiteral("example"));
        return example->icon().pixmap(example->iconSize()).toImage().pixelColor(2, 2).lightness();
    };
    QVERIFY(paper() > 200);
    on_->window.chooseTheme(QStringLiteral("dark"));
    QVERIFY(paper() < 60);
}

void TestWindow::opensAtTheFirstFinding() {
    QSignalSpy settled(&on_->window, &MainWindow::settled);
    QVERIFY(on_->openWrongSource());
    QCOMPARE(settled.count(), 1);
    const auto& findings = on_->window.document().findings();
    const int first = firstFinding(findings);
    QVERIFY(first >= 0);
    QVERIFY(on_->provesAt(findings[static_cast<std::size_t>(first)]));
    QCOMPARE(on_->window.doctor().cards().size(), findings.size());
    QVERIFY(on_->window.canvas().isVisible());
    QVERIFY(!on_->window.canvas().scene().marks.empty());
}

/// Also where the card is higher than the panel.
void TestWindow::firstCardBeginsInSight() {
    on_->window.resize(1000, 600);
    QVERIFY(on_->openWrongSource());
    const Doctor& doctor = on_->window.doctor();
    const int first = firstFinding(on_->window.document().findings());
    const FindingCard* card = doctor.cards()[static_cast<std::size_t>(first)];
    QTest::qWait(0);
    QTRY_VERIFY(card->height() > doctor.viewport()->height());
    const int top = card->mapTo(doctor.viewport(), QPoint()).y();
    QVERIFY2(top >= 0 && top < 20, qPrintable(QString::number(top)));
}

void TestWindow::titleNamesTheScript() {
    QVERIFY(on_->openWrongSource());
    QCOMPARE(on_->window.windowTitle(), QStringLiteral("run.tape[*] — Tapescope"));
}

void TestWindow::themeReachesEveryPart() {
    QVERIFY(on_->openWrongSource());
    for (const QString& name : themeNames()) {
        on_->window.action(QStringLiteral("theme-") + name)->trigger();
        const QColor paper = themeNamed(name)[Ink::Paper];
        QVERIFY(on_->window.action(QStringLiteral("theme-") + name)->isChecked());
        QCOMPARE(on_->window.canvas().grab().toImage().pixelColor(4, on_->window.canvas().height() / 2), paper);
        QCOMPARE(on_->window.script().code().palette().color(QPalette::Base), paper);
    }
}

void TestWindow::editingSaysThatThePictureIsOlder() {
    QVERIFY(on_->openWrongSource());
    auto* bar = on_->window.findChild<QFrame*>(QStringLiteral("stale"));
    QVERIFY(!bar->isVisible());
    on_->window.script().code().setFocus();
    QTest::keyClicks(&on_->window.script().code(), QStringLiteral("#"));
    QVERIFY(bar->isVisible());
    QVERIFY(on_->window.isWindowModified());
    QVERIFY(on_->window.action(QStringLiteral("run"))->isEnabled());
    QTest::keyClick(&on_->window.script().code(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!bar->isVisible());
    QVERIFY(!on_->window.isWindowModified());
}

void TestWindow::damagedTapeIsShownAsFarAsItGoes() {
    const QString path = on_->tapes().write(QStringLiteral("cut.tape"), wrongSourceTrace());
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write("not a batch of events");
    file.close();
    QVERIFY(on_->window.openFile(path));
    QCOMPARE(on_->window.document().state(), Document::State::Damaged);
    QVERIFY(on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
    const QString words = troubleText(on_->window.document());
    QVERIFY2(words.startsWith(QStringLiteral("The recording is damaged at byte ")), qPrintable(words));
    QCOMPARE(words.count(QStringLiteral("damaged")), 1);
    QVERIFY(on_->window.player().length() > 0);
}

void TestWindow::unreadableFileIsSaid() {
    QVERIFY(!on_->window.openFile(QStringLiteral("/no/such/file.py")));
    QVERIFY(on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
}

/// On the editor, too, which leaves it to the window.
void TestWindow::droppedFileIsOpened() {
    const QPoint place(40, 40);
    for (QWidget* target : {static_cast<QWidget*>(&on_->window), on_->window.script().code().viewport()}) {
        const QString name = target == &on_->window ? QStringLiteral("one.tape") : QStringLiteral("two.tape");
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(on_->tapes().write(name, wrongSourceTrace()))});
        QDragEnterEvent enters(place, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enters);
        QVERIFY(enters.isAccepted());
        QDropEvent drop(place, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
        QCOMPARE(on_->window.document().name(), name);
        QVERIFY(!on_->window.script().modified());
    }
}

void TestWindow::cutPathIsShown() {
    QVERIFY(on_->open(QStringLiteral("cut.tape"), cutPathTrace()));
    on_->window.player().setPosition(on_->window.player().length());
    const auto& marks = on_->window.canvas().scene().marks;
    const bool scissors = std::ranges::any_of(marks, [](const Mark& mark) {
        const auto* glyph = std::get_if<GlyphMark>(&mark);
        return glyph != nullptr && glyph->glyph == Glyph::Scissors;
    });
    const bool hatched = std::ranges::any_of(marks, [](const Mark& mark) {
        const auto* shape = std::get_if<ShapeMark>(&mark);
        return shape != nullptr && shape->hatched;
    });
    QVERIFY(scissors);
    QVERIFY(hatched);
}

void TestWindow::everyWidgetHasAName() {
    QVERIFY(on_->openWrongSource());
    for (const QWidget* widget : on_->window.findChildren<QWidget*>()) {
        const bool reachable = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
        const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        if (!reachable || interface == nullptr || widget->objectName().startsWith(QLatin1String("qt_"))) continue;
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                 qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                        widget->objectName())));
    }
}

void TestWindow::nothingIsClipped_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("1440x900") << QSize(1440, 900);
    QTest::newRow("1100x700") << QSize(1100, 700);
}

void TestWindow::nothingIsClipped() {
    QFETCH(QSize, size);
    on_->window.resize(size);
    QVERIFY(on_->openWrongSource());
    QCoreApplication::processEvents();
    QCOMPARE(on_->window.size(), size);
    for (const QLabel* label : on_->window.findChildren<QLabel*>()) {
        if (!label->isVisible()) continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool fits =
            label->height() >= needed && (label->wordWrap() || label->width() >= label->sizeHint().width());
        QVERIFY2(fits, qPrintable(label->text()));
    }
    for (const QPushButton* button : on_->window.findChildren<QPushButton*>()) {
        if (button->isVisible())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
}

void TestWindow::resetLayoutShowsAllPanels() {
    for (auto* dock : on_->window.findChildren<QDockWidget*>()) dock->close();
    on_->window.action(QStringLiteral("resetLayout"))->trigger();
    for (auto* dock : on_->window.findChildren<QDockWidget*>())
        QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
}

/// Where the keyboard has put the panels they are after a restart, until the layout is reset.
void TestWindow::panelsMoveByKeyboardAndStay() {
    const auto dock = [this](const char* name) { return on_->window.findChild<QDockWidget*>(QLatin1String(name)); };
    QVERIFY(on_->openWrongSource());
    QTest::keyClick(&on_->window.canvas(), Qt::Key_F,
                    Qt::ControlModifier | Qt::ShiftModifier);  // none has the keyboard
    for (auto* one : on_->window.findChildren<QDockWidget*>()) QVERIFY(!one->isFloating());
    on_->window.action(QStringLiteral("editScript"))->trigger();
    QTest::keyClick(&on_->window.script().code(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(on_->window.dockWidgetArea(dock("scriptDock")), Qt::RightDockWidgetArea);
    QVERIFY(on_->window.script().code().hasFocus());
    QTest::keyClick(&on_->window.script().code(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(on_->window.dockWidgetArea(dock("scriptDock")), Qt::BottomDockWidgetArea);
    dock("namesDock")->close();
    on_->window.close();
    on_ = std::make_unique<OpenWindow>();
    QCOMPARE(on_->window.dockWidgetArea(dock("scriptDock")), Qt::BottomDockWidgetArea);
    QVERIFY(dock("namesDock")->isHidden());
    on_->window.script().code().setFocus();
    on_->window.action(QStringLiteral("floatPanel"))->trigger();
    QVERIFY(dock("scriptDock")->isFloating());
    on_->window.action(QStringLiteral("resetLayout"))->trigger();
    QVERIFY(!dock("scriptDock")->isFloating());
    QCOMPARE(on_->window.dockWidgetArea(dock("scriptDock")), Qt::LeftDockWidgetArea);
    QVERIFY(!dock("namesDock")->isHidden());
    on_->window.close();
}

void TestWindow::panelsFloatAndCloseByMouse() {
    auto* names = on_->window.findChild<QDockWidget*>(QStringLiteral("namesDock"));
    QVERIFY(names->titleBarWidget() == nullptr);
    const auto press = [names](const char* button) {
        auto* found = names->findChild<QAbstractButton*>(QLatin1String(button));
        QVERIFY(found != nullptr && found->isVisible());
        QTest::mouseClick(found, Qt::LeftButton);
    };
    press("qt_dockwidget_floatbutton");
    QVERIFY(names->isFloating());
    names->setFloating(false);  // its frame is the window manager's now
    press("qt_dockwidget_closebutton");
    QVERIFY(names->isHidden());
    names->toggleViewAction()->trigger();
    QVERIFY(!names->isHidden());
}

/// Also where a point is larger than a pixel (the tests run with factors of 1.5 and 2, too).
void TestWindow::pictureIsAsFineAsTheScreen() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    const double factor = qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble();
    QCOMPARE(canvas.devicePixelRatioF(), factor);
    const QImage picture = canvas.grab().toImage();
    QCOMPARE(picture.size(), (QSizeF(canvas.size()) * factor).toSize());
    // Were it drawn coarser and enlarged, neighbours would be alike: of edges a good part lies between two pixels.
    qsizetype edges = 0, between = 0;
    for (int y = 0; y + 1 < picture.height(); y += 2)
        for (int x = 0; x + 1 < picture.width(); x += 2) {
            const QRgb corner = picture.pixel(x, y);
            const bool inside = corner != picture.pixel(x + 1, y) || corner != picture.pixel(x, y + 1);
            const bool after = x + 2 < picture.width() && picture.pixel(x + 1, y) != picture.pixel(x + 2, y);
            if (inside || after) ++edges;
            if (inside) ++between;
        }
    QVERIFY(edges > 1000);
    QVERIFY2(between * 3 > edges, qPrintable(QStringLiteral("%1 of %2").arg(between).arg(edges)));
}

void TestWindow::nothingMovesByItselfWhereMotionIsReduced() {
    QVERIFY(on_->openWrongSource());
    Player& player = on_->window.player();
    const auto moving = [&] {  // positions at which something is on its way
        int count = 0;
        for (double position = 0.3; position < player.length(); ++position) {
            player.setPosition(position);
            on_->window.canvas().present();
            count += std::ranges::any_of(on_->window.canvas().scene().marks, [](const Mark& mark) {
                const auto* glyph = std::get_if<GlyphMark>(&mark);
                return glyph != nullptr && glyph->glyph == Glyph::Pulse;
            });
        }
        return count;
    };
    QVERIFY(moving() > 5);
    on_->window.action(QStringLiteral("reducedMotion"))->trigger();
    QCOMPARE(moving(), 0);
    player.setPosition(3);
    player.stepEvent(1);
    QCOMPARE(player.position(), 4.0);  // there at once
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
