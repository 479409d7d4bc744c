// SPDX-License-Identifier: Apache-2.0
// The drawing process and its substitute: kept warm, replaced when it dies, never believed.
#include <signal.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <thread>

#include "app/layout/linear.h"
#include "tests/layout/samplegraph.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

GraphRequest diamond() {
    GraphRequest request;
    request.nodes = {
        {{100, 40}, true, GraphRequest::noCluster}, {{80, 40}, false, 0}, {{80, 40}, false, 0}, {{60, 30}, false, 0}};
    request.edges = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
    request.clusters = {GraphRequest::noCluster};
    return request;
}

/// A program of the shell's that stands in for the drawing process.
QString scriptIn(const QTemporaryDir& folder, const QByteArray& body) {
    const QString path = folder.filePath(QStringLiteral("engine"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write("#!/bin/sh\n" + body);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

GraphRequest tangle(std::uint32_t count) {
    GraphRequest request;
    for (std::uint32_t i = 0; i < count; ++i) {
        request.nodes.push_back({{90, 40}, i % 1000 == 0, GraphRequest::noCluster});
        if (i > 0) request.edges.push_back({i / 2, i});
        if (i > 7) request.edges.push_back({i - 7, i});
    }
    return request;
}

bool isFinite(QPointF p) {
    return std::isfinite(p.x()) && std::isfinite(p.y());
}

}  // namespace

class TestLayoutEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsFromTopToBottom();
    void staysWarm();
    void answersReadBackExactly();
    void startsAgainAfterBeingKilled();
    void missingProgramIsNoDrawing();
    void silenceIsCutShort();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void cancelEndsIt();
    void fallsBackToTheLinearLayout();
    void linearIsFiniteAndOrdered();
    void linearRowsDoNotOverlap();
    void linearSurvivesCycles();
    void linearKeepsTheTopRowInOrder();
    void costGrowsWithCrossedRows();
};

void TestLayoutEngine::drawsFromTopToBottom() {
    LayoutEngine engine;
    const auto drawing = engine.draw(diamond());
    QVERIFY(drawing);
    QCOMPARE(drawing->centres.size(), std::size_t{4});
    QCOMPARE(drawing->edges.size(), std::size_t{4});
    QVERIFY(drawing->centres[0].y() < drawing->centres[1].y());
    QVERIFY(drawing->centres[1].y() < drawing->centres[3].y());
    QVERIFY(drawing->edges[0].front().y() < drawing->edges[0].back().y());
}

void TestLayoutEngine::staysWarm() {
    LayoutEngine engine;
    QCOMPARE(engine.processId(), 0);
    QVERIFY(engine.draw(diamond()));
    const qint64 first = engine.processId();
    QVERIFY(first != 0);
    const auto again = engine.draw(diamond());
    QVERIFY(again);
    QCOMPARE(engine.processId(), first);
}

void TestLayoutEngine::answersReadBackExactly() {
    const GraphRequest request = diamond();
    const std::string text =
        "drawing\n0.1 -2.5e-3 1 2 3 4 5 6\n"
        "4 1 2 3 4 5 6 7 8\n4 1 2 3 4 5 6 7 8\n4 1 2 3 4 5 6 7 8\n4 1 2 3 4 5 6 7 0.1\ndone\n";
    const auto drawing = drawingFrom(text, request);
    QVERIFY(drawing);
    QCOMPARE(drawing->centres[0].x(), 0.1);
    QCOMPARE(drawing->edges[3].back().y(), 0.1);
    QVERIFY(requestText(request).find(',') == std::string::npos);
}

void TestLayoutEngine::startsAgainAfterBeingKilled() {
    LayoutEngine engine;
    QVERIFY(engine.draw(diamond()));
    const qint64 first = engine.processId();
    ::kill(static_cast<pid_t>(first), SIGKILL);
    engine.draw(diamond());  // may or may not notice in time: costs one drawing at most
    const auto drawing = engine.draw(diamond());
    QVERIFY(drawing);
    QVERIFY(engine.processId() != first);
}

void TestLayoutEngine::missingProgramIsNoDrawing() {
    LayoutEngine engine(QStringLiteral("/nowhere/tapescope-layout"));
    QVERIFY(!engine.draw(diamond()));
    LayoutEngine none{QString()};
    QVERIFY(!none.draw(diamond()));
}

void TestLayoutEngine::silenceIsCutShort() {
    const QTemporaryDir folder;
    LayoutEngine engine(scriptIn(folder, "exec cat >/dev/null\n"), std::chrono::milliseconds(50));
    QVERIFY(!engine.draw(diamond()));
    QCOMPARE(engine.processId(), 0);
}

void TestLayoutEngine::nonsenseIsRefused_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("failure") << QByteArray("failed\ndone\n");
    QTest::newRow("empty") << QByteArray("drawing\ndone\n");
    QTest::newRow("words") << QByteArray("drawing\none two three\ndone\n");
    QTest::newRow("not a number") << QByteArray("drawing\nnan 1 1 1 1 1 1 1 4 1 2 3 4 5 6 7 8\ndone\n");
    QTest::newRow("huge count") << QByteArray("drawing\n1 1 1 1 1 1 1 1 1e9 1 2\ndone\n");
    QTest::newRow("no cubic") << QByteArray("drawing\n1 1 1 1 1 1 1 1 5 1 2\ndone\n");
}

void TestLayoutEngine::nonsenseIsRefused() {
    QFETCH(QByteArray, answer);
    const QTemporaryDir folder;
    LayoutEngine engine(scriptIn(
        folder, "while read -r line; do [ \"$line\" = end ] && printf '" + answer.replace("\n", "\\n") + "'; done\n"));
    QVERIFY(!engine.draw(diamond()));
    QCOMPARE(engine.processId(), 0);
}

void TestLayoutEngine::cancelEndsIt() {
    const QTemporaryDir folder;
    LayoutEngine engine(scriptIn(folder, "exec cat >/dev/null\n"), std::chrono::hours(1));
    std::atomic<bool> ended = false;
    std::thread other([&engine, &ended] {
        while (!ended) {
            engine.cancel();
            std::this_thread::yield();
        }
    });
    const bool drawn = engine.draw(diamond()).has_value();
    ended = true;
    other.join();
    QVERIFY(!drawn);
    QVERIFY(!engine.draw(diamond()));  // nor does the next begin
}

void TestLayoutEngine::fallsBackToTheLinearLayout() {
    LayoutEngine engine{QString()};
    RunPlaces places;
    const StepGraph graph = linearLayer();
    const Layout layout = layOut(graph, sizesOf(graph), places, engine);
    QCOMPARE(layout.boxes.size(), graph.boxes.size());
    for (std::size_t i = 0; i < graph.boxes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(!layout.boxes.at(graph.boxes[i].key).intersects(layout.boxes.at(graph.boxes[j].key)));
}

void TestLayoutEngine::linearIsFiniteAndOrdered() {
    const GraphRequest request = tangle(10000);
    const GraphDrawing drawing = drawLinear(request);
    QCOMPARE(drawing.centres.size(), request.nodes.size());
    QVERIFY(std::all_of(drawing.centres.begin(), drawing.centres.end(), isFinite));
    for (std::size_t i = 0; i < request.edges.size(); ++i) {
        const auto& [from, to] = request.edges[i];
        if (!request.nodes[to].top) QVERIFY(drawing.centres[from].y() < drawing.centres[to].y());
        QVERIFY(std::all_of(drawing.edges[i].begin(), drawing.edges[i].end(), isFinite));
    }
    const StepGraph graph = deepNetwork(10000);
    LayoutEngine engine;
    RunPlaces places;
    const Layout layout = layOut(graph, sizesOf(graph), places, engine);
    QCOMPARE(engine.processId(), 0);  // too much for Graphviz: it was not asked
    QVERIFY(std::isfinite(layout.bounds.width()) && std::isfinite(layout.bounds.height()));
}

void TestLayoutEngine::linearRowsDoNotOverlap() {
    const GraphRequest request = tangle(400);
    const GraphDrawing drawing = drawLinear(request);
    for (std::size_t i = 0; i < request.nodes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (drawing.centres[i].y() == drawing.centres[j].y())
                QVERIFY(std::abs(drawing.centres[i].x() - drawing.centres[j].x()) >= 90);
}

void TestLayoutEngine::linearSurvivesCycles() {
    GraphRequest request = diamond();
    request.edges.push_back({3, 1});
    request.edges.push_back({2, 2});
    request.edges.push_back({3, 0});
    const GraphDrawing drawing = drawLinear(request);
    QVERIFY(std::all_of(drawing.centres.begin(), drawing.centres.end(), isFinite));
    QCOMPARE(drawing.edges.size(), request.edges.size());
    QVERIFY(drawLinear(GraphRequest{}).centres.empty());
}

void TestLayoutEngine::linearKeepsTheTopRowInOrder() {
    GraphRequest request;
    for (int i = 0; i < 6; ++i) request.nodes.push_back({{100, 40}, true, GraphRequest::noCluster});
    for (int i = 0; i < 6; ++i) request.nodes.push_back({{100, 40}, false, GraphRequest::noCluster});
    for (std::uint32_t i = 0; i < 6; ++i) request.edges.push_back({i, 11 - i});
    const GraphDrawing drawing = drawLinear(request);
    for (std::size_t i = 1; i < 6; ++i) QVERIFY(drawing.centres[i - 1].x() < drawing.centres[i].x());
}

void TestLayoutEngine::costGrowsWithCrossedRows() {
    GraphRequest chain;
    for (std::uint32_t i = 0; i < 10; ++i) {
        chain.nodes.push_back({{10, 10}, false, GraphRequest::noCluster});
        if (i > 0) chain.edges.push_back({i - 1, i});
    }
    QCOMPARE(costOf(chain), 10.0 * 9);
    chain.edges.push_back({0, 9});  // crosses eight rows
    QCOMPARE(costOf(chain), 18.0 * 10);
}

QTEST_GUILESS_MAIN(TestLayoutEngine)
#include "tst_layoutengine.moc"
