// SPDX-License-Identifier: Apache-2.0
// Products in wide registers against the definition, in every shape of edge that blocks have.
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
    void emptySumsAreZero();
    void smallProductsArePlain();
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

void TestLevel::emptySumsAreZero() {
    for (const Level& level : levels()) {
        float c[] = {7, 7};
        level.single(nullptr, nullptr, c, {1, 0, 2, false, false});
        QVERIFY2(c[0] == 0 && c[1] == 0, level.name.data());
    }
}

void TestLevel::smallProductsArePlain() {
    QCOMPARE(levels().back().name, std::string_view("plain"));
    QCOMPARE(&levelFor({31, 32, 32, false, false}), &levels().back());
    QCOMPARE(&levelFor({32, 32, 32, false, false}), &levels().front());
}

QTEST_GUILESS_MAIN(TestLevel)
#include "tst_level.moc"
