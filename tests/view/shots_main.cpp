// SPDX-License-Identifier: Apache-2.0
// A picture of the window: shots FILE OUT.png [--size WxH] [--theme NAME] [--at BEAT] [--tab DOCK] [--direction right]
// [--edit TEXT] [--after MS]. For the pages under docs/ and for looking at changes. TEXT is written into the script;
// after so many milliseconds the picture is taken, whatever the run does.
#include <QApplication>
#include <QCommandLineParser>
#include <QDockWidget>
#include <QStyleFactory>
#include <QTest>
#include <QTimer>
#include <cstdio>

#include "app/view/window.h"
#include "tests/view/sampletape.h"

namespace {

using namespace tapescope;

bool shoot(MainWindow& window, const QCommandLineParser& words) {
    if (words.isSet(QStringLiteral("at"))) window.player().setPosition(words.value(QStringLiteral("at")).toDouble());
    if (words.isSet(QStringLiteral("edit")))
        window.script().code().insertPlainText(words.value(QStringLiteral("edit")));
    const QString tab = words.value(QStringLiteral("tab"));
    if (auto* dock = tab.isEmpty() ? nullptr : window.findChild<QDockWidget*>(tab)) dock->raise();
    QTest::qWait(200);  // panels that were behind others settle
    return window.grab().save(words.positionalArguments().at(1));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    tapescope::testing::useFreshSettings();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QCommandLineParser words;
    words.addOptions({{QStringLiteral("size"), {}, QStringLiteral("WxH"), QStringLiteral("1440x900")},
                      {QStringLiteral("theme"), {}, QStringLiteral("name"), QStringLiteral("light")},
                      {QStringLiteral("at"), {}, QStringLiteral("beat")},
                      {QStringLiteral("tab"), {}, QStringLiteral("dock")},
                      {QStringLiteral("direction"), {}, QStringLiteral("down|right"), QStringLiteral("down")},
                      {QStringLiteral("edit"), {}, QStringLiteral("text")},
                      {QStringLiteral("after"), {}, QStringLiteral("milliseconds")}});
    words.process(app);
    if (words.positionalArguments().size() != 2) return 64;
    const QStringList size = words.value(QStringLiteral("size")).split(QLatin1Char('x'));
    MainWindow window;
    window.chooseTheme(words.value(QStringLiteral("theme")));
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.canvas().setPatience(std::chrono::seconds(60));
    window.canvas().setDirection(directionOf(words.value(QStringLiteral("direction")).toStdString()));
    window.show();
    const auto finish = [&] { QCoreApplication::exit(shoot(window, words) ? 0 : 1); };
    QObject::connect(
        &window, &MainWindow::settled, &app, [&] { QTimer::singleShot(0, &app, finish); }, Qt::QueuedConnection);
    if (words.isSet(QStringLiteral("after")))
        QTimer::singleShot(words.value(QStringLiteral("after")).toInt(), &app, finish);
    const QString file = words.positionalArguments().at(0);
    if (file == QLatin1String("-")) {
        QTimer::singleShot(0, &app, finish);
    } else if (!window.openFile(file)) {
        std::fprintf(stderr, "%s\n", qPrintable(window.document().message()));
        return 1;
    }
    return QApplication::exec();
}
