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
        const SourceText source = scriptText(bytes);
        QCOMPARE(source.problem, QString());
        QCOMPARE(source.text, text);
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<unsigned>("line");
        QTest::newRow("Latin-1 undeclared")
            << QByteArray("x = 1\ny = '\xe9'\n")
            << "Non-UTF-8 code starting with '\\xe9' on line 2, but no encoding declared; see "
               "https://peps.python.org/pep-0263/ for details"
            << 2U;
        QTest::newRow("cut off") << QByteArray("'\xc3")
                                 << "Non-UTF-8 code starting with '\\xc3' on line 1, but no encoding declared; see "
                                    "https://peps.python.org/pep-0263/ for details"
                                 << 1U;
        QTest::newRow("not ASCII") << QByteArray("# coding: ascii\n\n'\xc3\xa9'\n")
                                   << "the declared encoding ascii cannot decode '\\xc3' on line 3" << 3U;
        QTest::newRow("unknown") << QByteArray("# coding: klingon\n") << "encoding problem: klingon" << 1U;
        QTest::newRow("mark against declaration")
            << QByteArray("\xef\xbb\xbf# coding: latin-1\n") << "encoding problem: latin-1 with BOM" << 1U;
    }

    void refuses() {
        QFETCH(QByteArray, bytes);
        const SourceText source = scriptText(bytes);
        QTEST(source.problem, "problem");
        QTEST(source.line, "line");
        QVERIFY(!source.text.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSource)
#include "tst_source.moc"
