// SPDX-License-Identifier: Apache-2.0
// The digest of a script's syntax tree, checked against ranges read off the text by eye.
#include <QTest>

#include "tests/worker/workerrun.h"

using namespace tapescope;

namespace {

std::vector<SyntaxItem> digestOf(const QByteArray& script) {
    return runScript(script).all<ScriptDigest>().at(0).items;
}

QByteArray rangeText(const Range& range) {
    return QByteArray::number(range.line) + ':' + QByteArray::number(range.column) + '-' +
           QByteArray::number(range.endLine) + ':' + QByteArray::number(range.endColumn);
}

}  // namespace

class TestScriptDigest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneItem_data();
    void oneItem();
    void parents();
    void syntaxErrorsHaveNone();
};

void TestScriptDigest::oneItem_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArrayList>("parts");
    const auto row = [](const char* name, const char* script, int index, SyntaxKind kind, const char* item,
                        const char* range, const QByteArrayList& parts = {}) {
        QTest::newRow(name) << QByteArray(script) << index << static_cast<int>(kind) << QByteArray(item)
                            << QByteArray(range) << parts;
    };
    row("function", "def f(x):\n    return x\n", 0, SyntaxKind::Function, "f", "1:0-2:12");
    row("lambda", "f = lambda x: x\n", 1, SyntaxKind::Function, "<lambda>", "1:4-1:15");
    row("class", "class A:\n    x = 1\n", 0, SyntaxKind::Class, "A", "1:0-2:9");
    row("for", "for i in 'ab':\n    i\n    i\nelse:\n    i\n", 0, SyntaxKind::Loop, "for", "1:0-5:5",
        {"1:0-1:13", "2:4-3:5"});
    row("while", "while 0:\n    x\n", 0, SyntaxKind::Loop, "while", "1:0-2:5", {"1:0-1:7", "2:4-2:5"});
    row("if", "if 0:\n    1\nelse:\n    2\n", 0, SyntaxKind::Branch, "if", "1:0-4:5",
        {"1:3-1:4", "2:4-2:5", "4:4-4:5"});
    row("if without else", "if 0:\n    1\n", 0, SyntaxKind::Branch, "if", "1:0-2:5", {"1:3-1:4", "2:4-2:5", "0:0-0:0"});
    row("choice", "x = 1 if 0 else 2\n", 1, SyntaxKind::Branch, "if", "1:4-1:17", {"1:9-1:10", "1:4-1:5", "1:16-1:17"});
    row("with", "def f(): pass\nif 0:\n    with f() as (a, b):\n        pass\n", 2, SyntaxKind::With, "a, b",
        "3:4-4:12", {"3:4-3:22", "4:8-4:12"});
    row("call", "if 0: a.b.c(x, *y, k=1, **z)\n", 1, SyntaxKind::Call, "a.b.c", "1:6-1:28",
        {"1:12-1:13", "1:15-1:17", "1:19-1:22", "1:24-1:27"});
    row("call of a result", "if 0: f(1).numpy()\n", 1, SyntaxKind::Call, ".numpy", "1:6-1:18");
    row("columns", "x = 'é' + str(1)\n", 1, SyntaxKind::Call, "str", "1:10-1:16", {"1:14-1:15"});
    row("several targets", "a = (b, *c) = [1, 2]\n", 0, SyntaxKind::Assign, "a, b, c", "1:0-1:20",
        {"1:0-1:1", "1:5-1:6", "1:9-1:10", "1:14-1:20"});
    row("in place", "x = 1\nx += 2\n", 1, SyntaxKind::Assign, "x", "2:0-2:6", {"2:0-2:1", "2:5-2:6"});
    row("annotated", "x: int = 2\n", 0, SyntaxKind::Assign, "x", "1:0-1:10", {"1:0-1:1", "1:9-1:10"});
    row("declared only", "x: int\n", 0, SyntaxKind::Assign, "x", "1:0-1:6", {"1:0-1:1"});
    row("inside an expression", "if (x := 1): pass\n", 1, SyntaxKind::Assign, "x", "1:4-1:10", {"1:4-1:5", "1:9-1:10"});
    row("import", "import sys, math as m\n", 1, SyntaxKind::Import, "math", "1:0-1:21");
    row("from", "from collections.abc import Sized\n", 0, SyntaxKind::Import, "collections.abc", "1:0-1:33");
}

void TestScriptDigest::oneItem() {
    QFETCH(QByteArray, script);
    QFETCH(int, index);
    const auto items = digestOf(script);
    QVERIFY(items.size() > static_cast<std::size_t>(index));
    const SyntaxItem& item = items[static_cast<std::size_t>(index)];
    QTEST(static_cast<int>(item.kind), "kind");
    QTEST(QByteArray::fromStdString(item.name), "name");
    QTEST(rangeText(item.range), "range");
    QFETCH(QByteArrayList, parts);
    QByteArrayList found;
    for (const Range& part : item.parts) found << rangeText(part);
    if (!parts.empty()) QCOMPARE(found, parts);
}

void TestScriptDigest::parents() {
    const auto items = digestOf(
        "def f(x):\n"
        "    for i in x:\n"
        "        if i:\n"
        "            f(abs(i))\n"
        "y = 1\n");
    QList<int> parents;
    for (const SyntaxItem& item : items) parents << item.parent;
    QCOMPARE(parents, (QList<int>{-1, 0, 1, 2, 3, -1}));
}

void TestScriptDigest::syntaxErrorsHaveNone() {
    QVERIFY(runScript("x = (\n").all<ScriptDigest>().empty());
}

QTEST_GUILESS_MAIN(TestScriptDigest)
#include "tst_scriptdigest.moc"
