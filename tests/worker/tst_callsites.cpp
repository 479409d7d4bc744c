// SPDX-License-Identifier: Apache-2.0
// Where things happen: call sites with columns, loops and names, seen through the real worker.
#include <QTest>
#include <map>

#include "tests/worker/workerrun.h"

using namespace tapescope;

namespace {

using Iterations = std::vector<std::uint32_t>;

/// The iterations of the running loops, outermost first, at each Printed.
std::vector<Iterations> iterationsAtPrints(const WorkerRun& run) {
    std::vector<Iterations> all;
    Iterations now;
    for (const Event& event : run.events) {
        if (const auto* moved = std::get_if<LoopsMoved>(&event)) {
            now.clear();
            for (const LoopPosition& loop : moved->stack) now.push_back(loop.iteration);
        } else if (std::holds_alternative<Printed>(event)) {
            all.push_back(now);
        }
    }
    return all;
}

}  // namespace

class TestCallSites : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columnsAreCodePoints();
    void callersAreOutermostFirst();
    void aPlaceIsOneSiteForEver();
    void callersTellSitesApart();
    void loops_data();
    void loops();
    void activationsAreUnique();
    void loopsAreThoseOfTheDigest();
    void namesOfTensors();
    void namesAreGivenUp();
    void attributesAndParameters();
    void pathsInFunctions();
    void watchingChangesNothing();
};

void TestCallSites::columnsAreCodePoints() {
    const WorkerRun run = runScript("ä = 'ö'; print('ü',\n    ä)\n");
    QCOMPARE(run.stack(run.all<Printed>().at(0).site),
             (std::vector<Frame>{{FileId{0}, "<module>", Range{1, 9, 2, 6}}}));
}

void TestCallSites::callersAreOutermostFirst() {
    const WorkerRun run = runScript(
        "def inner(x):\n"
        "    print(x)\n"
        "class A:\n"
        "    def outer(self, x): inner(x)\n"
        "list(map(lambda x: A().outer(x), [1]))\n");
    const auto stack = run.stack(run.all<Printed>().at(0).site);
    QStringList functions;
    for (const Frame& frame : stack) {
        functions << QString::fromStdString(frame.function) + QString::number(frame.range.line);
    }
    QCOMPARE(functions, (QStringList{"<module>5", "<lambda>5", "outer4", "inner2"}));
}

void TestCallSites::aPlaceIsOneSiteForEver() {
    // Long enough for the interpreter to specialise the call.
    const WorkerRun run = runScript(
        "def say(i):\n"
        "    print(i)\n"
        "for i in range(100):\n"
        "    say(i)\n");
    std::map<std::uint32_t, int> uses;
    for (const Printed& piece : run.all<Printed>()) ++uses[piece.site.value];
    QCOMPARE(uses.size(), std::size_t{1});
    QCOMPARE(uses.begin()->second, 100);
}

void TestCallSites::callersTellSitesApart() {
    const WorkerRun run = runScript(
        "def say():\n"
        "    print(1)\n"
        "say(); say()\n");
    const auto pieces = run.all<Printed>();
    QVERIFY(pieces.at(0).site != pieces.at(1).site);
    QCOMPARE(run.stack(pieces[0].site)[0].range, (Range{3, 0, 3, 5}));
    QCOMPARE(run.stack(pieces[1].site)[0].range, (Range{3, 7, 3, 12}));
}

void TestCallSites::loops_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("expected");  // iterations at each print; "-" outside
    QTest::newRow("for") << QByteArray("for i in 'ab':\n    print(i)\nprint()") << QByteArray("0|1|-");
    QTest::newRow("while") << QByteArray("n = 0\nwhile n < 2:\n    n += 1\n    print(n)\n") << QByteArray("0|1");
    QTest::newRow("nested") << QByteArray("for i in 'ab':\n    for j in 'cd':\n        print(i)\n    print(j)\n")
                            << QByteArray("0 0|0 1|0|1 0|1 1|1");
    QTest::newRow("one line") << QByteArray("for i in 'ab': print(i)\nprint(1)") << QByteArray("0|1|-");
    QTest::newRow("break") << QByteArray("for i in 'ab':\n    for j in 'cd':\n        break\n    print(j)\n")
                           << QByteArray("0|1");
    QTest::newRow("else") << QByteArray("for i in 'a':\n    print(i)\nelse:\n    print(2)\n") << QByteArray("0|-");
    QTest::newRow("head") << QByteArray("def f():\n    print(1)\n    return 'ab'\nfor i in f():\n    print(2)\n")
                          << QByteArray("-|0|1");
    QTest::newRow("in functions")
        << QByteArray("def f():\n    for j in 'cd':\n        print(j)\nfor i in 'ab':\n    f()\n    print(i)\nf()\n")
        << QByteArray("0 0|0 1|0|1 0|1 1|1|0|1");
    QTest::newRow("left by return")
        << QByteArray("def f():\n    for j in 'cd':\n        return print(j)\nf()\nprint(1)\nf()\n")
        << QByteArray("0|-|0");
    QTest::newRow("left by exception")
        << QByteArray(
               "def f():\n    for j in 'cd':\n        raise KeyError\ntry:\n    f()\nexcept KeyError:\n    print(1)\n")
        << QByteArray("-");
    QTest::newRow("recursion") << QByteArray(
                                      "def f(n):\n    for j in 'cd':\n        if n: f(n - 1)\n        print(n)\nf(1)\n")
                               << QByteArray("0 0|0 1|0|1 0|1 1|1");
    QTest::newRow("generator")
        << QByteArray("def g():\n    for j in 'cd':\n        print(j)\n        yield j\nfor i in g():\n    print(i)\n")
        << QByteArray("0|0|0 1|1");
    QTest::newRow("again")
        << QByteArray("for k in 'a':\n    for i in 'ab':\n        print(i)\n    for i in 'c':\n        print(i)\n")
        << QByteArray("0 0|0 1|0 0");
}

void TestCallSites::loops() {
    QFETCH(QByteArray, script);
    const WorkerRun run = runScript(script);
    QStringList found;
    for (const Iterations& iterations : iterationsAtPrints(run)) {
        QStringList numbers;
        for (const std::uint32_t iteration : iterations) numbers << QString::number(iteration);
        found << (numbers.empty() ? QStringLiteral("-") : numbers.join(u' '));
    }
    QTEST(found.join(u'|').toUtf8(), "expected");
}

void TestCallSites::activationsAreUnique() {
    const WorkerRun run = runScript("for i in 'ab':\n    for j in 'c':\n        print(j)\n");
    const auto moves = run.all<LoopsMoved>();
    QCOMPARE(moves.size(), std::size_t{2});
    QCOMPARE(moves[0].stack[0].activation, moves[1].stack[0].activation);
    QVERIFY(moves[0].stack[1].activation != moves[1].stack[1].activation);
    QVERIFY(moves[0].stack[0].activation != moves[0].stack[1].activation);
}

void TestCallSites::loopsAreThoseOfTheDigest() {
    const WorkerRun run = runScript("def f(): pass\nwhile True:\n    print(1)\n    break\n");
    const ScriptDigest digest = run.all<ScriptDigest>().at(0);
    const SyntaxItem& loop = digest.items.at(run.all<LoopsMoved>().at(0).stack.at(0).loop);
    QVERIFY(loop.kind == SyntaxKind::Loop);
    QCOMPARE(loop.range.line, 2U);
}

void TestCallSites::namesOfTensors() {
    const WorkerRun run = runScript(
        "import tensorflow as tf\n"
        "x, y = tf.constant(1.0), 2\n"
        "with tf.GradientTape() as tape:\n"
        "    z = x * 2\n"
        "both = [x, z]\n"
        "for w in both: pass\n"
        "if (q := x + 1) is None: pass\n",
        {"--preload", "tensorflow"});
    QStringList names;
    for (const NameBound& bound : run.all<NameBound>()) {
        names << QString::fromStdString(bound.name) + QString::number(static_cast<int>(bound.object.kind)) + u'@' +
                     QString::number(run.line(bound.site));
    }
    // Kinds: 1 tensor, 3 tape, 5 list.
    QCOMPARE(names, (QStringList{"x1@2", "tape3@3", "z1@4", "both5@5", "w1@6", "w1@6", "q1@7"}));
}

void TestCallSites::namesAreGivenUp() {
    const WorkerRun run = runScript(
        "import tensorflow as tf\n"
        "x = tf.constant(1.0)\n"
        "x = x\n"
        "x = 3\n"
        "x = 4\n",
        {"--preload", "tensorflow"});
    const auto bound = run.all<NameBound>();
    QCOMPARE(bound.size(), std::size_t{2});
    QVERIFY(bound[0].object.kind == ObjectKind::Tensor);
    QVERIFY(bound[1].object.kind == ObjectKind::Other);
    QCOMPARE(run.line(bound[1].site), 4U);
}

void TestCallSites::attributesAndParameters() {
    const WorkerRun run = runScript(
        "import tensorflow as tf\n"
        "class Model:\n"
        "    def __init__(self):\n"
        "        self.W = tf.Variable(1.0)\n"
        "    def call(self, x):\n"
        "        global last\n"
        "        last = y = x * self.W\n"
        "        return y\n"
        "Model().call(tf.constant(2.0))\n",
        {"--preload", "tensorflow"});
    QStringList names;
    for (const NameBound& bound : run.all<NameBound>()) {
        names << QString::fromStdString(bound.name) + u':' + QString::fromStdString(bound.scope);
    }
    QCOMPARE(names, (QStringList{"self.W:__init__", "call.x:call", "last:", "call.y:call"}));
}

void TestCallSites::pathsInFunctions() {
    const WorkerRun run = runScript(
        "import tensorflow as tf\n"
        "class Net:\n"
        "    def __init__(self):\n"
        "        self.W = tf.Variable(1.0)\n"
        "def train():\n"
        "    net = Net()\n"
        "    parts = {'a': tf.Variable(2.0)}\n"
        "    mixed = [tf.Variable(3.0), {'k': tf.Variable(4.0)}]\n"
        "    for _ in range(9): again = {'b': net.W}\n"
        "train()\n",
        {"--preload", "tensorflow"});
    QStringList names;
    for (const NameBound& bound : run.all<NameBound>()) {
        names << QString::fromStdString(bound.name) + u':' + QString::fromStdString(bound.scope);
    }
    QCOMPARE(names, (QStringList{"self.W:__init__", "train.net.W:train", "train.parts['a']:train", "train.mixed:train",
                                 "train.mixed[0]:train", "train.mixed[1]['k']:train", "train.again['b']:train"}));
}

void TestCallSites::watchingChangesNothing() {
    // Properties run as often as in Python, slots and odd targets work, and our calls with nonsense do nothing.
    const WorkerRun run = runScript(
        "class P:\n"
        "    __slots__ = ('a',)\n"
        "    count = 0\n"
        "    @property\n"
        "    def b(self):\n"
        "        P.count += 1\n"
        "        return 1\n"
        "    @b.setter\n"
        "    def b(self, value): pass\n"
        "p = P()\n"
        "p.a = 1\n"
        "p.b = 2\n"
        "p.b += 1\n"
        "rows = [0, 0]\n"
        "rows[0], *p.a = 5, 6, 7\n"
        "__tapescope_bind__(10**9, None); __tapescope_bind__(); __tapescope_bind__('x', 1)\n"
        "__tapescope_loop_next__(-1); __tapescope_loop_start__('x'); __tapescope_bind_attribute__(0, 1)\n"
        "print(P.count, p.a, rows)\n");
    QCOMPARE(run.printed(), std::string("1 [6, 7] [5, 0]\n"));
    QCOMPARE(run.ended(), RunEnded{});
}

QTEST_GUILESS_MAIN(TestCallSites)
#include "tst_callsites.moc"
