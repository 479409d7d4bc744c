// SPDX-License-Identifier: Apache-2.0
// Encodings of scripts. The expectations are what python3 does with the same bytes.
#include <QtTest>

#include "app/document/source.h"

using namespace tapescope;

class TestSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QByteArray() << "";
        QTest::newRow("plain") << QByteArray("x = 1\n") << "x = 1\n";
        QTest::newRow("UTF-8") << QByteArray(
                                      "# gr\xc3\xb6\xc3\x9f"
                                      "e\n")
                               << QStringLiteral("# größe\n");
        QTest::newRow("mark") << QByteArray("\xef\xbb\xbfx = 1\n") << "x = 1\n";
        QTest::newRow("mark and declaration") << QByteArray("\xef\xbb\xbf# coding: utf-8\n") << "# coding: utf-8\n";
        QTest::newRow("Windows") << QByteArray("a\r\nb\r\n") << "a\nb\n";
        QTest::newRow("old Mac") << QByteArray("a\rb\r") << "a\nb\n";
        QTest::newRow("Latin-1") << QByteArray("# -*- coding: latin-1 -*-\nx = '\xe9'\n")
                                 << QStringLiteral("# -*- coding: latin-1 -*-\nx = 'é'\n");
        QTest::newRow("second line") << QByteArray("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n'\xa4'")
                                     << QStringLiteral("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n'€'");
        QTest::newRow("cp1252") << QByteArray("# coding=cp1252\n'\x80'") << QStringLiteral("# coding=cp1252\n'€'");
        QTest::newRow("koi8-r") << QByteArray("# coding: koi8-r\n'\xd1'") << QStringLiteral("# coding: koi8-r\n'я'");
        QTest::newRow("underscore") << QByteArray("# coding: UTF_8\n'\xc3\xa9'")
                                    << QStringLiteral("# coding: UTF_8\n'é'");
        QTest::newRow("third line") << QByteArray("\n\n# coding: latin-1\n'\xc3\xa9'")
                                    << QStringLiteral("\n\n# coding: latin-1\n'é'");
        QTest::newRow("not in a comment") << QByteArray("coding = 'coding: latin-1'\n'\xc3\xa9'")
                                          << QStringLiteral("coding = 'coding: latin-1'\n'é'");
        QTest::newRow("after code") << QByteArray("x = 1\n# coding: latin-1\n'\xc3\xa9'")
                                    << QStringLiteral("x = 1\n# coding: latin-1\n'é'");
        QTest::newRow("astral") << QByteArray("'\xf0\x9f\x98\x80'") << QStringLiteral("'😀'");
    }

    void reads() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(scriptText(bytes), text);
    }

    void savingChangesNoMoreThanTheText() {
        for (const QByteArray& bytes :
             {QByteArray("a\nb\n"), QByteArray("a\r\nb\r\n"), QByteArray("\xef\xbb\xbf# \xc3\xa9\r\n"),
              QByteArray("# coding: latin-1\r\n'\xe9'\r\n")}) {
            QCOMPARE(scriptBytes(scriptText(bytes), bytes), bytes);
        }
        QCOMPARE(scriptBytes(QStringLiteral("a\nb\n"), {}), QByteArray("a\nb\n"));
    }

    void showsWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("Latin-1 undeclared") << QByteArray("x = '\xe9'\n") << QStringLiteral("x = '\uFFFD'\n");
        QTest::newRow("unknown encoding") << QByteArray("# coding: klingon\n") << "# coding: klingon\n";
        QTest::newRow("mark against declaration")
            << QByteArray("\xef\xbb\xbf# coding: latin-1\n") << "# coding: latin-1\n";
    }

    void showsWhatIsWrong() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(scriptText(bytes), text);
    }

    void writesWhatItDeclares_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("UTF-8") << QStringLiteral("'é'\n") << QByteArray("'\xc3\xa9'\n");
        QTest::newRow("Latin-1") << QStringLiteral("# coding: latin-1\n'é'\n")
                                 << QByteArray("# coding: latin-1\n'\xe9'\n");
        QTest::newRow("cp1252") << QStringLiteral("# coding: cp1252\n'€'\n")
                                << QByteArray("# coding: cp1252\n'\x80'\n");
        QTest::newRow("no such character")
            << QStringLiteral("# coding: latin-1\n'я'\n") << QByteArray("# coding: latin-1\n'\xd1\x8f'\n");
        QTest::newRow("unknown") << QStringLiteral("# coding: klingon\n'é'\n")
                                 << QByteArray("# coding: klingon\n'\xc3\xa9'\n");
    }

    void writesWhatItDeclares() {
        QFETCH(QString, text);
        QTEST(scriptBytes(text), "bytes");
    }
};

QTEST_GUILESS_MAIN(TestSource)
#include "tst_source.moc"
