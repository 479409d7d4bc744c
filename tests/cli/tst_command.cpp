// SPDX-License-Identifier: Apache-2.0
// The tables of commands and options agree with each other, and wrong words are wrong usage before anything runs.
#include <QtTest>

#include "app/cli/command.h"

using namespace tapescope;

class TestCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optionsOfCommandsExist() {
        QStringList known;
        for (const OptionRow& row : optionTable()) known << QString::fromLatin1(row.name);
        for (const Command& command : commandTable()) {
            for (const QString& option : QString::fromLatin1(command.options).split(u' ', Qt::SkipEmptyParts)) {
                QVERIFY2(known.contains(option), qPrintable(option));
            }
        }
    }

    void helpNamesEverything() {
        for (const Command& command : commandTable()) {
            QVERIFY(generalHelp().contains(QLatin1String(command.summary)));
            const QString help = helpFor(command);
            for (const QString& option : QString::fromLatin1(command.options).split(u' ', Qt::SkipEmptyParts)) {
                QVERIFY2(help.contains(QStringLiteral("--") + option), qPrintable(option));
            }
        }
    }

    void wrongUsage_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"check",
                                 "check --nonsense a.py",
                                 "check --format xml a.py",
                                 "check --format",
                                 "check --format sarif a.py",
                                 "check --keras 4 a.py",
                                 "check --timeout never a.py",
                                 "check --timeout -1 a.py",
                                 "check --timeout 0 a.py",
                                 "check --timeout nan a.py",
                                 "check --seed -1 a.py",
                                 "check --seed x a.py",
                                 "check --data d a.py",
                                 "check --input i a.py",
                                 "check --fix a.py b.py",
                                 "check -o x a.py",
                                 "record a.py",
                                 "record -o x a.py b.py",
                                 "dump",
                                 "dump --format sarif a.tape",
                                 "lessons extra",
                                 "check /nonexistent/missing.py",
                                 "dump /nonexistent/missing.tape"}) {
            QTest::newRow(line) << line;
        }
    }

    void wrongUsage() {
        QFETCH(QString, line);
        const QStringList words = line.split(u' ');
        const Command* command = commandNamed(words.front());
        QVERIFY(command != nullptr);
        QCOMPARE(runCommand(*command, words.mid(1)), int{tapescope::wrongUsage});
    }

    void unknownCommandIsNone() {
        QVERIFY(commandNamed(QStringLiteral("chek")) == nullptr);
        QVERIFY(commandNamed(QString()) == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
