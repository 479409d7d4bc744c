// SPDX-License-Identifier: Apache-2.0
// What the panels say: inspector, names, state of the run, numbers.
#include <QLabel>
#include <QtTest>
#include <algorithm>

#include "app/view/charts.h"
#include "app/view/inspection.h"
#include "app/view/names.h"
#include "app/view/status.h"
#include "app/view/variables.h"
#include "tests/trace/sampletrace.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

BoxKey variable(VariableId id) {
    return {.kind = BoxKind::Variable, .id = id.value, .ordinal = 0};
}

const Inspection::Table* table(const Inspection& inspection, const QString& heading) {
    const auto found = std::ranges::find(inspection.tables, heading, &Inspection::Table::heading);
    return found == inspection.tables.end() ? nullptr : &*found;
}

QString row(const Inspection& inspection, const QString& label) {
    const auto found = std::ranges::find(inspection.rows, label, &Inspection::Row::label);
    return found == inspection.rows.end() ? QString() : found->text;
}

std::vector<double> numbers(const Inspection::Table* table) {
    std::vector<double> found;
    if (table == nullptr || !table->value) return found;
    for (std::int64_t i = 0; i < table->value->whole.count(); ++i) found.push_back(table->value->whole.at(i));
    return found;
}

NameRow named(const std::vector<NameRow>& rows, const QString& name) {
    const auto found = std::ranges::find(rows, name, &NameRow::name);
    return found == rows.end() ? NameRow{} : *found;
}

}  // namespace

class TestInspection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongPairShowsTheTrueGradient();
    void droppedVariableSaysWhy();
    void nothingIsToldBeforeItHappened();
    void operationHasFormulaInputsAndValue();
    void optimizerListsItsPairs();
    void unknownBoxIsEmpty();
    void historyHasABarForEachStep();
    void cutVariableHasNoPath();
    void namesAndTheirObjects();
    void namesKeepTheirPlaces();
    void stateInWords();
    void failedRunInWords();
    void highestSeverityFirst();
    void briefNumbers_data();
    void briefNumbers();
    void updatedStepsInRanges();

private:
    FirstBindings first() const {
        FirstBindings first;
        first.read(timeline_);
        return first;
    }

    Timeline timeline_ = timelineOf(wrongSourceTrace());
    StepGraph graph_ = stepGraph(timeline_, 1);
    EventIndex end_ = timeline_.size() - 1;
};

void TestInspection::wrongPairShowsTheTrueGradient() {
    const Inspection found = inspect(timeline_, graph_, variable(sampleW), end_);
    QCOMPARE(found.title, QStringLiteral("W · step 2"));
    QCOMPARE(found.kind, QStringLiteral("Variable ① 2×2 float32"));
    // From the script: d sum(y)/dy is all ones, d sum(y)/dW is the transposed X times ones.
    QCOMPARE(numbers(table(found, QStringLiteral("gradient used"))), (std::vector<double>{1, 1, 1, 1}));
    QCOMPARE(numbers(table(found, QStringLiteral("true gradient"))), (std::vector<double>{4, 4, 6, 6}));
    QCOMPARE(numbers(table(found, QStringLiteral("before"))).size(), std::size_t{4});
    QVERIFY(row(found, QStringLiteral("paired with")).contains(QStringLiteral("y_pred_incorrect")));
}

void TestInspection::droppedVariableSaysWhy() {
    const Inspection found = inspect(timeline_, graph_, variable(sampleB), end_);
    QVERIFY(row(found, QStringLiteral("update")).contains(QStringLiteral("zip()")));
    QCOMPARE(row(found, QStringLiteral("gradient")), QStringLiteral("not asked for"));
    QCOMPARE(numbers(table(found, QStringLiteral("value"))).size(), std::size_t{2});
}

void TestInspection::nothingIsToldBeforeItHappened() {
    const EventIndex begin = timeline_.steps()[1].begin;
    const Inspection found = inspect(timeline_, graph_, variable(sampleW), begin);
    QVERIFY(table(found, QStringLiteral("gradient used")) == nullptr);
    QCOMPARE(row(found, QStringLiteral("gradient")), QStringLiteral("not computed yet"));
    const auto matmul = std::ranges::find(graph_.boxes, std::string("MatMul"), &GraphBox::title);
    const Inspection later = inspect(timeline_, graph_, matmul->key, begin);
    QCOMPARE(row(later, QStringLiteral("value")), QStringLiteral("did not run yet"));
}

void TestInspection::operationHasFormulaInputsAndValue() {
    const auto sum = std::ranges::find(graph_.boxes, std::string("Sum"), &GraphBox::title);
    const Inspection found = inspect(timeline_, graph_, sum->key, end_);
    QVERIFY(!found.formula.isEmpty());
    QCOMPARE(row(found, QStringLiteral("line")), QStringLiteral("24"));
    QCOMPARE(numbers(table(found, QStringLiteral("value"))).size(), std::size_t{1});
    QCOMPARE(numbers(table(found, QStringLiteral("gradient"))), std::vector<double>{1});
    const bool named = std::ranges::any_of(found.rows, [](const Inspection::Row& each) {
        return each.text.startsWith(QStringLiteral("y_pred_incorrect"));
    });
    QVERIFY(named);
}

void TestInspection::optimizerListsItsPairs() {
    const auto box = std::ranges::find_if(graph_.boxes, [](const GraphBox& each) { return each.optimizer.valid(); });
    const Inspection found = inspect(timeline_, graph_, box->key, end_);
    QCOMPARE(row(found, QStringLiteral("learning_rate")), QStringLiteral("0.01"));
    QVERIFY(row(found, QStringLiteral("pair 1")).contains(QStringLiteral("y_pred_incorrect → W")));
    QVERIFY(row(found, QStringLiteral("pair 2")).contains(QStringLiteral("→ b (dropped")));
}

void TestInspection::unknownBoxIsEmpty() {
    const BoxKey nobody{.kind = BoxKind::Operation, .id = 12345, .ordinal = 6};
    QVERIFY(inspect(timeline_, graph_, nobody, end_).title.isEmpty());
}

void TestInspection::historyHasABarForEachStep() {
    const Inspection found = inspect(timeline_, graph_, variable(sampleW), end_);
    QCOMPARE(found.bars.size(), std::size_t{2});
    // 0.01 times the norms of [[4 4] [6 6]] and of all ones.
    QVERIFY(std::abs(found.bars[0].height - 0.01 * std::sqrt(104.0)) < 1e-6);
    QVERIFY(std::abs(found.bars[1].height - 0.01 * 2) < 1e-6);
    QVERIFY(!found.bars[0].caution && found.bars[1].caution);
    QVERIFY(!found.bars[0].now && found.bars[1].now);
    QCOMPARE(inspect(timeline_, graph_, variable(sampleB), end_).bars.size(), std::size_t{1});
}

void TestInspection::cutVariableHasNoPath() {
    const Timeline cut = timelineOf(cutPathTrace());
    const StepGraph graph = stepGraph(cut, 0);
    const Inspection found = inspect(cut, graph, variable(sampleB), cut.size() - 1);
    QVERIFY(row(found, QStringLiteral("gradient")).contains(QStringLiteral("no path")));
}

void TestInspection::namesAndTheirObjects() {
    const auto rows = nameRows(timeline_, timeline_.at(end_), first());
    QCOMPARE(named(rows, QStringLiteral("W")).object, QStringLiteral("Variable ① 2×2 float32"));
    QCOMPARE(named(rows, QStringLiteral("tape")).object, QStringLiteral("Tape ②"));
    QCOMPARE(named(rows, QStringLiteral("optimizer")).object, QStringLiteral("SGD lr=0.01"));
    QCOMPARE(named(rows, QStringLiteral("gradients")).object, QStringLiteral("[∂/∂W, ∂/∂b]"));
    QVERIFY(named(rows, QStringLiteral("gradients")).gradient);
    QCOMPARE(named(rows, QStringLiteral("gradients_incorrect")).object, QStringLiteral("[∂/∂y_pred_incorrect]"));
    QVERIFY(!named(rows, QStringLiteral("W")).gradient);
}

void TestInspection::namesKeepTheirPlaces() {
    const auto later = nameRows(timeline_, timeline_.at(end_), first());
    const auto earlier = nameRows(timeline_, timeline_.at(timeline_.steps()[1].begin), first());
    QVERIFY(earlier.size() < later.size());
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(earlier[i].name, later[i].name);
}

void TestInspection::stateInWords() {
    const SampleTapes tapes;
    Document document;
    QCOMPARE(statusText(document), QString());
    QVERIFY(document.open(tapes.write(QStringLiteral("run.tape"), wrongSourceTrace())));
    QVERIFY2(statusText(document).startsWith(QStringLiteral("ran: ")), qPrintable(statusText(document)));
    QVERIFY(statusText(document).endsWith(QStringLiteral("2 steps")));
    QCOMPARE(troubleText(document), QString());
    QVERIFY(findingsText(document).contains(QString::number(document.findings().size())));
}

void TestInspection::failedRunInWords() {
    auto events = wrongSourceTrace();
    events.pop_back();
    events.push_back(
        Raised{.type = "ValueError", .message = "Unknown variable", .traceback = {}, .site = {}, .line = 28});
    events.push_back(RunEnded{.outcome = Outcome::Error, .message = {}, .line = 28});
    const SampleTapes tapes;
    Document document;
    QVERIFY(document.open(tapes.write(QStringLiteral("run.tape"), events)));
    QVERIFY(statusText(document).startsWith(QStringLiteral("stopped by an error in line 28")));
    QCOMPARE(troubleText(document), QStringLiteral("Line 28: ValueError: Unknown variable"));
    OpenWindow on;
    QVERIFY(on.open(QStringLiteral("run.tape"), events));
    const Timeline& timeline = on.window.document().timeline();
    on.window.player().seekEvent(timeline.findAll(Event(Raised{}).index()).back());
    on.window.canvas().present();
    const auto labels = on.window.findChildren<QLabel*>();
    QCOMPARE(std::ranges::count_if(labels,
                                   [](const QLabel* one) {
                                       return one->isVisible() &&
                                              one->text().contains(QStringLiteral("Unknown variable"));
                                   }),
             1);
}

void TestInspection::highestSeverityFirst() {
    const auto finding = [](Severity severity, EventIndex event) {
        Finding made;
        made.severity = severity;
        made.event = event;
        return made;
    };
    QCOMPARE(firstFinding({}), -1);
    QCOMPARE(firstFinding({finding(Severity::Hint, 1), finding(Severity::Error, 9), finding(Severity::Error, 5)}), 2);
    QCOMPARE(firstFinding({finding(Severity::Warning, 4), finding(Severity::Hint, 2)}), 0);
}

void TestInspection::briefNumbers_data() {
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0");
    QTest::newRow("one") << 1.0 << QStringLiteral("1");
    QTest::newRow("part") << 0.31 << QStringLiteral(".31");
    QTest::newRow("negative part") << -0.5 << QStringLiteral("-.5");
    QTest::newRow("small") << 0.0125 << QStringLiteral(".013");
    QTest::newRow("tiny") << 0.00003 << QStringLiteral("3e-5");
    QTest::newRow("tens") << 12.34 << QStringLiteral("12.3");
    QTest::newRow("hundreds") << 100.0 << QStringLiteral("100");
    QTest::newRow("huge") << 2e12 << QStringLiteral("2e12");
    QTest::newRow("nan") << std::nan("") << QStringLiteral("nan");
}

void TestInspection::briefNumbers() {
    QFETCH(double, number);
    QTEST(brief(number), "text");
}

void TestInspection::updatedStepsInRanges() {
    VariableReport report;
    for (const std::uint32_t step : {1U, 2U, 3U, 5U, 8U, 9U}) {
        VariableStep made;
        made.step = step;
        made.applied = true;
        report.steps.push_back(made);
    }
    report.steps[4].applied = false;
    QCOMPARE(updatedSteps(report), QStringLiteral("1–3, 5, 9"));
    QCOMPARE(updatedSteps({}), QString());
}

QTEST_MAIN(TestInspection)
#include "tst_inspection.moc"
