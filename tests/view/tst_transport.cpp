// SPDX-License-Identifier: Apache-2.0
// The tape deck in the window: keys, buttons, scrubbing, diamonds. Waits for signals, never for time.
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup() { on_.reset(); }
    void playsToTheEnd();
    void keysMoveTheDeck();
    void bracketsJumpBetweenFindings();
    void scrubsBothWays();
    void spaceOnAButtonPressesIt();
    void keysInTheEditorEdit();
    void diamondSeeksToItsFinding();
    void manySteps();

private:
    std::unique_ptr<OpenWindow> on_;
};

void TestTransport::playsToTheEnd() {
    QVERIFY(on_->openWrongSource());
    on_->window.player().setSpeed(Player::fastest);
    on_->window.player().setPosition(on_->beatCount() - 4);
    QSignalSpy arrived(&on_->window.player(), &Player::arrived);
    QTest::keyClick(&on_->window, Qt::Key_Space);
    QVERIFY(on_->window.player().playing());
    QVERIFY(arrived.wait(patience));
    QCOMPARE(on_->window.player().position(), on_->window.player().length());
    const QString place = on_->window.transport().place();
    QCOMPARE(place, QStringLiteral("Step 2 / 2 · event %1 / %1").arg(on_->beatCount()));
}

void TestTransport::keysMoveTheDeck() {
    QVERIFY(on_->openWrongSource());
    on_->window.setReducedMotion(true);
    const Player& player = on_->window.player();
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
        QTest::keyClick(&on_->window.canvas(), static_cast<Qt::Key>(row.key), row.modifiers);
        QCOMPARE(player.position(), row.position);
    }
}

void TestTransport::bracketsJumpBetweenFindings() {
    QVERIFY(on_->openWrongSource());
    QTest::keyClick(&on_->window.canvas(), Qt::Key_Home);
    const auto& findings = on_->window.document().findings();
    QTest::keyClick(&on_->window.canvas(), Qt::Key_BracketRight);
    const EventIndex first = on_->window.document().position().event;
    QVERIFY(std::ranges::find(findings, first, &Finding::event) != findings.end());
    QTest::keyClick(&on_->window.canvas(), Qt::Key_BracketRight);
    QVERIFY(on_->window.document().position().event > first);
    QTest::keyClick(&on_->window.canvas(), Qt::Key_BracketLeft);
    QCOMPARE(on_->window.document().position().event, first);
}

void TestTransport::scrubsBothWays() {
    QVERIFY(on_->openWrongSource());
    Lanes& lanes = on_->window.transport().lanes();
    const auto at = [&](double position) { return QPoint(static_cast<int>(std::round(lanes.xAt(position))), 90); };
    const double nearly = lanes.positionAt(at(10).x() + 1) - lanes.positionAt(at(10).x());  // a pixel's worth
    QTest::mousePress(&lanes, Qt::LeftButton, {}, at(5));
    QVERIFY(std::abs(on_->window.player().position() - 5) <= nearly);
    for (const double position : {12.0, 18.0, 7.0, 3.0}) {
        QTest::mouseMove(&lanes, at(position));
        QVERIFY(std::abs(on_->window.player().position() - position) <= nearly);
    }
    QTest::mouseRelease(&lanes, Qt::LeftButton, {}, at(3));
    QTest::mouseMove(&lanes, at(15));
    QVERIFY(std::abs(on_->window.player().position() - 3) <= nearly);
}

void TestTransport::spaceOnAButtonPressesIt() {
    QVERIFY(on_->openWrongSource());
    on_->window.setReducedMotion(true);
    on_->window.player().setPosition(5);
    auto* back = on_->window.findChild<QPushButton*>(QStringLiteral("back"));
    back->setFocus();
    QTest::keyClick(back, Qt::Key_Space);
    QVERIFY(!on_->window.player().playing());
    QCOMPARE(on_->window.player().position(), 4.0);
}

void TestTransport::keysInTheEditorEdit() {
    QVERIFY(on_->openWrongSource());
    const double position = on_->window.player().position();
    on_->window.script().code().setFocus();
    on_->window.script().code().moveCursor(QTextCursor::End);
    QTest::keyClicks(&on_->window.script().code(), QStringLiteral("f [x]"));
    QTest::keyClick(&on_->window.script().code(), Qt::Key_Left);
    QVERIFY(on_->window.script().text().endsWith(QStringLiteral("f [x]")));
    QCOMPARE(on_->window.player().position(), position);
    on_->window.script().setSaved();
}

void TestTransport::diamondSeeksToItsFinding() {
    QVERIFY(on_->openWrongSource());
    Lanes& lanes = on_->window.transport().lanes();
    on_->window.player().setPosition(0);
    const Diamond diamond = on_->window.player().deck().diamonds.front();
    // Search the column for the diamond: where it stands in its lane is the painter's business.
    const int x = static_cast<int>(std::round(lanes.xAt(diamond.position)));
    int y = 0;
    while (y < lanes.height() && lanes.diamondAt(QPointF(x, y)) != 0) ++y;
    QVERIFY(y < lanes.height());
    QTest::mouseClick(&lanes, Qt::LeftButton, {}, {x, y});
    QCOMPARE(on_->window.document().position().event, on_->window.document().findings()[diamond.finding].event);
}

void TestTransport::manySteps() {
    QVERIFY(on_->open(QStringLiteral("loop.tape"), loopTrace(1500)));
    QCOMPARE(on_->window.player().deck().steps.size(), std::size_t{1500});
    for (const double position : {10.0, on_->window.player().length() / 2, on_->window.player().length()}) {
        on_->window.player().setPosition(position);
        QVERIFY(!on_->window.canvas().scene().marks.empty());
    }
    QVERIFY(!on_->window.transport().grab().isNull());
}

QTEST_MAIN(TestTransport)
#include "tst_transport.moc"
