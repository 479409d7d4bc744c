// SPDX-License-Identifier: Apache-2.0
// Values whole or in summary, and the state that the fold makes of events.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/trace/snapshot.h"
#include "core/trace/value.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();
}  // namespace

class TestValue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsSmall();
    void summarizesWhatIsLarge();
    void setsTheOddApart();
    void survivesExtremes();
    void objectsToForgeries();
    void boxesCopyTheirContent();
    void foldsVariablesAndTapes();
    void foldsNames();
    void foldsOptimizers();
    void stopsWhatAnExceptionStops();
};

void TestValue::keepsWhatIsSmall() {
    const auto most = valueOf(Tensor::of<float>({wholeLimit}, std::vector<float>(wholeLimit, 1.0F)));
    QVERIFY(most.whole && !most.summary());
    const auto more = valueOf(Tensor::of<float>({wholeLimit + 1}, std::vector<float>(wholeLimit + 1, 1.0F)));
    QVERIFY(!more.whole && more.summary());
    QCOMPARE(more.shape(), Shape{wholeLimit + 1});
    QVERIFY(valueOf(Tensor()) == Value{});
}

void TestValue::summarizesWhatIsLarge() {
    std::vector<double> numbers;
    for (int i = 0; i < 6400; ++i) numbers.push_back(i);
    const auto value = valueOf(Tensor::of<double>({64, 100}, numbers));
    QVERIFY(value.summary() != nullptr);
    const auto summary = summaryOf(value);
    QCOMPARE(summary.minimum, 0.0);
    QCOMPARE(summary.maximum, 6399.0);
    QCOMPARE(summary.mean, 3199.5);
    // sum of squares up to n: n(n+1)(2n+1)/6
    QCOMPARE(summary.norm, std::sqrt(6399.0 * 6400.0 * 12799.0 / 6));
    QCOMPARE(summary.zeros, 1);
    for (const auto bin : summary.histogram) QCOMPARE(bin, 400U);
    QCOMPARE(summary.corners, (std::array<double, 4>{0, 99, 6300, 6399}));
}

void TestValue::setsTheOddApart() {
    const auto summary = summarize(tensor({2, 3}, {notANumber, 0, infinity, -infinity, 3, -4}));
    QCOMPARE(summary.nans, 1);
    QCOMPARE(summary.infinities, 2);
    QCOMPARE(summary.zeros, 1);
    QCOMPARE(summary.minimum, -4.0);
    QCOMPARE(summary.maximum, 3.0);
    QCOMPARE(summary.norm, 5.0);
    QCOMPARE(summary.mean, -1.0 / 3);
    QVERIFY(std::isnan(summary.corners[0]));
    QCOMPARE(summary.corners[3], -4.0);
    QCOMPARE(summarize(tensor({2}, {notANumber, notANumber})).norm, 0.0);
    QCOMPARE(summarize(tensor({0}, {})).corners, (std::array<double, 4>{}));
    QCOMPARE(summarize(Tensor::of<std::int32_t>({2}, std::vector<std::int32_t>{3, 4})).norm, 5.0);
}

/// The difference of the ends may be larger than any double.
void TestValue::survivesExtremes() {
    const double huge = std::numeric_limits<double>::max();
    const auto summary = summarize(Tensor::of<double>({3}, std::vector<double>{-huge, 0, huge}));
    QCOMPARE(summary.histogram[0], 1U);
    QCOMPARE(summary.histogram[8], 1U);
    QCOMPARE(summary.histogram[15], 1U);
    QCOMPARE(summarize(tensor({3}, {2, 2, 2})).histogram[0], 3U);
}

void TestValue::objectsToForgeries() {
    Value value = valueOf(tensor({2}, {1, 2}));
    QVERIFY(objection(value) == nullptr);
    value.sketch = Sketch(DType::Float32, {2}, {});
    QVERIFY(objection(value) != nullptr);
    QVERIFY(objection(Value(DType::Float32, {2, -1}, {})) != nullptr);
    QVERIFY(objection(Value{}) == nullptr);
}

void TestValue::boxesCopyTheirContent() {
    Boxed<int> a = 3;
    Boxed<int> b = a;
    *b = 4;
    QCOMPARE(*a, 3);
    QVERIFY(!(a == b));
    a = b;
    QVERIFY(a == b);
    a = std::nullopt;
    QVERIFY(!a && !a.has_value() && !(a == b));
    QVERIFY(Boxed<int>() == a);
}

void TestValue::foldsVariablesAndTapes() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto end = timeline.at(timeline.size() - 1);
    QCOMPARE(end.variables.at(sampleW).version, 2U);
    QCOMPARE(end.variables.at(sampleB).version, 1U);
    // W0 - 0.01·[[4, 4], [6, 6]] - 0.01·ones
    const float expected[] = {0.26F, 0.02F, 0.73F, 0.45F};
    for (int i = 0; i < 4; ++i)
        QVERIFY(std::abs(end.variables.at(sampleW).value.whole.at(i) - static_cast<double>(expected[i])) < 1e-6);
    QCOMPARE(end.tapes.size(), std::size_t{1});  // the first one was over when the second came
    QVERIFY(end.tapes.at(TapeId{1}).consumed && !end.tapes.at(TapeId{1}).recording);
    QVERIFY(timeline.at(timeline.tapes()[1].opened - 1).tapes.at(TapeId{0}).consumed);
    QVERIFY(timeline.at(timeline.tapes()[1].opened).tapes.at(TapeId{1}).recording);
    QVERIFY(end.ended.has_value());
    QVERIFY(!end.applying.valid() && !end.differentiating.valid());
    const auto asked = timeline.gradients()[0].asked;
    QCOMPARE(timeline.at(asked).differentiating, GradientId{0});
    QVERIFY(!timeline.at(timeline.gradients()[0].answered).differentiating.valid());
    QCOMPARE(timeline.at(timeline.applies()[1].began).applying, ApplyId{1});
}

void TestValue::foldsNames() {
    Snapshot state;
    const auto created = [&](std::uint32_t id) { fold(state, VariableCreated{{id}, {id}, "v", true, {}, {}, {}}, 0); };
    created(0);
    created(1);
    const auto bind = [&](const char* name, ObjectRef object, EventIndex index) {
        fold(state, NameBound{name, "", std::move(object), {}}, index);
    };
    QVERIFY(state.variables[{0}].alive);
    bind("a", LogBuilder::ref(VariableId{0}), 1);
    bind("all", {ObjectKind::List, 0, {LogBuilder::ref(VariableId{0}), LogBuilder::ref(VariableId{1})}}, 2);
    bind("a", LogBuilder::ref(VariableId{1}), 3);
    QVERIFY(state.variables[{0}].alive);
    QCOMPARE(state.names.at("a").since, 3U);
    bind("all", {}, 4);
    QVERIFY(!state.variables[{0}].alive);
    QVERIFY(state.variables[{1}].alive);
    bind("b", LogBuilder::ref(VariableId{0}), 5);
    QVERIFY(state.variables[{0}].alive);
}

void TestValue::foldsOptimizers() {
    Snapshot state;
    fold(state, OptimizerCreated{{0}, "Adam", "adam", {}, {}}, 0);
    fold(state, ApplyBegan{{0}, {0}, {}, {{{}, {4}}, {{}, {7}}}, {}, {}, {}, {}}, 1);
    PairApplied pair;
    pair.apply = {0};
    pair.index = 1;
    pair.slots = {{"momentum", valueOf(Tensor::scalar(1)), valueOf(Tensor::scalar(2))}};
    fold(state, pair, 2);
    QCOMPARE(state.optimizers[{0}].slots.at({7}).front().name, std::string("momentum"));
    pair.index = 9;  // forged: nothing to hold on to
    fold(state, pair, 3);
    fold(state, ApplyEnded{{0}, 5, false}, 4);
    QCOMPARE(state.optimizers[{0}].iterations, 5);
    QCOMPARE(state.optimizers[{0}].slots.size(), std::size_t{1});
    QVERIFY(!state.applying.valid() && state.applyingPairs.empty());
}

void TestValue::stopsWhatAnExceptionStops() {
    Snapshot state;
    fold(state, GradientAsked{{3}, {0}, {}, {}, false, {}}, 0);
    QVERIFY(state.differentiating.valid());
    fold(state, Raised{}, 1);
    QVERIFY(!state.differentiating.valid());
    fold(state, ApplyBegan{{0}, {0}, {}, {}, {}, {}, {2}, {}}, 2);
    QCOMPARE(state.at, CallSiteId{2});
    fold(state, RunEnded{Outcome::Timeout, "too long", 7}, 3);
    QVERIFY(!state.applying.valid());
    QCOMPARE(state.ended->line, 7U);
}

QTEST_GUILESS_MAIN(TestValue)
#include "tst_value.moc"
