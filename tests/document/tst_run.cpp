// SPDX-License-Identifier: Apache-2.0
// Runs end with exactly one RunEnded, whatever the worker does. The worker here is a program that obeys its script.
#include <QSignalSpy>
#include <QtTest>

#include "app/document/document.h"
#include "core/trace/codec.h"

using namespace tapescope;

Q_DECLARE_METATYPE(tapescope::Outcome)

namespace {

RunOptions fakeOptions() {
    RunOptions options;
    options.worker = QStringLiteral(FAKE_WORKER);
    return options;
}

/// Collects what a run sends.
struct Listener {
    explicit Listener(Run& run) {
        QObject::connect(&run, &Run::arrived, [this](const std::vector<Event>& batch) {
            events.insert(events.end(), batch.begin(), batch.end());
        });
        QObject::connect(&run, &Run::ended, [this] { ++ends; });
    }
    const RunEnded* end() const { return events.empty() ? nullptr : std::get_if<RunEnded>(&events.back()); }
    std::vector<Event> events;
    int ends = 0;
};

}  // namespace

class TestRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outcomes_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("count");
        QTest::newRow("finished") << "end" << Outcome::Finished << "" << 5;
        QTest::newRow("last word is last") << "more end more" << Outcome::Finished << "" << 6;
        QTest::newRow("just leaves") << "more" << Outcome::Killed << "exit status 0" << 6;
        QTest::newRow("exits") << "exit" << Outcome::Killed << "exit status 3" << 5;
        QTest::newRow("exits, complaining") << "complain exit" << Outcome::Killed << "library missing" << 5;
        QTest::newRow("says nothing") << "silent exit" << Outcome::Killed << "exit status 3" << 3;
        QTest::newRow("forbidden") << "sigsys" << Outcome::Forbidden << "sandbox" << 5;
        QTest::newRow("killed") << "sigkill" << Outcome::Killed << "line 4" << 5;
        QTest::newRow("half a batch") << "more half sigkill" << Outcome::Killed << "line 4" << 6;
        QTest::newRow("garbage at once") << "silent garbage hang" << Outcome::Killed << "damaged" << 3;
        QTest::newRow("garbage") << "more garbage hang" << Outcome::Killed << "damaged" << 6;
    }

    void outcomes() {
        QFETCH(QString, script);
        QFETCH(Outcome, outcome);
        QFETCH(QString, message);
        QFETCH(int, count);
        Run run;
        const Listener listener(run);
        run.start(QStringLiteral("fake.py"), script.toUtf8(), fakeOptions());
        run.wait();
        QVERIFY(!run.running());
        QCOMPARE(listener.ends, 1);
        QVERIFY(listener.end() != nullptr);
        QCOMPARE(listener.end()->outcome, outcome);
        QVERIFY2(QString::fromStdString(listener.end()->message).contains(message), listener.end()->message.c_str());
        QCOMPARE(static_cast<int>(listener.events.size()), count);
    }

    void keptStreamsAreTheSame_data() { outcomes_data(); }

    /// Who keeps the stream has, to the last word, what arrives otherwise.
    void keptStreamsAreTheSame() {
        QFETCH(QString, script);
        Run seen, kept;
        const Listener all(seen), some(kept);
        seen.start(QStringLiteral("fake.py"), script.toUtf8(), fakeOptions());
        seen.wait();
        std::vector<std::byte> bytes;
        RunOptions options = fakeOptions();
        options.keep = [&bytes](std::span<const std::byte> piece) {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return true;
        };
        kept.start(QStringLiteral("fake.py"), script.toUtf8(), options);
        kept.wait();
        Decoder decoder;
        std::vector<Event> events;
        QVERIFY(!decoder.feed(bytes, events));
        QVERIFY(decoder.atBoundary());
        QVERIFY(events == all.events);
        QCOMPARE(some.ends, 1);
        QVERIFY(some.end() != nullptr && *some.end() == *all.end());
    }

    void runsEndWhereNothingIsKept() {
        Run run;
        const Listener listener(run);
        RunOptions options = fakeOptions();
        options.keep = [](std::span<const std::byte>) { return false; };
        run.start(QStringLiteral("fake.py"), "more hang", options);
        run.wait();
        QCOMPARE(listener.ends, 1);
        QVERIFY(listener.end() != nullptr);
        QVERIFY(QString::fromStdString(listener.end()->message).startsWith(QStringLiteral("The run was stopped.")));
    }

    void stopsAHangingWorker() {
        Run run;
        const Listener listener(run);
        QSignalSpy arrived(&run, &Run::arrived);
        run.start(QStringLiteral("fake.py"), "hang", fakeOptions());
        QVERIFY(arrived.wait());
        QVERIFY(run.running());
        run.stop();
        QVERIFY(!run.running());
        QCOMPARE(listener.end()->outcome, Outcome::Killed);
        QCOMPARE(listener.end()->message, std::string("The run was stopped. It was last seen in line 4."));
        QCOMPARE(listener.events.size(), std::size_t{5});
        run.stop();
        QCOMPARE(listener.ends, 1);
    }

    void wallClockEndsAHangingWorker() {
        Run run;
        const Listener listener(run);
        RunOptions options = fakeOptions();
        options.timeout = 0.05;
        run.start(QStringLiteral("fake.py"), "hang", options);
        run.wait();
        QCOMPARE(listener.end()->outcome, Outcome::Timeout);
        QVERIFY(listener.end()->message.find("--timeout SECONDS") != std::string::npos);
    }

    void streamHasABudget() {
        Run run;
        const Listener listener(run);
        RunOptions options = fakeOptions();
        options.stream = qint64{1} << 20;
        run.start(QStringLiteral("fake.py"), "flood", options);
        run.wait();
        QCOMPARE(listener.end()->outcome, Outcome::Output);
        QVERIFY(listener.end()->message.find("1 MB") != std::string::npos);
        QVERIFY(listener.events.size() > 10);
    }

    void eventsHaveABudget() {
        Run run;
        const Listener listener(run);
        RunOptions options = fakeOptions();
        options.events = 100;
        run.start(QStringLiteral("fake.py"), "flood", options);
        run.wait();
        QCOMPARE(listener.end()->outcome, Outcome::Output);
        QVERIFY(listener.end()->message.find("more than 100 events") != std::string::npos);
        QVERIFY(listener.events.size() > 100);
    }

    void missingWorkerIsSaid() {
        Run run;
        const Listener listener(run);
        RunOptions options;
        options.worker = QStringLiteral("/nonexistent/worker");
        run.start(QStringLiteral("fake.py"), "end", options);
        run.wait();
        QCOMPARE(listener.ends, 1);
        QCOMPARE(listener.end()->outcome, Outcome::Killed);
        QVERIFY(listener.end()->message.find("/nonexistent/worker") != std::string::npos);
        QCOMPARE(std::get<ScriptRead>(listener.events.at(1)).text, std::string("end"));
    }

    void impossibleEventsDamageTheDocument() {
        Document document;
        document.setOptions(fakeOptions());
        document.run(QStringLiteral("fake.py"), QStringLiteral("more impossible more hang"));
        document.wait();
        QCOMPARE(document.state(), Document::State::Damaged);
        QVERIFY2(document.message().contains(QStringLiteral("damaged")), qPrintable(document.message()));
        QCOMPARE(document.timeline().ended()->outcome, Outcome::Killed);
    }

    void documentFollowsAndStops() {
        Document document;
        document.setOptions(fakeOptions());
        QSignalSpy grew(&document, &Document::timelineGrew);
        document.run(QStringLiteral("fake.py"), QStringLiteral("hang"));
        QCOMPARE(document.state(), Document::State::Running);
        QVERIFY(grew.wait());
        QCOMPARE(document.position().event, document.timeline().size() - 1);
        document.seek({1, 1});
        QVERIFY(!document.follows());
        document.stop();
        QCOMPARE(document.state(), Document::State::Limited);
        QCOMPARE(document.position().event, EventIndex{1});
    }

    void runningAgainReplaces() {
        Document document;
        document.setOptions(fakeOptions());
        document.run(QStringLiteral("fake.py"), QStringLiteral("hang"));
        document.rerun(QStringLiteral("end"));
        document.wait();
        QCOMPARE(document.state(), Document::State::Finished);
        QCOMPARE(document.script(), QStringLiteral("end"));
        QCOMPARE(document.name(), QStringLiteral("fake.py"));
        QCOMPARE(document.timeline().size(), EventIndex{5});
    }

    void argumentsSayWhatTheScriptNeeds() {
        RunOptions options;
        options.seed = 7;
        options.trust = true;
        options.timeout = 2.5;
        QCOMPARE(workerArguments(QStringLiteral("a.py"), "import math\nimport numpy\n", options).join(u' '),
                 QStringLiteral("--name a.py --keras 3 --cpu 2.5 --wall 5 --preload math,numpy --seed 7 --trust"));
    }

    void kerasIsTheOptionsOrTheScripts() {
        RunOptions options;
        const QByteArray script = "import tensorflow  # keras: 2\n";
        QCOMPARE(kerasOf("import tensorflow\n", options), QStringLiteral("3"));
        QCOMPARE(kerasOf("print('# keras: 2')\n", options), QStringLiteral("3"));
        QCOMPARE(kerasOf(script, options), QStringLiteral("2"));
        QVERIFY(workerArguments(QStringLiteral("a.py"), script, options).contains(QStringLiteral("2")));
        QCOMPARE(kerasOf("#keras:legacy\r\nx = 1\n", options), QStringLiteral("legacy"));
        options.keras = QStringLiteral("3");
        QCOMPARE(kerasOf(script, options), QStringLiteral("3"));
    }
};

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
