// SPDX-License-Identifier: Apache-2.0
// Scripts that mean harm. Each says in comments how its run must end:
//   # expect-outcome: forbidden      (or several, with |)
//   # expect-text: what the last word must contain
//   # expect-printed: what must not have been left out of the output
//   # arguments: --cpu 1
//   # needs: no-sanitizer            (not run where it needs the address space or descriptors of its own)
#include <QDir>
#include <QTest>

#include "tests/worker/workerrun.h"

using namespace tapescope;

namespace {

/// What follows "# key: " in the script; empty where nothing does.
QString commentOf(const QByteArray& script, const QByteArray& key) {
    for (const QByteArray& line : script.split('\n')) {
        if (line.startsWith("# " + key + ": ")) return QString::fromUtf8(line.sliced(key.size() + 4));
    }
    return {};
}

}  // namespace

class TestHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void script_data();
    void script();
};

void TestHostile::script_data() {
    QTest::addColumn<QString>("path");
    const QDir folder(qEnvironmentVariable("TAPESCOPE_SOURCE") + QStringLiteral("/tests/worker/hostile"));
    const QFileInfoList scripts = folder.entryInfoList({QStringLiteral("*.py")}, QDir::Files, QDir::Name);
    QVERIFY(scripts.size() >= 60);
    for (const QFileInfo& file : scripts) QTest::newRow(qUtf8Printable(file.baseName())) << file.filePath();
}

void TestHostile::script() {
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray script = file.readAll();
#ifdef __SANITIZE_ADDRESS__
    if (commentOf(script, "needs") == u"no-sanitizer") QSKIP("the sanitizer needs what the script must not have");
#endif
    const QStringList given = commentOf(script, "arguments").split(u' ', Qt::SkipEmptyParts);
    const QString left = QStringLiteral("left-behind");  // what scripts that write would write
    QFile::remove(left);
    const WorkerRun run = runScript(script, QStringList{"--cpu", "1", "--memory", "512M", "--output", "1M"} + given);
    const QStringList outcomes = commentOf(script, "expect-outcome").split(u'|');
    const std::string words = run.ended().message;
    QVERIFY2(outcomes.contains(QString::fromUtf8(outcomeName(run.ended().outcome))), words.c_str());
    QCOMPARE(run.damage, std::string());
    const QString text = commentOf(script, "expect-text");
    QVERIFY2(QString::fromStdString(words).contains(text), words.c_str());
    QVERIFY(QString::fromStdString(run.printed()).contains(commentOf(script, "expect-printed")));
    QVERIFY(!QFileInfo::exists(left) && !QFileInfo(left).isSymLink());
    QVERIFY(!QFileInfo::exists(left + QStringLiteral(".npy")));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
