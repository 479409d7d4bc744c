// SPDX-License-Identifier: Apache-2.0
// What a scene says at chosen moments of the sample logs: against goldens, and in the words of the marks' table.
#include <QFile>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "app/scene/paint.h"
#include "app/scene/words.h"
#include "tests/scene/film.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

Film wrongSource() {
    return Film(timelineOf(wrongSourceTrace()));
}
Film cutPath() {
    return Film(timelineOf(cutPathTrace()));
}

/// The last event of a kind, in the log or in a step.
template <class T>
EventIndex last(const Timeline& timeline, EventIndex before = ~EventIndex{0}) {
    EventIndex found = 0;
    for (EventIndex i = 0; i < std::min(before, timeline.size()); ++i)
        if (timeline.getIf<T>(i)) found = i;
    return found;
}

/// The last execution of an operation of that type.
EventIndex lastOp(const Timeline& timeline, const std::string& type) {
    EventIndex found = 0;
    for (EventIndex i = 0; i < timeline.size(); ++i)
        if (const auto* op = timeline.getIf<OpExecuted>(i); op && op->op == type && !op->backward.valid()) found = i;
    return found;
}

QStringList textsOf(const Scene& scene) {
    QStringList texts;
    for (const Mark& mark : scene.marks)
        if (const auto* text = std::get_if<TextMark>(&mark)) texts.append(text->text);
    return texts;
}

/// Does the scene have such a mark?
template <class M>
bool has(const Scene& scene, const std::function<bool(const M&)>& wanted) {
    return std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
        const auto* own = std::get_if<M>(&mark);
        return own && wanted(*own);
    });
}

bool hasGlyph(const Scene& scene, Glyph glyph) {
    return has<GlyphMark>(scene, [glyph](const GlyphMark& mark) { return mark.glyph == glyph; });
}

/// The shape that stands for a box.
const ShapeMark* shapeOf(const Scene& scene, const BoxKey& key) {
    for (const Mark& mark : scene.marks)
        if (const auto* shape = std::get_if<ShapeMark>(&mark); shape && shape->hit.box == key) return shape;
    return nullptr;
}

constexpr BoxKey boxW{BoxKind::Variable, 0, 0}, boxB{BoxKind::Variable, 1, 0};

void compareGolden(const QString& name, const QString& actual) {
    const QString path = qEnvironmentVariable("TAPESCOPE_SOURCE") + "/tests/scene/golden/" + name + ".txt";
    QFile file(path);
    if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(actual.toUtf8());
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
    const QStringList expected = QString::fromUtf8(file.readAll()).split('\n'), lines = actual.split('\n');
    for (qsizetype i = 0; i < std::max(expected.size(), lines.size()); ++i) QCOMPARE(lines.value(i), expected.value(i));
}

}  // namespace

/// loss = w·w by one way, whose contributions 3 and 4 (it need not be true) add up to 7.
std::vector<Event> meetingTrace() {
    LogBuilder log("x\n");
    const auto site = log.site(1);
    const auto variable = log.variable("w", Tensor::scalar(2), {}, site);
    const auto tape = log.openTape(site);
    const auto left = log.read(variable, site), right = log.read(variable, site);
    const auto loss = log.op("Mul", site, {left, right}, Tensor::scalar(9));
    const auto gradient = log.ask(tape, {loss}, {log.handle(variable)}, site);
    const auto one = log.backward(gradient, "Mul", site, {right}, Tensor::scalar(3));
    log.arrive(gradient, log.handle(variable), log.producer(loss), 0, one);
    const auto other = log.backward(gradient, "Mul", site, {left}, Tensor::scalar(4));
    const auto sum = log.backward(gradient, "AddN", site, {one, other}, Tensor::scalar(7));
    log.arrive(gradient, log.handle(variable), log.producer(loss), 1, sum);
    log.answer(gradient, {log.path(log.handle(variable), sum)});
    return log.events();
}

class TestScene : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldens_data();
    void goldens();
    void theStillPictureAnswers();
    void theCutPathIsExplained();
    void arrowsThatMeetSayWhatEachBrings();
    void transformedGradientsGoThroughTheirOperation();
    void forwardsIsBackwards();
    void boxesNeverMove();
    void textFitsAndKeepsOffBoxes_data();
    void textFitsAndKeepsOffBoxes();
    void operationsFillWhileTheyExecute();
    void gradientTravels();
    void notComputedIsNotZero();
    void thumbnailMorphsDuringItsPair();
    void reducedMotionShowsTheEnd();
    void selectionAndLitLinesHaveHalos();
    void hitsLeadToBoxesAndPairs();
    void sizesHoldTheTexts();
};

void TestScene::goldens_data() {
    QTest::addColumn<QString>("log");
    QTest::addColumn<uint>("event");
    QTest::addColumn<double>("progress");
    const Timeline wrong = timelineOf(wrongSourceTrace()), cut = timelineOf(cutPathTrace());
    const struct {
        const char *name, *log;
        EventIndex event;
    } moments[] = {
        {"wrong-add", "wrong", lastOp(wrong, "AddV2")},    {"wrong-arrives", "wrong", last<GradientArrived>(wrong)},
        {"wrong-pair", "wrong", last<PairApplied>(wrong)}, {"cut-answered", "cut", last<GradientAnswered>(cut)},
        {"right-pair", "wrong", last<PairApplied>(wrong)},
    };
    for (const auto& moment : moments)
        for (const double progress : {0.0, 0.5, 1.0})
            QTest::addRow("%s-%d", moment.name, qRound(progress * 100))
                << QString(moment.log) << uint(moment.event) << progress;
}

void TestScene::goldens() {
    QFETCH(QString, log);
    QFETCH(uint, event);
    QFETCH(double, progress);
    const bool right = QByteArrayView(QTest::currentDataTag()).startsWith("right");
    Film film(timelineOf(log == "wrong" ? wrongSourceTrace() : cutPathTrace()),
              right ? Direction::Right : Direction::Down);
    compareGolden(QTest::currentDataTag(), sceneText(film.at(event, progress)));
}

/// Step 2 of the first listing after apply_gradients: every answer is in the still picture.
void TestScene::theStillPictureAnswers() {
    Film film = wrongSource();
    const Scene scene = film.at(last<ApplyEnded>(film.timeline()));
    const QStringList texts = textsOf(scene);
    for (const char* said :
         {"MatMul", "Add", "Sum", "tape ② · records lines 22–26",
          "the way back ends here:", "you asked for y_pred_incorrect", "SGD lr = 0.01 · apply_gradients",
          "variable ← variable − lr · gradient", "pair 1: ∂/∂y_pred_incorrect → W", "≠ this gradient is not ∂loss/∂W",
          "pair 2: — → b", "dropped: zip() ran out of gradients", "not asked for", "not updated this step", "ones 2×2"})
        QVERIFY2(texts.contains(QString(said)), said);
    for (const Glyph glyph : {Glyph::EndBar, Glyph::Question, Glyph::NotEqual}) QVERIFY(hasGlyph(scene, glyph));
    QVERIFY(!hasGlyph(scene, Glyph::Scissors));
    QCOMPARE(shapeOf(scene, boxW)->line, Ink::Caution);
    QCOMPARE(shapeOf(scene, boxB)->stroke, Stroke::Dotted);
    QCOMPARE(scene.caption.section(' ', 0, 3), QString("Step 2 of 2"));
    const Scene pair = film.at(last<PairApplied>(film.timeline()));
    QCOMPARE(pair.caption, QString("Step 2 of 2 › apply_gradients (line 28)"));
    QVERIFY(pair.narration.contains("norm 0.02"));  // of 0.01 · ones(2, 2)
}

void TestScene::theCutPathIsExplained() {
    Film film = cutPath();
    const Scene scene = film.atEnd();
    const QStringList texts = textsOf(scene);
    QVERIFY(texts.contains("no gradient"));
    QVERIFY(texts.join(' ').contains(".numpy()"));
    QVERIFY(hasGlyph(scene, Glyph::Scissors));
    QVERIFY(hasGlyph(scene, Glyph::BrokenLink));
    QVERIFY(shapeOf(scene, boxB)->hatched);
    QCOMPARE(shapeOf(scene, boxB)->stroke, Stroke::Dashed);
    QVERIFY(!shapeOf(scene, boxW)->hatched);
}

void TestScene::transformedGradientsGoThroughTheirOperation() {
    Film film(timelineOf(clippedTrace()));
    const StepGraph& graph = film.graph(0);
    const Layout& layout = film.layout(0);
    QCOMPARE(graph.uses.size(), std::size_t{2});  // of W and of b, by clip_by_global_norm
    QCOMPARE(graph.boxes[graph.uses[0].to].title, std::string("clip_by_global_norm"));
    const QRectF clip = layout.boxes.at(graph.boxes[graph.uses[0].to].key);
    for (const Curve& use : layout.uses) QVERIFY(clip.adjusted(-2, -2, 2, 2).contains(use.back()));
    for (const PairRow& pair : graph.pairs) QVERIFY(pair.makerShown && pair.makerBox == graph.uses[0].to);
    for (const Curve& arrival : layout.arrivals) QVERIFY(clip.adjusted(-2, -2, 2, 2).contains(arrival.front()));
    QVERIFY(clip.top() > layout.bands[0].rect.bottom());
}

void TestScene::forwardsIsBackwards() {
    Film forwards = wrongSource(), backwards = wrongSource();
    backwards.layout(1);  // steps are laid out in their order, whatever is looked at first
    QStringList there, back;
    for (EventIndex i = 0; i < forwards.timeline().size(); ++i) there.append(sceneText(forwards.at(i, 0.5)));
    for (EventIndex i = backwards.timeline().size(); i-- > 0;) back.prepend(sceneText(backwards.at(i, 0.5)));
    QCOMPARE(back, there);
}

void TestScene::boxesNeverMove() {
    Film film = wrongSource();
    const Step step = film.timeline().steps()[1];
    const QRectF bounds = film.at(step.begin).bounds;
    for (EventIndex i = step.begin; i < step.end; ++i) {
        for (const double progress : {0.0, 0.3, 1.0}) {
            const Scene scene = film.at(i, progress);
            QCOMPARE(scene.bounds, bounds);
            for (const auto& [key, rect] : film.layout(1).boxes) QCOMPARE(shapeOf(scene, key)->rect, rect);
        }
    }
}

void TestScene::textFitsAndKeepsOffBoxes_data() {
    QTest::addColumn<QString>("log");
    QTest::addColumn<Direction>("direction");
    for (const char* log : {"wrong", "cut", "clipped"}) {
        QTest::addRow("%s", log) << QString(log) << Direction::Down;
        QTest::addRow("%s, to the right", log) << QString(log) << Direction::Right;
    }
}

/// No text is wider than its room, outside of the picture, over other text, or half over a box.
void TestScene::textFitsAndKeepsOffBoxes() {
    QFETCH(QString, log);
    QFETCH(Direction, direction);
    Film film(timelineOf(log == "wrong" ? wrongSourceTrace()
                         : log == "cut" ? cutPathTrace()
                                        : clippedTrace()),
              direction);
    for (const EventIndex event : film.timeline().beats()) {
        const Scene scene = film.at(event);
        std::vector<QRectF> texts;
        for (const Mark& mark : scene.marks) {
            const auto* text = std::get_if<TextMark>(&mark);
            if (!text) continue;
            const double width = textSize(text->text, text->size, text->weight, text->mono).width();
            QVERIFY2(width <= text->rect.width() + 1, qPrintable(text->text));
            QVERIFY2(!text->text.contains(QChar(0x2026)), qPrintable(text->text));
            QVERIFY2(scene.bounds.contains(text->rect), qPrintable(text->text));
            for (const QRectF& other : texts)
                QVERIFY2(!other.adjusted(1, 1, -1, -1).intersects(text->rect.adjusted(1, 1, -1, -1)),
                         qPrintable(text->text));
            texts.push_back(text->rect);
            for (const auto& [key, rect] : film.layout(film.timeline().stepOf(event)).boxes)
                QVERIFY2(rect.contains(text->rect) || !rect.intersects(text->rect), qPrintable(text->text));
        }
    }
}

void TestScene::arrowsThatMeetSayWhatEachBrings() {
    const QStringList texts = textsOf(Film(timelineOf(meetingTrace())).atEnd());
    QCOMPARE(texts.count(QStringLiteral("3")), 1);
    QCOMPARE(texts.count(QStringLiteral("4")), 1);
    QVERIFY(!texts.contains(QStringLiteral("7")));
}

void TestScene::operationsFillWhileTheyExecute() {
    Film film = wrongSource();
    const EventIndex add = lastOp(film.timeline(), "AddV2");
    const auto filled = [](const Scene& scene) {
        double most = 0;
        for (const Mark& mark : scene.marks)
            if (const auto* shape = std::get_if<ShapeMark>(&mark);
                shape && shape->hit.box && shape->fill == Ink::Forward)
                most = std::max(most, shape->opacity);
        return most;
    };
    QCOMPARE(filled(film.at(add, 0)), 0.0);
    QVERIFY(filled(film.at(add, 0.7)) > 0 && filled(film.at(add, 0.7)) < 1);
    QCOMPARE(filled(film.at(add, 1)), 1.0);
    QVERIFY(hasGlyph(film.at(add, 0.3), Glyph::Pulse));
    QCOMPARE(filled(film.at(add + 1, 1)), 0.0);  // the next event: it has been
}

void TestScene::gradientTravels() {
    Film film = wrongSource();
    const EventIndex arrival = last<GradientArrived>(film.timeline());
    const auto reach = [](const Scene& scene) {
        double most = -1;
        for (const Mark& mark : scene.marks)
            if (const auto* curve = std::get_if<CurveMark>(&mark);
                curve && curve->hit.value && curve->line == Ink::Gradient)
                most = std::max(most, curve->to);
        return most;
    };
    QCOMPARE(reach(film.at(arrival - 1)), -1.0);
    QCOMPARE(reach(film.at(arrival, 0.25)), 0.25);
    QVERIFY(hasGlyph(film.at(arrival, 0.25), Glyph::Pulse));
    QCOMPARE(reach(film.at(arrival, 1)), 1.0);
}

void TestScene::notComputedIsNotZero() {
    Film film = wrongSource();
    const Scene early = film.at(lastOp(film.timeline(), "MatMul"));
    QVERIFY(hasGlyph(early, Glyph::DotOutline));
    QVERIFY(!hasGlyph(early, Glyph::Zero));
    QVERIFY(!hasGlyph(film.at(last<GradientAnswered>(film.timeline()) + 1), Glyph::DotOutline));
}

void TestScene::thumbnailMorphsDuringItsPair() {
    Film film = wrongSource();
    const EventIndex pair = last<PairApplied>(film.timeline());
    const auto cells = [](const Scene& scene) {
        for (const Mark& mark : scene.marks)
            if (const auto* heat = std::get_if<HeatMark>(&mark)) return heat->cells;
        return std::vector<double>{};
    };
    const auto before = cells(film.at(pair, 0)), half = cells(film.at(pair, 0.5)), after = cells(film.at(pair, 1));
    QCOMPARE(before.size(), std::size_t{4});
    for (std::size_t i = 0; i < 4; ++i) {
        QVERIFY(before[i] > after[i]);  // minus 0.01 everywhere
        QVERIFY(std::abs(half[i] - (before[i] + after[i]) / 2) < 1e-9);
    }
}

void TestScene::reducedMotionShowsTheEnd() {
    Film film = wrongSource();
    Look still;
    still.reducedMotion = true;
    for (const EventIndex event : film.timeline().beats())
        QCOMPARE(sceneText(film.at(event, 0.3, still)), sceneText(film.at(event, 1, still)));
}

void TestScene::selectionAndLitLinesHaveHalos() {
    Film film = wrongSource();
    const auto halos = [](const Scene& scene) {
        return std::count_if(scene.marks.begin(), scene.marks.end(), [](const Mark& mark) {
            const auto* shape = std::get_if<ShapeMark>(&mark);
            return shape && shape->fill == Ink::ForwardSoft;
        });
    };
    const EventIndex end = film.timeline().size() - 1;
    Look look;
    QCOMPARE(halos(film.at(end, 1, look)), 0);
    look.selection = boxW;
    QCOMPARE(halos(film.at(end, 1, look)), 1);
    look.litLines = {8};  // the line of MatMul and Add
    QCOMPARE(halos(film.at(end, 1, look)), 3);
}

void TestScene::hitsLeadToBoxesAndPairs() {
    Film film = wrongSource();
    const Scene scene = film.at(last<PairApplied>(film.timeline()));
    const Layout& layout = film.layout(1);
    for (const auto& [key, rect] : layout.boxes)
        if (key.kind != BoxKind::Optimizer) QCOMPARE(hit(scene, rect.center()).box, key);
    QCOMPARE(hit(scene, layout.pairs[0].center()).pair, 0U);
    QCOMPARE(hit(scene, layout.pairs[1].center()).pair, 1U);
    QVERIFY(hit(scene, layout.values[0][layout.values[0].size() / 2]).value ||
            hit(scene, layout.values[0].front()).box);
    const Hit nothing = hit(scene, layout.bounds.topLeft() - QPointF(50, 50));
    QVERIFY(!nothing.box && !nothing.pair && !nothing.value);
}

void TestScene::sizesHoldTheTexts() {
    Film film = wrongSource();
    for (std::uint32_t step : {0U, 1U}) {
        const StepGraph& graph = film.graph(step);
        const BoxSizes sizes = boxSizes(graph);
        for (const GraphBox& box : graph.boxes) {
            QVERIFY(sizes.at(box.key).width() > textSize(words(box.title), 13).width());
            QVERIFY(sizes.at(box.key).width() > textSize(words(box.subtitle), 10.5).width());
        }
    }
}

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
