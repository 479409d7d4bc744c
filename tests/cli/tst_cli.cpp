// SPDX-License-Identifier: Apache-2.0
// The built program, end to end: what goes to which stream, with which status.
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Ran {
    int status = -1;
    QByteArray out, err;
    QJsonObject json(int line = 0) const { return QJsonDocument::fromJson(out.split('\n').value(line)).object(); }
};

Ran tapescope(const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    // No display at all: headless commands need none.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) environment.remove(QLatin1String(name));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(TAPESCOPE_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(120000);
    const int status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {status, process.readAllStandardOutput(), process.readAllStandardError()};
}

const QByteArray healthy =
    "import tensorflow as tf\n"
    "w = tf.Variable([1.0, 2.0])\n"
    "optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)\n"
    "with tf.GradientTape() as tape:\n"
    "    loss = tf.reduce_sum(w * 2.0)\n"
    "gradients = tape.gradient(loss, [w])\n"
    "optimizer.apply_gradients(zip(gradients, [w]))\n"
    "print('w:', w.numpy())\n";

}  // namespace

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(folder_.isValid()); }

    void saysWhoItIs() {
        const Ran version = tapescope({QStringLiteral("--version")});
        QCOMPARE(version.status, 0);
        QCOMPARE(version.out, QByteArray("tapescope " TAPESCOPE_VERSION "\n"));
        const Ran help = tapescope({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains("tapescope check FILE..."));
        QVERIFY(tapescope({QStringLiteral("check"), QStringLiteral("--help")}).out.contains("--timeout SECONDS"));
    }

    void wrongUsageIs64_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"check", "check missing.py", "check --format xml x.py", "--nonsense", "chek a.py",
                                 "record x.py", "render healthy", "dump missing.tape"}) {
            QTest::newRow(line) << line;
        }
    }

    void wrongUsageIs64() {
        QFETCH(QString, line);
        const Ran ran = tapescope(line.split(u' '));
        QCOMPARE(ran.status, 64);
        QVERIFY(ran.out.isEmpty());
        QVERIFY(ran.err.startsWith("tapescope: "));
    }

    void listsLessons() {
        const Ran ran = tapescope({QStringLiteral("lessons")});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.contains("wrong-source"));
    }

    void healthyScriptIsAllWell() {
        const Ran ran = tapescope({"check", "--format", "json", file("healthy.py", healthy)});
        QVERIFY2(ran.status == 0, (ran.out + ran.err).constData());
        const QJsonObject report = ran.json();
        QCOMPARE(report["outcome"].toString(), QStringLiteral("finished"));
        QCOMPARE(report["output"].toString(), QStringLiteral("w: [0. 1.]\n"));
        const QJsonObject w = report["variables"][0].toObject();
        QCOMPARE(w["names"].toArray(), QJsonArray{"w"});
        QCOMPARE(w["line"].toInt(), 2);
        QCOMPARE(w["steps"].toArray().size(), 1);
        QCOMPARE(w["steps"][0]["gradient"].toString(), QStringLiteral("path"));
        QCOMPARE(w["steps"][0]["change"].toDouble(), std::sqrt(2.0));
        QVERIFY(report["findings"].toArray().isEmpty());
    }

    void standardInputIsAFile() {
        const Ran ran = tapescope({"check", "--format", "json", "-"}, healthy);
        QVERIFY2(ran.status == 0, (ran.out + ran.err).constData());
        QCOMPARE(ran.json()["file"].toString(), QStringLiteral("-"));
        QCOMPARE(ran.json()["output"].toString(), QStringLiteral("w: [0. 1.]\n"));
    }

    void lessonIsAFile() {
        const Ran ran = tapescope({"check", "--format", "json", "wrong-source"});
        QVERIFY2(ran.status == 1, (ran.out + ran.err).constData());
        QStringList ids;
        for (const QJsonValue& finding : ran.json()["findings"].toArray()) ids << finding["id"].toString();
        QVERIFY2(ids.contains(QStringLiteral("gradient-of-intermediate")), qPrintable(ids.join(u' ')));
        QVERIFY2(ids.contains(QStringLiteral("zip-truncated")), qPrintable(ids.join(u' ')));
    }

    void severalFilesAreSeveralLines() {
        const QString broken = file("broken.py", "x = 1\nraise ValueError('no')\n");
        const Ran ran = tapescope({"check", "--format", "json", file("healthy.py", healthy), broken});
        QCOMPARE(ran.status, 2);
        QCOMPARE(ran.out.count('\n'), 2);
        QCOMPARE(ran.json(0)["outcome"].toString(), QStringLiteral("finished"));
        QCOMPARE(ran.json(1)["outcome"].toString(), QStringLiteral("error"));
        QCOMPARE(ran.json(1)["error"].toObject(),
                 (QJsonObject{{"type", "ValueError"}, {"message", "no"}, {"line", 2}}));
    }

    void undecodableScriptIsASyntaxError() {
        const Ran ran = tapescope({"check", "--format", "json", file("old.py", "y = '\xe9'\n")});
        QCOMPARE(ran.status, 2);
        const QJsonObject report = ran.json();
        QCOMPARE(report["error"]["type"].toString(), QStringLiteral("SyntaxError"));
    }

    void declaredEncodingReachesTheScript() {
        const Ran ran =
            tapescope({"check", "--format", "json", "-"}, "# coding: latin-1\r\nprint('\xe9', ord('\xe9'))\r\n");
        QVERIFY2(ran.status == 0, (ran.out + ran.err).constData());
        QCOMPARE(ran.json()["output"].toString(), QStringLiteral("é 233\n"));
    }

    /// Whatever is no plain file stays what it is; root would find a file in the place of /dev/null otherwise.
    void pipeIsWrittenInto() {
        const QByteArray pipe = QFile::encodeName(folder_.filePath(QStringLiteral("pipe")));
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        const int reader = ::open(pipe.constData(), O_RDONLY | O_NONBLOCK);
        QVERIFY(reader >= 0);
        const Ran ran = tapescope({"record", file("healthy.py", healthy), "-o", QString::fromLocal8Bit(pipe)});
        QByteArray bytes(1 << 16, '\0');
        const auto size = ::read(reader, bytes.data(), static_cast<std::size_t>(bytes.size()));
        ::close(reader);
        QVERIFY2(ran.status == 0, (ran.out + ran.err).constData());
        struct stat there {};
        QCOMPARE(::stat(pipe.constData(), &there), 0);
        QVERIFY(S_ISFIFO(there.st_mode));
        QVERIFY(size > 100 && bytes.sliced(1).startsWith("TAPE"));
    }

    void endlessLoopMeetsItsLimit() {
        const Ran ran =
            tapescope({"check", "--format", "json", "--timeout", "1", "-"}, "x = 1\nwhile True:\n    x += 1\n");
        QCOMPARE(ran.status, 2);
        QCOMPARE(ran.json()["outcome"].toString(), QStringLiteral("timeout"));
        QVERIFY2(ran.err.contains("--timeout"), ran.err.constData());
    }

    void recordingsShowTheSame() {
        const QString script = file("healthy.py", healthy);
        const QString tape = folder_.filePath(QStringLiteral("run.tape"));
        const Ran recorded = tapescope({"record", script, "-o", tape});
        QVERIFY2(recorded.status == 0, recorded.err.constData());
        QVERIFY(recorded.out.isEmpty());
        QJsonObject live = tapescope({"check", "--format", "json", script}).json();
        QJsonObject again = tapescope({"check", "--format", "json", tape}).json();
        live.remove(QStringLiteral("file"));
        again.remove(QStringLiteral("file"));
        QCOMPARE(again, live);
        const Ran dumped = tapescope({"dump", tape});
        QCOMPARE(dumped.status, 0);
        QVERIFY(dumped.out.contains("RunStarted") || dumped.out.count('\n') > 10);
        for (const QByteArray& line : tapescope({"dump", "--format", "json", tape}).out.trimmed().split('\n')) {
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        }
    }

    /// A run is written while it runs: what it finds is not looked at, and its end is there however it came.
    void recordingsHaveTheirEnd() {
        const QString tape = folder_.filePath(QStringLiteral("ended.tape"));
        const Ran found = tapescope({"record", "wrong-source", "-o", tape});
        QVERIFY2(found.status == 0, found.err.constData());
        QCOMPARE(tapescope({"check", tape}).status, tapescope({"check", "wrong-source"}).status);
        const QString endless = file("endless.py", "x = 1\nwhile True:\n    x += 1\n");
        const Ran stopped = tapescope({"record", "--timeout", "1", endless, "-o", tape});
        QCOMPARE(stopped.status, 2);
        QVERIFY2(stopped.err.contains("--timeout"), stopped.err.constData());
        const QJsonObject kept = tapescope({"check", "--format", "json", tape}).json();
        QCOMPARE(kept["outcome"].toString(), QStringLiteral("timeout"));
        const Ran full = tapescope({"record", file("healthy.py", healthy), "-o", "/dev/full"});
        QCOMPARE(full.status, 64);
        QVERIFY2(full.err.contains("/dev/full"), full.err.constData());
    }

    void rendersWithoutADisplay() {
        const QString png = folder_.filePath(QStringLiteral("picture.png"));
        const Ran end = tapescope({"render", "wrong-source", "-o", png, "--size", "640x400", "--theme", "dark"});
        QVERIFY2(end.status == 0, end.err.constData());
        const QByteArray image = contents(png);
        QVERIFY(image.startsWith("\x89PNG"));
        QCOMPARE(image.mid(16, 8), QByteArray::fromHex("0000028000000190"));  // width and height
        const QString svg = folder_.filePath(QStringLiteral("picture.svg"));
        QCOMPARE(tapescope({"render", "wrong-source", "-o", svg, "--at", "2"}).status, 0);
        QVERIFY(contents(svg).contains("not updated this step"));
        QCOMPARE(tapescope({"render", "wrong-source", "-o", svg, "--at", "1.2@0.5"}).status, 0);
        QVERIFY(!contents(svg).contains("not updated this step"));
        QCOMPARE(tapescope({"render", "wrong-source", "-o", svg, "--at", "3"}).status, 64);
    }

    void rendersPagesGraphsAndFilms() {
        const auto rendered = [&](const char* name, const QStringList& options) {
            const QString path = folder_.filePath(QLatin1String(name));
            const Ran ran = tapescope(QStringList{"render", "wrong-source", "-o", path} + options);
            return ran.status == 0 ? contents(path) : ran.err;
        };
        const QByteArray pdf = rendered("picture.pdf", {"--at", "2"});
        QVERIFY2(pdf.startsWith("%PDF-"), pdf.left(80).constData());
        QVERIFY(pdf.contains("/FontFile2"));
        const QByteArray dot = rendered("picture.dot", {});
        QVERIFY2(dot.startsWith("digraph step2 {"), dot.left(80).constData());
        QVERIFY(!dot.contains("rankdir"));
        QVERIFY(rendered("right.dot", {"--direction", "right"}).contains("rankdir=LR"));
        const auto shapeOf = [](const QByteArray& png) {
            const QSizeF size = QImage::fromData(png).size();
            return size.width() / size.height();
        };
        QVERIFY(shapeOf(rendered("down.png", {})) < 1.5);
        QVERIFY(shapeOf(rendered("right.png", {"--direction", "right"})) > 2);
        const QByteArray film = rendered("film.gif", {"--range", "2.1..2.2", "--size", "320x200"});
        QVERIFY2(film.startsWith("GIF89a"), film.left(80).constData());
        QCOMPARE(film.mid(6, 4), QByteArray::fromHex("4001c800"));  // width and height
        for (const char* range : {"2", "2.2..2.1", "1..9", "a..b"})
            QVERIFY(!rendered("no.gif", {"--range", QLatin1String(range)}).startsWith("GIF"));
        QVERIFY(rendered("no.png", {"--range", "1..2"}).contains("--range is for films"));
        QVERIFY(!QFile::exists(folder_.filePath("no.gif")));
    }

    void rendersEveryBeatIntoAFolder() {
        const QString folder = folder_.filePath(QStringLiteral("pictures"));
        const Ran ran = tapescope({"render", file("healthy.py", healthy), "-o", folder});
        QVERIFY2(ran.status == 0, ran.err.constData());
        const QStringList names = QDir(folder).entryList(QDir::Files);
        QVERIFY(names.size() > 5);
        QCOMPARE(names.front(), QStringLiteral("0001.png"));
        QCOMPARE(names.back(), QStringLiteral("%1.png").arg(names.size(), 4, 10, QLatin1Char('0')));
    }

    void unwritableRecordingIsSaid() {
        const Ran ran = tapescope({"record", file("healthy.py", healthy), "-o", "/nonexistent/run.tape"});
        QCOMPARE(ran.status, 64);
        QVERIFY(ran.err.contains("/nonexistent/run.tape"));
    }

    void seedsVaryTheNumbers() {
        const QByteArray script = "import tensorflow as tf\nprint(tf.random.normal((2,)).numpy())\n";
        const auto outputOf = [&](const QStringList& options) {
            return tapescope(QStringList{"check", "--format", "json", "-"} + options, script)
                .json()["output"]
                .toString();
        };
        QCOMPARE(outputOf({}), outputOf({}));
        QCOMPARE(outputOf({"--seed", "7"}), outputOf({"--seed", "7"}));
        QVERIFY(outputOf({"--seed", "7"}) != outputOf({"--seed", "8"}));
    }

private:
    QString file(const char* name, const QByteArray& text) {
        QFile file(folder_.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return file.fileName();
    }

    static QByteArray contents(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
