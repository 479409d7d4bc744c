// SPDX-License-Identifier: Apache-2.0
// The graph of a step: second derivatives, gradients that are no numbers, and what the script assigns itself.
#include <QtTest>
#include <cmath>

#include "core/trace/stepgraph.h"
#include "tests/trace/boxes.h"
#include "tests/trace/logbuilder.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

class TestStepChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secondDerivativesAreDrawn();
    void notANumberIsNoZero();
    void assignmentsAreUpdates();
};

/// The way back that a tape recorded stands in the picture where another gradient() goes through it, and only there.
void TestStepChanges::secondDerivativesAreDrawn() {
    for (const bool again : {false, true}) {
        LogBuilder log("x\n");
        const auto site = log.site(1);
        const auto x = log.variable("x", Tensor::scalar(3), {}, site);
        const auto outer = log.openTape(site), inner = log.openTape(site);
        const auto y = log.op("Square", site, {log.read(x, site)}, Tensor::scalar(9));
        log.exitTape(inner, site);
        const auto first = log.ask(inner, {y}, {log.handle(x)}, site);
        const auto slope = log.backward(first, "Mul", site, {log.read(x, site)}, Tensor::scalar(6), true);
        log.answer(first, {log.path(log.handle(x), slope)});
        log.exitTape(outer, site);
        if (again) log.ask(outer, {slope}, {log.handle(x)}, site);
        const auto graph = stepGraph(timelineOf(log.events()), 0);
        QCOMPARE(titles(graph, BoxKind::Operation), again ? (Texts{"Square", "Mul"}) : Texts{"Square"});
    }
}

void TestStepChanges::notANumberIsNoZero() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto x = log.variable("x", Tensor::scalar(0), {}, site);
    const auto tape = log.openTape(site);
    const auto y = log.op("Sqrt", site, {log.read(x, site)}, Tensor::scalar(0));
    const auto gradient = log.ask(tape, {y}, {log.handle(x)}, site);
    const auto slope = log.backward(gradient, "Div", site, {y}, Tensor::scalar(std::nanf("")));
    log.arrive(gradient, log.handle(x), log.producer(y), 0, slope);
    log.answer(gradient, {log.path(log.handle(x), slope)});
    const auto graph = stepGraph(timelineOf(log.events()), 0);
    QCOMPARE(graph.gradients.size(), std::size_t{1});
    QVERIFY(std::isnan(graph.gradients[0].norm));
}

void TestStepChanges::assignmentsAreUpdates() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto x = log.variable("x", Tensor::scalar(3), {}, site);
    const auto delta = log.op("Mul", site, {log.read(x, site)}, Tensor::scalar(1));
    log.assign(x, AssignKind::AssignSub, delta, Tensor::scalar(2), site);
    log.assign(x, AssignKind::AssignSub, delta, Tensor::scalar(1), site);  // the same way again
    const auto graph = stepGraph(timelineOf(log.events()), 0);
    QCOMPARE(graph.assigns.size(), std::size_t{1});
    QCOMPARE(graph.boxes[graph.assigns[0].from].title, std::string("Mul"));
    QCOMPARE(graph.boxes[graph.assigns[0].variable].title, std::string("x"));
}

QTEST_APPLESS_MAIN(TestStepChanges)
#include "tst_stepchanges.moc"
