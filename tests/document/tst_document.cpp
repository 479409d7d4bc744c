// SPDX-License-Identifier: Apache-2.0
// The document over recorded streams: whole ones, damaged ones, and files of every unfit kind.
#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/document/document.h"
#include "app/document/gallery.h"
#include "app/document/source.h"
#include "app/document/tapefile.h"
#include "core/trace/codec.h"

using namespace tapescope;

namespace {

const std::string scriptText3 = "a\nb\nc\n";

std::vector<Event> smallRun() {
    const auto site = [](std::uint32_t id, std::uint32_t line) {
        return CallSiteSeen{CallSiteId{id}, {Frame{FileId{0}, "<module>", {line, 0, line, 1}}}};
    };
    return {RunStarted{"small.py", "0", "3", 0, false},
            ScriptRead{FileId{0}, "small.py", scriptText3},
            site(0, 1),
            Warned{"UserWarning", "careful", CallSiteId{0}},
            site(1, 3),
            Warned{"UserWarning", "again", CallSiteId{1}},
            Printed{false, "out\n", CallSiteId{1}},
            RunEnded{}};
}

/// Each event in a batch of its own, so that damage can lie between them.
QByteArray encoded(const std::vector<Event>& events) {
    Encoder encoder;
    QByteArray bytes;
    for (const Event& event : events) {
        encoder.add(event);
        const auto batch = encoder.drain();
        bytes.append(reinterpret_cast<const char*>(batch.data()), static_cast<qsizetype>(batch.size()));
    }
    return bytes;
}

bool openBytes(Document& document, QByteArray bytes, const char* name = "small.tape") {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return document.open(buffer, QString::fromLatin1(name));
}

QString written(const QTemporaryDir& folder, const char* name, const QByteArray& bytes) {
    QFile file(folder.filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
    return file.fileName();
}

}  // namespace

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARecording() {
        Document document;
        QSignalSpy changed(&document, &Document::stateChanged);
        QVERIFY(openBytes(document, encoded(smallRun())));
        QCOMPARE(document.state(), Document::State::Finished);
        QCOMPARE(document.script().toStdString(), scriptText3);
        QCOMPARE(document.timeline().size(), EventIndex{8});
        QCOMPARE(document.position(), (DeckPosition{7, 1}));
        QVERIFY(changed.count() >= 1);
    }

    void writesWhatItRead() {
        Document document;
        QVERIFY(openBytes(document, encoded(smallRun())));
        QBuffer first;
        first.open(QIODevice::ReadWrite);
        QVERIFY(!writeTape(first, document.timeline()));
        Document again;
        QVERIFY(openBytes(again, first.data()));
        QBuffer second;
        second.open(QIODevice::ReadWrite);
        QVERIFY(!writeTape(second, again.timeline()));
        QCOMPARE(second.data(), first.data());
        QCOMPARE(again.timeline().size(), document.timeline().size());
    }

    void seeksWithinTheRun() {
        Document document;
        QVERIFY(openBytes(document, encoded(smallRun())));
        QSignalSpy moved(&document, &Document::positionMoved);
        document.seek({1000, 7});
        QCOMPARE(document.position(), (DeckPosition{7, 1}));
        QCOMPARE(moved.count(), 0);
        document.seek({3, -1});
        QCOMPARE(document.position(), (DeckPosition{3, 0}));
        QCOMPARE(document.currentLine(), 1U);
        QCOMPARE(moved.count(), 1);
    }

    void seeksByBeat() {
        Document document;
        QVERIFY(openBytes(document, encoded(smallRun())));
        const auto beats = document.timeline().beats();
        QVERIFY(beats.size() >= 2);
        QCOMPARE(document.beatCount(), static_cast<std::uint32_t>(beats.size()));
        document.seekBeat(2, 0.5);
        QCOMPARE(document.position(), (DeckPosition{beats[1], 0.5}));
        QCOMPARE(document.beat(), 2U);
        document.seekBeat(0);
        QCOMPARE(document.position().event, EventIndex{0});
        document.seekBeat(99, 0.5);
        QCOMPARE(document.position(), (DeckPosition{beats.back(), 1}));
    }

    void selects() {
        Document document;
        QSignalSpy changed(&document, &Document::selectionChanged);
        document.select(BoxKey{BoxKind::Variable, 1, 0});
        document.select(BoxKey{BoxKind::Variable, 1, 0});
        QCOMPARE(changed.count(), 1);
        QVERIFY(openBytes(document, encoded(smallRun())));
        QVERIFY(!document.selection());
    }

    void showsWhatIsWholeOfADamagedRecording_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("events");
        const auto events = smallRun();
        const QByteArray five = encoded({events.begin(), events.begin() + 5});
        const QByteArray whole = encoded(events);
        QTest::newRow("between batches") << five << 5;
        QTest::newRow("within a batch") << whole.first(five.size() + 6) << 5;
        QTest::newRow("garbage after") << five + QByteArray(100, '\xff') << 5;
        QTest::newRow("zeros after") << five + QByteArray(4096, '\0') << 5;
        auto impossible = events;
        impossible[5] = Warned{"UserWarning", "nowhere", CallSiteId{99}};
        QTest::newRow("impossible event") << encoded(impossible) << 5;
    }

    void showsWhatIsWholeOfADamagedRecording() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, events);
        Document document;
        QVERIFY(openBytes(document, bytes));
        QCOMPARE(document.state(), Document::State::Damaged);
        QCOMPARE(static_cast<int>(document.timeline().size()), events);
        QVERIFY2(document.message().contains(QStringLiteral("damaged at byte")), qPrintable(document.message()));
        QCOMPARE(document.message().count(QStringLiteral("damaged")), 1);
        QCOMPARE(document.script().toStdString(), scriptText3);
    }

    void anyFlippedByteIsSurvived() {
        const QByteArray whole = encoded(smallRun());
        for (qsizetype i = 0; i < whole.size(); ++i) {
            QByteArray bytes = whole;
            bytes[i] = static_cast<char>(~bytes[i]);
            Document document;
            openBytes(document, bytes);
            QVERIFY(document.timeline().size() <= 8);
        }
    }

    void refusesWithASentence_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no recording") << QByteArray("hello") << QByteArray("a.tape") << "not a recorded run";
        QTest::newRow("empty recording") << QByteArray() << QByteArray("a.tape") << "not a recorded run";
        QTest::newRow("notebook") << QByteArray("{}") << QByteArray("a.ipynb") << "this notebook is damaged";
        QTest::newRow("too long") << QByteArray(scriptLimit + 1, '#') << QByteArray("a.py") << "4 MB";
    }

    void refusesWithASentence() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, name);
        QFETCH(QString, sentence);
        const QTemporaryDir folder;
        Document document;
        QVERIFY(openBytes(document, encoded(smallRun())));
        QVERIFY(!document.open(written(folder, name.constData(), bytes)));
        QVERIFY2(document.message().contains(sentence), qPrintable(document.message()));
        QVERIFY(document.message().contains(QString::fromLatin1(name)));
        QCOMPARE(document.timeline().size(), EventIndex{8});
    }

    void refusesWhatIsNoFile() {
        const QTemporaryDir folder;
        Document document;
        QVERIFY(!document.open(folder.path()));
        QVERIFY(document.message().contains(QStringLiteral("folder")));
        QVERIFY(!document.open(folder.filePath(QStringLiteral("missing.py"))));
        QVERIFY(document.message().contains(QStringLiteral("missing.py")));
        QCOMPARE(document.state(), Document::State::Empty);
    }

    void galleryReadsItsComments() {
        const Lesson lesson =
            lessonFrom(QStringLiteral("x"),
                       QStringLiteral("# SPDX: y\n# lesson: Where: there\n# goal: see\nimport a\n# goal: late\n"));
        QCOMPARE(lesson.title, QStringLiteral("Where: there"));
        QCOMPARE(lesson.goal, QStringLiteral("see"));
        QCOMPARE(lessonFrom(QStringLiteral("x"), QStringLiteral("import a\n")).title, QStringLiteral("x"));
    }

    void galleryKnowsItsOwn() {
        QVERIFY(!gallery().empty());
        for (const Lesson& lesson : gallery()) {
            QFile file(lesson.path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(isShipped(QString::fromUtf8(file.readAll())));
            QVERIFY2(lesson.title != lesson.name, qPrintable(lesson.name + QStringLiteral(" has no '# lesson:'")));
            QCOMPARE(lessonNamed(lesson.name)->path, lesson.path);
        }
        QVERIFY(!isShipped(QStringLiteral("import os\n")));
        QVERIFY(!lessonNamed(QStringLiteral("no such lesson")));
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
