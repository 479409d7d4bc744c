// SPDX-License-Identifier: Apache-2.0
// The reports over runs written by hand: the shape that programs rely on, and the sentences that people read.
#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "app/cli/report.h"
#include "core/trace/codec.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;

namespace {

void openEvents(Document& document, const std::vector<Event>& events) {
    Encoder encoder;
    for (const Event& event : events) encoder.add(event);
    const auto batch = encoder.drain();
    QByteArray bytes(reinterpret_cast<const char*>(batch.data()), static_cast<qsizetype>(batch.size()));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QVERIFY(document.open(buffer, QStringLiteral("run.tape")));
}

QJsonObject jsonOf(const Document& document) {
    const QByteArray bytes = jsonReport(QStringLiteral("some.py"), document);
    return QJsonDocument::fromJson(bytes).object();
}

std::vector<Event> endedBy(RunEnded end) {
    std::vector<Event> events = testing::wrongSourceTrace();
    events.back() = std::move(end);
    return events;
}

QJsonObject variableNamed(const QJsonObject& report, const QString& name) {
    for (const QJsonValue& variable : report["variables"].toArray()) {
        if (variable["names"].toArray().contains(name)) return variable.toObject();
    }
    return {};
}

}  // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonIsOneLine() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QByteArray bytes = jsonReport(QStringLiteral("a.py"), document);
        QVERIFY(bytes.endsWith('\n'));
        QCOMPARE(bytes.count('\n'), 1);
    }

    void jsonHasTheKeysOfThePage() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QJsonObject report = jsonOf(document);
        QCOMPARE(report.keys().join(u' '),
                 QStringLiteral("error file findings notes outcome output shown stderr traceback variables warnings"));
        QCOMPARE(report["file"].toString(), QStringLiteral("some.py"));
        QCOMPARE(report["outcome"].toString(), QStringLiteral("finished"));
        QVERIFY(report["error"].isNull());
        const QJsonObject variable = report["variables"][0].toObject();
        QCOMPARE(variable.keys().join(u' '), QStringLiteral("dtype line names shape steps trainable updated"));
        QCOMPARE(variable["steps"][0].toObject().keys().join(u' '),
                 QStringLiteral("applied change cut_line gradient line paired_with reason step"));
        const QJsonObject finding = report["findings"][0].toObject();
        QCOMPARE(finding.keys().join(u' '),
                 QStringLiteral("event explanation fix id line message severity tensorflow_says variables"));
        QVERIFY(finding["fix"].isNull() ||
                finding["fix"].toObject().keys().join(u' ') == QStringLiteral("description edits verified"));
    }

    void jsonTellsTheStory() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QJsonObject report = jsonOf(document);
        const QJsonObject w = variableNamed(report, QStringLiteral("W"));
        const QJsonObject b = variableNamed(report, QStringLiteral("b"));
        QCOMPARE(w["shape"].toArray(), (QJsonArray{2, 2}));
        QCOMPARE(w["dtype"].toString(), QStringLiteral("float32"));
        QCOMPARE(w["steps"][0]["gradient"].toString(), QStringLiteral("path"));
        QCOMPARE(w["steps"][0]["paired_with"].toString(), QStringLiteral("W"));
        QCOMPARE(w["steps"][1]["gradient"].toString(), QStringLiteral("not-asked"));
        QCOMPARE(w["steps"][1]["paired_with"].toString(), QStringLiteral("y_pred_incorrect"));
        QVERIFY(w["steps"][1]["applied"].toBool());
        QCOMPARE(b["shape"].toArray(), QJsonArray{2});
        QCOMPARE(b["steps"][1]["gradient"].toString(), QStringLiteral("not-asked"));
        QVERIFY(b["steps"][1]["paired_with"].isNull());
        QVERIFY(!b["steps"][1]["applied"].toBool());
        QVERIFY(b["updated"].toBool());
    }

    void changesReadBackExactly() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QJsonObject report = jsonOf(document);
        for (const VariableReport& expected : variableReports(document.timeline())) {
            const QJsonObject variable = variableNamed(report, QString::fromStdString(expected.names.front()));
            for (std::size_t i = 0; i < expected.steps.size(); ++i) {
                const QJsonValue step = variable["steps"][static_cast<qsizetype>(i)];
                QCOMPARE(step["change"].toDouble(), expected.steps[i].change);
            }
        }
    }

    void eventsCountBeats() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QJsonArray findings = jsonOf(document)["findings"].toArray();
        QCOMPARE(static_cast<std::size_t>(findings.size()), document.findings().size());
        for (const QJsonValue& finding : findings) {
            const int beat = finding["event"].toInt();
            QVERIFY(beat >= 1 && beat <= static_cast<int>(document.beatCount()));
        }
    }

    void outcomes_data() {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("name");
        const char* names[] = {"finished", "error", "timeout", "memory", "output", "killed", "forbidden", "refused"};
        for (int i = 0; i < 8; ++i) QTest::newRow(names[i]) << i << names[i];
    }

    void outcomes() {
        QFETCH(int, outcome);
        QFETCH(QString, name);
        Document document;
        openEvents(document, endedBy({static_cast<Outcome>(outcome), "a limit was reached", 5}));
        const QJsonObject report = jsonOf(document);
        QCOMPARE(report["outcome"].toString(), name);
        QCOMPARE(report["error"].isNull(), outcome == 0);
        QCOMPARE(statusOf(document), outcome == 0 ? foundSomething : stoppedShort);
        if (outcome == 0) return;
        QCOMPARE(report["error"]["type"].toString(), name);
        QCOMPARE(report["error"]["message"].toString(), QStringLiteral("a limit was reached"));
        QCOMPARE(report["error"]["line"].toInt(), 5);
        const QString text = textReport(QStringLiteral("some.py"), document);
        QVERIFY(text.startsWith(QStringLiteral("some.py:5: stopped (%1)").arg(name)));
    }

    void exceptionsAreErrors() {
        auto events = endedBy({Outcome::Error, "", 7});
        events.insert(events.end() - 1, Raised{"ValueError", "Unknown variable\nlist", "", CallSiteId{0}, 7});
        Document document;
        openEvents(document, events);
        QCOMPARE(jsonOf(document)["error"].toObject(),
                 (QJsonObject{{"type", "ValueError"}, {"message", "Unknown variable\nlist"}, {"line", 7}}));
        const QString text = textReport(QStringLiteral("some.py"), document);
        QVERIFY2(text.startsWith(QStringLiteral("some.py:7: stopped (ValueError)")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("    Unknown variable\n    list\n")));
    }

    void limitsSpeakForTheirExceptions() {
        auto events = endedBy({Outcome::Memory, "Line 7: over 4 GB", 7});
        events.insert(events.end() - 1, Raised{"MemoryError", "", "", CallSiteId{0}, 7});
        Document document;
        openEvents(document, events);
        QCOMPARE(jsonOf(document)["error"].toObject(),
                 (QJsonObject{{"type", "MemoryError"}, {"message", "Line 7: over 4 GB"}, {"line", 7}}));
        const QString text = textReport(QStringLiteral("some.py"), document);
        QVERIFY2(text.startsWith(QStringLiteral("some.py:7: stopped (memory)")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("over 4 GB")));
    }

    void textReadsLikeACompiler() {
        Document document;
        openEvents(document, testing::wrongSourceTrace());
        const QString text = textReport(QStringLiteral("some.py"), document);
        QVERIFY2(text.startsWith(QStringLiteral("some.py: ran to its end; ")), qPrintable(text));
        for (const Finding& finding : document.findings()) {
            const QString line = QStringLiteral("\nsome.py:%1: %2: %3 [%4]\n")
                                     .arg(finding.line)
                                     .arg(QLatin1String(severityName(finding.severity)))
                                     .arg(QString::fromStdString(finding.title), QString::fromStdString(finding.id));
            QVERIFY2(text.contains(line), qPrintable(line + text));
        }
        QVERIFY(text.contains(QStringLiteral("TensorFlow says")));
        QVERIFY(text.contains(QStringLiteral("y_pred_incorrect")));
        QVERIFY(!text.contains(u'\x1b'));
        for (const QString& line : text.split(u'\n')) QVERIFY2(!line.endsWith(u' '), qPrintable(line));
    }

    void damagedRecordingsStopShort() {
        auto events = testing::wrongSourceTrace();
        events.pop_back();
        Document document;
        openEvents(document, events);
        QCOMPARE(document.state(), Document::State::Damaged);
        QCOMPARE(statusOf(document), stoppedShort);
        const QJsonObject report = jsonOf(document);
        QCOMPARE(report["outcome"].toString(), QStringLiteral("killed"));
        QVERIFY(report["error"]["message"].toString().contains(QStringLiteral("damaged at byte")));
        QVERIFY(!report["variables"].toArray().isEmpty());
        QVERIFY(textReport(QStringLiteral("a.tape"), document).startsWith(QStringLiteral("a.tape: stopped (damaged)")));
    }

    void quietRunIsWell() {
        Document document;
        openEvents(document, {RunStarted{"a.py", "0", "3", 0, false}, ScriptRead{FileId{0}, "a.py", "print(1)\n"},
                              Printed{false, "1\n", {}}, Printed{true, "not this\n", {}}, RunEnded{}});
        QCOMPARE(statusOf(document), allWell);
        QCOMPARE(jsonOf(document)["output"].toString(), QStringLiteral("1\n"));
        QCOMPARE(jsonOf(document)["stderr"].toString(), QStringLiteral("not this\n"));
        QCOMPARE(textReport(QStringLiteral("a.py"), document),
                 QStringLiteral("a.py: ran to its end; nothing to report\n"
                                "    The script wrote to standard error:\n    not this\n"));
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
