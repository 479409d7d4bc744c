// SPDX-License-Identifier: Apache-2.0
// What a script gets from the person at the window: a file beside it, once allowed and then remembered, and lines for
// input(). Needs the worker.
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/document/supplies.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestSupplies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void aFileIsAskedForOnce();
    void aRefusedFileIsNotRead();
    void linesForInput();
    void endOfInput();
    void whoAsksForLines_data();
    void whoAsksForLines();
    void notesOfANotebookStay();
    void sectionsOfANotebookAreTabs();
    void filesOfModulesAreAskedFor();

private:
    QString written(const QString& name, const QByteArray& text) const;
    static std::string outputOf(const Document& document);
    bool openAndWait(OpenWindow& on, const QString& file) const;

    QTemporaryDir folder_;
};

QString TestSupplies::written(const QString& name, const QByteArray& text) const {
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) return {};
    return file.fileName();
}

std::string TestSupplies::outputOf(const Document& document) {
    std::string text;
    const Timeline& timeline = document.timeline();
    for (EventIndex i = 0; i < timeline.size(); ++i)
        if (const auto* printed = timeline.getIf<Printed>(i); printed != nullptr && !printed->error)
            text += printed->text;
    return text;
}

bool TestSupplies::openAndWait(OpenWindow& on, const QString& file) const {
    QSignalSpy settled(&on.window, &MainWindow::settled);
    return on.window.openFile(file) && settled.wait(patience);
}

void TestSupplies::aFileIsAskedForOnce() {
    written(QStringLiteral("points.csv"), "1,2\n3,4\n");
    const QString script = written(QStringLiteral("reads.py"), "print(sum(len(l) for l in open('points.csv')))\n");
    {
        OpenWindow on;
        QVERIFY(openAndWait(on, script));
        QCOMPARE(outputOf(on.window.document()), std::string());
        auto* bar = on.window.findChild<QWidget*>(QStringLiteral("dataBar"));
        QVERIFY(bar != nullptr && bar->isVisibleTo(&on.window));
        QSignalSpy settled(&on.window, &MainWindow::settled);
        auto* allow = bar->findChildren<QPushButton*>().first();
        allow->setFocus();
        QTest::keyClick(allow, Qt::Key_Space);
        QVERIFY(settled.wait(patience));
        QCOMPARE(outputOf(on.window.document()), std::string("8\n"));
        QVERIFY(!bar->isVisibleTo(&on.window));
    }
    OpenWindow again;  // remembered for this script
    QVERIFY(openAndWait(again, script));
    QCOMPARE(outputOf(again.window.document()), std::string("8\n"));
}

void TestSupplies::aRefusedFileIsNotRead() {
    written(QStringLiteral("secret.csv"), "1,2\n");
    const QString script = written(QStringLiteral("wants.py"), "print(open('secret.csv').read())\n");
    OpenWindow on;
    QVERIFY(openAndWait(on, script));
    auto* bar = on.window.findChild<QWidget*>(QStringLiteral("dataBar"));
    QVERIFY(bar != nullptr && bar->isVisibleTo(&on.window));
    QTest::mouseClick(bar->findChildren<QPushButton*>().last(), Qt::LeftButton);
    QVERIFY(!bar->isVisibleTo(&on.window));
    QCOMPARE(outputOf(on.window.document()), std::string());
}

void TestSupplies::linesForInput() {
    const QString script = written(QStringLiteral("asks.py"), "print(input('rate? ') + '!')\n");
    OpenWindow on;
    QSignalSpy settled(&on.window, &MainWindow::settled);
    QVERIFY(on.window.openFile(script));
    auto* field = on.window.findChild<QLineEdit*>(QStringLiteral("answer"));
    QVERIFY(field != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(on.window.document().asks(), patience);
    const QWidget* row = field->parentWidget();
    QTRY_VERIFY_WITH_TIMEOUT(row->isVisibleTo(row->parentWidget()), patience);
    QTest::keyClicks(field, QStringLiteral("0.1"));
    QTest::keyClick(field, Qt::Key_Return);
    if (settled.isEmpty()) QVERIFY(settled.wait(patience));
    QTRY_VERIFY_WITH_TIMEOUT(outputOf(on.window.document()).find("0.1!") != std::string::npos, patience);
}

/// Ctrl+D as in a terminal: input() raises EOFError, and the field goes.
void TestSupplies::endOfInput() {
    const QString script = written(QStringLiteral("loops.py"),
                                   "import sys\nn = 0\nfor line in sys.stdin:\n    n += 1\nprint(n, 'lines')\n"
                                   "try:\n    input()\nexcept EOFError:\n    print('over')\n");
    OpenWindow on;
    QSignalSpy settled(&on.window, &MainWindow::settled);
    QVERIFY(on.window.openFile(script));
    auto* field = on.window.findChild<QLineEdit*>(QStringLiteral("answer"));
    QTRY_VERIFY_WITH_TIMEOUT(on.window.document().asks(), patience);
    on.window.findChild<QDockWidget*>(QStringLiteral("outputDock"))->raise();
    for (const char* line : {"a", "b"}) {
        QTest::keyClicks(field, QLatin1String(line));
        QTest::keyClick(field, Qt::Key_Return);
    }
    field->setFocus();
    QTest::keyClick(field, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(!on.window.document().asks());
    QVERIFY(!field->parentWidget()->isVisibleTo(field->parentWidget()->parentWidget()));
    if (settled.isEmpty()) QVERIFY(settled.wait(patience));
    QCOMPARE(outputOf(on.window.document()), std::string("2 lines\nover\n"));
}

void TestSupplies::whoAsksForLines_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("asks");
    QTest::newRow("input") << "x = float(input('rate? '))\n" << true;
    QTest::newRow("with a space") << "x = input ()\n" << true;
    QTest::newRow("stdin") << "import sys\nfor line in sys.stdin: pass\n" << true;
    QTest::newRow("stdin by name") << "from sys import argv, stdin\nstdin.readline()\n" << true;
    QTest::newRow("stdin by name, inside a function")
        << "def lines():\n    from sys import stdin\n    return stdin.readlines()\n"
        << true;
    QTest::newRow("comment") << "x = 1  # was input('rate? ')\n" << false;
    QTest::newRow("text") << "print('call input() or read sys.stdin')\n" << false;
    QTest::newRow("long text") << "\"\"\"\ninput()\n\"\"\"\nx = 1\n" << false;
    QTest::newRow("method") << "y = layer.input(x)\nz = model.input\n" << false;
    QTest::newRow("name") << "input = 3\nprint(input)\n" << false;
}

void TestSupplies::whoAsksForLines() {
    QFETCH(QString, script);
    QFETCH(bool, asks);
    QCOMPARE(asksForLines(script), asks);
}

/// What was left out of a notebook is said whenever it runs.
void TestSupplies::notesOfANotebookStay() {
    const QString path = written(QStringLiteral("cells.ipynb"),
                                 "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"source\": "
                                 "[\"!pip install x\\n\", \"print(1)\"]}], \"metadata\": {}, \"nbformat\": 4, "
                                 "\"nbformat_minor\": 5}");
    OpenWindow on;
    QVERIFY(openAndWait(on, path));
    const auto notes = [&] {
        const Timeline& timeline = on.window.document().timeline();
        QStringList texts;
        for (const EventIndex index : timeline.findAll(Event(Noted{}).index()))
            texts << QString::fromStdString(timeline.get<Noted>(index).text);
        return texts.filter(QStringLiteral("pip"));
    };
    const QStringList first = notes();
    QVERIFY(!first.isEmpty());
    QSignalSpy settled(&on.window, &MainWindow::settled);
    on.window.runScript();
    QVERIFY(settled.wait(patience));
    QCOMPARE(notes(), first);
}

/// A section more or less changes them; mouse and arrow keys lead to the section, and the tab goes along with the deck.
void TestSupplies::sectionsOfANotebookAreTabs() {
    const QString cell = QStringLiteral("{\"cell_type\": \"code\", \"metadata\": {}, \"source\": [%1]}");
    QStringList cells;
    for (int i = 0; i < 4; ++i)
        cells << cell.arg(QStringLiteral("\"# %1\\n\", ").arg(i).repeated(60) + QStringLiteral("\"print(%1)\"").arg(i));
    const QString path =
        written(QStringLiteral("long.ipynb"), QStringLiteral("{\"cells\": [%1], \"metadata\": {}, \"nbformat\": 4, "
                                                             "\"nbformat_minor\": 5}")
                                                  .arg(cells.join(QStringLiteral(", ")))
                                                  .toUtf8());
    OpenWindow on;
    QVERIFY(openAndWait(on, path));
    CellTabs& tabs = on.window.script().cells();
    CodeEdit& code = on.window.script().code();
    QVERIFY(tabs.isVisible());
    QCOMPARE(tabs.count(), 4);
    QCOMPARE(tabs.tabText(2), QStringLiteral("Cell 3"));
    QCOMPARE(tabs.currentIndex(), 3);  // the deck stands at the end
    QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.tabRect(1).center());
    QVERIFY(code.textCursor().block().text().contains(QStringLiteral("Cell 2")));
    QCOMPARE(code.cursorRect().top() < code.fontMetrics().lineSpacing(), true);
    tabs.setFocus();
    QTest::keyClick(&tabs, Qt::Key_Right);
    QVERIFY(code.textCursor().block().text().contains(QStringLiteral("Cell 3")));
    on.window.player().setPosition(1);
    QCOMPARE(tabs.currentIndex(), 0);
    code.appendPlainText(QStringLiteral("# %% Cell 5\nprint(5)"));
    QCOMPARE(tabs.count(), 5);
    on.window.script().setSaved();
    QVERIFY(openAndWait(on, written(QStringLiteral("plain.py"), "print(1)\n")));
    QVERIFY(!tabs.isVisible());
}

void TestSupplies::filesOfModulesAreAskedFor() {
    written(QStringLiteral("rows.csv"), "1,2\n3,4\n");
    written(QStringLiteral("loading.py"), "def rows():\n    return open('rows.csv').read().split()\n");
    const QString script = written(QStringLiteral("main.py"), "import loading\nprint(loading.rows())\n");
    OpenWindow on;
    QVERIFY(openAndWait(on, script));
    auto* bar = on.window.findChild<QWidget*>(QStringLiteral("dataBar"));
    QVERIFY(bar->isVisibleTo(&on.window));
    QVERIFY2(bar->accessibleDescription().contains(QStringLiteral("rows.csv")),
             qPrintable(bar->accessibleDescription()));
    QSignalSpy settled(&on.window, &MainWindow::settled);
    auto* allow = bar->findChildren<QPushButton*>().first();
    QTest::keyClick(allow, Qt::Key_A, Qt::AltModifier);
    QVERIFY(settled.wait(patience));
    QCOMPARE(outputOf(on.window.document()), std::string("['1,2', '3,4']\n"));
}

QTEST_MAIN(TestSupplies)
#include "tst_supplies.moc"
