// SPDX-License-Identifier: Apache-2.0
// Running from the window: an example, an edit, a script that never ends. Needs the worker.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

class TestRerun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void init() { on_ = std::make_unique<OpenWindow>(); }
    void cleanup();
    void editedScriptRunsAgain();
    void stopEndsAScriptThatDoesNot();
    void errorsAreShown();
    void savingKeepsEncodingAndLineEnds();
    void whatWasNotReadIsNotWrittenOver();
    void recordedRunRunsUnderItsOwnName();
    void newScriptHasNoNameYet();

private:
    void replaceScript(const QString& text);
    bool runToItsEnd();

    std::unique_ptr<OpenWindow> on_;
};

void TestRerun::cleanup() {
    on_->window.script().setSaved();
    on_.reset();
}

void TestRerun::replaceScript(const QString& text) {
    CodeEdit& code = on_->window.script().code();
    code.setFocus();
    code.selectAll();
    code.insertPlainText(text);
}

bool TestRerun::runToItsEnd() {
    QSignalSpy settled(&on_->window, &MainWindow::settled);
    QTest::keyClick(&on_->window.script().code(), Qt::Key_R, Qt::ControlModifier);
    return on_->window.document().state() == Document::State::Running && settled.wait(patience);
}

void TestRerun::editedScriptRunsAgain() {
    QSignalSpy settled(&on_->window, &MainWindow::settled);
    QVERIFY(on_->window.openFile(QStringLiteral("wrong-source")));
    QVERIFY(settled.wait(patience));
    QVERIFY(!on_->window.document().findings().empty());
    QString script = on_->window.script().text();
    const QString wrong = QStringLiteral("tape.gradient(loss, [y])");
    QVERIFY(script.contains(wrong));
    replaceScript(script.replace(wrong, QStringLiteral("tape.gradient(loss, [W, b])")));
    QVERIFY(on_->window.script().stale());
    QVERIFY(runToItsEnd());
    QVERIFY(!on_->window.script().stale());
    QVERIFY(on_->window.script().modified());
    for (const Finding& finding : on_->window.document().findings()) QVERIFY(finding.severity == Severity::Hint);
}

void TestRerun::stopEndsAScriptThatDoesNot() {
    replaceScript(QStringLiteral("import tensorflow as tf\nx = tf.constant(1.0)\nwhile True:\n    x = x + 1.0\n"));
    QSignalSpy grew(&on_->window.document(), &Document::timelineGrew);
    QTest::keyClick(&on_->window.script().code(), Qt::Key_F5);
    while (on_->window.document().timeline().nodes().size() < 2) QVERIFY(grew.wait(patience));
    QAction* stop = on_->window.action(QStringLiteral("stop"));
    QVERIFY(stop->isEnabled());
    stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(on_->window.document().state() == Document::State::Limited, patience);
    QVERIFY(!stop->isEnabled());
    QVERIFY(on_->window.player().length() > 1);
    QVERIFY(on_->window.findChild<QFrame*>(QStringLiteral("trouble"))->isVisible());
}

void TestRerun::errorsAreShown() {
    replaceScript(QStringLiteral("import tensorflow as tf\nx = tf.constant(1.0)\nraise ValueError('so it goes')\n"));
    QVERIFY(runToItsEnd());
    QCOMPARE(on_->window.document().state(), Document::State::Failed);
    const auto* output = on_->window.findChild<OutputPanel*>();
    QVERIFY(output->toPlainText().contains(QStringLiteral("ValueError: so it goes")));
    QVERIFY(output->toPlainText().contains(QStringLiteral("line 3")));
}

void TestRerun::savingKeepsEncodingAndLineEnds() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("old.py")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# coding: latin-1\r\nx = '\xe9'\r\n");
    file.close();
    QSignalSpy settled(&on_->window, &MainWindow::settled);
    QVERIFY(on_->window.openFile(file.fileName()));
    QVERIFY(settled.wait(patience));
    on_->window.script().code().insertPlainText(QStringLiteral("# \u00fc\n"));
    QVERIFY(on_->window.save());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("# \xfc\r\n# coding: latin-1\r\nx = '\xe9'\r\n"));
}

/// What could not be read would be lost: the file asks for another name.
void TestRerun::whatWasNotReadIsNotWrittenOver() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("odd.py")));
    const QByteArray bytes("x = 1  # \xff\xfe\n");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QSignalSpy settled(&on_->window, &MainWindow::settled);
    QVERIFY(on_->window.openFile(file.fileName()));
    QVERIFY(settled.wait(patience));
    QTimer closer;
    bool asked = false;
    connect(&closer, &QTimer::timeout, this, [&asked] {
        if (QWidget* dialog = QApplication::activeModalWidget()) {
            asked = true;
            dialog->close();
        }
    });
    closer.start(20);
    QVERIFY(!on_->window.save());
    QVERIFY(asked);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void TestRerun::recordedRunRunsUnderItsOwnName() {
    QVERIFY(on_->openWrongSource());
    QCOMPARE(on_->window.document().name(), QStringLiteral("run.tape"));
    QVERIFY(runToItsEnd());
    QCOMPARE(on_->window.document().name(), QStringLiteral("wrong-source.py"));
}

void TestRerun::newScriptHasNoNameYet() {
    QVERIFY(on_->openWrongSource());
    on_->window.newScript();
    QVERIFY(on_->window.windowTitle().startsWith(QStringLiteral("untitled.py")));
    QVERIFY(runToItsEnd());
    QCOMPARE(on_->window.document().name(), QStringLiteral("untitled.py"));
}

QTEST_MAIN(TestRerun)
#include "tst_rerun.moc"
