// SPDX-License-Identifier: Apache-2.0
// What is seen first of a picture that does not fit: where it is cut, or the loss, among whole boxes; and when the
// window leaves it. Large steps, whose graphs are made beside the window, come later than the rest.
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

#include "app/view/opening.h"
#include "tests/layout/samplegraph.h"
#include "tests/view/openwindow.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

constexpr QSizeF room{600, 500};
constexpr OpeningScales scales;

QRectF seenIn(const Viewport& view) {
    return view.toScene(QRectF(QPointF(), room));
}

/// A column of pills on boxes in a row, as far apart as a layout would have them.
struct Column {
    StepGraph graph;
    Layout layout;
    std::vector<Mark> words;

    explicit Column(std::uint32_t boxes) {
        for (std::uint32_t i = 0; i < boxes; ++i) add({BoxKind::Operation, i, 0}, {0, 80.0 * i, 100, 44}, i + 1);
        graph.boxes.back().target = true;
        for (std::uint32_t i = 0; i + 1 < boxes; ++i) {
            ValueEdge edge;
            edge.from = i;
            edge.to = i + 1;
            graph.values.push_back(edge);
        }
    }
    void add(BoxKey key, QRectF rect, EventIndex appears) {
        GraphBox box;
        box.key = key;
        box.appears = appears;
        graph.boxes.push_back(box);
        layout.boxes[key] = rect;
        layout.bounds |= rect.adjusted(-20, -20, 20, 20);
    }
    Opening opening(std::optional<BoxKey> chosen = {}) const {
        Scene scene;
        scene.bounds = layout.bounds;
        scene.marks = words;
        return openingOf(graph, layout, scene, chosen, room, scales);
    }
    QRectF rect(std::uint32_t box) const { return layout.boxes.at(graph.boxes[box].key); }
};

}  // namespace

class TestOpening : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useFreshSettings(); }
    void whatFitsIsSeenWhole();
    void ofALongOneTheLossIsSeen();
    void aCutComesBeforeTheLoss();
    void whatIsChosenIsSeen();
    void wiresAndOptimizersMayStayOutside();
    void noBoxIsCutAtTheLeft();
    void choosingMovesNothingAndPlayingFollows();
    void largeStepsComeLater();
    void hurryingIsNotLost();
    void anotherRunOvertakesTheGraph();
    void resizingWhileBoxesAreAwaited();
    void projectorEnlargesThePicture();
};

void TestOpening::whatFitsIsSeenWhole() {
    const Column small(8);
    const Opening opening = small.opening();
    QVERIFY(opening.whole);
    QVERIFY(seenIn(opening.view).contains(small.layout.bounds));
}

void TestOpening::ofALongOneTheLossIsSeen() {
    const Column column(60);
    const Opening opening = column.opening();
    QVERIFY(!opening.whole);
    QVERIFY(opening.view.scale >= scales.readable);
    QVERIFY(seenIn(opening.view).contains(column.rect(59)));
    QVERIFY2(seenIn(opening.view).contains(column.rect(55)), "what comes before it is worth the room");
}

void TestOpening::aCutComesBeforeTheLoss() {
    Column column(60);
    GradientEdge cut;
    cut.along = 20;
    cut.end = EdgeEnd::Scissors;
    column.graph.gradients.push_back(cut);
    const QRectF seen = seenIn(column.opening().view);
    QVERIFY(seen.contains(column.rect(20)) && seen.contains(column.rect(21)));
    QVERIFY(!seen.contains(column.rect(59)));
}

void TestOpening::whatIsChosenIsSeen() {
    const Column column(60);
    const BoxKey chosen = column.graph.boxes[3].key;
    QVERIFY(seenIn(column.opening(chosen).view).contains(column.rect(3)));
}

void TestOpening::wiresAndOptimizersMayStayOutside() {
    Column column(9);
    column.add({BoxKind::Optimizer, 0, 0}, {-300, 1500, 700, 200}, 20);
    const Opening opening = column.opening();
    QVERIFY(!opening.whole);
    for (std::uint32_t box = 0; box < 9; ++box) QVERIFY(seenIn(opening.view).contains(column.rect(box)));
    TextMark said;
    said.rect = {-150, 10, 130, 14};
    column.words.push_back(said);
    QVERIFY2(seenIn(column.opening().view).contains(said.rect), "what is said beside a box is cut off");
}

void TestOpening::noBoxIsCutAtTheLeft() {
    Column column(60);
    for (std::uint32_t i = 0; i < 40; ++i)
        column.add({BoxKind::Constant, 1000 + i, 0}, {-130.0 * (i + 1), 4700, 120, 44}, 0);
    const QRectF seen = seenIn(column.opening().view);
    QVERIFY(seen.contains(column.rect(59)));
    for (const auto& [key, rect] : column.layout.boxes)
        QVERIFY2(!rect.intersects(seen) || rect.left() >= seen.left(), "a box is cut at the left");
}

void TestOpening::choosingMovesNothingAndPlayingFollows() {
    OpenWindow on;
    on.window.resize(800, 600);
    QVERIFY(on.open(QStringLiteral("unrolled.tape"), unrolledTrace(400)));
    Canvas& canvas = on.window.canvas();
    canvas.openAllFolds();
    canvas.present();
    const Viewport first = canvas.viewport();
    QVERIFY(!QRectF(canvas.rect()).contains(canvas.onWidget(canvas.scene().bounds)));
    on.window.document().select(canvas.graph().boxes.front().key);
    canvas.present();
    QCOMPARE(canvas.viewport(), first);
    on.window.player().setPosition(3);
    canvas.present();
    QVERIFY(canvas.viewport().offset != first.offset);
    QCOMPARE(canvas.viewport().scale, first.scale);
}

/// The window stands as before until the other thread has made the graph of a step with thousands of events.
void TestOpening::largeStepsComeLater() {
    OpenWindow on;
    on.window.canvas().setPatience(std::chrono::milliseconds(0));
    QSignalSpy changed(&on.window.canvas(), &Canvas::graphChanged);
    const Document& document = on.window.document();
    // Before anything is painted: the other thread may be quicker than the rest of open().
    bool awaited = false;
    connect(&document, &Document::stateChanged, this, [&] {
        if (document.timeline().empty()) return;
        awaited = awaited || (document.awaitsGraph() && document.graph().boxes.empty());
    });
    QVERIFY(on.open(QStringLiteral("unrolled.tape"), unrolledTrace(3000)));
    QVERIFY(document.isLarge(0));
    QVERIFY(awaited);
    QTest::keyClick(&on.window.canvas(), Qt::Key_Return);
    QTest::keyClick(&on.window.canvas(), Qt::Key_Down, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0 && !on.window.canvas().layout().boxes.empty(), patience);
    QVERIFY(!document.awaitsGraph());
    QCOMPARE(document.graph().boxes.size(), std::size_t{6001});
    QVERIFY(on.window.canvas().graph().boxes.size() < 60);
}

/// Also where it is asked for before anything is laid out.
void TestOpening::hurryingIsNotLost() {
    OpenWindow on;
    on.window.canvas().setPatience(std::chrono::milliseconds(0));
    QVERIFY(on.open(QStringLiteral("unrolled.tape"), unrolledTrace(3000)));
    on.window.canvas().hurry();
    QTRY_VERIFY_WITH_TIMEOUT(!on.window.canvas().layout().boxes.empty(), patience);
    QVERIFY(on.window.canvas().layout().boxes.size() < 60);
}

/// While the other thread reads a run, another is opened; and a window closes.
void TestOpening::anotherRunOvertakesTheGraph() {
    auto on = std::make_unique<OpenWindow>();
    on->window.canvas().setPatience(std::chrono::milliseconds(0));
    QVERIFY(on->open(QStringLiteral("unrolled.tape"), unrolledTrace(6000)));
    QVERIFY(on->window.document().isLarge(0));
    QVERIFY(on->openWrongSource());
    QTRY_VERIFY_WITH_TIMEOUT(on->window.canvas().layout().boxes.contains(on->titled("MatMul")), patience);
    QCOMPARE(on->window.canvas().graph().boxes.size(), on->window.canvas().layout().boxes.size());
    QVERIFY(on->open(QStringLiteral("unrolled.tape"), unrolledTrace(6000)));
    on.reset();
}

/// The graph is there before the places of its boxes are.
void TestOpening::resizingWhileBoxesAreAwaited() {
    OpenWindow on;
    QVERIFY(on.openWrongSource());
    on.window.canvas().setPatience(std::chrono::milliseconds(0));
    QVERIFY(on.open(QStringLiteral("unrolled.tape"), unrolledTrace(300)));
    on.window.canvas().resize(on.window.canvas().size() / 2);
    QTRY_VERIFY_WITH_TIMEOUT(on.window.canvas().layout().boxes.size() == on.window.canvas().graph().boxes.size(),
                             patience);
}

void TestOpening::projectorEnlargesThePicture() {
    OpenWindow on;
    QVERIFY(on.openWrongSource());
    const auto title = [&] {
        on.window.canvas().present();
        const Scene& scene = on.window.canvas().scene();
        const auto found = std::ranges::find_if(scene.marks, [](const Mark& mark) {
            const auto* text = std::get_if<TextMark>(&mark);
            return text && text->text == QLatin1String("MatMul");
        });
        return found == scene.marks.end() ? 0 : std::get<TextMark>(*found).size;
    };
    const double usual = title();
    on.window.chooseTheme(QStringLiteral("projector"));
    QCOMPARE(title(), usual * on.window.appearance().theme().letters);
    QVERIFY(title() > usual);
    on.window.chooseTheme(QStringLiteral("light"));
    QCOMPARE(title(), usual);
}

QTEST_MAIN(TestOpening)
#include "tst_opening.moc"
