// SPDX-License-Identifier: Apache-2.0
// Renders the sample logs beat by beat into a folder, for looking at: tapescope-reel FOLDER [THEME]
#include <QDir>
#include <QFile>
#include <QGuiApplication>

#include "app/scene/export.h"
#include "tests/scene/film.h"
#include "tests/trace/sampletrace.h"

namespace {

using namespace tapescope;

void render(const QDir& folder, const QString& name, Timeline timeline, const Theme& theme) {
    testing::Film film(std::move(timeline));
    int beat = 0;
    for (const EventIndex event : film.timeline().beats()) {
        ++beat;
        for (const double progress : {0.5, 1.0}) {
            const Scene scene = film.at(event, progress);
            const QString file =
                QStringLiteral("%1-%2-%3").arg(name).arg(beat, 2, 10, QLatin1Char('0')).arg(qRound(progress * 10));
            QFile png(folder.filePath(file + QStringLiteral(".png")));
            if (png.open(QIODevice::WriteOnly)) png.write(renderPng(scene, theme, {1100, 900}));
        }
    }
    QFile svg(folder.filePath(name + QStringLiteral(".svg")));
    if (svg.open(QIODevice::WriteOnly)) svg.write(renderSvg(film.atEnd(), theme, {1100, 900}));
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments[1])) return 64;
    const Theme& theme = themeNamed(arguments.value(2));
    const QDir folder(arguments[1]);
    render(folder, QStringLiteral("wrong"), testing::timelineOf(testing::wrongSourceTrace()), theme);
    render(folder, QStringLiteral("cut"), testing::timelineOf(testing::cutPathTrace()), theme);
    render(folder, QStringLiteral("clip"), testing::timelineOf(testing::clippedTrace()), theme);
    return 0;
}
