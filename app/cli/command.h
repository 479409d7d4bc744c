// SPDX-License-Identifier: Apache-2.0
// The sub-commands as a table: the parser, the help and the man page follow from its rows.
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <span>

namespace tapescope {

/// Exit statuses of every sub-command.
enum Status : int { allWell = 0, foundSomething = 1, stoppedShort = 2, wrongUsage = 64 };

/// What the command line says, taken apart.
struct Arguments {
    QStringList files;
    std::map<QString, QString>
        values;  ///< by the option's long name, the last where there are several; a switch has ""
    std::map<QString, QStringList> lists = {};  ///< all of them
    bool has(const char* option) const { return values.contains(QString::fromLatin1(option)); }
    QStringList all(const char* option) const;
    QString value(const char* option, const QString& fallback = {}) const;
};

struct OptionRow {
    const char* name;     ///< "timeout"
    const char* letter;   ///< "o", or ""
    const char* value;    ///< "SECONDS"; "" for a switch
    const char* choices;  ///< "text|json|sarif", or ""
    const char* help;
};

std::span<const OptionRow> optionTable();

struct Command {
    const char* name;
    const char* operands;  ///< "FILE..."
    const char* summary;
    const char* options;  ///< names of rows of the option table, separated by blanks
    int least, most;      ///< number of operands
    bool paints;          ///< needs fonts and pictures
    int (*run)(const Arguments& arguments);
};

std::span<const Command> commandTable();
const Command* commandNamed(const QString& name);

/// Parses and runs; the exit status. `words` are those after the command's name.
int runCommand(const Command& command, const QStringList& words);

QString generalHelp();
QString helpFor(const Command& command);

// The commands themselves.
int check(const Arguments& arguments);
int record(const Arguments& arguments);
int render(const Arguments& arguments);
int dump(const Arguments& arguments);
int lessons(const Arguments& arguments);

}  // namespace tapescope
