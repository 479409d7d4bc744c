// SPDX-License-Identifier: Apache-2.0
// What the sandbox promises: refusals with a sentence and a line, limits that end a run with the trace so far, and no
// script where the wall cannot be built.
#include <seccomp.h>
#include <sys/prctl.h>

#include <QFile>
#include <QProcess>
#include <QTest>
#include <cerrno>
#include <span>

#include "core/trace/codec.h"
#include "tests/worker/workerrun.h"

using namespace tapescope;

class TestSandbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void aCaughtRefusalGoesOn();
    void harmlessThingsWork();
    void theWallStandsBehindTheSentences();
    void theEnvironmentStaysOutside();
    void limitsFromTheEnvironment();
    void wordsArriveBeforeTheEnd();
    void isLockedBeforeItReads();
    void refusesWithoutSeccomp();
    void trustRunsWithoutSeccomp();
};

namespace {

const QByteArray files = "a script cannot reach files here";
const QByteArray network = "a script cannot reach the network here";
const QByteArray processes = "a script cannot reach other processes here";

/// Makes the process one in which no further filter of system calls can be set up.
void withoutSeccomp() {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
    seccomp_load(filter);
    seccomp_release(filter);
}

std::vector<Event> runWithoutSeccomp(const QStringList& arguments) {
    QProcess worker;
    worker.setChildProcessModifier(&withoutSeccomp);
    worker.start(workerProgram(), arguments);
    worker.write("print('ran')\n");
    worker.closeWriteChannel();
    worker.waitForFinished();
    const QByteArray bytes = worker.readAllStandardOutput();
    std::vector<Event> events;
    Decoder decoder;
    const auto failure =
        decoder.feed(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), events);
    return failure ? std::vector<Event>() : events;
}

template <class T>
bool has(const std::vector<Event>& events) {
    return std::ranges::any_of(events, [](const Event& event) { return std::holds_alternative<T>(event); });
}

}  // namespace

void TestSandbox::ends_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("outcome");
    QTest::addColumn<unsigned>("line");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const char* script, const char* outcome, unsigned line,
                        const QByteArray& says) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(outcome) << line << says;
    };
    row("open", "x = 1\nopen('/etc/passwd')\n", "forbidden", 2, "Line 2: open(\"/etc/passwd\"): " + files);
    row("open in a function", "def load():\n    return open('data.csv')\n\nload()\n", "forbidden", 2, files);
    row("write", "open('x', 'w')\n", "forbidden", 1, "open(\"x\"): a script cannot write files here");
    row("path", "import pathlib\npathlib.Path('x').read_text()\n", "forbidden", 2, files);
    row("list", "import os\nos.listdir('/')\n", "forbidden", 2, "os.listdir(\"/\"): " + files);
    row("make", "import os\nos.mkdir('/x')\n", "forbidden", 2, files);
    row("look", "import os\nos.stat('/etc')\n", "forbidden", 2, "a script cannot reach files");
    row("fork", "import os\nos.fork()\n", "forbidden", 2, "os.fork(): " + processes);
    row("shell", "import os\nos.system('ls')\n", "forbidden", 2, processes);
    row("kill", "import os\nos.kill(1, 9)\n", "forbidden", 2, "os.kill(): " + processes);
    row("socket", "import socket\nsocket.socket()\n", "forbidden", 1, "import socket: " + network);
    row("requests", "from urllib import request\n", "forbidden", 1, "import urllib: " + network);
    row("subprocess", "import subprocess\n", "forbidden", 1, processes);
    row("native code", "import ctypes\n", "forbidden", 1, "a script cannot call native code here");
    row("thread", "import threading\nthreading.Thread(target=print).start()\n", "forbidden", 2, "one thread");
    row("unavailable module", "import wave\n", "error", 1, "this standard module is not available here");
    row("module not seen beforehand", "__import__('csv')\n", "error", 1, "name it in an import statement");
    row("endless loop", "x = 0\nwhile True: x += 1\n", "timeout", 2, "more than its limit of 1 second of computing");
    row("endless loop in C", "x = 0\nsum(range(10**12))\n", "timeout", 2, "--timeout");
    row("loop that catches", "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n",
        "timeout", 3, "in line 3");
    row("100 GB", "x = [0] * (100 * 2**30 // 8)\n", "memory", 1,
        "more than its limit of 512 MB of memory (TAPESCOPE_MEMORY=");
    row("flood", "while True:\n    print('x' * 1000)\n", "output", 2, "more than its limit of 64 KB");
    row("flood at once", "print('x' * 10**6)\n", "output", 1, "(TAPESCOPE_OUTPUT=");
}

void TestSandbox::ends() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, says);
    const WorkerRun run = runScript("print('before')\n" + script, {"--preload", "pathlib,threading", "--cpu", "1",
                                                                   "--memory", "512M", "--output", "64K"});
    QCOMPARE(run.damage, std::string());
    QTEST(outcomeName(run.ended().outcome), "outcome");
    QFETCH(unsigned, line);
    QCOMPARE(run.ended().line, line + 1);
    says.replace("Line 2", "Line 3");
    says.replace("in line 3", "in line 4");
    QVERIFY2(QByteArray::fromStdString(run.ended().message).contains(says), run.ended().message.c_str());
    QVERIFY(run.printed().starts_with("before\n"));
    QVERIFY(run.printed().size() <= std::size_t{64} << 10);
}

void TestSandbox::aCaughtRefusalGoesOn() {
    const WorkerRun run = runScript(
        "import os\n"
        "for attempt in (lambda: open('x'), os.fork, lambda: __import__('socket'), lambda: os.listdir('/')):\n"
        "    try:\n"
        "        attempt()\n"
        "    except (PermissionError, ImportError) as error:\n"
        "        print(type(error).__name__)\n");
    QCOMPARE(run.printed(), std::string("PermissionError\nPermissionError\nImportError\nPermissionError\n"));
    QCOMPARE(run.ended(), RunEnded{});
}

void TestSandbox::harmlessThingsWork() {
    const WorkerRun run = runScript(
        "import datetime, json, time, inspect, logging, dataclasses, decimal\n"
        "import numpy as np\n"
        "import os; os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\n"
        "print(datetime.datetime.strptime('2024-05-06', '%Y-%m-%d').date(), json.dumps({'a': [1]}))\n"
        "def f(): return 1\n"
        "print(inspect.getsource(f), end='')\n"
        "time.sleep(0); time.localtime()\n"
        "logging.warning('w')\n"
        "print(decimal.Decimal(1) / 3, np.linalg.inv(np.eye(2)), np.dtype('f4'), repr(np.float64))\n"
        "print(eval('1 + 1'), os.cpu_count() is None or os.cpu_count() > 0)\n"
        "print('\\u20ac'.encode('utf-16-le'), 'x'.encode('idna'))\n",
        {"--preload", "datetime,json,time,inspect,logging,dataclasses,decimal,numpy,os"});
    QCOMPARE(run.printed(true), std::string("WARNING:root:w\n"));
    QCOMPARE(run.printed(),
             std::string("2024-05-06 {\"a\": [1]}\n"
                         "def f(): return 1\n"
                         "0.3333333333333333333333333333 [[1. 0.]\n [0. 1.]] float32 <class 'numpy.float64'>\n"
                         "2 True\n"
                         "b'\\xac ' b'x'\n"));
    QCOMPARE(run.ended(), RunEnded{});
}

void TestSandbox::theWallStandsBehindTheSentences() {
    // What Python does not announce, the system refuses.
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer needs pipes");
#endif
    const WorkerRun run = runScript(
        "import os\n"
        "attempts = [lambda: os.stat('/etc/passwd'), lambda: os.access('/', 4) or 1 / 0, os.pipe, lambda: os.dup(0),\n"
        "            lambda: os.close(1), lambda: os.nice(1) and 0, lambda: os.read(1, 1), os.getloadavg,\n"
        "            lambda: os.memfd_create('x'), lambda: os.sched_setaffinity(0, {0}), os.setsid,\n"
        "            lambda: os.readlink('/proc/self/exe'), lambda: os.eventfd(0), os.openpty]\n"
        "for attempt in attempts:\n"
        "    try:\n"
        "        print('got', attempt())\n"
        "    except (OSError, ZeroDivisionError):\n"
        "        pass\n");
    QCOMPARE(run.printed(), std::string());
    QCOMPARE(run.ended(), RunEnded{});
}

void TestSandbox::theEnvironmentStaysOutside() {
    qputenv("TAPESCOPE_TEST_SECRET", "1");
    const WorkerRun run =
        runScript("import os, sys\nprint('TAPESCOPE_TEST_SECRET' in os.environ, 'HOME' in os.environ, sys.path)\n");
    QCOMPARE(run.printed(), std::string("False False []\n"));
}

void TestSandbox::limitsFromTheEnvironment() {
    qputenv("TAPESCOPE_OUTPUT", "1K");
    const WorkerRun run = runScript("print('x' * 2000)\n");
    const WorkerRun wider = runScript("print('x' * 2000)\n", {"--output", "4K"});
    qunsetenv("TAPESCOPE_OUTPUT");
    QCOMPARE(outcomeName(run.ended().outcome), QByteArray("output"));
    QCOMPARE(run.printed(), std::string(1024, 'x'));
    QCOMPARE(wider.ended(), RunEnded{});
}

void TestSandbox::wordsArriveBeforeTheEnd() {
    QProcess worker;
    worker.start(workerProgram(), {"--name", "script.py"});
    worker.write("print('before')\nsum(range(10**12))\n");
    worker.closeWriteChannel();
    Decoder decoder;
    std::vector<Event> events;
    while (!has<Printed>(events) && worker.waitForReadyRead()) {
        const QByteArray bytes = worker.readAllStandardOutput();
        QVERIFY(
            !decoder.feed(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), events));
    }
    worker.kill();
    worker.waitForFinished();
    QVERIFY(has<Printed>(events));
    QVERIFY(!has<RunEnded>(events));
}

void TestSandbox::isLockedBeforeItReads() {
    QProcess worker;
    worker.start(workerProgram(), {"--name", "script.py"});
    QVERIFY(worker.waitForStarted());
    const auto status = [&] {
        QFile file(QStringLiteral("/proc/%1/status").arg(worker.processId()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY_WITH_TIMEOUT(status().contains("Seccomp:\t2"), 60'000);
    QVERIFY(status().contains("NoNewPrivs:\t1"));
    QVERIFY(status().contains("Threads:\t2"));
    worker.closeWriteChannel();
    QVERIFY(worker.waitForFinished());
}

void TestSandbox::refusesWithoutSeccomp() {
    const auto events = runWithoutSeccomp({});
    QVERIFY(!events.empty());
    QVERIFY(!has<ScriptRead>(events) && !has<Printed>(events));
    const auto* last = std::get_if<RunEnded>(&events.back());
    QVERIFY(last != nullptr);
    QCOMPARE(outcomeName(last->outcome), QByteArray("refused"));
    QVERIFY(QByteArray::fromStdString(last->message).contains("seccomp"));
    QVERIFY(QByteArray::fromStdString(last->message).contains("--trust"));
}

void TestSandbox::trustRunsWithoutSeccomp() {
    const auto events = runWithoutSeccomp({"--trust"});
    QVERIFY(has<Printed>(events));
    QCOMPARE(std::get<RunEnded>(events.back()), RunEnded{});
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
