// SPDX-License-Identifier: Apache-2.0
// Statistics in wide registers against those of one number after the other.
#include <QtTest>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "core/base/statistics.h"

using namespace tapescope;

namespace {
std::vector<float> noise(std::size_t count) {
    std::mt19937 generator(static_cast<unsigned>(count));
    std::normal_distribution<float> normal(1, 3);
    std::vector<float> numbers(count);
    for (float& number : numbers) number = normal(generator);
    return numbers;
}
}  // namespace

class TestStatistics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void momentsOfAnyLength_data();
    void momentsOfAnyLength();
    void whatIsNotFiniteIsCounted();
    void binsHoldAll();
    void distances();
};

void TestStatistics::momentsOfAnyLength_data() {
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 15, 16, 17, 100, 4095, 4096, 4097, 10000}) QTest::addRow("%d", count) << count;
}

void TestStatistics::momentsOfAnyLength() {
    QFETCH(int, count);
    auto numbers = noise(static_cast<std::size_t>(count));
    if (count > 20) numbers[7] = numbers[19] = 0;
    Moments plain;
    for (const float number : numbers) plain.take(static_cast<double>(number));
    const Moments wide = momentsOf(numbers);
    QCOMPARE(wide.minimum, plain.minimum);
    QCOMPARE(wide.maximum, plain.maximum);
    QCOMPARE(wide.finite, plain.finite);
    QCOMPARE(wide.zeros, plain.zeros);
    QVERIFY(std::abs(wide.sum - plain.sum) <= 1e-12 * plain.squares);
    QVERIFY(std::abs(wide.squares - plain.squares) <= 1e-12 * plain.squares);
}

void TestStatistics::whatIsNotFiniteIsCounted() {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (const std::size_t place : {0U, 3U, 500U, 999U}) {
        auto numbers = noise(1000);
        numbers[place] = std::numeric_limits<float>::quiet_NaN();
        numbers[(place + 100) % 1000] = infinity;
        numbers[(place + 200) % 1000] = -infinity;
        const Moments moments = momentsOf(numbers);
        QCOMPARE(moments.nans, 1);
        QCOMPARE(moments.infinities, 2);
        QCOMPARE(moments.finite, 997);
        QVERIFY(std::isfinite(moments.sum) && moments.maximum < 100 && moments.minimum > -100);
    }
}

void TestStatistics::binsHoldAll() {
    std::vector<double> numbers;
    for (int i = 0; i < 1600; ++i) numbers.push_back(i);
    for (const auto bin : binsOf(numbers, 0, 1599)) QCOMPARE(bin, 100U);
    numbers.push_back(std::numeric_limits<double>::quiet_NaN());
    numbers.push_back(5000);  // beyond: in the last one
    const Bins bins = binsOf(numbers, 0, 1599);
    QCOMPARE(bins.front(), 100U);
    QCOMPARE(bins.back(), 101U);
    QCOMPARE(binsOf(std::vector<double>(10, 3.0), 3, 3).front(), 10U);
}

void TestStatistics::distances() {
    const auto a = noise(1003), b = noise(1003 + 7);
    double plain = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double gap = static_cast<double>(b[i]) - static_cast<double>(a[i]);
        plain += gap * gap;
    }
    SquaredDistance whole;
    whole.take(a, std::span(b).first(a.size()));
    QVERIFY(std::abs(whole.total() - plain) <= 1e-12 * plain);
    SquaredDistance parts;
    for (std::size_t begin = 0; begin < a.size(); begin += 64) {
        const std::size_t count = std::min<std::size_t>(64, a.size() - begin);
        parts.take(std::span(a).subspan(begin, count), std::span(b).subspan(begin, count));
    }
    QCOMPARE(parts.total(), whole.total());
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
