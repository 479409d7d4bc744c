// SPDX-License-Identifier: Apache-2.0
// Panning, zooming and fitting: what is under the hand stays under it.
#include <QtTest>

#include "app/view/viewport.h"

using namespace tapescope;

class TestViewport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void zoomKeepsWhatIsUnderThePoint_data();
    void zoomKeepsWhatIsUnderThePoint();
    void zoomHasEnds();
    void fitShowsAllInTheMiddle();
    void fitNeverEnlargesBeyond();
    void panMovesByAsMuch();
};

void TestViewport::roundTrip() {
    const Viewport view{.scale = 1.5, .offset = {20, -30}};
    QCOMPARE(view.toScene(view.toWidget(QPointF(7, 11))), QPointF(7, 11));
}

void TestViewport::zoomKeepsWhatIsUnderThePoint_data() {
    QTest::addColumn<double>("factor");
    QTest::newRow("in") << 1.2;
    QTest::newRow("out") << 0.5;
    QTest::newRow("beyond the end") << 100.0;
}

void TestViewport::zoomKeepsWhatIsUnderThePoint() {
    QFETCH(double, factor);
    Viewport view{.scale = 0.8, .offset = {15, 40}};
    const QPointF point(200, 100), under = view.toScene(point);
    view.zoom(factor, point);
    QVERIFY((view.toWidget(under) - point).manhattanLength() < 1e-9);
}

void TestViewport::zoomHasEnds() {
    Viewport view;
    view.zoom(1e9, {});
    QCOMPARE(view.scale, Viewport::largest);
    view.zoom(1e-9, {});
    QCOMPARE(view.scale, Viewport::smallest);
}

void TestViewport::fitShowsAllInTheMiddle() {
    const QRectF bounds(-50, 10, 400, 100);
    const Viewport view = fitted(bounds, {240, 300}, 20, 2);
    QCOMPARE(view.scale, 0.5);  // (240 - 2*20) / 400
    QCOMPARE(view.toWidget(bounds.center()), QPointF(120, 150));
}

void TestViewport::fitNeverEnlargesBeyond() {
    QCOMPARE(fitted(QRectF(0, 0, 10, 10), {800, 800}, 10, 1.5).scale, 1.5);
}

void TestViewport::panMovesByAsMuch() {
    Viewport view{.scale = 3, .offset = {1, 2}};
    const QPointF before = view.toWidget({5, 5});
    view.pan({10, -4});
    QCOMPARE(view.toWidget({5, 5}), before + QPointF(10, -4));
}

QTEST_MAIN(TestViewport)
#include "tst_viewport.moc"
