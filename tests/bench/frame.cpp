// SPDX-License-Identifier: Apache-2.0
// A frame while the deck plays, drawn into memory: Qt's own scene of the same boxes, lines and titles, and ours,
// composed and painted anew. Prints a line for each: name, boxes, milliseconds (median).
#include <QApplication>
#include <QElapsedTimer>
#include <QGraphicsPathItem>
#include <QGraphicsScene>
#include <QGraphicsSimpleTextItem>
#include <algorithm>
#include <cstdio>
#include <vector>

#include "app/layout/curve.h"
#include "app/layout/engine.h"
#include "app/scene/compose.h"
#include "app/scene/paint.h"
#include "tests/view/sampletape.h"

namespace {

using namespace tapescope;

constexpr int frames = 40;
constexpr QSize screen(1280, 800);

struct Picture {
    Timeline timeline;
    StepGraph graph;
    Layout layout;
    std::shared_ptr<const Labels> ground;

    explicit Picture(std::uint32_t iterations) {
        for (Event& event : tapescope::testing::unrolledTrace(iterations)) timeline.append(std::move(event));
        graph = stepGraph(timeline, 0);
        RunPlaces places;
        LayoutEngine engine;
        layout = layOut(graph, boxSizes(graph), places, engine);
        ground = groundOf(layout);
    }

    Scene at(EventIndex event, double progress) const {
        const Snapshot before = timeline.at(event - 1), after = timeline.at(event);
        return compose({timeline, graph, before, after, {event, progress}}, layout, {}, ground.get());
    }
};

template <class Draw>
double median(Draw draw) {
    std::vector<double> times;
    QImage image(screen, QImage::Format_RGB32);
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer timer;
        timer.start();
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        draw(painter, i);
        painter.end();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + frames / 2, times.end());
    return times[frames / 2];
}

void fill(QGraphicsScene& scene, const Picture& picture) {
    for (const Curve& curve : picture.layout.values) {
        QPainterPath path(curve.front());
        for (std::size_t i = 1; i + 2 < curve.size(); i += 3) path.cubicTo(curve[i], curve[i + 1], curve[i + 2]);
        scene.addPath(path);
    }
    for (const GraphBox& box : picture.graph.boxes) {
        const QRectF rect = picture.layout.boxes.at(box.key);
        scene.addRect(rect);
        scene.addSimpleText(QString::fromStdString(box.title))->setPos(rect.topLeft() + QPointF(12, 12));
    }
}

/// All of it, or what fits at its own size.
QRectF seen(const Picture& picture, bool all) {
    return all ? picture.layout.bounds : QRectF(picture.layout.bounds.topLeft(), QSizeF(screen));
}

void measure(std::uint32_t iterations, bool all) {
    const Picture picture(iterations);
    QGraphicsScene scene;
    fill(scene, picture);
    const QRectF part = seen(picture, all);
    const char* view = all ? "all" : "near";
    const double theirs = median([&](QPainter& painter, int) { scene.render(&painter, QRectF({}, screen), part); });
    const Theme& theme = themeNamed(QStringLiteral("light"));
    const auto way = [&](QPainter& painter) {
        const double scale = std::min(screen.width() / part.width(), screen.height() / part.height());
        painter.scale(scale, scale);
        painter.translate(-part.topLeft());
    };
    const auto beats = picture.timeline.beats();
    const double ours = median([&](QPainter& painter, int i) {
        way(painter);
        paint(painter, picture.at(beats[beats.size() / 2], double(i) / frames), theme);
    });
    const Scene still = picture.at(beats[beats.size() / 2], 0.5);
    const double painted = median([&](QPainter& painter, int) {
        way(painter);
        paint(painter, still, theme);
    });
    std::printf("QGraphicsScene %s\t%zu\t%.3f\n", view, picture.graph.boxes.size(), theirs);
    std::printf("composed and painted %s\t%zu\t%.3f\n", view, picture.graph.boxes.size(), ours);
    std::printf("painted %s\t%zu\t%.3f\n", view, picture.graph.boxes.size(), painted);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    for (const std::uint32_t iterations : {25U, 500U})
        for (const bool all : {true, false}) measure(iterations, all);
    return 0;
}
