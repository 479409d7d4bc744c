// SPDX-License-Identifier: Apache-2.0
// The worker from outside: what a script prints, raises, warns of and how its run ends, as events of a whole stream.
#include <QTest>

#include "core/trace/codec.h"
#include "core/trace/parcel.h"
#include "tests/worker/workerrun.h"

using namespace tapescope;

class TestWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunBeginsAndEnds();
    void printsInOrder();
    void failures_data();
    void failures();
    void tracebackIsPythons();
    void causesKeepTheirTracebacks();
    void leaving_data();
    void leaving();
    void exitFunctionsRun();
    void goesWhenAsked();
    void crashesKeepWhatWas();
    void warnings();
    void inputIsEmpty();
    void textOfTheScript_data();
    void textOfTheScript();
    void seeds();
    void wrongUsage();
};

void TestWorker::aRunBeginsAndEnds() {
    const WorkerRun run = runScript("print('hello')\n", {"--seed", "7", "--keras", "2"});
    QCOMPARE(run.damage, std::string());
    QCOMPARE(run.exitCode, 0);
    const auto begun = run.all<RunStarted>();
    QVERIFY(std::holds_alternative<RunStarted>(run.events.at(0)));
    QCOMPARE(begun.at(0), (RunStarted{"script.py", TAPESCOPE_VERSION, "2", 7, true}));
    QVERIFY(std::holds_alternative<ScriptRead>(run.events.at(1)));
    QVERIFY(std::holds_alternative<ScriptDigest>(run.events.at(2)));
    QCOMPARE(run.all<ScriptRead>().at(0).text, std::string("print('hello')\n"));
    QCOMPARE(run.printed(), std::string("hello\n"));
    QCOMPARE(run.ended(), RunEnded{});
}

void TestWorker::printsInOrder() {
    const WorkerRun run = runScript(
        "import sys\n"
        "print('a', 1, end='')\n"
        "print('e', file=sys.stderr)\n"
        "for i in range(2):\n"
        "    print(i, 'x')\n"
        "sys.stdout.write('no end')\n");
    const auto pieces = run.all<Printed>();
    QCOMPARE(pieces.size(), std::size_t{5});
    QCOMPARE(pieces[0].text, std::string("a 1"));
    QVERIFY(pieces[1].error);
    QCOMPARE(pieces[2].text, std::string("0 x\n"));
    QCOMPARE(pieces[3].text, std::string("1 x\n"));
    QCOMPARE(pieces[3].site, pieces[2].site);
    QCOMPARE(run.line(pieces[3].site), 5U);
    QCOMPARE(pieces[4].text, std::string("no end"));
}

void TestWorker::failures_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<unsigned>("line");
    const auto row = [](const char* name, const char* script, const char* type, const char* message, unsigned line) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(type) << QByteArray(message) << line;
    };
    row("exception", "x = 1\nx.y\n", "AttributeError", "'int' object has no attribute 'y'", 2);
    row("in a function", "def f():\n    return {}['k']\n\nf()\n", "KeyError", "'k'", 2);
    row("in the library", "import json\njson.loads('{')\n", "json.decoder.JSONDecodeError",
        "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)", 2);
    row("own class", "class Odd(Exception):\n    pass\nraise Odd('why')\n", "Odd", "why", 3);
    row("syntax", "a = 1\nif a\n    pass\n", "SyntaxError", "expected ':'", 2);
    row("syntax found late", "a = 1\nreturn a\n", "SyntaxError", "'return' outside function", 2);
    row("indentation", "if 1:\npass\n", "IndentationError", "expected an indented block after 'if' statement on line 1",
        2);
    row("recursion", "def f():\n    f()\nf()\n", "RecursionError", "maximum recursion depth exceeded", 2);
    row("interrupt", "raise KeyboardInterrupt\n", "KeyboardInterrupt", "", 1);
    row("own refusal", "raise PermissionError(13, 'mine')\n", "PermissionError", "[Errno 13] mine", 1);
    row("broken str", "class E(Exception):\n    def __str__(self): return 1/0\nraise E\n", "E",
        "<exception str() failed: E>", 3);
    row("unknown module", "import torch\n", "ModuleNotFoundError",
        "No module named 'torch': scripts here have tensorflow, keras, numpy, the standard modules that compute and a "
        "part of "
        "matplotlib, pandas, seaborn, sklearn and tqdm; leave the import out and make what it gave with those",
        1);
}

void TestWorker::failures() {
    QFETCH(QByteArray, script);
    QFETCH(unsigned, line);
    const WorkerRun run = runScript(script, {"--preload", "json"});
    QTEST(QByteArray::fromStdString(run.raised().type), "type");
    QTEST(QByteArray::fromStdString(run.raised().message), "message");
    QCOMPARE(run.raised().line, line);
    QCOMPARE(outcomeName(run.ended().outcome), QByteArray("error"));
    QCOMPARE(run.ended().line, line);
}

void TestWorker::tracebackIsPythons() {
    // As CPython 3.11 prints it for this file.
    const WorkerRun run = runScript(
        "import sys\n"
        "def größe(x):\n"
        "    ä = 'ü' + x.y\n"
        "größe(2)\n");
    QCOMPARE(run.raised().traceback, std::string("Traceback (most recent call last):\n"
                                                 "  File \"script.py\", line 4, in <module>\n"
                                                 "    größe(2)\n"
                                                 "  File \"script.py\", line 3, in größe\n"
                                                 "    ä = 'ü' + x.y\n"
                                                 "              ^^^\n"
                                                 "AttributeError: 'int' object has no attribute 'y'\n"));
    const auto stack = run.stack(run.raised().site);
    QCOMPARE(stack.size(), std::size_t{2});
    QCOMPARE(stack[1], (Frame{FileId{0}, "größe", Range{3, 14, 3, 17}}));
}

void TestWorker::causesKeepTheirTracebacks() {
    const WorkerRun run = runScript(
        "try:\n"
        "    1 / 0\n"
        "except ZeroDivisionError as error:\n"
        "    raise ValueError('no') from error\n");
    const std::string text = run.raised().traceback;
    QVERIFY(text.find("ZeroDivisionError: division by zero\n\nThe above exception was the direct cause") !=
            std::string::npos);
    QVERIFY(text.ends_with("ValueError: no\n"));
}

void TestWorker::leaving_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<std::vector<Noted>>("notes");
    QTest::newRow("exit") << QByteArray("import sys\nsys.exit(3)\n") << QByteArray()
                          << std::vector{Noted{"The script left with status 3."}};
    QTest::newRow("exit with 0") << QByteArray("import sys\nsys.exit(0)\n") << QByteArray() << std::vector<Noted>();
    QTest::newRow("exit with words") << QByteArray("import sys\nsys.exit('bye')\n") << QByteArray("bye\n")
                                     << std::vector<Noted>();
    QTest::newRow("quit at once") << QByteArray("import os\nos._exit(1)\n") << QByteArray()
                                  << std::vector{Noted{"The script left with status 1."}};
    QTest::newRow("empty") << QByteArray() << QByteArray() << std::vector<Noted>();
    QTest::newRow("comment") << QByteArray("# nothing") << QByteArray() << std::vector<Noted>();
}

void TestWorker::leaving() {
    QFETCH(QByteArray, script);
    const WorkerRun run = runScript(script);
    QCOMPARE(run.ended(), RunEnded{});
    QTEST(QByteArray::fromStdString(run.printed(true)), "error");
    QTEST(run.all<Noted>(), "notes");
}

void TestWorker::exitFunctionsRun() {
    for (const char* last : {"", "raise ValueError\n", "import sys\nsys.exit()\n"}) {
        const WorkerRun run = runScript(
            QByteArray("import atexit\natexit.register(print, 'bye')\nprint('now')\n") + last, {"--preload", "atexit"});
        QCOMPARE(run.printed(), std::string("now\nbye\n"));
    }
}

/// To the end of a batch, and with a status of its own; the last word is that of who asked.
void TestWorker::goesWhenAsked() {
    const WorkerRun run = askedToLeave("print('rea' + 'dy')\nwhile True:\n    print(1)\n", "ready");
    QCOMPARE(run.exitCode, askedStatus);
    QCOMPARE(run.damage, std::string());
    QVERIFY2(run.all<RunEnded>().empty(), run.ended().message.c_str());
    QVERIFY(run.printed().starts_with("ready\n"));
}

/// What a script did just before it crashed is still sent.
void TestWorker::crashesKeepWhatWas() {
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer has handlers of its own");
#endif
    const WorkerRun run = runScript("import os\nprint('before')\nos.abort()\n");
    QCOMPARE(run.damage, std::string());
    QCOMPARE(run.ended().message, std::string("no last word"));
    QCOMPARE(run.printed(), std::string("before\n"));
}

void TestWorker::warnings() {
    const WorkerRun run = runScript(
        "import warnings\n"
        "def f():\n"
        "    warnings.warn('careful')\n"
        "f()\n"
        "with warnings.catch_warnings(record=True) as kept:\n"
        "    warnings.simplefilter('always')\n"
        "    warnings.warn('kept', DeprecationWarning)\n"
        "print(len(kept))\n");
    const auto warned = run.all<Warned>();
    QCOMPARE(warned.size(), std::size_t{1});
    QCOMPARE(warned[0].category, std::string("UserWarning"));
    QCOMPARE(warned[0].message, std::string("careful"));
    QCOMPARE(run.line(warned[0].site), 3U);
    QCOMPARE(run.printed(), std::string("1\n"));
}

void TestWorker::inputIsEmpty() {
    QCOMPARE(runScript("input()\n").raised().type, std::string("EOFError"));
}

void TestWorker::textOfTheScript_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("outcome");
    QTest::newRow("utf-8") << QByteArray("print('é')") << QByteArray("print('é')") << QByteArray("finished");
    QTest::newRow("mark of order") << QByteArray("\xEF\xBB\xBFx = 1") << QByteArray("x = 1") << QByteArray("finished");
    QTest::newRow("line ends") << QByteArray("x = 1\r\ny = 2\r") << QByteArray("x = 1\ny = 2\n")
                               << QByteArray("finished");
    QTest::newRow("latin-1") << QByteArray("# coding: latin-1\nx = '\xE9'") << QByteArray("# coding: latin-1\nx = 'é'")
                             << QByteArray("finished");
    QTest::newRow("no text") << QByteArray("x = '\xFF'") << QByteArray("x = '\xEF\xBF\xBD'") << QByteArray("error");
}

void TestWorker::textOfTheScript() {
    QFETCH(QByteArray, script);
    const WorkerRun run = runScript(script);
    QTEST(QByteArray::fromStdString(run.all<ScriptRead>().at(0).text), "text");
    QTEST(outcomeName(run.ended().outcome), "outcome");
}

void TestWorker::seeds() {
    const QByteArray script =
        "import random, uuid\n"
        "print(random.random(), random.Random().random(), hash('a'), uuid.uuid4())\n";
    const QStringList modules{"--preload", "random,uuid"};
    const WorkerRun first = runScript(script, modules);
    QCOMPARE(first.ended(), RunEnded{});
    QCOMPARE(runScript(script, modules).printed(), first.printed());
    QVERIFY(runScript(script, modules + QStringList{"--seed", "1"}).printed() != first.printed());
    QCOMPARE(first.all<Noted>().size(), std::size_t{1});
    QVERIFY(runScript(script, modules + QStringList{"--seed", "1"}).all<Noted>().empty());
    QVERIFY(runScript("import random\nrandom.seed(3)\nprint(random.random())\n", modules).all<Noted>().empty());
    // random.seed(0); random.random() in CPython 3.11
    QCOMPARE(runScript("import random\nprint(random.random())\n", modules).printed(),
             std::string("0.8444218515250481\n"));
}

void TestWorker::wrongUsage() {
    for (const QStringList& words : {QStringList{"--cpu", "never"}, QStringList{"--memory", "0"},
                                     QStringList{"--odd", "1"}, QStringList{"--seed"}}) {
        const WorkerRun run = runScript("print(1)\n", words);
        QCOMPARE(run.exitCode, 64);
        QVERIFY(run.events.empty());
        QVERIFY(run.diagnostics.contains(words[0].toUtf8()));
    }
}

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
