// SPDX-License-Identifier: Apache-2.0
// Events as lines and as JSON, values as text.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <clocale>
#include <limits>

#include "core/base/convert.h"
#include "core/trace/text.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

std::string valued(const Tensor& tensor, int digits = 6) {
    return valueText(valueOf(tensor), digits);
}

std::string lineOf(const Timeline& timeline, EventIndex index) {
    const auto line = textLine(timeline, index);
    return line.substr(line.find(' ') + 1);
}

QJsonObject jsonOf(const Timeline& timeline, EventIndex index) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(jsonLine(timeline, index))).object();
}

}  // namespace

class TestText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesNumbers();
    void writesValues();
    void skipsTheMiddle();
    void writesSummaries();
    void writesLines();
    void everyEventIsOneLine();
    void writesJson();
    void jsonIsAlwaysValid();
};

void TestText::writesNumbers() {
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
    QCOMPARE(numberText(0.31F), std::string("0.31"));
    QCOMPARE(numberText(0.31F, 15), std::string("0.31"));
    QCOMPARE(numberText(1.0 / 3), std::string("0.333333"));
    QCOMPARE(numberText(1.0 / 3, 3), std::string("0.333"));
    QCOMPARE(numberText(100000.0), std::string("100000"));
    QCOMPARE(numberText(1e-7F), std::string("1e-07"));
    QCOMPARE(numberText(-0.0), std::string("-0"));
    QCOMPARE(numberText(std::numeric_limits<float>::infinity()), std::string("inf"));
    QCOMPARE(numberText(std::numeric_limits<double>::quiet_NaN()), std::string("nan"));
    std::setlocale(LC_NUMERIC, "C");
}

void TestText::writesValues() {
    QCOMPARE(valued(Tensor::scalar(2.5F)), std::string("2.5"));
    QCOMPARE(valued(tensor({2, 2}, {0.31F, 0.07F, 0.8F, 0.52F})), std::string("[[0.31 0.07] [0.8 0.52]]"));
    QCOMPARE(valued(tensor({2}, {1.0F / 3, 2}), 2), std::string("[0.33 2]"));
    QCOMPARE(valued(Tensor::of<bool>({2}, std::span<const bool>(std::array{true, false}))),
             std::string("[True False]"));
    const auto most = std::numeric_limits<std::int64_t>::max();
    QCOMPARE(valued(Tensor::of<std::int64_t>({1}, std::vector{most})), std::string("[9223372036854775807]"));
    QCOMPARE(valued(Tensor::of<std::uint64_t>({1}, std::vector{~std::uint64_t{0}})),
             std::string("[18446744073709551615]"));
    QCOMPARE(valued(converted(tensor({2}, {0.1F, -3.3F}), DType::Float16)), std::string("[0.1 -3.3]"));
    QCOMPARE(valued(converted(tensor({2}, {0.1F, 1e30F}), DType::BFloat16)), std::string("[0.1 1e+30]"));
    QCOMPARE(valued(Tensor::of<std::complex<float>>({1}, std::vector<std::complex<float>>{{1.5F, -2}})),
             std::string("[1.5-2j]"));
    QCOMPARE(valued(Tensor::of<std::string>({2}, std::vector<std::string>{"it's", "\x01"})),
             std::string("[b'it\\'s' b'\\x01']"));
    QCOMPARE(valueText(Value{}), std::string());
    // a forged shape of many empty rows costs nothing
    QCOMPARE(valued(tensor({std::int64_t{1} << 40, 0}, {})), std::string("[]"));
}

void TestText::skipsTheMiddle() {
    std::vector<float> numbers;
    for (int i = 0; i < 100; ++i) numbers.push_back(static_cast<float>(i));
    QCOMPARE(valued(tensor({100}, numbers)), std::string("[0 1 2 … 97 98 99]"));
    QCOMPARE(valued(tensor({2, 50}, numbers)), std::string("[[0 1 2 … 47 48 49] [50 51 52 … 97 98 99]]"));
    QCOMPARE(valued(tensor({50, 2}, numbers)), std::string("[[0 1] [2 3] [4 5] … [94 95] [96 97] [98 99]]"));
    numbers.resize(64);
    QVERIFY(valued(tensor({64}, numbers)).find("…") == std::string::npos);
}

void TestText::writesSummaries() {
    std::vector<float> numbers(5000, 2.0F);
    QCOMPARE(valued(tensor({5000}, numbers)), std::string("min 2 max 2 mean 2 norm 141.421"));
    numbers[0] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(valued(tensor({5000}, numbers)).ends_with(" nan 1"));
}

void TestText::writesLines() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto& nodes = timeline.tapes()[1].nodes;
    const auto line = [&](EventIndex index) { return lineOf(timeline, index); };
    QCOMPARE(line(timeline.nodes()[nodes[3].index()].event),
             std::string("op AddV2 n15 (t15, b) -> t17 float32 2×2 [[1.73 0.93] [3.75 1.91]] tape T1 line 8"));
    QCOMPARE(line(timeline.gradients()[1].asked),
             std::string("gradient g1 of [loss_incorrect] for [y_pred_incorrect] inside the block line 26"));
    QCOMPARE(
        line(timeline.gradients()[1].answered),
        std::string("answered g1 | y_pred_incorrect path t20 float32 2×2 [[1 1] [1 1]] | W not-asked | b not-asked"));
    QCOMPARE(line(timeline.applies()[1].began),
             std::string("apply a1 by o0 (gradients_incorrect[0], W) dropped b line 28"));
    QCOMPARE(line(timeline.variables()[1].assigned[0]),
             std::string("assigned b optimizer version 1 float32 2 [-0.02 -0.02] change 0.0282843 line 20"));
    const auto printed = timeline.findAll(Event(Printed{}).index());
    QCOMPARE(line(printed[1]), std::string("output \"b: [-0.02 -0.02]\\n\" line 31"));
    QVERIFY(textLine(timeline, 7).starts_with("7 "));
}

void TestText::everyEventIsOneLine() {
    for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace()}) {
        const auto timeline = timelineOf(events);
        for (EventIndex i = 0; i < timeline.size(); ++i) {
            QVERIFY(textLine(timeline, i).find('\n') == std::string::npos);
            QVERIFY(textLine(timeline, i).size() > std::to_string(i).size() + 1);
        }
    }
}

void TestText::writesJson() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto began = jsonOf(timeline, timeline.applies()[1].began);
    QCOMPARE(began["kind"].toString(), QStringLiteral("ApplyBegan"));
    QCOMPARE(began["step"].toInt(), 2);
    QCOMPARE(began["line"].toInt(), 28);
    QCOMPARE(began["event"].toInt(), static_cast<int>(timeline.applies()[1].began));
    QCOMPARE(began["zip_lengths"].toArray(), (QJsonArray{1, 2}));
    QCOMPARE(began["dropped_variables"].toArray(), QJsonArray{1});
    const auto answered = jsonOf(timeline, timeline.gradients()[1].answered);
    QCOMPARE(answered["answers"].toArray()[1].toObject()["state"].toString(), QStringLiteral("not-asked"));
    QVERIFY(answered["answers"].toArray()[1].toObject()["result"].isNull());
    const auto pair = jsonOf(timeline, timeline.applies()[1].pairs[0]);
    QCOMPARE(pair["true_gradient"].toObject()["data"].toArray(), (QJsonArray{4, 4, 6, 6}));
}

void TestText::jsonIsAlwaysValid() {
    LogBuilder log("x\n");
    log.add(Printed{false, std::string("\0\x01\xff\xc3\x28\"\\\n\xed\xa0\x80 ä \xf0\x9f\x98\x80", 20), {}});
    log.constant({},
                 tensor({3}, {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity(), 1}));
    const auto odd = timelineOf(log.events());
    for (EventIndex i = 0; i < odd.size(); ++i) QVERIFY(jsonOf(odd, i).contains("kind"));
    QCOMPARE(jsonOf(odd, odd.size() - 1)["values"].toArray()[0].toObject()["data"].toArray()[1].toString(),
             QStringLiteral("-inf"));
    for (const auto& events : {wrongSourceTrace(), cutPathTrace(), clippedTrace()}) {
        const auto timeline = timelineOf(events);
        for (EventIndex i = 0; i < timeline.size(); ++i) {
            QVERIFY(jsonLine(timeline, i).find('\n') == std::string::npos);
            QCOMPARE(jsonOf(timeline, i)["event"].toInt(), static_cast<int>(i));
        }
    }
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
