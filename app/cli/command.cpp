// SPDX-License-Identifier: Apache-2.0
// The table of sub-commands and of options, and the parser that reads them.
#include "app/cli/command.h"

#include <QCommandLineParser>

#include "app/cli/console.h"
#include "core/base/error.h"

namespace tapescope {

namespace {

constexpr OptionRow optionRows[] = {
    {"format", "", "FORMAT", "text|json|sarif", "How to print: text or json."},
    {"keras", "", "VERSION", "3|2|legacy",
     "Which Keras the script is for: 3, 2 (2.11 to 2.15) or legacy; \"# keras: 2\" in it does the same."},
    {"timeout", "", "SECONDS", "", "Computing time that the script may use (60)."},
    {"seed", "", "N", "", "Start random numbers from N."},
    {"data", "", "PATH", "", "A file or folder that the script may read; may be given several times."},
    {"input", "", "FILE", "", "Lines that the script reads with input() or from sys.stdin."},
    {"fix", "", "", "", "Print the repaired script instead of a report."},
    {"trust", "", "", "", "Run even where this machine lacks the sandbox's mechanisms."},
    {"output", "o", "OUT", "", "Where to write."},
    {"at", "", "PLACE", "", "STEP, STEP.BEAT or STEP.BEAT@0..1, counted from 1 within the step; or end."},
    {"range", "", "A..B", "", "Two places, for a film (1..end)."},
    {"size", "", "WxH", "", "Size of the picture in pixels."},
    {"direction", "", "WHERE", "down|right", "Where values flow to in the picture: down or right."},
    {"theme", "", "NAME", "light|dark|contrast|projector", "Colours of the picture."},
};

constexpr const char* runOptions = "format keras timeout seed data input fix trust";

constexpr Command commandRows[] = {
    {"check", "FILE...", "Run scripts and report what went wrong in them.", runOptions, 1, 1 << 20, false, &check},
    {"record", "FILE", "Run a script and write the run to a file.", "output keras timeout seed data input trust", 1, 1,
     false, &record},
    {"render", "FILE",
     "Draw a run: OUT is a .png, .svg, .pdf, .dot, a .gif for a film, or a folder for a picture of every beat.",
     "output at range size direction theme keras timeout seed data input trust", 1, 1, true, &render},
    {"dump", "RUN.tape", "Print the events of a recorded run.", "format", 1, 1, false, &dump},
    {"lessons", "", "List the scripts that come with the program.", "", 0, 0, false, &lessons},
};

/// Names whose features are still to come, with what to say.
struct AbsentRow {
    const char* option;
    const char* value;  ///< nullptr for any
    const char* sentence;
};

constexpr AbsentRow absentRows[] = {
    {"format", "sarif", "--format sarif is not there yet; use text or json"},
};

QStringList split(const char* text, QChar separator) {
    return QString::fromLatin1(text).split(separator, Qt::SkipEmptyParts);
}

QStringList namesOf(const OptionRow& row) {
    QStringList names{QString::fromLatin1(row.name)};
    if (*row.letter != '\0') names << QString::fromLatin1(row.letter);
    return names;
}

/// "  -o, --output OUT      Where to write."
QString helpLine(const OptionRow& row) {
    QString left = *row.letter == '\0' ? QString() : QStringLiteral("-%1, ").arg(QLatin1String(row.letter));
    left += QStringLiteral("--%1 %2").arg(QLatin1String(row.name), QLatin1String(row.value));
    return QStringLiteral("  %1  %2\n").arg(left, -22).arg(QLatin1String(row.help));
}

bool offers(const Command& command, const OptionRow& row) {
    return split(command.options, u' ').contains(QLatin1String(row.name));
}

/// Nothing if the value of the option may be used.
QString objection(const OptionRow& row, const QString& value) {
    const QStringList choices = split(row.choices, u'|');
    if (!choices.isEmpty() && !choices.contains(value)) {
        return QStringLiteral("--%1 takes %2, not '%3'").arg(QLatin1String(row.name), choices.join(u", "), value);
    }
    for (const AbsentRow& absent : absentRows) {
        const bool named = QLatin1String(absent.option) == QLatin1String(row.name);
        if (named && (absent.value == nullptr || value == QLatin1String(absent.value)))
            return QLatin1String(absent.sentence);
    }
    return {};
}

QString objectionToCount(const Command& command, qsizetype count) {
    if (count < command.least) return QStringLiteral("%1 is missing").arg(QLatin1String(command.operands));
    if (count > command.most && command.most == 0) return QStringLiteral("it takes no operands");
    return count > command.most ? QStringLiteral("it takes one %1").arg(QLatin1String(command.operands)) : QString();
}

Result<Arguments> parse(const Command& command, const QStringList& words) {
    QCommandLineParser parser;
    for (const OptionRow& row : optionRows) {
        if (offers(command, row)) parser.addOption({namesOf(row), {}, QString::fromLatin1(row.value)});
    }
    if (!parser.parse(QStringList{QString::fromLatin1(command.name)} + words)) {
        QString text = parser.errorText();
        while (text.endsWith(u'.')) text.chop(1);
        return Failure{(text.left(1).toLower() + text.mid(1)).toStdString()};
    }
    Arguments arguments{parser.positionalArguments(), {}, {}};
    for (const OptionRow& row : optionRows) {
        const QString name = QString::fromLatin1(row.name);
        if (!offers(command, row) || !parser.isSet(name)) continue;
        arguments.values[name] = *row.value == '\0' ? QString() : parser.value(name);
        if (*row.value != '\0') arguments.lists[name] = parser.values(name);
        if (const QString text = objection(row, arguments.values[name]); !text.isEmpty()) {
            return Failure{text.toStdString()};
        }
    }
    if (const QString text = objectionToCount(command, arguments.files.size()); !text.isEmpty()) {
        return Failure{text.toStdString()};
    }
    return arguments;
}

}  // namespace

QStringList Arguments::all(const char* option) const {
    const auto found = lists.find(QString::fromLatin1(option));
    return found == lists.end() ? QStringList() : found->second;
}

QString Arguments::value(const char* option, const QString& fallback) const {
    const auto found = values.find(QString::fromLatin1(option));
    return found == values.end() ? fallback : found->second;
}

std::span<const OptionRow> optionTable() {
    return optionRows;
}
std::span<const Command> commandTable() {
    return commandRows;
}

const Command* commandNamed(const QString& name) {
    for (const Command& command : commandRows) {
        if (name == QLatin1String(command.name)) return &command;
    }
    return nullptr;
}

int runCommand(const Command& command, const QStringList& words) {
    if (words.contains(QStringLiteral("--help")) || words.contains(QStringLiteral("-h"))) {
        print(helpFor(command));
        return allWell;
    }
    const auto arguments = parse(command, words);
    if (arguments) return command.run(*arguments);
    complain(QStringLiteral("%1: %2").arg(QLatin1String(command.name), QString::fromStdString(arguments.message())));
    complain(QStringLiteral("try: tapescope %1 --help").arg(QLatin1String(command.name)));
    return wrongUsage;
}

QString helpFor(const Command& command) {
    QString text =
        QStringLiteral("tapescope %1 %2 [options]\n\n%3\n\n")
            .arg(QLatin1String(command.name), QLatin1String(command.operands), QLatin1String(command.summary));
    for (const OptionRow& row : optionRows) {
        if (offers(command, row)) text += helpLine(row);
    }
    return text + QStringLiteral(
                      "\nFILE is a script, a notebook (.ipynb), a recorded run (.tape), the name of a lesson, or - for "
                      "standard input.\n"
                      "Exit status: 0 all is well, 1 errors or warnings were found (record does not look for any), 2 "
                      "the script\n"
                      "did not run to its end, 64 wrong usage.\n");
}

QString generalHelp() {
    QString text = QStringLiteral(
        "Tapescope shows what a gradient tape saw.\n\n"
        "tapescope [FILE]          open a script, a notebook, a recorded run or a lesson in a window\n");
    for (const Command& command : commandRows) {
        const QString usage =
            QStringLiteral("tapescope %1 %2").arg(QLatin1String(command.name), QLatin1String(command.operands));
        text += QStringLiteral("%1  %2\n").arg(usage, -24).arg(QLatin1String(command.summary));
    }
    return text + QStringLiteral("\ntapescope COMMAND --help says more. tapescope --version prints the version.\n");
}

}  // namespace tapescope
