// SPDX-License-Identifier: Apache-2.0
// The program: a window, or a sub-command without one.
#include <QApplication>
#include <QCoreApplication>
#include <QGuiApplication>
#include <cstring>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/view/window.h"

namespace {

using namespace tapescope;

/// Pictures need fonts, never a display.
void paintWithoutDisplay() {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
}

QStringList wordsAfter(int first, int argc, char** argv) {
    QStringList words;
    for (int i = first; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
    return words;
}

int runHeadless(const Command& command, int& argc, char** argv) {
    const QStringList words = wordsAfter(2, argc, argv);
    if (!command.paints) {
        const QCoreApplication application(argc, argv);
        return runCommand(command, words);
    }
    paintWithoutDisplay();
    const QGuiApplication application(argc, argv);
    return runCommand(command, words);
}

int openWindow(int& argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList words = wordsAfter(1, argc, argv);
    const bool option = !words.isEmpty() && words.front().startsWith(u'-');
    if (words.size() <= 1 && !option) return runWindow(application, words.value(0));
    complain(option ? QStringLiteral("unknown option %1").arg(words.front())
                    : QStringLiteral("no command is called '%1', and a window opens one FILE").arg(words.front()));
    complain(QStringLiteral("try: tapescope --help"));
    return wrongUsage;
}

}  // namespace

int main(int argc, char** argv) {
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == u"--version") {
        print(QStringLiteral("tapescope " TAPESCOPE_VERSION "\n"));
        return allWell;
    }
    if (first == u"--help" || first == u"-h" || first == u"help") {
        print(generalHelp());
        return allWell;
    }
    if (const Command* command = commandNamed(first)) return runHeadless(*command, argc, argv);
    return openWindow(argc, argv);
}
