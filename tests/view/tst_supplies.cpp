// SPDX-License-Identifier: Apache-2.0
// What a script gets from the person at the window: a file beside it, once allowed and then remembered, and lines for
// input(). Needs the worker.
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

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
    QTRY_VERIFY_WITH_TIMEOUT(field->isVisibleTo(field->parentWidget()), patience);
    QTest::keyClicks(field, QStringLiteral("0.1"));
    QTest::keyClick(field, Qt::Key_Return);
    if (settled.isEmpty()) QVERIFY(settled.wait(patience));
    QTRY_VERIFY_WITH_TIMEOUT(outputOf(on.window.document()).find("0.1!") != std::string::npos, patience);
}

QTEST_MAIN(TestSupplies)
#include "tst_supplies.moc"
