// SPDX-License-Identifier: Apache-2.0
// A script that digs for our internals can forge its log: whatever the timeline admits, the rules survive.
#include <QtTest>
#include <random>

#include "tests/diagnosis/story.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

/// Turns ids and places of an event into others that may exist.
class Forger {
public:
    explicit Forger(std::uint32_t seed) : random_(seed) {}

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

    template <class Tag>
    void forge(Id<Tag>& id) {
        id.value = below(8) == 0 ? Id<Tag>::nothing : below(id.valid() ? id.value + 6 : 6);
    }
    void forge(Range& range) { range = {below(30), below(60), below(30), below(60)}; }
    template <class List>
    requires requires(List& list) { list.pop_back(); }
    void forge(List& list) {
        if (!list.empty()) forge(list[below(static_cast<std::uint32_t>(list.size()))]);
        if (!list.empty() && below(6) == 0) list.pop_back();
    }
    void forge(Pair& pair) { below(2) == 0 ? forge(pair.gradient) : forge(pair.variable); }
    void forge(Frame& frame) { forge(frame.range); }
    void forge(SyntaxItem& item) { below(2) == 0 ? forge(item.range) : forge(item.parts); }
    void forge(SourceAnswer& answer) {
        answer.state = static_cast<GradientState>(below(6));
        answer.reason = static_cast<CutReason>(below(18));
        forge(answer.source);
        forge(answer.result);
        forge(answer.cutNode);
        forge(answer.cutSite);
    }

    void operator()(OpExecuted& fact) {
        below(2) == 0 ? forge(fact.inputs) : forge(fact.hostInputs);
        forge(fact.fold);
        if (below(3) == 0) fact.op = below(2) == 0 ? "Sub" : "ReadVariableOp";
    }
    void operator()(ScriptDigest& fact) { forge(fact.items); }
    void operator()(CallSiteSeen& fact) { forge(fact.stack); }
    void operator()(ValueLeft& fact) { forge(fact.tensor); }
    void operator()(NameBound& fact) {
        fact.object.kind = static_cast<ObjectKind>(below(7));
        fact.object.id = below(8);
    }
    void operator()(GradientAsked& fact) { below(2) == 0 ? forge(fact.sources) : forge(fact.targets); }
    void operator()(GradientAnswered& fact) { forge(fact.answers); }
    void operator()(ApplyBegan& fact) {
        forge(fact.pairs);
        forge(fact.droppedGradients);
        if (below(3) == 0) fact.droppedVariables.push_back(VariableId{below(3)});
        forge(fact.zipSite);
    }
    void operator()(ApplyEnded& fact) { fact.raised = below(2) == 0; }
    template <class Fact>
    void operator()(Fact&) {}

private:
    std::mt19937 random_;
};

void diagnoseForged(const std::vector<Event>& honest, std::uint32_t seed) {
    Forger forger(seed);
    Timeline timeline;
    for (auto event : honest) {
        if (forger.below(20) == 0) continue;
        if (forger.below(4) == 0) std::visit(forger, event);
        if (timeline.append(std::move(event))) continue;  // refused, as most forgeries are
    }
    for (const auto& finding : diagnose(timeline)) {
        QVERIFY(!finding.evidence.empty());
        QVERIFY(finding.evidence.back() < timeline.size());
    }
    variableReports(timeline);
}

}  // namespace

class TestForged : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesSurvive() {
        const std::vector<std::vector<Event>> runs{wrongSourceTrace(), cutPathTrace(), clippedTrace()};
        for (std::uint32_t seed = 0; seed < 600; ++seed) diagnoseForged(runs[seed % runs.size()], seed);
    }
};

QTEST_GUILESS_MAIN(TestForged)
#include "tst_forged.moc"
