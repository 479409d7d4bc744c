// SPDX-License-Identifier: Apache-2.0
// The parts that scenes are made of: words for numbers, free places for labels, thumbnails of values.
#include <QTest>
#include <cmath>
#include <limits>

#include "app/layout/curve.h"
#include "app/scene/labels.h"
#include "app/scene/thumbnail.h"
#include "app/scene/words.h"
#include "tests/trace/logbuilder.h"

using namespace tapescope;
using tapescope::testing::tensor;

namespace {

Value valueFrom(Shape shape, std::vector<float> numbers) {
    return valueOf(tensor(std::move(shape), std::move(numbers)));
}

}  // namespace

class TestSceneParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers();
    void valuesInFewCharacters_data();
    void valuesInFewCharacters();
    void circledNumbers();
    void lists();
    void elisionFits();
    void labelsTakeTheFirstFreePlace();
    void labelsKeepOffCurvesAndEachOther();
    void labelsWithoutRoomAreLeftOut();
    void thumbnailHasTheShape();
    void thumbnailMorphs();
    void thumbnailOfLargeValues();
    void thumbnailShowsNan();
};

void TestSceneParts::numbers() {
    QCOMPARE(numberWords(0.01), QString("0.01"));
    QCOMPARE(numberWords(-2), QString("−2"));
    QCOMPARE(numberWords(std::nan("")), QString("NaN"));
    QCOMPARE(numberWords(-std::numeric_limits<double>::infinity()), QString("−∞"));
}

void TestSceneParts::valuesInFewCharacters_data() {
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("expected");
    QTest::newRow("scalar") << valueWords(valueFrom({}, {0.5F})) << "0.5";
    QTest::newRow("ones") << valueWords(valueFrom({2, 2}, {1, 1, 1, 1})) << "ones 2×2";
    QTest::newRow("zeros") << valueWords(valueFrom({3}, {0, 0, 0})) << "zeros (3,)";
    QTest::newRow("uniform") << valueWords(valueFrom({5}, {2, 2, 2, 2, 2})) << "all 2 (5,)";
    QTest::newRow("many") << valueWords(valueFrom({5}, {3, 4, 0, 0, 0})) << "norm 5 (5,)";
}

void TestSceneParts::valuesInFewCharacters() {
    QFETCH(QString, said);
    QFETCH(QString, expected);
    QCOMPARE(said, expected);
}

void TestSceneParts::circledNumbers() {
    QCOMPARE(circled(1), QString("①"));
    QCOMPARE(circled(20), QString("⑳"));
    QCOMPARE(circled(21), QString("(21)"));
}

void TestSceneParts::lists() {
    QCOMPARE(listWords({}), QString());
    QCOMPARE(listWords({"W"}), QString("W"));
    QCOMPARE(listWords({"W", "b"}), QString("W and b"));
    QCOMPARE(listWords({"a", "b", "c"}), QString("a, b and c"));
    QCOMPARE(listWords({"a", "b", "c", "d", "e", "f", "g"}), QString("a, b, c, d and 3 more"));
}

void TestSceneParts::elisionFits() {
    const QString text = "a_rather_long_name_of_a_variable";
    QVERIFY(textSize(elided(text, 80, 12), 12).width() <= 81);
    QCOMPARE(elided(text, 1000, 12), text);
}

void TestSceneParts::labelsTakeTheFirstFreePlace() {
    Labels labels;
    labels.avoid(QRectF(0, 0, 100, 100));
    const std::vector<QPointF> places{{50, 50}, {120, 0}, {0, 120}};
    QCOMPARE(labels.place({30, 10}, places), QRectF(120, 0, 30, 10));
    QCOMPARE(labels.place({30, 10}, places), QRectF(0, 120, 30, 10));
    // Nothing is free any more: the place that covers least, never none.
    QVERIFY(labels.place({30, 10}, places).isValid());
}

void TestSceneParts::labelsKeepOffCurvesAndEachOther() {
    const Curve curve = verticalCurve({0, 0}, {0, 200});
    Labels labels;
    labels.avoid(curve);
    const QSizeF size(60, 14);
    const QRectF a = labels.place(size, Labels::beside(curve, 0.5, size, 5)),
                 b = labels.place(size, Labels::beside(curve, 0.5, size, 5));
    QVERIFY(!a.intersects(b));
    for (const QRectF& rect : {a, b}) QVERIFY(!rect.contains(pointAt(curve, 0.5).at));
    QVERIFY(!labels.liesOnLines(a));
    const QRectF crowded = labels.place(size, {{-30, 150}});  // the only place, across the curve
    QVERIFY(labels.liesOnLines(crowded) && labels.liesOnLines(crowded.adjusted(1, 1, -1, -1)));
}

void TestSceneParts::labelsWithoutRoomAreLeftOut() {
    Labels labels;
    labels.avoid(QRectF(0, 0, 100, 100));
    QVERIFY(!labels.placeWithRoom({20, 10}, {{10, 10}, {50, 50}}));
    labels.avoid(Curve{{200, 0}, {200, 30}, {200, 60}, {200, 100}});
    const auto onLine = labels.placeWithRoom({20, 10}, {{10, 10}, {190, 50}});
    QCOMPARE(onLine.value_or(QRectF()), QRectF(190, 50, 20, 10));
    QVERIFY(labels.liesOnLines(*onLine));
    QVERIFY2(!labels.placeWithRoom({20, 10}, {{190, 50}}), "other words are there");
}

void TestSceneParts::thumbnailHasTheShape() {
    const Value value = valueFrom({2, 3}, {1, 2, 3, 4, 5, 6});
    const auto heat = thumbnail({0, 0, 30, 30}, value, value, 1);
    QVERIFY(heat);
    QCOMPARE(heat->rows, 2);
    QCOMPARE(heat->columns, 3);
    QCOMPARE(heat->cells.front(), 0.0);
    QCOMPARE(heat->cells.back(), 1.0);
    QVERIFY(QRectF(0, 0, 30, 30).contains(heat->rect));
    QCOMPARE(thumbnail({0, 0, 30, 30}, valueFrom({}, {7}), valueFrom({}, {7}), 1)->cells.size(), std::size_t{1});
    QVERIFY(!thumbnail({0, 0, 30, 30}, {}, {}, 1));
}

void TestSceneParts::thumbnailMorphs() {
    const Value before = valueFrom({2}, {0, 1}), after = valueFrom({2}, {1, 0});
    const std::vector<double> half = thumbnail({0, 0, 30, 30}, before, after, 0.5)->cells;
    QCOMPARE(half, std::vector<double>({0.5, 0.5}));
    QCOMPARE(thumbnail({0, 0, 30, 30}, before, after, 0)->cells, std::vector<double>({0, 1}));
    QCOMPARE(thumbnail({0, 0, 30, 30}, before, after, 1)->cells, std::vector<double>({1, 0}));
}

void TestSceneParts::thumbnailOfLargeValues() {
    const Value blocks = valueFrom({16, 16}, [] {
        std::vector<float> numbers(256, 0.0F);
        for (std::size_t i = 0; i < 128; ++i) numbers[i] = 1;
        return numbers;
    }());
    const auto heat = thumbnail({0, 0, 30, 30}, blocks, blocks, 1);
    QCOMPARE(heat->rows, 8);
    QCOMPARE(heat->columns, 8);
    QCOMPARE(heat->cells[0], 1.0);
    QCOMPARE(heat->cells[63], 0.0);
    const Value summary = valueFrom({100, 100}, std::vector<float>(10000, 2.0F));
    QVERIFY(!summary.whole);
    QCOMPARE(thumbnail({0, 0, 30, 30}, summary, summary, 1)->cells.size(), std::size_t{4});
}

void TestSceneParts::thumbnailShowsNan() {
    const Value value = valueFrom({2}, {1, std::numeric_limits<float>::quiet_NaN()});
    const auto heat = thumbnail({0, 0, 30, 30}, value, value, 1);
    QVERIFY(!std::isnan(heat->cells[0]));
    QVERIFY(std::isnan(heat->cells[1]));
}

QTEST_MAIN(TestSceneParts)
#include "tst_sceneparts.moc"
