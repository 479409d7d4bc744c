// SPDX-License-Identifier: Apache-2.0
// Pointing at something: a line lights its boxes up and a box its line; nothing is chosen. And what must not be hidden:
// long lines, boxes under the overview, what proves a finding.
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

#include "app/layout/curve.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

void pointAt(QWidget& widget, QPointF point) {
    QMouseEvent move(QEvent::MouseMove, point, widget.mapToGlobal(point), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &move);
}

void leave(QWidget& widget) {
    QEvent event(QEvent::Leave);
    QApplication::sendEvent(&widget, &event);
}

}  // namespace

class TestHover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup() { on_.reset(); }
    void aLineLightsItsBoxes();
    void aBoxLightsItsLine();
    void theLegendHidesWhatIsBelowIt();
    void anotherRunForgetsIt();
    void anEdgeSaysItsShape();
    void longLinesGoOnBelow();
    void longLinesLightUpWhole();
    void wrappingIsRemembered();
    void theOverviewHidesNoBox();
    void whySaysWhatProvesIt();

private:
    CodeEdit& code() { return on_->window.script().code(); }
    QPointF middleOf(std::uint32_t line) {
        code().show(line);
        QTextCursor cursor(code().document()->findBlockByNumber(static_cast<int>(line) - 1));
        return code().cursorRect(cursor).center();
    }
    int halos() {
        on_->window.canvas().present();
        const auto& marks = on_->window.canvas().scene().marks;
        return static_cast<int>(std::ranges::count_if(marks, [](const Mark& mark) {
            const auto* shape = std::get_if<ShapeMark>(&mark);
            return shape && shape->fill == Ink::ForwardSoft;
        }));
    }
    std::unique_ptr<OpenWindow> on_;
};

void TestHover::aLineLightsItsBoxes() {
    QVERIFY(on_->openWrongSource());
    on_->window.document().select(std::nullopt);
    on_->window.player().setPosition(on_->window.player().length());
    const int before = halos();
    pointAt(*code().viewport(), middleOf(8));  // of the function that both steps call: MatMul and Add
    QCOMPARE(halos(), before + 2);
    QVERIFY(!on_->window.document().selection());
    leave(code());
    QCOMPARE(halos(), before);
}

void TestHover::aBoxLightsItsLine() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    canvas.fit();
    const auto selected = on_->window.document().selection();
    const QRectF box = canvas.layout().boxes.at(on_->titled("MatMul"));
    pointAt(canvas, canvas.viewport().toWidget(box.center()));
    QCOMPARE(code().hoveredLine(), 8U);
    QCOMPARE(on_->window.document().selection(), selected);
    leave(canvas);
    QCOMPARE(code().hoveredLine(), 0U);
}

/// The row of the legend lies over the picture: a box under it is neither pointed at nor chosen.
void TestHover::theLegendHidesWhatIsBelowIt() {
    QVERIFY(on_->openWrongSource());
    on_->window.document().select(std::nullopt);
    Canvas& canvas = on_->window.canvas();
    canvas.fit();
    const QPointF low(canvas.width() / 2.0, canvas.height() - 8.0);
    const QRectF box = canvas.onWidget(canvas.layout().boxes.at(on_->titled("MatMul")));
    QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(5, 5));
    for (const int part : {2, 1}) {  // drags the box below the legend
        const QPointF to = QPointF(5, 5) + (low - box.center()) / part;
        QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&canvas, &move);
    }
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(5, 5));
    QVERIFY(canvas.onWidget(canvas.layout().boxes.at(on_->titled("MatMul"))).contains(low));
    pointAt(canvas, low);
    QCOMPARE(code().hoveredLine(), 0U);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, low.toPoint());
    QVERIFY(!on_->window.document().selection());
}

void TestHover::anotherRunForgetsIt() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    canvas.fit();
    pointAt(canvas, canvas.onWidget(canvas.layout().boxes.at(on_->titled("MatMul"))).center());
    QCOMPARE(code().hoveredLine(), 8U);
    QVERIFY(on_->openWrongSource());
    QCOMPARE(code().hoveredLine(), 0U);
    on_->window.document().select(std::nullopt);
    on_->window.player().setPosition(on_->window.player().length());
    QCOMPARE(halos(), 0);
}

void TestHover::anEdgeSaysItsShape() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    canvas.fit();
    const StepGraph& graph = canvas.graph();
    const auto edge = std::ranges::find_if(graph.values, [&graph](const ValueEdge& one) {
        return graph.boxes[one.from].title == "Add" && graph.boxes[one.to].title == "Sum";
    });
    QVERIFY(edge != graph.values.end());
    const Curve& curve = canvas.layout().values[static_cast<std::size_t>(edge - graph.values.begin())];
    pointAt(canvas, canvas.viewport().toWidget(tapescope::pointAt(curve, 0.5).at));
    QCOMPARE(canvas.toolTip(), QStringLiteral("2×2 from Add to Sum"));
}

void TestHover::longLinesGoOnBelow() {
    QVERIFY(on_->openWrongSource());
    QVERIFY(code().wrapping());
    code().setPlainText(QStringLiteral("x = 1\n") + QStringLiteral("loss = ") + QStringLiteral("a + ").repeated(80));
    QTRY_VERIFY(code().document()->findBlockByNumber(1).layout()->lineCount() > 2);
    QCOMPARE(code().horizontalScrollBar()->maximum(), 0);
    QTest::keyClick(&on_->window, Qt::Key_Z, Qt::AltModifier);
    QVERIFY(!code().wrapping());
    QTRY_COMPARE(code().document()->findBlockByNumber(1).layout()->lineCount(), 1);
    QVERIFY(code().horizontalScrollBar()->maximum() > 0);
}

/// Also one that nobody has seen yet, and that therefore had no rows.
void TestHover::longLinesLightUpWhole() {
    code().setPlainText(QStringLiteral("x = 1\n").repeated(300) + QStringLiteral("a + ").repeated(80));
    code().setHoveredLine(301);
    const int lit = static_cast<int>(code().extraSelections().size());
    QVERIFY2(lit > 2, qPrintable(QString::number(lit)));
    code().show(301);
    QCOMPARE(code().document()->findBlockByNumber(300).layout()->lineCount(), lit);
}

void TestHover::wrappingIsRemembered() {
    on_->window.setWrapping(false);
    on_->window.close();
    on_ = std::make_unique<OpenWindow>();
    QVERIFY(!code().wrapping());
    QVERIFY(!on_->window.action(QStringLiteral("wrap"))->isChecked());
    on_->window.setWrapping(true);
    on_->window.close();
}

/// Wherever the picture is dragged to: as long as there is a corner without boxes, the overview stands in one.
void TestHover::theOverviewHidesNoBox() {
    QVERIFY(on_->openWrongSource());
    Canvas& canvas = on_->window.canvas();
    canvas.fit();
    canvas.zoom(1.4);
    const auto hides = [&canvas](const QRectF& map) {
        const auto& boxes = canvas.layout().boxes;
        return std::ranges::any_of(boxes, [&](const auto& box) { return canvas.onWidget(box.second).intersects(map); });
    };
    int seen = 0, moved = 0, roomy = 0;
    QPointF corner;
    for (int i = 0; i < 12; ++i) {
        const QPoint from(canvas.width() / 2, canvas.height() / 2), by(i % 2 == 0 ? 70 : -55, i % 3 == 0 ? -60 : 45);
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        for (const int part : {2, 1}) {
            const QPointF to = from + by / part;
            QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(&canvas, &move);
        }
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, from + by);
        if (!canvas.mapShown()) continue;
        const QRectF map = canvas.mapRect();
        const double right = canvas.width() - map.width() - 14, bottom = canvas.height() - map.height() - 14;
        bool free = false;
        for (const QPointF place : {QPointF(14, 14), QPointF(right, 14), QPointF(14, bottom), QPointF(right, bottom)})
            free = free || !hides(QRectF(place, map.size()).adjusted(-4, -4, 4, 4));
        roomy += free ? 1 : 0;
        QVERIFY2(!free || !hides(map), "a corner is free, and the overview hides a box");
        moved += seen++ > 0 && corner != map.topLeft() ? 1 : 0;
        corner = map.topLeft();
    }
    QVERIFY(roomy > 0);
    QVERIFY2(moved <= seen / 2, "it jumps about");
}

void TestHover::whySaysWhatProvesIt() {
    QVERIFY(on_->openWrongSource());
    FindingCard* card = on_->window.doctor().cards().front();
    auto* proof = card->findChild<QLabel*>(QStringLiteral("proof"));
    QVERIFY(proof != nullptr && proof->isHidden());
    const auto links = card->findChildren<QPushButton*>(QStringLiteral("link"));
    const auto why = std::ranges::find_if(links, [](QPushButton* one) { return one->text() == QLatin1String("Why?"); });
    QVERIFY(why != links.end());
    QTest::mouseClick(*why, Qt::LeftButton);
    QVERIFY(!proof->isHidden());
    QVERIFY2(proof->text().contains(QStringLiteral("Step 2, line")), qPrintable(proof->text()));
    QSignalSpy chosen(&on_->window.doctor(), &Doctor::eventChosen);
    const EventIndex event = on_->window.document().findings().front().evidence.front();
    Q_EMIT proof->linkActivated(QString::number(event));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(on_->window.document().position().event, event);
    QTest::mouseClick(*why, Qt::LeftButton);
    QVERIFY(proof->isHidden());
}

QTEST_MAIN(TestHover)
#include "tst_hover.moc"
