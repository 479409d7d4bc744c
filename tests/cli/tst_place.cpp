// SPDX-License-Identifier: Apache-2.0
// Places as --at writes them, over a run of two steps.
#include <QtTest>

#include "app/cli/place.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;

class TestPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        timeline_ = testing::timelineOf(testing::wrongSourceTrace());
        QCOMPARE(timeline_.steps().size(), std::size_t{2});
    }

    void endIsTheLastEvent() {
        QCOMPARE(*placeOf(QStringLiteral("end"), timeline_), (DeckPosition{timeline_.size() - 1, 1}));
    }

    void stepIsItsEnd() {
        QCOMPARE(*placeOf(QStringLiteral("1"), timeline_), (DeckPosition{timeline_.steps()[0].end - 1, 1}));
        QCOMPARE(*placeOf(QStringLiteral("2"), timeline_), (DeckPosition{timeline_.steps()[1].end - 1, 1}));
    }

    void beatsCountWithinTheStep() {
        const auto first = beatsOfStep(timeline_, 0);
        const auto second = beatsOfStep(timeline_, 1);
        QCOMPARE(first.size() + second.size(), timeline_.beats().size());
        QCOMPARE(placeOf(QStringLiteral("1.1"), timeline_)->event, timeline_.beats()[0]);
        QCOMPARE(placeOf(QStringLiteral("2.1"), timeline_)->event, timeline_.beats()[first.size()]);
        const QString last = QStringLiteral("2.%1").arg(second.size());
        QCOMPARE(placeOf(last, timeline_)->event, timeline_.beats().back());
        QVERIFY(!placeOf(QStringLiteral("2.%1").arg(second.size() + 1), timeline_));
    }

    void progressIsPartOfABeat_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("progress");
        QTest::newRow("none") << "2.3" << 1.0;
        QTest::newRow("half") << "2.3@0.5" << 0.5;
        QTest::newRow("begin") << "2.3@0" << 0.0;
        QTest::newRow("end") << "2.3@1" << 1.0;
        QTest::newRow("end with digits") << "2.3@1.0" << 1.0;
    }

    void progressIsPartOfABeat() {
        QFETCH(QString, text);
        const auto place = placeOf(text, timeline_);
        QVERIFY(place);
        QTEST(place->progress, "progress");
    }

    void nonsenseIsRefused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "0", "3", "x", "1.", "1.0", "1.2@", "1.2@1.5", "1.2@-1", "-1", "1@0.5", "1.2.3",
                                 "End", "99999999999", "1.99999999999"}) {
            QTest::newRow(text) << text;
        }
    }

    void nonsenseIsRefused() {
        QFETCH(QString, text);
        const auto place = placeOf(text, timeline_);
        QVERIFY(!place);
        QVERIFY(!place.message().empty());
    }

    void emptyRunHasNoPlace() { QVERIFY(!placeOf(QStringLiteral("end"), Timeline())); }

private:
    Timeline timeline_;
};

QTEST_GUILESS_MAIN(TestPlace)
#include "tst_place.moc"
