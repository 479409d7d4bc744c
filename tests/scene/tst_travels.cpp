// SPDX-License-Identifier: Apache-2.0
// What travels in a picture while the deck plays: a name to its new object, a value along its edge, a gradient against
// it; and what boxes and bands say of themselves.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/scene/film.h"
#include "tests/trace/logbuilder.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

struct Tag {
    QRectF rect;
    bool ghost = false;
    QString text;
};

/// Tags of a scene: an outline, and the text that follows it.
std::vector<Tag> tagsOf(const Scene& scene) {
    std::vector<Tag> tags;
    for (std::size_t i = 0; i + 1 < scene.marks.size(); ++i) {
        const auto* shape = std::get_if<ShapeMark>(&scene.marks[i]);
        const auto* text = std::get_if<TextMark>(&scene.marks[i + 1]);
        if (shape && shape->outline == Outline::Tag && text)
            tags.push_back({shape->rect, shape->stroke == Stroke::Dashed, text->text});
    }
    return tags;
}

bool says(const Scene& scene, const QString& words) {
    return std::ranges::any_of(scene.marks, [&words](const Mark& mark) {
        const auto* text = std::get_if<TextMark>(&mark);
        return text && text->text == words;
    });
}

template <class T>
EventIndex last(const Timeline& timeline) {
    return timeline.findAll(Event(T{}).index()).back();
}

/// h = tanh(x) with x = 0.5, then h = -h under a tape, and the gradient of that: -1 back to the first h.
std::vector<Event> rebindingTrace() {
    LogBuilder log("h = tf.tanh(x)\nh = -h\n");
    const auto variable = log.variable("x", Tensor::scalar(0.5F), {}, log.site(1));
    const auto tape = log.openTape(log.site(1));
    const auto x = log.read(variable, log.site(1));
    const auto first = log.op("Tanh", log.site(1), {x}, Tensor::scalar(0.46F));
    log.bind("h", LogBuilder::ref(first), log.site(1));
    const auto second = log.op("Neg", log.site(2), {first}, Tensor::scalar(-0.46F));
    log.bind("h", LogBuilder::ref(second), log.site(2));
    log.bind("tape_of_h", LogBuilder::ref(tape), log.site(2));
    const auto gradient = log.ask(tape, {second}, {log.handle(variable)}, log.site(2));
    const auto seed = log.backward(gradient, "OnesLike", log.site(2), {second}, Tensor::scalar(1));
    log.arrive(gradient, second, {}, 0, seed);
    const auto one = log.backward(gradient, "Neg", log.site(2), {seed}, Tensor::scalar(-1));
    log.arrive(gradient, first, log.producer(second), 0, one);
    const auto two = log.backward(gradient, "TanhGrad", log.site(2), {one}, Tensor::scalar(-0.79F));
    log.arrive(gradient, log.handle(variable), log.producer(first), 0, two);
    log.answer(gradient, {log.path(log.handle(variable), two)});
    return log.events();
}

}  // namespace

class TestTravels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lettersGrowWithTheirBoxes();
    void aNameTravelsToItsNewObject();
    void namesThatAreNewHaveNoTag();
    void valuesRideAlong();
    void localDerivativesAppearOnTheWay();
    void clippingShowsItsNorms();
    void bandsAreCalledByTheirTapes();
    void functionsAreNarrated();
};

void TestTravels::aNameTravelsToItsNewObject() {
    Film film(timelineOf(rebindingTrace()));
    const auto bound = film.timeline().findAll(Event(NameBound{}).index());
    const EventIndex again = bound[1];
    QVERIFY(film.timeline().isBeat(again));
    const auto live = [&](double progress) {
        const auto tags = tagsOf(film.at(again, progress));
        const auto found = std::ranges::find_if(tags, [](const Tag& tag) { return !tag.ghost; });
        return found == tags.end() ? QRectF() : found->rect;
    };
    const auto boxOf = [&](const char* title) {
        const auto& boxes = film.graph(0).boxes;
        return film.layout(0).boxes.at(std::ranges::find(boxes, std::string(title), &GraphBox::title)->key);
    };
    const auto above = [](const QRectF& tag, const QRectF& box) {
        return tag.bottom() <= box.top() && box.top() - tag.bottom() < 6 && std::abs(tag.left() - box.left()) < 8;
    };
    QVERIFY(above(live(0), boxOf("Tanh")));
    QVERIFY(above(live(1), boxOf("Neg")));
    QVERIFY(live(0.5).top() > live(0).top() && live(0.5).top() < live(1).top());
    for (const EventIndex event : {again, film.timeline().size() - 1}) {  // the old one stays as a ghost
        const auto tags = tagsOf(film.at(event));
        QCOMPARE(tags.size(), std::size_t{2});
        for (const Tag& tag : tags) {
            QCOMPARE(tag.text, QStringLiteral("h"));
            QVERIFY(above(tag.rect, boxOf(tag.ghost ? "Tanh" : "Neg")));
        }
    }
}

void TestTravels::namesThatAreNewHaveNoTag() {
    Film film(timelineOf(rebindingTrace()));
    QVERIFY(tagsOf(film.at(film.timeline().findAll(Event(NameBound{}).index())[0])).empty());
    Film cut(timelineOf(cutPathTrace()));
    QVERIFY(tagsOf(cut.atEnd()).empty());
}

void TestTravels::valuesRideAlong() {
    Film film(timelineOf(rebindingTrace()));
    const Timeline& timeline = film.timeline();
    const auto ops = timeline.findAll(Event(OpExecuted{}).index());
    const auto tanh =
        std::ranges::find_if(ops, [&](EventIndex at) { return timeline.get<OpExecuted>(at).op == "Tanh"; });
    const auto neg = std::ranges::find_if(ops, [&](EventIndex at) { return timeline.get<OpExecuted>(at).op == "Neg"; });
    const auto riders = [&](EventIndex event, double progress) {
        QStringList texts;
        for (const Tag& tag : tagsOf(film.at(event, progress))) texts << tag.text;
        return texts;
    };
    QCOMPARE(riders(*tanh, 0.3), QStringList{QStringLiteral("0.5")});  // of the variable
    QCOMPARE(riders(*neg, 0.3), QStringList{QStringLiteral("0.46")});
    QCOMPARE(riders(*neg, 1), QStringList());
    QVERIFY(!tagsOf(film.at(*neg, 0.2)).empty() && !tagsOf(film.at(*neg, 0.4)).empty());
    QVERIFY(tagsOf(film.at(*neg, 0.2))[0].rect.top() < tagsOf(film.at(*neg, 0.4))[0].rect.top());
}

void TestTravels::localDerivativesAppearOnTheWay() {
    Film film(timelineOf(rebindingTrace()));
    const auto arrived = film.timeline().findAll(Event(GradientArrived{}).index());
    const auto said = [&](EventIndex event) {
        for (const Tag& tag : tagsOf(film.at(event, 0.5)))
            if (tag.text.startsWith(u'∂')) return tag.text;
        return QString();
    };
    QCOMPARE(said(arrived[1]), QStringLiteral("∂Neg/∂h = −1"));
    QCOMPARE(said(arrived[2]), QStringLiteral("∂Tanh/∂x = 0.79"));  // −0.79 with −1 from above
}

void TestTravels::clippingShowsItsNorms() {
    Film film(timelineOf(clippedTrace()));
    const QString words = QStringLiteral("norm 10.6 → 1");
    const EventIndex began = last<FoldBegan>(film.timeline());
    QVERIFY(!says(film.at(began - 1), words));
    QVERIFY(says(film.at(began), words));
    QVERIFY(says(film.atEnd(), words));
}

void TestTravels::bandsAreCalledByTheirTapes() {
    Film film(timelineOf(rebindingTrace()));
    const Scene scene = film.atEnd();
    QVERIFY(std::ranges::any_of(scene.marks, [](const Mark& mark) {
        const auto* text = std::get_if<TextMark>(&mark);
        return text && text->text.startsWith(QStringLiteral("tape_of_h ①"));
    }));
}

void TestTravels::functionsAreNarrated() {
    Film film(timelineOf(clippedTrace()));
    const Scene scene = film.at(last<FoldBegan>(film.timeline()));
    QVERIFY2(scene.narration.contains(QStringLiteral("the norm 10.6 becomes 1")), qPrintable(scene.narration));
    QVERIFY2(scene.caption.contains(QStringLiteral("clip_by_global_norm")), qPrintable(scene.caption));
}

/// What a projector asks for: larger texts, in boxes that are wide enough for them.
void TestTravels::lettersGrowWithTheirBoxes() {
    constexpr double larger = 1.25;
    Film film(timelineOf(wrongSourceTrace()));
    const BoxSizes usual = boxSizes(film.graph(1)), large = boxSizes(film.graph(1), Direction::Down, larger);
    for (const auto& [key, size] : usual) QVERIFY(large.at(key).width() >= size.width());
    QVERIFY(std::ranges::any_of(usual, [&](const auto& box) { return large.at(box.first) != box.second; }));
    Look look;
    look.letters = larger;
    const auto largest = [](const Scene& scene) {
        double size = 0;
        for (const Mark& mark : scene.marks)
            if (const auto* text = std::get_if<TextMark>(&mark)) size = std::max(size, text->size);
        return size;
    };
    const EventIndex end = film.timeline().size() - 1;
    QCOMPARE(largest(film.at(end, 1, look)), larger * largest(film.at(end)));
}

QTEST_MAIN(TestTravels)
#include "tst_travels.moc"
