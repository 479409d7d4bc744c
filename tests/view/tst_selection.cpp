// SPDX-License-Identifier: Apache-2.0
// Choosing in one part of the window shows in the others: cards, lines, boxes, names, tables.
#include <QPushButton>
#include <QTextBlock>
#include <QtTest>
#include <algorithm>

#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

/// Is the line among those on the screen?
bool sees(const QPlainTextEdit& editor, std::uint32_t line) {
    const auto row = [&editor](int y) { return editor.cursorForPosition({1, y}).blockNumber() + 1; };
    const int wanted = static_cast<int>(line);
    return row(1) <= wanted && wanted <= row(editor.viewport()->height() - 1);
}

}  // namespace

class TestSelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup() { on_.reset(); }
    void cardSeeksToItsFinding();
    void clickOnALineSelectsItsBoxes();
    void clickOnABoxShowsItsLine();
    void clickOnNothingSelectsNothing();
    void altArrowsWalkTheEdges();
    void wheelZoomsAndFitComesBack();
    void dragPans();
    void outputGoesWhereItWasPrinted();
    void namesFollowThePosition();
    void inspectorIsNamedAfterItsBox();
    void variablesTableSelects();
    void finiteDifferencesOnDemand();
    void searchFindsBoxesAndLines();
    void searchFromTheEditorFindsWords();

private:
    std::unique_ptr<OpenWindow> on_;
};

void TestSelection::cardSeeksToItsFinding() {
    QVERIFY(on_->openWrongSource());
    const auto& findings = on_->window.document().findings();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        on_->window.player().setPosition(0);
        FindingCard* card = on_->window.doctor().cards()[i];
        card->setFocus();
        QTest::keyClick(card, Qt::Key_Return);
        QVERIFY(on_->provesAt(findings[i]));
        on_->window.player().setPosition(0);
        QTest::mouseClick(card->findChild<QPushButton*>(QStringLiteral("link")), Qt::LeftButton);
        QVERIFY(on_->provesAt(findings[i]));
        QVERIFY(sees(on_->window.script().code(), findings[i].line));
    }
}

void TestSelection::clickOnALineSelectsItsBoxes() {
    QVERIFY(on_->openWrongSource());
    CodeEdit& code = on_->window.script().code();
    const QTextCursor cursor(code.document()->findBlockByNumber(23));  // the sum of the second step
    code.show(24);
    QTest::mouseClick(code.viewport(), Qt::LeftButton, {}, code.cursorRect(cursor).center());
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Sum")));
    QCOMPARE(code.chosenLines(), std::set<std::uint32_t>{24});
}

void TestSelection::clickOnABoxShowsItsLine() {
    QVERIFY(on_->openWrongSource());
    on_->clickBox(on_->titled("Sum"));
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Sum")));
    QCOMPARE(on_->window.script().code().chosenLines(), std::set<std::uint32_t>{24});
    on_->clickBox(on_->titled("MatMul"));
    QCOMPARE(on_->window.script().code().chosenLines(), std::set<std::uint32_t>{8});
}

void TestSelection::clickOnNothingSelectsNothing() {
    QVERIFY(on_->openWrongSource());
    on_->clickBox(on_->titled("Sum"));
    QTest::mouseClick(&on_->window.canvas(), Qt::LeftButton, {}, QPoint(3, 3));
    QVERIFY(!on_->window.document().selection());
    QVERIFY(on_->window.script().code().chosenLines().empty());
}

void TestSelection::altArrowsWalkTheEdges() {
    QVERIFY(on_->openWrongSource());
    on_->window.document().select(on_->titled("MatMul"));
    const double position = on_->window.player().position();
    QTest::keyClick(&on_->window.canvas(), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&on_->window.canvas(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Sum")));
    QTRY_VERIFY(on_->window.canvas().accessibleDescription().contains(QStringLiteral("Sum, operation")));
    QCOMPARE(on_->window.player().position(), position);
    QTest::keyClick(&on_->window.canvas(), Qt::Key_Escape);
    QVERIFY(!on_->window.document().selection());
}

void TestSelection::wheelZoomsAndFitComesBack() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
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

void TestSelection::dragPans() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    const auto selection = on_->window.document().selection();
    const QPointF before = canvas.viewport().offset;
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {200, 200});
    QTest::mouseMove(&canvas, {240, 215});
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {240, 215});
    QCOMPARE(canvas.viewport().offset, before + QPointF(40, 15));
    QCOMPARE(on_->window.document().selection(), selection);
}

void TestSelection::outputGoesWhereItWasPrinted() {
    QVERIFY(on_->openWrongSource());
    auto* output = on_->window.findChild<OutputPanel*>();
    QVERIFY(output->toPlainText().contains(QStringLiteral("W: [")));
    on_->window.player().setPosition(0);
    on_->window.findChild<QDockWidget*>(QStringLiteral("outputDock"))->raise();
    const QTextCursor printed = output->document()->find(QStringLiteral("b: ["));
    QTest::mouseClick(output->viewport(), Qt::LeftButton, {}, output->cursorRect(printed).center());
    const EventIndex event = on_->window.document().position().event;
    QVERIFY(on_->window.document().timeline().getIf<Printed>(event) != nullptr);
}

void TestSelection::namesFollowThePosition() {
    QVERIFY(on_->openWrongSource());
    auto* names = on_->window.findChild<NamesPanel*>();
    on_->window.player().setPosition(on_->window.player().length());
    const auto atTheEnd = names->rows().size();
    QVERIFY(atTheEnd > 5);
    QCOMPARE(names->count(), static_cast<int>(atTheEnd));
    on_->window.player().setPosition(2);
    QVERIFY(names->rows().size() < atTheEnd);
}

void TestSelection::inspectorIsNamedAfterItsBox() {
    QVERIFY(on_->openWrongSource());
    on_->clickBox(on_->titled("W"));
    QCOMPARE(on_->window.findChild<QDockWidget*>(QStringLiteral("inspectDock"))->windowTitle(),
             QStringLiteral("W · step 2"));
}

void TestSelection::variablesTableSelects() {
    QVERIFY(on_->openWrongSource());
    auto* variables = on_->window.findChild<VariablesPanel*>();
    QCOMPARE(variables->topLevelItemCount(), 2);
    const QTreeWidgetItem* b = variables->topLevelItem(1);
    QCOMPARE(b->text(0), QStringLiteral("b"));
    QCOMPARE(b->text(2), QStringLiteral("1"));
    QVERIFY(b->text(1).contains(QStringLiteral("not asked for")));
    variables->setCurrentItem(variables->topLevelItem(1));
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("b")));
}

/// W has a gradient in the first step: of the sum of X·W + b, the sums of the columns of X.
void TestSelection::finiteDifferencesOnDemand() {
    QVERIFY(on_->openWrongSource());
    const Timeline& timeline = on_->window.document().timeline();
    on_->window.document().seek({timeline.steps()[0].end - 1, 1});
    on_->window.document().select(on_->titled("W"));
    auto* inspector = on_->window.findChild<Inspector*>(QStringLiteral("inspector"));
    auto* check = inspector->findChild<QPushButton*>(QStringLiteral("check"));
    QVERIFY(check != nullptr);
    QTest::mouseClick(check, Qt::LeftButton);
    const QString said = inspector->findChild<QLabel*>(QStringLiteral("checked"))->text();
    QCOMPARE(said.count(QStringLiteral("✓")), 4);
    QVERIFY2(said.contains(QStringLiteral("element 1: gradient 4, difference 4")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("element 4: gradient 6, difference 6")), qPrintable(said));
    // In the second step nobody asked for it.
    on_->window.document().seek({timeline.size() - 1, 1});
    QVERIFY(inspector->findChild<QPushButton*>(QStringLiteral("check")) == nullptr);
}

void TestSelection::searchFindsBoxesAndLines() {
    QVERIFY(on_->openWrongSource());
    QTest::keyClick(&on_->window.canvas(), Qt::Key_F, Qt::ControlModifier);
    auto* search = on_->window.findChild<QLineEdit*>(QStringLiteral("search"));
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("matmul"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("MatMul")));
    QTest::keyClick(search, Qt::Key_Return);  // there is but one: round the end it comes again
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("MatMul")));
    search->clear();
    QTest::keyClicks(search, QStringLiteral("24"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(on_->window.document().selection(), std::optional(on_->titled("Sum")));
    QCOMPARE(on_->window.script().code().chosenLines(), std::set<std::uint32_t>{24});
    search->clear();
    QTest::keyClicks(search, QStringLiteral("nowhere to be found"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(search->property("missed").toBool());
}

void TestSelection::searchFromTheEditorFindsWords() {
    QVERIFY(on_->openWrongSource());
    CodeEdit& code = on_->window.script().code();
    code.setFocus();
    code.moveCursor(QTextCursor::Start);
    QTest::keyClick(&code, Qt::Key_F, Qt::ControlModifier);
    auto* search = on_->window.findChild<QLineEdit*>(QStringLiteral("search"));
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("reduce_sum"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(code.textCursor().selectedText(), QStringLiteral("reduce_sum"));
    const int first = code.textCursor().position();
    on_->window.action(QStringLiteral("findNext"))->trigger();
    QVERIFY(code.textCursor().position() != first);
}

QTEST_MAIN(TestSelection)
#include "tst_selection.moc"
