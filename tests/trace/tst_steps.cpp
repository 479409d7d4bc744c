// SPDX-License-Identifier: Apache-2.0
// Where steps begin and end, for the shapes that training scripts have.
#include <QTest>
#include <algorithm>

#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

/// A script in shorthand: what happens, and where the marks lie that the expectations speak of.
class Story {
public:
    Story() {
        site_ = log_.site(1);
        variable_ = log_.variable("w", Tensor::scalar(1), {}, site_);
        frozen_ = log_.variable("counter", Tensor::scalar(0), {}, site_, false);
        optimizer_ = log_.optimizer("SGD", 0.1, site_);
    }

    Story& code() {
        log_.op("Neg", site_, {log_.handle(variable_)}, Tensor::scalar(0));
        return *this;
    }
    Story& gradient() {
        const auto tape = log_.openTape(site_);
        const auto loss = log_.op("Neg", site_, {log_.handle(variable_)}, Tensor::scalar(0));
        const auto id = log_.ask(tape, {loss}, {log_.handle(variable_)}, site_);
        gradient_ = log_.backward(id, "OnesLike", site_, {loss}, Tensor::scalar(1));
        log_.answer(id, {log_.path(log_.handle(variable_), gradient_)});
        return *this;
    }
    Story& apply(bool raises = false) {
        const auto id = log_.beginApply({{}, optimizer_, {}, {{gradient_, variable_}}, {}, {}, site_, {}});
        if (!raises) log_.applyPair(id, 0, 0.1);
        log_.endApply(id, raises);
        return *this;
    }
    Story& assign() {
        log_.assign(variable_, AssignKind::AssignSub, {}, Tensor::scalar(2), site_);
        return *this;
    }
    Story& count() {
        log_.assign(frozen_, AssignKind::AssignAdd, {}, Tensor::scalar(2), site_);
        return *this;
    }
    Story& print() {
        log_.add(Printed{false, "x", site_});
        return *this;
    }
    Story& loops(std::vector<LoopPosition> stack) {
        log_.loops(std::move(stack));
        return *this;
    }
    /// Here, says the expectation, a step begins.
    Story& here() {
        expected_.push_back(static_cast<EventIndex>(log_.events().size()));
        return *this;
    }

    /// Whether steps begin where here() said, at the first event besides, and cover the log.
    bool holds() const {
        const auto timeline = timelineOf(log_.events());
        return beginnings(timeline) == expectation() && covers(timeline) && growsTheSame();
    }
    std::vector<Step> steps() const {
        const auto timeline = timelineOf(log_.events());
        return {timeline.steps().begin(), timeline.steps().end()};
    }

private:
    std::vector<EventIndex> expectation() const {
        std::vector<EventIndex> all{0};
        all.insert(all.end(), expected_.begin(), expected_.end());
        return all;
    }

    static std::vector<EventIndex> beginnings(const Timeline& timeline) {
        std::vector<EventIndex> begins;
        for (const auto& step : timeline.steps()) begins.push_back(step.begin);
        return begins;
    }

    static bool covers(const Timeline& timeline) {
        EventIndex next = 0;
        for (const auto& step : timeline.steps()) {
            if (step.begin != next || step.end <= step.begin) return false;
            next = step.end;
        }
        return next == timeline.size();
    }

    /// Asked after every event, the steps and ordinals end the same as asked once.
    bool growsTheSame() const {
        const auto whole = timelineOf(log_.events());
        Timeline growing;
        for (const auto& event : log_.events()) {
            if (growing.append(event) || !covers(growing)) return false;
            if (!growing.nodes().empty()) growing.ordinal({static_cast<std::uint32_t>(growing.nodes().size()) - 1});
        }
        for (std::uint32_t node = 0; node < whole.nodes().size(); ++node)
            if (whole.ordinal({node}) != growing.ordinal({node})) return false;
        return std::ranges::equal(whole.steps(), growing.steps());
    }

    LogBuilder log_{"x\n"};
    CallSiteId site_;
    VariableId variable_, frozen_;
    OptimizerId optimizer_;
    TensorId gradient_;
    std::vector<EventIndex> expected_;
};

}  // namespace

class TestSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void straightLine();
    void sampleHasTwo();
    void withoutAnyGradient();
    void updateBeforeGradient();
    void updateThatRaised();
    void forLoop();
    void accumulation();
    void accumulationOverActivations();
    void twoOptimizers();
    void innerAssignLoop();
    void nestedEpochs();
    void recurrentLoop();
    void functionInLoop();
    void setUpBeforeLoop();
    void straightLineBeforeLoop();
    void twoLoops();
    void frozenIsNoUpdate();
    void criticAndGenerator();
    void countsOrdinals();
};

void TestSteps::straightLine() {
    QVERIFY(Story().code().gradient().apply().here().code().gradient().apply().print().holds());
    QVERIFY(Story().gradient().gradient().apply().apply().here().gradient().apply().holds());
    QVERIFY(Story().gradient().apply().here().code().gradient().print().holds());
    QVERIFY(Story().gradient().assign().here().gradient().assign().assign().print().holds());
}

void TestSteps::sampleHasTwo() {
    const auto timeline = timelineOf(wrongSourceTrace());
    const auto steps = timeline.steps();
    QCOMPARE(steps.size(), std::size_t{2});
    QCOMPARE(steps[0].end, timeline.applies()[0].ended + 1);
    QVERIFY(!steps[0].loop);
    QCOMPARE(timeline.stepOf(timeline.applies()[0].ended), 0U);
    QCOMPARE(timeline.stepOf(timeline.gradients()[1].asked), 1U);
    QCOMPARE(timelineOf(cutPathTrace()).steps().size(), std::size_t{1});
    QCOMPARE(timelineOf(clippedTrace()).steps().size(), std::size_t{1});
    QVERIFY(Timeline().steps().empty());
}

void TestSteps::withoutAnyGradient() {
    QVERIFY(Story().code().print().holds());
    QVERIFY(Story().loops({{0, 0, 0}}).assign().loops({{0, 0, 1}}).assign().loops({}).holds());
}

void TestSteps::updateBeforeGradient() {
    QVERIFY(Story().assign().assign().code().gradient().apply().holds());
}

void TestSteps::updateThatRaised() {
    QVERIFY(Story().gradient().apply(true).here().gradient().apply().holds());
}

void TestSteps::forLoop() {
    Story story;
    story.code().loops({{0, 0, 0}}).code().gradient().apply();
    for (std::uint32_t i = 1; i < 4; ++i) story.here().loops({{0, 0, i}}).code().gradient().apply();
    story.loops({}).print();
    QVERIFY(story.holds());
    QVERIFY(std::ranges::all_of(story.steps(), &Step::loop));
}

/// An update every fourth time: each iteration is a step all the same.
void TestSteps::accumulation() {
    Story story;
    for (std::uint32_t i = 0; i < 8; ++i) {
        if (i > 0) story.here();
        story.loops({{0, 0, i}}).gradient();
        if (i % 4 == 3) story.apply();
    }
    QVERIFY(story.loops({}).holds());
}

/// Epochs of two batches, an update every fourth batch: the second loop has its update in every other activation only.
void TestSteps::accumulationOverActivations() {
    Story story;
    std::uint32_t batch = 0;
    for (std::uint32_t epoch = 0; epoch < 4; ++epoch) {
        for (std::uint32_t i = 0; i < 2; ++i, ++batch) {
            if (batch > 0) story.here();
            story.loops({{0, 0, epoch}, {1, epoch + 1, i}}).gradient();
            if (batch % 4 == 3) story.apply();
        }
    }
    QVERIFY(story.loops({}).holds());
}

void TestSteps::twoOptimizers() {
    Story story;
    story.loops({{0, 0, 0}}).gradient().apply().gradient().apply();
    story.here().loops({{0, 0, 1}}).gradient().apply().gradient().apply();
    QVERIFY(story.loops({}).print().holds());
}

/// for g, w in zip(gradients, variables): w.assign_sub(rate * g)
void TestSteps::innerAssignLoop() {
    Story story;
    for (std::uint32_t i = 0; i < 3; ++i) {
        if (i > 0) story.here();
        story.loops({{0, 0, i}}).gradient();
        for (std::uint32_t j = 0; j < 2; ++j) story.loops({{0, 0, i}, {1, i + 1, j}}).assign();
        story.loops({{0, 0, i}});
    }
    QVERIFY(story.loops({}).holds());
    QVERIFY(Story()
                .gradient()
                .loops({{0, 0, 0}})
                .assign()
                .loops({{0, 0, 1}})
                .assign()
                .here()
                .loops({})
                .gradient()
                .apply()
                .holds());
}

/// The end of an epoch belongs to its last batch, the beginning of the next to that one's first.
void TestSteps::nestedEpochs() {
    Story story;
    for (std::uint32_t epoch = 0; epoch < 2; ++epoch) {
        if (epoch > 0) story.here();
        story.loops({{0, 0, epoch}}).code();
        for (std::uint32_t i = 0; i < 2; ++i) {
            if (i > 0) story.here();
            story.loops({{0, 0, epoch}, {1, epoch + 1, i}}).gradient().apply();
        }
        story.loops({{0, 0, epoch}}).print();
    }
    QVERIFY(story.loops({}).print().holds());
}

/// The time steps of a recurrent network hold neither gradient nor update.
void TestSteps::recurrentLoop() {
    Story story;
    for (std::uint32_t i = 0; i < 2; ++i) {
        if (i > 0) story.here();
        for (std::uint32_t t = 0; t < 3; ++t) story.loops({{0, 0, i}, {1, i + 1, t}}).code();
        story.loops({{0, 0, i}}).gradient().apply();
    }
    QVERIFY(story.loops({}).holds());
}

/// train_step() called from straight-line code, with a loop of its own around the update: that loop makes no steps.
/// Called from a loop, the iterations of that one are steps.
void TestSteps::functionInLoop() {
    Story straight;
    straight.code().gradient().loops({{0, 0, 0}}).assign().loops({{0, 0, 1}}).assign().here().loops({});
    straight.code().gradient().loops({{0, 1, 0}}).assign().loops({{0, 1, 1}}).assign().loops({});
    QVERIFY(straight.print().holds());
    Story looping;
    for (std::uint32_t i = 0; i < 2; ++i) {
        if (i > 0) looping.here();
        looping.loops({{1, 0, i}}).code().gradient();
        looping.loops({{1, 0, i}, {0, i + 1, 0}}).assign().loops({{1, 0, i}, {0, i + 1, 1}}).assign();
    }
    QVERIFY(looping.loops({}).holds());
}

void TestSteps::setUpBeforeLoop() {
    Story story;
    story.code().assign().print().loops({{0, 0, 0}}).code().loops({}).code();
    story.loops({{1, 1, 0}}).gradient().apply().here().loops({{1, 1, 1}}).gradient().apply();
    QVERIFY(story.loops({}).holds());
}

void TestSteps::straightLineBeforeLoop() {
    Story story;
    story.gradient().apply().here().code().loops({{0, 0, 0}}).gradient().apply();
    story.here().loops({{0, 0, 1}}).gradient().apply().here().loops({}).code().gradient().apply().print();
    QVERIFY(story.holds());
    const auto steps = story.steps();
    QCOMPARE(steps.size(), std::size_t{4});
    QVERIFY(!steps[0].loop && steps[1].loop && steps[2].loop && !steps[3].loop);
}

void TestSteps::twoLoops() {
    Story story;
    story.loops({{0, 0, 0}}).gradient().apply().here().loops({{0, 0, 1}}).gradient().apply();
    story.here().loops({}).code().loops({{1, 1, 0}}).gradient().apply();
    QVERIFY(story.loops({}).print().holds());
}

void TestSteps::frozenIsNoUpdate() {
    QVERIFY(Story().gradient().count().gradient().apply().holds());
}

/// Several critic steps, then one of the generator, in each iteration of the outer loop.
void TestSteps::criticAndGenerator() {
    Story story;
    for (std::uint32_t i = 0; i < 2; ++i) {
        for (std::uint32_t j = 0; j < 2; ++j) {
            if (i + j > 0) story.here();
            story.loops({{0, 0, i}, {1, i + 1, j}}).gradient().apply();
        }
        story.here().loops({{0, 0, i}}).code().gradient().apply();
    }
    QVERIFY(story.loops({}).holds());
}

void TestSteps::countsOrdinals() {
    LogBuilder log("x\n");
    const auto site = log.site(1), other = log.site(1, "x");
    const auto variable = log.variable("w", Tensor::scalar(1), {}, site);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t i = 0; i < 3; ++i) {
        log.loops({{0, 0, i}});
        for (std::uint32_t j = 0; j < 3; ++j) {
            log.op("Neg", site, {}, Tensor::scalar(0));
            log.op("Neg", other, {}, Tensor::scalar(0));
            expected.insert(expected.end(), {j, j});
        }
        const auto tape = log.openTape(other);
        log.ask(tape, {log.handle(variable)}, {log.handle(variable)}, other);
        log.assign(variable, AssignKind::Assign, {}, Tensor::scalar(1), other);
    }
    const auto timeline = timelineOf(log.events());
    QCOMPARE(timeline.steps().size(), std::size_t{3});
    for (std::uint32_t node = 0; node < expected.size(); ++node) QCOMPARE(timeline.ordinal({node}), expected[node]);
}

QTEST_GUILESS_MAIN(TestSteps)
#include "tst_steps.moc"
