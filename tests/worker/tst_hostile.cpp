// SPDX-License-Identifier: Apache-2.0
// Scripts that mean harm. Each says in comments how its run must end:
//   # expect-outcome: forbidden      (or several, with |)
//   # expect-text: what the last word must contain
//   # expect-printed: what must not have been left out of the output
//   # expect-absent: what must stand nowhere in words, traceback and output
//   # expect-nothing: why            (one that finishes without a word)
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

/// What is wrong with the comments themselves: a word that nobody reads, or an ending that any run would have.
QString complaintAbout(const QByteArray& script) {
    static const QStringList known{QStringLiteral("outcome"), QStringLiteral("text"), QStringLiteral("printed"),
                                   QStringLiteral("nothing"), QStringLiteral("absent")};
    QStringList said;
    for (const QByteArray& line : script.split('\n')) {
        if (!line.startsWith("# expect")) continue;
        const auto colon = line.indexOf(':');
        const QString key = QString::fromUtf8(line.sliced(2, colon < 2 ? line.size() - 2 : colon - 2));
        if (!key.startsWith(QStringLiteral("expect-")) || !known.contains(key.sliced(7))) return "unknown: " + line;
        if (commentOf(script, key.toUtf8()).trimmed().isEmpty()) return "says nothing: " + line;
        said.append(key.sliced(7));
    }
    if (!said.contains(QStringLiteral("outcome"))) return QStringLiteral("no expect-outcome");
    const bool mayFinish = commentOf(script, "expect-outcome").contains(QStringLiteral("finished"));
    return mayFinish && said.size() < 2 ? QStringLiteral("finishes, and nothing says with what") : QString();
}

/// All words of a run that a person can read.
QString wordsOf(const WorkerRun& run) {
    const Raised raised = run.raised();
    std::string words = run.ended().message + raised.message + raised.traceback + run.printed() + run.printed(true);
    for (const Noted& note : run.all<Noted>()) words += note.text;
    return QString::fromStdString(words);
}

}  // namespace

class TestHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void script_data();
    void script();
    void complaints();
};

void TestHostile::complaints() {
    for (const char* wrong : {"", "# expect-txt: no\n", "# expect-outcome:\n", "# expect-outcome: finished\n",
                              "# expect-outcome: error\n# expect-text:\n", "# expected: x\n# expect-outcome: error\n"})
        QVERIFY2(!complaintAbout(wrong).isEmpty(), wrong);
    QCOMPARE(complaintAbout("# expect-outcome: error\n# expect-text: no\n"), QString());
    QCOMPARE(complaintAbout("# expect-outcome: forbidden\n"), QString());
}

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
    QCOMPARE(complaintAbout(script), QString());
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
    const QString printed = QString::fromStdString(run.printed());
    QVERIFY(printed.contains(commentOf(script, "expect-printed")));
    const QString absent = commentOf(script, "expect-absent");
    QVERIFY(absent.isEmpty() || !wordsOf(run).contains(absent));
    QVERIFY(commentOf(script, "expect-nothing").isEmpty() || (words.empty() && printed.isEmpty()));
    QVERIFY(!QFileInfo::exists(left) && !QFileInfo(left).isSymLink());
    QVERIFY(!QFileInfo::exists(left + QStringLiteral(".npy")));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
