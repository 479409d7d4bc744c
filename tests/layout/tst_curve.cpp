// SPDX-License-Identifier: Apache-2.0
// Paths: arc length, parts, shifting sideways, moving an end. Expectations from geometry.
#include <QLineF>
#include <QTest>
#include <array>
#include <cmath>

#include "app/layout/curve.h"

using namespace tapescope;

namespace {

Curve straight(QPointF a, QPointF b) {
    return {a, a + (b - a) / 3, a + (b - a) * 2 / 3, b};
}

bool near(QPointF a, QPointF b, double by = 0.5) {
    return QLineF(a, b).length() <= by;
}

}  // namespace

class TestCurve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengthOfALine();
    void pointsByArcLength();
    void manyPointsAreThoseOfOne();
    void partsMeet();
    void emptyPartIsEmpty();
    void besideIsToTheLeft();
    void movingAnEndLeavesTheOther();
    void cornersAreRoundedWithinTheirPoints();
    void boundsHoldThePath();
};

void TestCurve::lengthOfALine() {
    QCOMPARE(qRound(lengthOf(straight({0, 0}, {30, 40}))), 50);
    QCOMPARE(lengthOf({}), 0.0);
}

void TestCurve::pointsByArcLength() {
    // Uneven control points: the parameter runs unevenly, the arc length must not.
    const Curve uneven{{0, 0}, {90, 0}, {95, 0}, {100, 0}};
    for (const double fraction : {0.0, 0.25, 0.5, 0.75, 1.0})
        QVERIFY(near(pointAt(uneven, fraction).at, {100 * fraction, 0}));
    QCOMPARE(pointAt(straight({0, 0}, {0, 10}), 0.5).angle, 90.0);
}

void TestCurve::manyPointsAreThoseOfOne() {
    const Curve curve{{0, 0}, {0, 50}, {100, 50}, {100, 100}, {100, 150}, {0, 150}, {0, 200}};
    const std::vector<QPointF> points = pointsAlong(curve, 9);
    QCOMPARE(points.size(), std::size_t{10});
    for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i], pointAt(curve, static_cast<double>(i) / 9).at);
}

void TestCurve::partsMeet() {
    const Curve curve{{0, 0}, {0, 50}, {100, 50}, {100, 100}, {100, 150}, {0, 150}, {0, 200}};
    const Curve first = part(curve, 0, 0.37), second = part(curve, 0.37, 1);
    QVERIFY(near(first.back(), second.front(), 1e-6));
    QVERIFY(near(first.back(), pointAt(curve, 0.37).at, 1e-6));
    QVERIFY(std::abs(lengthOf(first) + lengthOf(second) - lengthOf(curve)) < 0.5);
    QCOMPARE(part(curve, 0, 1), curve);
}

void TestCurve::emptyPartIsEmpty() {
    QVERIFY(part(straight({0, 0}, {9, 0}), 0.5, 0.5).empty());
    QVERIFY(part({}, 0, 1).empty());
}

void TestCurve::besideIsToTheLeft() {
    const Curve right = beside(straight({0, 0}, {100, 0}), 10);  // to the right: left of it is up
    QVERIFY(near(right.front(), {0, -10}, 1e-6));
    QVERIFY(near(right.back(), {100, -10}, 1e-6));
    QVERIFY(pointAt(right, 0.5).at.y() < -10);
    const Curve down = beside(straight({0, 0}, {0, 100}), -10);
    QVERIFY(near(down.front(), {-10, 0}, 1e-6));
}

void TestCurve::movingAnEndLeavesTheOther() {
    Curve curve = straight({0, 0}, {100, 0});
    moveEnd(curve, CurveEnd::Finish, {100, 40});
    QCOMPARE(curve.front(), QPointF(0, 0));
    QCOMPARE(curve.back(), QPointF(100, 40));
    QVERIFY(curve[1].y() > 0 && curve[1].y() < curve[2].y());
}

void TestCurve::cornersAreRoundedWithinTheirPoints() {
    const std::array<QPointF, 4> points{QPointF(0, 0), QPointF(100, 0), QPointF(100, 100), QPointF(200, 100)};
    const Curve curve = roundedCurve(points, 20);
    QCOMPARE(curve.size() % 3, std::size_t{1});
    QCOMPARE(curve.front(), points.front());
    QCOMPARE(curve.back(), points.back());
    QVERIFY(QRectF(0, 0, 200, 100).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(boundsOf(curve)));
    QVERIFY(std::abs(lengthOf(curve) - (300 - 4 * 20 + std::acos(-1) * 20)) < 1);
}

void TestCurve::boundsHoldThePath() {
    const Curve curve{{0, 0}, {0, 50}, {100, 50}, {100, 100}};
    for (int i = 0; i <= 20; ++i) QVERIFY(boundsOf(curve).contains(pointAt(curve, i / 20.0).at));
    QVERIFY(boundsOf({}).isNull());
}

QTEST_GUILESS_MAIN(TestCurve)
#include "tst_curve.moc"
