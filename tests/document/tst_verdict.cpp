// SPDX-License-Identifier: Apache-2.0
// Every way in which a worker can be gone has an outcome and a sentence that helps.
#include <QtTest>
#include <csignal>

#include "app/document/verdict.h"

using namespace tapescope;

Q_DECLARE_METATYPE(tapescope::Outcome)

class TestVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signals_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("forbidden call") << SIGSYS << 0.1 << Outcome::Forbidden;
        QTest::newRow("file size") << SIGXFSZ << 0.1 << Outcome::Forbidden;
        QTest::newRow("computing time") << SIGXCPU << 1.0 << Outcome::Timeout;
        QTest::newRow("computing time, hard") << SIGKILL << 10.5 << Outcome::Timeout;
        QTest::newRow("killed early") << SIGKILL << 0.5 << Outcome::Killed;
        QTest::newRow("crash") << SIGSEGV << 0.5 << Outcome::Killed;
        QTest::newRow("abort") << SIGABRT << 0.5 << Outcome::Killed;
    }

    void signals() {
        QFETCH(int, number);
        QFETCH(double, seconds);
        QFETCH(Outcome, outcome);
        RunOptions options;
        options.timeout = 10;
        const RunEnded end =
            endOfDead({.status = QProcess::CrashExit, .code = number, .seconds = seconds, .line = 7}, options);
        QCOMPARE(end.outcome, outcome);
        QCOMPARE(end.line, 7U);
        QVERIFY(QString::fromStdString(end.message).contains(QStringLiteral("line 7")));
        QCOMPARE(end.message.find("--timeout SECONDS") != std::string::npos, outcome == Outcome::Timeout);
    }

    void exitStatusNamesWhatWasSaid() {
        const RunEnded end = endOfDead({.code = 3, .diagnostics = QStringLiteral("one\nlibpython is missing\n")}, {});
        QCOMPARE(end.outcome, Outcome::Killed);
        const QString message = QString::fromStdString(end.message);
        QVERIFY(message.contains(QStringLiteral("exit status 3")));
        QVERIFY(message.contains(QStringLiteral("libpython is missing")));
        QVERIFY(!message.contains(QStringLiteral("line 0")));
    }

    void limitsNameTheirNumbers() {
        RunOptions options;
        options.timeout = 1.5;
        QVERIFY(endByClock(options, 3).message.find("after 3 seconds") != std::string::npos);
        QVERIFY(endByStream(options, 3).message.find("512 MB") != std::string::npos);
        QCOMPARE(endByStream(options, 3).outcome, Outcome::Output);
        QCOMPARE(endByStop(0).message, std::string("The run was stopped."));
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
