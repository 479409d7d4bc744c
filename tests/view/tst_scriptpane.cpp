// SPDX-License-Identifier: Apache-2.0
// The script beside the picture: marks in the margin, the line of the event, stale text, highlighting.
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>
#include <QtTest>
#include <algorithm>

#include "app/view/scriptpane.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/sampletape.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestScriptPane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheScript();
    void tapesMarkWhatTheyRecorded();
    void mistakesStandOnTheirLines();
    void followsThePosition();
    void editingMakesItStale();
    void undoMakesItFreshAgain();
    void blanksStayWhatTheyAre();
    void clickingALineSaysWhich();
    void staleLinesAreNotChosen();
    void enterKeepsTheIndentation();
    void tabIsBlanks();
    void keywordsAndStrings();
    void tripleQuotesSpanLines();

private:
    QColor colourAt(const QString& word) const;

    std::unique_ptr<SampleTapes> tapes_;
    std::unique_ptr<Appearance> appearance_;
    std::unique_ptr<Document> document_;
    std::unique_ptr<ScriptPane> pane_;
};

void TestScriptPane::init() {
    tapes_ = std::make_unique<SampleTapes>();
    appearance_ = std::make_unique<Appearance>();
    document_ = std::make_unique<Document>();
    pane_ = std::make_unique<ScriptPane>(*document_, *appearance_);
    QVERIFY(document_->open(tapes_->write(QStringLiteral("run.tape"), wrongSourceTrace())));
    pane_->reload();
    pane_->resize(500, 400);
    pane_->show();
    QVERIFY(QTest::qWaitForWindowExposed(pane_.get()));
}

void TestScriptPane::cleanup() {
    pane_.reset();
    document_.reset();
    appearance_.reset();
}

void TestScriptPane::showsTheScript() {
    QCOMPARE(pane_->text(), QString::fromStdString(wrongSourceScript()));
    QVERIFY(!pane_->stale());
    QVERIFY(!pane_->modified());
}

void TestScriptPane::tapesMarkWhatTheyRecorded() {
    const CodeMarks marks = codeMarksOf(document_->timeline(), {});
    std::set<std::uint32_t> lines;
    for (const auto& tape : marks.tapes) lines.insert(tape.begin(), tape.end());
    // Both with blocks and the line of the function that they call.
    const std::set<std::uint32_t> expected{8, 15, 16, 17, 22, 23, 24, 25, 26};
    QCOMPARE(lines, expected);
    QCOMPARE(marks.tapes.size(), std::size_t{2});  // side by side: both recorded line 8
}

void TestScriptPane::mistakesStandOnTheirLines() {
    const CodeMarks marks = codeMarksOf(document_->timeline(), document_->findings());
    QCOMPARE(marks.mistakes.size(), document_->findings().size());
    for (std::size_t i = 0; i < marks.mistakes.size(); ++i) {
        QCOMPARE(marks.mistakes[i].line, document_->findings()[i].line);
    }
    int waves = 0;
    for (const auto& selection : pane_->code().extraSelections()) {
        waves += selection.format.underlineStyle() == QTextCharFormat::WaveUnderline ? 1 : 0;
    }
    const auto onLines = std::ranges::count_if(marks.mistakes, [](const auto& mistake) { return mistake.line > 0; });
    QCOMPARE(static_cast<std::ptrdiff_t>(waves), onLines);
}

void TestScriptPane::followsThePosition() {
    for (const EventIndex event : document_->timeline().beats()) {
        document_->seek({event, 1});
        QCOMPARE(pane_->code().currentLine(), document_->timeline().lineAt(event));
    }
}

void TestScriptPane::editingMakesItStale() {
    QSignalSpy stale(pane_.get(), &ScriptPane::staleChanged);
    pane_->code().setFocus();
    pane_->code().moveCursor(QTextCursor::End);
    QTest::keyClicks(&pane_->code(), QStringLiteral("x"));
    QVERIFY(pane_->stale());
    QVERIFY(pane_->modified());
    QCOMPARE(stale.count(), 1);
    QVERIFY(pane_->findChild<QFrame*>(QStringLiteral("stale"))->isVisible());
    QCOMPARE(pane_->code().currentLine(), 0U);
}

void TestScriptPane::undoMakesItFreshAgain() {
    editingMakesItStale();
    pane_->code().undo();
    QVERIFY(!pane_->stale());
    QVERIFY(!pane_->findChild<QFrame*>(QStringLiteral("stale"))->isVisible());
    QVERIFY(pane_->code().currentLine() > 0);
}

/// A no-break space comes along when code is copied from a page; Python refuses it outside of texts and comments.
void TestScriptPane::blanksStayWhatTheyAre() {
    LogBuilder log{"x = 1  # no\u00a0break\n\tvertical\u2028line\n", "blanks.py"};
    QVERIFY(document_->open(tapes_->write(QStringLiteral("blanks.tape"), log.events())));
    pane_->reload();
    QCOMPARE(pane_->text(), document_->script());
    QVERIFY(!pane_->stale());
}

void TestScriptPane::clickingALineSaysWhich() {
    QSignalSpy chosen(pane_.get(), &ScriptPane::lineChosen);
    pane_->code().verticalScrollBar()->setValue(5);  // in sight, whatever the font
    const QTextCursor cursor(pane_->code().document()->findBlockByNumber(7));
    QTest::mouseClick(pane_->code().viewport(), Qt::LeftButton, {}, pane_->code().cursorRect(cursor).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toUInt(), 8U);
}

void TestScriptPane::staleLinesAreNotChosen() {
    pane_->code().insertPlainText(QStringLiteral("\n"));
    QSignalSpy chosen(pane_.get(), &ScriptPane::lineChosen);
    QTest::mouseClick(pane_->code().viewport(), Qt::LeftButton, {}, QPoint(40, 40));
    QCOMPARE(chosen.count(), 0);
}

void TestScriptPane::enterKeepsTheIndentation() {
    pane_->code().setPlainText(QStringLiteral("for x in y:"));
    pane_->code().moveCursor(QTextCursor::End);
    QTest::keyClick(&pane_->code(), Qt::Key_Return);
    QTest::keyClicks(&pane_->code(), QStringLiteral("a"));
    QTest::keyClick(&pane_->code(), Qt::Key_Return);
    QTest::keyClicks(&pane_->code(), QStringLiteral("b"));
    QCOMPARE(pane_->text(), QStringLiteral("for x in y:\n    a\n    b"));
}

void TestScriptPane::tabIsBlanks() {
    pane_->code().setPlainText(QStringLiteral("ab"));
    pane_->code().moveCursor(QTextCursor::End);
    QTest::keyClick(&pane_->code(), Qt::Key_Tab);
    QCOMPARE(pane_->text(), QStringLiteral("ab  "));
}

QColor TestScriptPane::colourAt(const QString& word) const {
    const QTextCursor found = pane_->code().document()->find(word);
    const QTextBlock block = found.block();
    const int place = found.selectionStart() - block.position();
    for (const auto& range : block.layout()->formats()) {
        if (range.start <= place && place < range.start + range.length) return range.format.foreground().color();
    }
    return {};
}

void TestScriptPane::keywordsAndStrings() {
    pane_->code().setPlainText(QStringLiteral("for a in b:\n    c = 'for if' + 12  # while\n    d = format\n"));
    const Appearance& ink = *appearance_;
    QCOMPARE(colourAt(QStringLiteral("for a")), ink[Ink::Forward]);
    QCOMPARE(colourAt(QStringLiteral("if'")), ink[Ink::Update]);
    QCOMPARE(colourAt(QStringLiteral("12")), ink[Ink::State]);
    QCOMPARE(colourAt(QStringLiteral("while")), ink[Ink::Muted]);
    QCOMPARE(colourAt(QStringLiteral("format")), QColor());
}

void TestScriptPane::tripleQuotesSpanLines() {
    pane_->code().setPlainText(QStringLiteral("a = \"\"\"one\nfor two\nthree\"\"\"\nif b: pass\n"));
    const Appearance& ink = *appearance_;
    QCOMPARE(colourAt(QStringLiteral("two")), ink[Ink::Update]);
    QCOMPARE(colourAt(QStringLiteral("three")), ink[Ink::Update]);
    QCOMPARE(colourAt(QStringLiteral("if b")), ink[Ink::Forward]);
}

QTEST_MAIN(TestScriptPane)
#include "tst_scriptpane.moc"
