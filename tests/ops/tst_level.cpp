// SPDX-License-Identifier: Apache-2.0
// Products and maps in wide registers against the definition, in every shape of edge that blocks have.
#include <QtTest>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "core/ops/level.h"
#include "core/ops/subnormals.h"

using namespace tapescope;
using namespace tapescope::kernel;

namespace {
template <class T>
std::vector<T> noise(std::int64_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<T> normal;
    std::vector<T> numbers(static_cast<std::size_t>(count));
    for (T& number : numbers) number = normal(generator);
    return numbers;
}

/// How far the product is from the sum that defines it, beside the sum of magnitudes.
template <class T>
double worst(const ProductSizes& s, void (*multiply)(const T*, const T*, T*, const ProductSizes&)) {
    const auto a = noise<T>(s.rows * s.inner, 1), b = noise<T>(s.inner * s.columns, 2);
    std::vector<T> c(static_cast<std::size_t>(s.rows * s.columns), T(77));
    multiply(a.data(), b.data(), c.data(), s);
    double most = 0;
    for (std::int64_t i = 0; i < s.rows; ++i) {
        for (std::int64_t j = 0; j < s.columns; ++j) {
            double sum = 0, size = 0;
            for (std::int64_t k = 0; k < s.inner; ++k) {
                const auto left =
                    static_cast<double>(a[static_cast<std::size_t>(s.transposeA ? k * s.rows + i : i * s.inner + k)]);
                const auto right = static_cast<double>(
                    b[static_cast<std::size_t>(s.transposeB ? j * s.inner + k : k * s.columns + j)]);
                sum += left * right;
                size += std::abs(left * right);
            }
            most = std::max(most,
                            std::abs(static_cast<double>(c[static_cast<std::size_t>(i * s.columns + j)]) - sum) / size);
        }
    }
    return most;
}
/// Ordinary numbers between those that formulas have branches for, from the i-th of them on.
template <class T>
std::vector<T> special(std::size_t count, std::size_t from) {
    using Limits = std::numeric_limits<T>;
    static const T values[] = {T(0),
                               -T(0),
                               T(1),
                               T(-1),
                               T(0.5),
                               T(-0.5),
                               T(2),
                               T(0.7),
                               T(-3.25),
                               T(17),
                               T(-17),
                               T(88.5),
                               T(-87.4),
                               T(-103.9),
                               T(-104.),
                               T(709.75),
                               T(-745.3),
                               T(1e5),
                               T(-3e6),
                               T(1e-7),
                               T(-1e-7),
                               T(1e30),
                               Limits::max(),
                               Limits::lowest(),
                               Limits::min(),
                               -Limits::min(),
                               Limits::denorm_min(),
                               -Limits::denorm_min(),
                               Limits::infinity(),
                               -Limits::infinity(),
                               Limits::quiet_NaN()};
    std::vector<T> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = values[(from + i) % std::size(values)];
    return numbers;
}

/// All numbers, to the bit; but what is no number may have any.
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool none = std::isnan(a[i]) && std::isnan(b[i]);
        if (!none && std::memcmp(&a[i], &b[i], sizeof(T)) != 0) return false;
    }
    return true;
}

constexpr std::size_t mostOdd = 33, starts = 31;  // sizes around the packets', and special numbers

/// f(level, x, y), which computes y for x, does the same on each level as on the plain one.
template <class T, class F>
void compareLevels(F&& f, const std::string& what) {
    const SubnormalsAreZero zero;
    for (std::size_t count = 0; count <= mostOdd; ++count) {
        for (std::size_t from = 0; from < starts; ++from) {
            const auto x = special<T>(count, from);
            std::vector<T> plain(count, T(77));
            f(levels().back(), x, plain);
            for (const Level& level : levels()) {
                std::vector<T> wide(count, T(77));
                f(level, x, wide);
                const auto said = what + " " + std::string(level.name) + ", " + std::to_string(count) + " from " +
                                  std::to_string(from);
                QVERIFY2(same(plain, wide), said.c_str());
            }
        }
    }
}

constexpr const char* mapNames[] = {
#define TS_NAME(name) #name,
    TS_MAPS(TS_NAME)};
constexpr const char* pairNames[] = {TS_PAIRS(TS_NAME)};
#undef TS_NAME
}  // namespace

class TestLevel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void productsAreSums_data();
    void productsAreSums();
    void sumsHaveOneOrder();
    void emptySumsAreZero();
    void rowsApartAndSums();
    void mapsAreFunctions_data();
    void mapsAreFunctions();
    void mapsHaveTheSameDigits();
    void pairsHaveTheSameDigits();
    void softmaxesHaveTheSameDigits();
    void smallProblemsArePlain();
};

void TestLevel::productsAreSums_data() {
    QTest::addColumn<ProductSizes>("sizes");
    const std::array<std::int64_t, 3> shapes[] = {
        {32, 32, 32}, {1, 5000, 40}, {64, 784, 128}, {47, 33, 129}, {300, 17, 5}};
    for (const auto& [rows, inner, columns] : shapes) {
        for (const bool a : {false, true}) {
            for (const bool b : {false, true}) {
                QTest::addRow("%dx%dx%d %d%d", static_cast<int>(rows), static_cast<int>(inner),
                              static_cast<int>(columns), a, b)
                    << ProductSizes{rows, inner, columns, a, b};
            }
        }
    }
}

void TestLevel::productsAreSums() {
    QFETCH(ProductSizes, sizes);
    for (const Level& level : levels()) {
        QVERIFY2(worst<float>(sizes, level.single) < 1e-6, level.name.data());
        QVERIFY2(worst<double>(sizes, level.twofold) < 1e-15, level.name.data());
    }
}

void TestLevel::sumsHaveOneOrder() {
    const std::array<std::int64_t, 3> shapes[] = {{3, 40, 5},   {1, 33, 20}, {20, 33, 1},
                                                  {17, 50, 35}, {2, 900, 9}, {16, 7, 48}};
    for (const auto& [rows, inner, columns] : shapes) {
        const auto a = noise<float>(rows * inner, 1), b = noise<float>(inner * columns, 2);
        for (int i = 0; i < 12; ++i) {
            const ProductSizes sizes{.rows = rows,
                                     .inner = inner,
                                     .columns = columns,
                                     .transposeA = i % 2 == 1,
                                     .transposeB = i / 2 % 2 == 1,
                                     .sums = static_cast<Sums>(i / 4)};
            std::vector<float> plain(static_cast<std::size_t>(rows * columns)), wide(plain.size());
            levels().back().single(a.data(), b.data(), plain.data(), sizes);
            for (const Level& level : levels()) {
                level.single(a.data(), b.data(), wide.data(), sizes);
                QVERIFY2(plain == wide, level.name.data());
            }
        }
    }
}

void TestLevel::emptySumsAreZero() {
    for (const Level& level : levels()) {
        float c[] = {7, 7};
        level.single(nullptr, nullptr, c, {1, 0, 2, false, false});
        QVERIFY2(c[0] == 0 && c[1] == 0, level.name.data());
    }
}

void TestLevel::rowsApartAndSums() {
    // c[:, 2:4] of 5 columns += a[:, 1:3] of 4 columns · b, where everything else stays.
    const auto a = noise<double>(40 * 4, 1), b = noise<double>(2 * 2, 2), before = noise<double>(40 * 5, 3);
    for (const Level& level : levels()) {
        auto c = before;
        level.twofold(a.data() + 1, b.data(), c.data() + 2,
                      {.rows = 40, .inner = 2, .columns = 2, .strideA = 4, .strideC = 5, .adds = true});
        for (std::size_t i = 0; i < c.size(); ++i) {
            const std::size_t row = i / 5, column = i % 5;
            double expected = before[i];
            if (column == 2 || column == 3)
                expected += a[row * 4 + 1] * b[column - 2] + a[row * 4 + 2] * b[2 + column - 2];
            QVERIFY2(std::abs(c[i] - expected) < 1e-14, level.name.data());
        }
    }
}

void TestLevel::mapsAreFunctions_data() {
    QTest::addColumn<MapKind>("kind");
    QTest::addColumn<double (*)(double)>("function");
    QTest::newRow("cos") << MapKind::Cos << static_cast<double (*)(double)>(std::cos);
    QTest::newRow("exp") << MapKind::Exp << static_cast<double (*)(double)>(std::exp);
    QTest::newRow("log") << MapKind::Log << static_cast<double (*)(double)>(std::log);
    QTest::newRow("rsqrt") << MapKind::Rsqrt << +[](double x) { return 1 / std::sqrt(x); };
    QTest::newRow("sigmoid") << MapKind::Sigmoid << +[](double x) { return 1 / (1 + std::exp(-x)); };
    QTest::newRow("sin") << MapKind::Sin << static_cast<double (*)(double)>(std::sin);
    QTest::newRow("softplus") << MapKind::Softplus << +[](double x) { return std::log1p(std::exp(x)); };
    QTest::newRow("tanh") << MapKind::Tanh << static_cast<double (*)(double)>(std::tanh);
}

void TestLevel::mapsAreFunctions() {
    QFETCH(MapKind, kind);
    using Function = double (*)(double);
    QFETCH(Function, function);
    auto x = noise<double>(1003, 1);  // no multiple of any register's width
    if (kind == MapKind::Log || kind == MapKind::Rsqrt)
        for (double& number : x) number = std::abs(number);
    const std::vector<float> narrow(x.begin(), x.end());
    std::vector<double> y(x.size());
    std::vector<float> z(x.size());
    const auto count = static_cast<std::int64_t>(x.size());
    for (const Level& level : levels()) {
        level.twofoldMap(kind, x.data(), y.data(), count);
        level.singleMap(kind, narrow.data(), z.data(), count);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double wanted = function(x[i]), ofFloat = function(static_cast<double>(narrow[i]));
            QVERIFY2(std::abs(y[i] - wanted) <= 1e-14 * (1 + std::abs(wanted)), level.name.data());
            QVERIFY2(std::abs(static_cast<double>(z[i]) - ofFloat) <= 5e-7 * (1 + std::abs(ofFloat)),
                     level.name.data());
        }
    }
}

void TestLevel::mapsHaveTheSameDigits() {
    for (std::size_t i = 0; i < std::size(mapNames); ++i) {
        const auto kind = static_cast<MapKind>(i);
        compareLevels<float>(
            [&](const Level& level, const auto& x, auto& y) {
                level.singleMap(kind, x.data(), y.data(), static_cast<std::int64_t>(x.size()));
            },
            std::string(mapNames[i]) + " of floats");
        compareLevels<double>(
            [&](const Level& level, const auto& x, auto& y) {
                level.twofoldMap(kind, x.data(), y.data(), static_cast<std::int64_t>(x.size()));
            },
            std::string(mapNames[i]) + " of doubles");
    }
}

void TestLevel::pairsHaveTheSameDigits() {
    for (std::size_t i = 0; i < std::size(pairNames) * starts; ++i) {
        const auto kind = static_cast<PairKind>(i / starts);
        const std::string name = pairNames[i / starts];
        const auto second = special<float>(mostOdd, i % starts);
        const auto secondDouble = special<double>(mostOdd, i % starts);
        compareLevels<float>(
            [&](const Level& level, const auto& x, auto& z) {
                level.singlePair(kind, {x.data(), second.data(), true, i % 2 == 0}, z.data(),
                                 static_cast<std::int64_t>(x.size()));
            },
            name + " of floats");
        compareLevels<double>(
            [&](const Level& level, const auto& x, auto& z) {
                level.twofoldPair(kind, {x.data(), secondDouble.data(), true, i % 2 == 0}, z.data(),
                                  static_cast<std::int64_t>(x.size()));
            },
            name + " of doubles");
    }
}

void TestLevel::softmaxesHaveTheSameDigits() {
    for (const std::int64_t rows : {1, 3}) {
        compareLevels<float>(
            [&](const Level& level, const auto& x, auto& y) {
                const auto columns = static_cast<std::int64_t>(x.size()) / rows;
                if (columns != 0) level.softmax(x.data(), y.data(), rows, columns);
            },
            "softmax of " + std::to_string(rows));
    }
    const auto x = noise<float>(3 * 130, 4);
    for (std::int64_t columns = 1; columns <= 130; ++columns) {
        std::vector<float> plain(static_cast<std::size_t>(3 * columns)), wide(plain.size());
        levels().back().softmax(x.data(), plain.data(), 3, columns);
        for (const Level& level : levels()) {
            level.softmax(x.data(), wide.data(), 3, columns);
            QVERIFY2(same(plain, wide), level.name.data());
        }
    }
}

void TestLevel::smallProblemsArePlain() {
    QCOMPARE(levels().back().name, std::string_view("plain"));
    QCOMPARE(&levelFor(smallMap - 1), &levels().back());
    QCOMPARE(&levelFor(smallMap), &levels().front());
    QCOMPARE(&levelFor({31, 32, 32, false, false}), &levels().back());
    QCOMPARE(&levelFor({32, 32, 32, false, false}), &levels().front());
}

QTEST_GUILESS_MAIN(TestLevel)
#include "tst_level.moc"
