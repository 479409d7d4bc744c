// SPDX-License-Identifier: Apache-2.0
// Ids, dtypes, shapes, tensors, results.
#include <QTest>

#include "core/base/dtype.h"
#include "core/base/error.h"
#include "core/base/ids.h"
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
