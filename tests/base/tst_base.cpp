// SPDX-License-Identifier: Apache-2.0
// Ids, dtypes, shapes, tensors, results.
#include <QTest>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/convert.h"
#include "core/base/dtype.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/narrow.h"
#include "core/base/shape.h"
#include "core/base/tensor.h"

using namespace tapescope;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsKnowNothing();
    void dtypesHaveTensorFlowsNames();
    void shapesAsPythonAndKernelsPrintThem();
    void shapesBroadcastAsNumpyDoes_data();
    void shapesBroadcastAsNumpyDoes();
    void tensorsShareTheirStorage();
    void tensorsCompareByBits();
    void halvesRoundToEven();
    void elementsConvertAsCastDoes();
    void stringsAreElementsToo();
    void resultsHoldOneOfTwo();
};

void TestBase::idsKnowNothing() {
    QVERIFY(!NodeId{}.valid());
    QVERIFY(NodeId{0}.valid());
    QVERIFY(NodeId{1} < NodeId{2});
    QVERIFY(NodeId{7} < NodeId{});
    QCOMPARE(std::hash<NodeId>()(NodeId{5}), std::size_t{5});
}

void TestBase::dtypesHaveTensorFlowsNames() {
    for (const auto& each : dtypeTable()) {
        QCOMPARE(row(each.dtype).name, each.name);
        QCOMPARE(dtypeNamed(each.name), std::optional(each.dtype));
    }
    QVERIFY(!dtypeNamed("float128"));
    QCOMPARE(row(DType::Float32).size, sizeof(float));
    QCOMPARE(row(DType::Int64).size, sizeof(std::int64_t));
    QCOMPARE(row(dtypeOf<double>).name, std::string_view("float64"));
    QVERIFY(!row(DType::Int32).trainable);
}

void TestBase::shapesAsPythonAndKernelsPrintThem() {
    QCOMPARE(pythonText({}), std::string("()"));
    QCOMPARE(pythonText({2}), std::string("(2,)"));
    QCOMPARE(pythonText({2, 3}), std::string("(2, 3)"));
    QCOMPARE(kernelText({2, 3}), std::string("[2,3]"));
    QCOMPARE(pictureText({2, 3}), std::string("2×3"));
    QCOMPARE(pictureText({}), std::string("scalar"));
    QCOMPARE(elementCount({}), 1);
    QCOMPARE(elementCount({2, 0, 3}), 0);
}

void TestBase::shapesBroadcastAsNumpyDoes_data() {
    QTest::addColumn<QList<qint64>>("a");
    QTest::addColumn<QList<qint64>>("b");
    QTest::addColumn<bool>("fits");
    QTest::addColumn<QList<qint64>>("result");
    using Dimensions = QList<qint64>;
    QTest::newRow("equal") << Dimensions{2, 3} << Dimensions{2, 3} << true << Dimensions{2, 3};
    QTest::newRow("row") << Dimensions{2, 3} << Dimensions{3} << true << Dimensions{2, 3};
    QTest::newRow("both stretch") << Dimensions{2, 1} << Dimensions{1, 3} << true << Dimensions{2, 3};
    QTest::newRow("scalar") << Dimensions{} << Dimensions{4} << true << Dimensions{4};
    QTest::newRow("nothing") << Dimensions{0} << Dimensions{1} << true << Dimensions{0};
    QTest::newRow("column and vector") << Dimensions{3, 1} << Dimensions{3} << true << Dimensions{3, 3};
    QTest::newRow("no") << Dimensions{2, 3} << Dimensions{2} << false << Dimensions{};
}

void TestBase::shapesBroadcastAsNumpyDoes() {
    QFETCH(QList<qint64>, a);
    QFETCH(QList<qint64>, b);
    QFETCH(bool, fits);
    QFETCH(QList<qint64>, result);
    const Shape left(a.begin(), a.end()), right(b.begin(), b.end());
    for (const auto& both : {broadcast(left, right), broadcast(right, left)}) {
        QCOMPARE(both.has_value(), fits);
        if (fits) QCOMPARE(*both, Shape(result.begin(), result.end()));
    }
}

void TestBase::tensorsShareTheirStorage() {
    QVERIFY(!Tensor());
    const auto tensor = Tensor::of<float>({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
    QVERIFY(static_cast<bool>(tensor));
    const auto flat = tensor.reshaped({6});
    QCOMPARE(flat.bytes(), tensor.bytes());
    QCOMPARE(flat.shape(), Shape{6});
    QCOMPARE(tensor.byteCount(), std::size_t{24});
    QCOMPARE(tensor.at(4), 5.0);
    QCOMPARE(Tensor::of<bool>({1}, std::span<const bool>(std::array{true})).at(0), 1.0);
    QCOMPARE(Tensor::of<std::int64_t>({1}, std::vector<std::int64_t>{-3}).at(0), -3.0);
    QVERIFY(static_cast<bool>(Tensor::of<float>({0}, std::vector<float>{})));
}

void TestBase::tensorsCompareByBits() {
    const auto one = Tensor::scalar(1);
    QVERIFY(one == Tensor::scalar(1));
    QVERIFY(!(one == Tensor::scalar(2)));
    QVERIFY(!(one == one.reshaped({1})));
    QVERIFY(!(one == Tensor()));
    QVERIFY(Tensor() == Tensor());
    QVERIFY(!(Tensor::scalar(0.0F) == Tensor::scalar(-0.0F)));
    const auto nan = Tensor::scalar(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(nan == nan);
}

/// Against the definition: every number of 16 bits comes back, and what lies between two goes to the nearer.
void TestBase::halvesRoundToEven() {
    using Way = std::pair<float (*)(std::uint16_t), std::uint16_t (*)(float)>;
    for (const auto& [widen, narrow] : {Way(halfToFloat, floatToHalf), Way(bfloat16ToFloat, floatToBfloat16)}) {
        for (std::uint32_t bits = 0; bits < 0x7fffU; ++bits) {
            const auto here = static_cast<std::uint16_t>(bits);
            const auto next = static_cast<std::uint16_t>(bits + 1);
            const float low = widen(here);
            const float high = widen(next);
            if (std::isnan(low)) continue;
            QCOMPARE(narrow(low), here);
            QCOMPARE(narrow(-low), static_cast<std::uint16_t>(bits | 0x8000U));
            if (!std::isfinite(high)) continue;
            const float middle = low / 2 + high / 2;
            if (middle == low || middle == high) continue;  // a subnormal float's last bit
            QCOMPARE(narrow(middle), bits % 2 == 0 ? here : next);
            QCOMPARE(narrow(std::nextafter(middle, low)), here);
            QCOMPARE(narrow(std::nextafter(middle, high)), next);
        }
        QVERIFY(std::isnan(widen(narrow(std::numeric_limits<float>::quiet_NaN()))));
        QCOMPARE(widen(narrow(-std::numeric_limits<float>::infinity())), -std::numeric_limits<float>::infinity());
    }
    QCOMPARE(halfToFloat(floatToHalf(65519.0F)), 65504.0F);
    QCOMPARE(halfToFloat(floatToHalf(65520.0F)), std::numeric_limits<float>::infinity());
    QCOMPARE(halfToFloat(0x3c01), 1.0009765625F);
    QCOMPARE(bfloat16ToFloat(0x3f81), 1.0078125F);
}

/// Numbers as tf.cast gives them.
void TestBase::elementsConvertAsCastDoes() {
    const auto numbers = Tensor::of<double>({7}, std::vector{1.7, -1.7, 300.5, 1e10, -1e10, 1e19, std::nan("")});
    const auto as = [&](DType dtype) { return converted(numbers, dtype); };
    const auto least = std::numeric_limits<std::int32_t>::min();
    QVERIFY(as(DType::Int32) == Tensor::of<std::int32_t>({7}, std::vector{1, -1, 300, least, least, least, least}));
    QVERIFY(as(DType::UInt8) == Tensor::of<std::uint8_t>({7}, std::vector<std::uint8_t>{1, 255, 44, 0, 0, 0, 0}));
    QVERIFY(as(DType::UInt64) ==
            Tensor::of<std::uint64_t>(
                {7}, std::vector<std::uint64_t>{1, ~std::uint64_t{0}, 300, 10000000000U, 18446744063709551616ULL,
                                                10000000000000000000ULL, std::uint64_t{1} << 63U}));
    QCOMPARE(as(DType::Float16).at(2), 300.5);
    QCOMPARE(as(DType::Float16).at(3), std::numeric_limits<double>::infinity());
    QCOMPARE(as(DType::BFloat16).at(0), 1.703125);
    QCOMPARE(as(DType::Bool).at(6), 1.0);
    const auto complex = Tensor::of<std::complex<float>>({2}, std::vector<std::complex<float>>{{-3.5F, 1}, {0, 1}});
    QVERIFY(converted(complex, DType::Int32) == Tensor::of<std::int32_t>({2}, std::vector{-3, 0}));
    QVERIFY(converted(complex, DType::Bool) == Tensor::of<bool>({2}, std::span<const bool>(std::array{true, false})));
    const auto large = Tensor::of<std::int64_t>({1}, std::vector<std::int64_t>{(std::int64_t{1} << 62U) + 1});
    QVERIFY(converted(converted(large, DType::UInt64), DType::Int64) == large);
    QCOMPARE(scalarOf(2, DType::Complex128).as<std::complex<double>>()[0], std::complex<double>(2, 0));
}

void TestBase::stringsAreElementsToo() {
    const auto words = Tensor::of<std::string>({2}, std::vector<std::string>{"a", std::string(100, 'b')});
    QCOMPARE(words.dtype(), DType::String);
    QCOMPARE(words.as<std::string>()[1].size(), std::size_t{100});
    QVERIFY(words == Tensor::of<std::string>({2}, std::vector<std::string>{"a", std::string(100, 'b')}));
    QVERIFY(!(words == Tensor::of<std::string>({2}, std::vector<std::string>{"a", "b"})));
    QCOMPARE(words.at(1), 0.0);
    QVERIFY(static_cast<bool>(Tensor::of<std::string>({0}, std::vector<std::string>{})));
    const Tensor copy = words.reshaped({2, 1});
    QCOMPARE(copy.as<std::string>()[0], std::string("a"));
}

void TestBase::resultsHoldOneOfTwo() {
    const Result<int> good(3), bad(Failure{"no such file"});
    QVERIFY(good && *good == 3);
    QVERIFY(!bad);
    QCOMPARE(bad.message(), std::string("no such file"));
    const Error error(ErrorKind::Value, "text");
    QCOMPARE(error.kind(), ErrorKind::Value);
    QCOMPARE(std::string(error.what()), std::string("text"));
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
