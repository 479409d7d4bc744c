// SPDX-License-Identifier: Apache-2.0
// Products and maps in wide registers against the definition, in every shape of edge that blocks have.
#include <QtTest>
#include <cmath>
#include <random>
#include <vector>

#include "core/ops/level.h"

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

void TestLevel::smallProblemsArePlain() {
    QCOMPARE(levels().back().name, std::string_view("plain"));
    QCOMPARE(&levelFor(smallMap - 1), &levels().back());
    QCOMPARE(&levelFor(smallMap), &levels().front());
    QCOMPARE(&levelFor({31, 32, 32, false, false}), &levels().back());
    QCOMPARE(&levelFor({32, 32, 32, false, false}), &levels().front());
}

QTEST_GUILESS_MAIN(TestLevel)
#include "tst_level.moc"
