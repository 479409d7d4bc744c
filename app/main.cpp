// SPDX-License-Identifier: Apache-2.0
// The program: a window, or a sub-command without one.
#include <QApplication>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <cstring>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/input.h"
#include "app/view/window.h"

namespace {

using namespace tapescope;

/// Pictures need fonts, never a display. What Qt has to say of the missing desktop is no message of ours.
void paintWithoutDisplay() {
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
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
    const QStringList words = wordsAfter(1, argc, argv);
    if (const QString text = objectionToOpening(words); !text.isEmpty()) {
        complain(text);
        complain(QStringLiteral("try: tapescope --help"));
        return wrongUsage;
    }
    QApplication application(argc, argv);
    return runWindow(application, words.value(0));
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
