// SPDX-License-Identifier: Apache-2.0
// The window as people use it: open, play, scrub, click, edit, change the theme. Waits for signals, never for time.
#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBlock>
#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/view/status.h"
#include "app/view/walk.h"
#include "app/view/window.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/sampletape.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

constexpr int patience = 60'000;

}  // namespace

class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init();
    void cleanup();
    void emptyWindowWelcomes();
    void opensAtTheFirstFinding();
    void titleNamesTheScript();
    void playsToTheEnd();
    void keysMoveTheDeck();
    void bracketsJumpBetweenFindings();
    void scrubsBothWays();
    void spaceOnAButtonPressesIt();
    void keysInTheEditorEdit();
    void cardSeeksToItsFinding();
    void diamondSeeksToItsFinding();
    void clickOnALineSelectsItsBoxes();
    void clickOnABoxShowsItsLine();
    void clickOnNothingSelectsNothing();
    void altArrowsWalkTheEdges();
    void wheelZoomsAndFitComesBack();
    void dragPans();
    void themeReachesEveryPart();
    void editingSaysThatThePictureIsOlder();
    void outputGoesWhereItWasPrinted();
    void namesFollowThePosition();
    void inspectorIsNamedAfterItsBox();
    void variablesTableSelects();
    void damagedTapeIsShownAsFarAsItGoes();
    void unreadableFileIsSaid();
    void cutPathIsShown();
    void manySteps();
    void everyWidgetHasAName();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void resetLayoutShowsAllPanels();

private:
    bool open(const QString& name, const std::vector<Event>& events);
    void clickBox(const BoxKey& key);
    BoxKey titled(const std::string& title) const;
    std::uint32_t beatCount() const { return static_cast<std::uint32_t>(window_->player().length()); }

    std::unique_ptr<SampleTapes> tapes_;
    std::unique_ptr<MainWindow> window_;
};

void TestWindow::init() {
    tapes_ = std::make_unique<SampleTapes>();
    window_ = std::make_unique<MainWindow>();
    window_->chooseTheme(QStringLiteral("light"));
    window_->resize(1440, 900);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestWindow::cleanup() {
    window_.reset();
}

bool TestWindow::open(const QString& name, const std::vector<Event>& events) {
    const bool opened = window_->openFile(tapes_->write(name, events));
    window_->canvas().setFocus();
    return opened;
}

BoxKey TestWindow::titled(const std::string& title) const {
    const auto& boxes = window_->document().graph().boxes;
    const auto found = std::ranges::find(boxes, title, &GraphBox::title);
    return found == boxes.end() ? BoxKey{} : found->key;
}

void TestWindow::clickBox(const BoxKey& key) {
    Canvas& canvas = window_->canvas();
    const QPointF middle = canvas.layout().boxes.at(key).center();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.viewport().toWidget(middle).toPoint());
}

void TestWindow::emptyWindowWelcomes() {
    QVERIFY(window_->findChild<QWidget*>(QStringLiteral("welcome"))->isVisible());
    QVERIFY(!window_->canvas().isVisible());
    QVERIFY(!window_->action(QStringLiteral("run"))->isEnabled());
    QVERIFY(!window_->findChildren<QPushButton*>(QStringLiteral("example")).isEmpty());
    QTest::keyClick(window_.get(), Qt::Key_Space);  // nothing to play, nothing breaks
    QVERIFY(!window_->player().playing());
}

void TestWindow::opensAtTheFirstFinding() {
    QSignalSpy settled(window_.get(), &MainWindow::settled);
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    QCOMPARE(settled.count(), 1);
    const auto& findings = window_->document().findings();
    const int first = firstFinding(findings);
    QVERIFY(first >= 0);
    QCOMPARE(window_->document().position().event, findings[static_cast<std::size_t>(first)].event);
    QCOMPARE(window_->doctor().cards().size(), findings.size());
    QVERIFY(window_->canvas().isVisible());
    QVERIFY(!window_->canvas().scene().marks.empty());
}

void TestWindow::titleNamesTheScript() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    QCOMPARE(window_->windowTitle(), QStringLiteral("run.tape[*] — Tapescope"));
}

void TestWindow::playsToTheEnd() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    window_->player().setSpeed(Player::fastest);
    window_->player().setPosition(beatCount() - 4);
    QSignalSpy arrived(&window_->player(), &Player::arrived);
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QVERIFY(window_->player().playing());
    QVERIFY(arrived.wait(patience));
    QCOMPARE(window_->player().position(), window_->player().length());
    const QString place = window_->transport().place();
    QCOMPARE(place, QStringLiteral("Step 2 / 2 · event %1 / %1").arg(beatCount()));
}

void TestWindow::keysMoveTheDeck() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    window_->setReducedMotion(true);
    const Player& player = window_->player();
    const Deck& deck = player.deck();
    struct Row {
        int key;
        Qt::KeyboardModifiers modifiers;
        double position;
    };
    const std::array rows{
        Row{Qt::Key_Home, Qt::NoModifier, 0},
        Row{Qt::Key_Right, Qt::NoModifier, 1},
        Row{Qt::Key_Right, Qt::NoModifier, 2},
        Row{Qt::Key_Left, Qt::NoModifier, 1},
        Row{Qt::Key_Right, Qt::ShiftModifier, double(deck.stretches[0].end)},
        Row{Qt::Key_Right, Qt::ShiftModifier, double(deck.stretches[1].end)},
        Row{Qt::Key_Left, Qt::ShiftModifier, double(deck.stretches[0].end)},
        Row{Qt::Key_Right, Qt::ControlModifier, double(deck.steps[0].end)},
        Row{Qt::Key_Right, Qt::ControlModifier, double(deck.beats)},
        Row{Qt::Key_Left, Qt::ControlModifier, double(deck.steps[0].end)},
        Row{Qt::Key_End, Qt::NoModifier, double(deck.beats)},
    };
    for (const Row& row : rows) {
        QTest::keyClick(&window_->canvas(), static_cast<Qt::Key>(row.key), row.modifiers);
        QCOMPARE(player.position(), row.position);
    }
}

void TestWindow::bracketsJumpBetweenFindings() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    QTest::keyClick(&window_->canvas(), Qt::Key_Home);
    const auto& findings = window_->document().findings();
    QTest::keyClick(&window_->canvas(), Qt::Key_BracketRight);
    const EventIndex first = window_->document().position().event;
    QVERIFY(std::ranges::find(findings, first, &Finding::event) != findings.end());
    QTest::keyClick(&window_->canvas(), Qt::Key_BracketRight);
    QVERIFY(window_->document().position().event > first);
    QTest::keyClick(&window_->canvas(), Qt::Key_BracketLeft);
    QCOMPARE(window_->document().position().event, first);
}

void TestWindow::scrubsBothWays() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    Lanes& lanes = window_->transport().lanes();
    const auto at = [&](double position) { return QPoint(static_cast<int>(std::round(lanes.xAt(position))), 90); };
    const double nearly = lanes.positionAt(at(10).x() + 1) - lanes.positionAt(at(10).x());  // a pixel's worth
    QTest::mousePress(&lanes, Qt::LeftButton, {}, at(5));
    QVERIFY(std::abs(window_->player().position() - 5) <= nearly);
    for (const double position : {12.0, 18.0, 7.0, 3.0}) {
        QTest::mouseMove(&lanes, at(position));
        QVERIFY(std::abs(window_->player().position() - position) <= nearly);
    }
    QTest::mouseRelease(&lanes, Qt::LeftButton, {}, at(3));
    QTest::mouseMove(&lanes, at(15));
    QVERIFY(std::abs(window_->player().position() - 3) <= nearly);
}

void TestWindow::spaceOnAButtonPressesIt() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    window_->setReducedMotion(true);
    window_->player().setPosition(5);
    auto* back = window_->findChild<QPushButton*>(QStringLiteral("back"));
    back->setFocus();
    QTest::keyClick(back, Qt::Key_Space);
    QVERIFY(!window_->player().playing());
    QCOMPARE(window_->player().position(), 4.0);
}

void TestWindow::keysInTheEditorEdit() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    const double position = window_->player().position();
    window_->script().code().setFocus();
    window_->script().code().moveCursor(QTextCursor::End);
    QTest::keyClicks(&window_->script().code(), QStringLiteral("f [x]"));
    QTest::keyClick(&window_->script().code(), Qt::Key_Left);
    QVERIFY(window_->script().text().endsWith(QStringLiteral("f [x]")));
    QCOMPARE(window_->player().position(), position);
    window_->script().setSaved();
}

void TestWindow::cardSeeksToItsFinding() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    const auto& findings = window_->document().findings();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        window_->player().setPosition(0);
        FindingCard* card = window_->doctor().cards()[i];
        card->setFocus();
        QTest::keyClick(card, Qt::Key_Return);
        QCOMPARE(window_->document().position().event, findings[i].event);
        window_->player().setPosition(0);
        QTest::mouseClick(card->findChild<QPushButton*>(QStringLiteral("link")), Qt::LeftButton);
        QCOMPARE(window_->document().position().event, findings[i].event);
    }
}

void TestWindow::diamondSeeksToItsFinding() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    Lanes& lanes = window_->transport().lanes();
    window_->player().setPosition(0);
    const Diamond diamond = window_->player().deck().diamonds.front();
    // Search the column for the diamond: where it stands in its lane is the painter's business.
    const int x = static_cast<int>(std::round(lanes.xAt(diamond.position)));
    int y = 0;
    while (y < lanes.height() && lanes.diamondAt(QPointF(x, y)) != 0) ++y;
    QVERIFY(y < lanes.height());
    QTest::mouseClick(&lanes, Qt::LeftButton, {}, {x, y});
    QCOMPARE(window_->document().position().event, window_->document().findings()[diamond.finding].event);
}

void TestWindow::clickOnALineSelectsItsBoxes() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    CodeEdit& code = window_->script().code();
    const QTextCursor cursor(code.document()->findBlockByNumber(23));  // the sum of the second step
    code.show(24);
    QTest::mouseClick(code.viewport(), Qt::LeftButton, {}, code.cursorRect(cursor).center());
    QCOMPARE(window_->document().selection(), std::optional(titled("Sum")));
    QCOMPARE(code.chosenLines(), std::set<std::uint32_t>{24});
}

void TestWindow::clickOnABoxShowsItsLine() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    clickBox(titled("Sum"));
    QCOMPARE(window_->document().selection(), std::optional(titled("Sum")));
    QCOMPARE(window_->script().code().chosenLines(), std::set<std::uint32_t>{24});
    clickBox(titled("MatMul"));
    QCOMPARE(window_->script().code().chosenLines(), std::set<std::uint32_t>{8});
}

void TestWindow::clickOnNothingSelectsNothing() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    clickBox(titled("Sum"));
    QTest::mouseClick(&window_->canvas(), Qt::LeftButton, {}, QPoint(3, 3));
    QVERIFY(!window_->document().selection());
    QVERIFY(window_->script().code().chosenLines().empty());
}

void TestWindow::altArrowsWalkTheEdges() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    window_->document().select(titled("MatMul"));
    const double position = window_->player().position();
    QTest::keyClick(&window_->canvas(), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&window_->canvas(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(window_->document().selection(), std::optional(titled("Sum")));
    QVERIFY(window_->canvas().accessibleDescription().contains(QStringLiteral("Sum, operation")));
    QCOMPARE(window_->player().position(), position);
    QTest::keyClick(&window_->canvas(), Qt::Key_Escape);
    QVERIFY(!window_->document().selection());
}

void TestWindow::wheelZoomsAndFitComesBack() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    Canvas& canvas = window_->canvas();
    const Viewport before = canvas.viewport();
    const QPointF point(150, 120), under = before.toScene(point);
    QWheelEvent wheel(point, canvas.mapToGlobal(point), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&canvas, &wheel);
    QVERIFY(canvas.viewport().scale > before.scale);
    QVERIFY((canvas.viewport().toWidget(under) - point).manhattanLength() < 1e-6);
    QTest::keyClick(&canvas, Qt::Key_F);
    QCOMPARE(canvas.viewport(), before);
}

void TestWindow::dragPans() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    Canvas& canvas = window_->canvas();
    const auto selection = window_->document().selection();
    const QPointF before = canvas.viewport().offset;
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {200, 200});
    QTest::mouseMove(&canvas, {240, 215});
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {240, 215});
    QCOMPARE(canvas.viewport().offset, before + QPointF(40, 15));
    QCOMPARE(window_->document().selection(), selection);
}

void TestWindow::themeReachesEveryPart() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    for (const QString& name : themeNames()) {
        window_->action(QStringLiteral("theme-") + name)->trigger();
        const QColor paper = themeNamed(name)[Ink::Paper];
        QVERIFY(window_->action(QStringLiteral("theme-") + name)->isChecked());
        QCOMPARE(window_->canvas().grab().toImage().pixelColor(4, window_->canvas().height() / 2), paper);
        QCOMPARE(window_->script().code().palette().color(QPalette::Base), paper);
    }
}

void TestWindow::editingSaysThatThePictureIsOlder() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    auto* bar = window_->findChild<QFrame*>(QStringLiteral("stale"));
    QVERIFY(!bar->isVisible());
    window_->script().code().setFocus();
    QTest::keyClicks(&window_->script().code(), QStringLiteral("#"));
    QVERIFY(bar->isVisible());
    QVERIFY(window_->isWindowModified());
    QVERIFY(window_->action(QStringLiteral("run"))->isEnabled());
    QTest::keyClick(&window_->script().code(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!bar->isVisible());
    QVERIFY(!window_->isWindowModified());
}

void TestWindow::outputGoesWhereItWasPrinted() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    auto* output = window_->findChild<OutputPanel*>();
    QVERIFY(output->toPlainText().contains(QStringLiteral("W: [")));
    window_->player().setPosition(0);
    window_->findChild<QDockWidget*>(QStringLiteral("outputDock"))->raise();
    const QTextCursor printed = output->document()->find(QStringLiteral("b: ["));
    QTest::mouseClick(output->viewport(), Qt::LeftButton, {}, output->cursorRect(printed).center());
    const EventIndex event = window_->document().position().event;
    QVERIFY(window_->document().timeline().getIf<Printed>(event) != nullptr);
}

void TestWindow::namesFollowThePosition() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    auto* names = window_->findChild<NamesPanel*>();
    window_->player().setPosition(window_->player().length());
    const auto atTheEnd = names->rows().size();
    QVERIFY(atTheEnd > 5);
    QCOMPARE(names->count(), static_cast<int>(atTheEnd));
    window_->player().setPosition(2);
    QVERIFY(names->rows().size() < atTheEnd);
}

void TestWindow::inspectorIsNamedAfterItsBox() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    clickBox(titled("W"));
    QCOMPARE(window_->findChild<QDockWidget*>(QStringLiteral("inspectDock"))->windowTitle(),
             QStringLiteral("W · step 2"));
}

void TestWindow::variablesTableSelects() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    auto* variables = window_->findChild<VariablesPanel*>();
    QCOMPARE(variables->topLevelItemCount(), 2);
    const QTreeWidgetItem* b = variables->topLevelItem(1);
    QCOMPARE(b->text(0), QStringLiteral("b"));
    QCOMPARE(b->text(2), QStringLiteral("step 1"));
    QVERIFY(b->text(1).contains(QStringLiteral("not asked for")));
    variables->setCurrentItem(variables->topLevelItem(1));
    QCOMPARE(window_->document().selection(), std::optional(titled("b")));
}

void TestWindow::damagedTapeIsShownAsFarAsItGoes() {
    const QString path = tapes_->write(QStringLiteral("cut.tape"), wrongSourceTrace());
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write("not a batch of events");
    file.close();
    QVERIFY(window_->openFile(path));
    QCOMPARE(window_->document().state(), Document::State::Damaged);
    QVERIFY(window_->findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
    QVERIFY(window_->player().length() > 0);
}

void TestWindow::unreadableFileIsSaid() {
    QVERIFY(!window_->openFile(QStringLiteral("/no/such/file.py")));
    QVERIFY(window_->findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
}

void TestWindow::cutPathIsShown() {
    QVERIFY(open(QStringLiteral("cut.tape"), cutPathTrace()));
    window_->player().setPosition(window_->player().length());
    const auto& marks = window_->canvas().scene().marks;
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

void TestWindow::manySteps() {
    QVERIFY(open(QStringLiteral("loop.tape"), loopTrace(1500)));
    QCOMPARE(window_->player().deck().steps.size(), std::size_t{1500});
    for (const double position : {10.0, window_->player().length() / 2, window_->player().length()}) {
        window_->player().setPosition(position);
        QVERIFY(!window_->canvas().scene().marks.empty());
    }
    QVERIFY(!window_->transport().grab().isNull());
}

void TestWindow::everyWidgetHasAName() {
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    for (const QWidget* widget : window_->findChildren<QWidget*>()) {
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
    window_->resize(size);
    QVERIFY(open(QStringLiteral("run.tape"), wrongSourceTrace()));
    QCoreApplication::processEvents();
    QCOMPARE(window_->size(), size);
    for (const QLabel* label : window_->findChildren<QLabel*>()) {
        if (!label->isVisible()) continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool fits =
            label->height() >= needed && (label->wordWrap() || label->width() >= label->sizeHint().width());
        QVERIFY2(fits, qPrintable(label->text()));
    }
    for (const QPushButton* button : window_->findChildren<QPushButton*>()) {
        if (button->isVisible())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
}

void TestWindow::resetLayoutShowsAllPanels() {
    for (auto* dock : window_->findChildren<QDockWidget*>()) dock->close();
    window_->action(QStringLiteral("resetLayout"))->trigger();
    for (auto* dock : window_->findChildren<QDockWidget*>())
        QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
