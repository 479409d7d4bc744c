// SPDX-License-Identifier: Apache-2.0
// Notebooks, whole and damaged; what in a cell is no Python; and the modules beside a script.
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include "app/document/imports.h"
#include "app/document/notebook.h"
#include "app/document/siblings.h"
#include "app/document/supplies.h"

using namespace tapescope;

namespace {

/// JSON written with ' for " and ` for ': raw strings confuse moc.
QByteArray quoted(QByteArray text) {
    return text.replace('\'', '"').replace('`', '\'');
}

}  // namespace

class TestNotebook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsInOrder() {
        const auto notebook = readNotebook(quoted(
            "{'cells': ["
            "{'cell_type': 'markdown', 'source': ['# Title']},"
            "{'cell_type': 'code', 'source': ['import math\\n', 'x = 1']},"
            "{'cell_type': 'code', 'source': 'print(x)\\r\\n'}], 'metadata': {'kernelspec': {'language': 'python'}}}"));
        QVERIFY(notebook);
        QCOMPARE(notebook->script, QStringLiteral("# %% Cell 1\nimport math\nx = 1\n# %% Cell 2\nprint(x)\n"));
        QVERIFY(notebook->notes.isEmpty());
        const auto old =
            readNotebook(quoted("{'worksheets': [{'cells': [{'cell_type': 'code', 'input': ['y = 2']}]}]}"));
        QVERIFY(old);
        QCOMPARE(old->script, QStringLiteral("# %% Cell 1\ny = 2\n"));
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("empty") << QByteArray(" \n") << "the file is empty";
        QTest::newRow("no JSON") << QByteArray("{\"cells\": [\n\n{") << "it is not JSON";
        QTest::newRow("cut") << QByteArray("{\"cells\": [\n\n{") << "in line 3";
        QTest::newRow("another file") << QByteArray("{\"a\": 1}") << "no list of cells";
        QTest::newRow("a list") << QByteArray("[]") << "no list of cells";
        QTest::newRow("cells of nothing") << QByteArray("{\"cells\": [7]}") << "cell 1 is no cell";
        QTest::newRow("no text") << QByteArray("{\"cells\": [{\"cell_type\": \"code\", \"source\": 7}]}")
                                 << "cell 1 has no text";
        QTest::newRow("odd lines") << QByteArray("{\"cells\": [{\"cell_type\": \"code\", \"source\": [7]}]}")
                                   << "cell 1 has no text";
        QTest::newRow("R") << QByteArray("{\"cells\": [], \"metadata\": {\"language_info\": {\"name\": \"R\"}}}")
                           << "is for R";
    }

    void refused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const auto notebook = readNotebook(bytes);
        QVERIFY(!notebook);
        QVERIFY2(QString::fromStdString(notebook.message()).contains(words), notebook.message().c_str());
    }

    void lines_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QString>("python");
        QTest::addColumn<int>("notes");
        const auto row = [](const char* cell, const char* python, int notes) {
            QTest::newRow(cell) << QString::fromUtf8(cell) << QString::fromUtf8(python) << notes;
        };
        row("x = 1", "x = 1", 0);
        row("%matplotlib inline\nx", "# left out: %matplotlib inline\nx", 1);
        row("if x:\n    !ls -l", "if x:\n    pass  # left out: !ls -l", 1);
        row("files = !ls", "files = []  # left out: !ls", 1);
        row("t = %timeit -o f()", "t = None  # left out: %timeit -o f()", 1);
        row("%time y = f(x)", "y = f(x)", 0);
        row("tf.zeros?", "# left out: tf.zeros?", 1);
        row("??f", "# left out: ??f", 1);
        row("pip install numpy", "# left out: pip install numpy", 1);
        row("pip = 3", "pip = 3", 0);
        row("!echo a \\\n  b\nx = 1", "# left out: !echo a \\\n#   b\nx = 1", 1);
        row("x = (7\n %2)\ny = 8 \\\n%3", "x = (7\n %2)\ny = 8 \\\n%3", 0);
        row("s = '''\n%no magic\n!no\n'''", "s = '''\n%no magic\n!no\n'''", 0);
        row("s = 'it''s (' # ( [\n%ls", "s = 'it''s (' # ( [\n# left out: %ls", 1);
        row("%%bash\necho 'hi", "# %%bash\n# echo 'hi", 1);
        row("%%time\nx = f()", "# left out: %%time\nx = f()", 1);
        row("x != y\nassert x % 2", "x != y\nassert x % 2", 0);
    }

    void lines() {
        QFETCH(QString, cell);
        QFETCH(int, notes);
        QStringList said;
        QTEST(pythonOfCell(cell, 3, said), "python");
        QCOMPARE(said.size(), qsizetype{notes});
        if (notes > 0) QVERIFY2(said.front().contains(QStringLiteral("ell 3")), qUtf8Printable(said.front()));
    }

    void importsAreReadWhole() {
        const QList<ImportedName> found =
            importsIn(u"import a.b as c, d\nfrom .e import (f as g,\n  h)\nfrom .. import i\nfrom j import *\n");
        const QList<ImportedName> expected{
            {"a.b", 0, {}}, {"d", 0, {}}, {"e", 1, {"f", "h"}}, {"", 2, {"i"}}, {"j", 0, {}}};
        QCOMPARE(found, expected);
    }

    void modulesBesideAScript() {
        const QTemporaryDir folder;
        put(folder, "utils.py", "import models.net\nfrom math import pi\n");
        put(folder, "models/__init__.py", "");
        put(folder, "models/net.py", "from . import layers\nfrom ..other import x\n");
        put(folder, "models/layers.py", "import train\n");
        put(folder, "other.py", "");
        put(folder, "unused.py", "");
        put(folder, "tensorflow.py", "");
        put(folder, "train.py", "");
        const QTemporaryDir elsewhere;
        put(elsewhere, "outside.py", "");
        QVERIFY(
            QFile::link(elsewhere.filePath(QStringLiteral("outside.py")), folder.filePath(QStringLiteral("leak.py"))));
        QVERIFY(
            QFile::link(folder.filePath(QStringLiteral("unused.py")), folder.filePath(QStringLiteral("linked.py"))));
        const auto found = siblingsOf(QStringLiteral("import utils, math, leak, linked\nimport tensorflow as tf\n"),
                                      folder.path(), QStringLiteral("train.py"));
        QStringList names;
        for (const ModuleText& module : found) names << QString::fromStdString(module.name);
        QCOMPARE(names.join(u' '),
                 QStringLiteral("utils.py linked.py models/__init__.py models/net.py models/layers.py other.py"));
        QVERIFY(siblingsOf(QStringLiteral("import utils"), {}, QStringLiteral("train.py")).empty());
    }

    void namesOfGrantedFiles() {
        const QTemporaryDir folder;
        put(folder, "data/a.csv", "1,2\n");
        const QString path = folder.filePath(QStringLiteral("data/a.csv"));
        const QStringList names = namesOfData(path, folder.path());
        QVERIFY(names.contains(QStringLiteral("data/a.csv")));
        QVERIFY(names.contains(path));
        QVERIFY(namesOfData(path, folder.filePath(QStringLiteral("src"))).contains(QStringLiteral("../data/a.csv")));
        QVERIFY(objectionToData({path}).isEmpty());
        QVERIFY(objectionToData({folder.path()}).isEmpty());
        QVERIFY(objectionToData({path, folder.filePath(QStringLiteral("no.csv"))})
                    .contains(QStringLiteral("no such file")));
        QFile half(folder.filePath(QStringLiteral("half.bin")));  // no bytes on the disk, only a size
        QVERIFY(half.open(QIODevice::WriteOnly) && half.resize(dataLimit / 2 + 1));
        QVERIFY(objectionToData({half.fileName()}).isEmpty());
        QVERIFY(objectionToData({half.fileName(), half.fileName()}).contains(QStringLiteral("512 MB")));
        QVERIFY(objectionToData({QStringLiteral("/dev/zero")}).contains(QStringLiteral("no plain file")));
    }

private:
    static void put(const QTemporaryDir& folder, const char* name, const char* text) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

QTEST_GUILESS_MAIN(TestNotebook)
#include "tst_notebook.moc"
