// SPDX-License-Identifier: Apache-2.0
// Stop, with the real worker: whatever the script is in the middle of, the run is over when stop() returns, and what
// had happened before is kept.
#include <QtTest>

#include "app/document/run.h"

using namespace tapescope;

class TestStopping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stops_data();
    void stops();
};

void TestStopping::stops_data() {
    QTest::addColumn<QByteArray>("doing");
    QTest::newRow("a loop of Python's") << QByteArray("while True:\n    pass\n");
    QTest::newRow("a call into C that takes long") << QByteArray("sum(range(10**12))\n");
    QTest::newRow("a loop of operations") << QByteArray("while True:\n    x = x + 1.0\n");
    QTest::newRow("a sleep") << QByteArray("import time\ntime.sleep(10**6)\n");
    QTest::newRow("a flood of lines") << QByteArray("while True:\n    print(x.shape)\n");
    QTest::newRow("a loop that catches everything") << QByteArray(
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass\n");
}

void TestStopping::stops() {
    QFETCH(QByteArray, doing);
    Run run;
    std::vector<Event> events;
    const auto saysReady = [](const Event& event) {
        const auto* printed = std::get_if<Printed>(&event);
        return printed != nullptr && printed->text.find("ready") != std::string::npos;
    };
    QObject::connect(&run, &Run::arrived, &run,
                     [&](const std::vector<Event>& more) { events.insert(events.end(), more.begin(), more.end()); });
    QSignalSpy arrived(&run, &Run::arrived);
    RunOptions options;
    options.worker = qEnvironmentVariable("TAPESCOPE_BIN") + QStringLiteral("/tapescope-worker");
    run.start(QStringLiteral("endless.py"),
              "import tensorflow as tf\nx = tf.constant(1.0)\nprint('ready', flush=True)\n" + doing, options);
    while (std::ranges::none_of(events, saysReady)) QVERIFY(arrived.wait(30000));
    const std::vector<Event> before = events;
    run.stop();
    QVERIFY(!run.running());
    // What had happened is kept, and the last word comes once.
    QVERIFY(events.size() > before.size() && std::equal(before.begin(), before.end(), events.begin()));
    QCOMPARE(std::ranges::count_if(events, [](const Event& one) { return std::holds_alternative<RunEnded>(one); }), 1);
    const auto* ended = std::get_if<RunEnded>(&events.back());
    QVERIFY(ended != nullptr);
    QCOMPARE(ended->outcome, Outcome::Killed);
    QVERIFY(ended->message.starts_with("The run was stopped."));
}

QTEST_GUILESS_MAIN(TestStopping)
#include "tst_stopping.moc"
