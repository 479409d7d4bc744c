// SPDX-License-Identifier: Apache-2.0
// The painter and the files it makes: small pictures against goldens, SVG with real text, every mark on every theme.
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>
#include <limits>

#include "app/scene/export.h"
#include "tests/scene/film.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

Film film(const QString& log) {
    return Film(timelineOf(log == "cut" ? cutPathTrace() : wrongSourceTrace()),
                log == "right" ? Direction::Right : Direction::Down);
}

EventIndex lastPair(const Timeline& timeline) {
    EventIndex found = 0;
    for (EventIndex i = 0; i < timeline.size(); ++i)
        if (timeline.getIf<PairApplied>(i)) found = i;
    return found;
}

Scene lastPairOf(const QString& log) {
    Film shown = film(log);
    return shown.at(lastPair(shown.timeline()));
}

/// Mean difference of the channels, 0 to 255. Font rasterisers differ in single pixels, a missing mark in many.
double difference(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QColor p = a.pixelColor(x, y), q = b.pixelColor(x, y);
            sum += std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue());
        }
    return sum / (3.0 * a.width() * a.height());
}

/// A scene with one mark of every kind and every glyph.
Scene everything() {
    Scene scene;
    scene.bounds = {0, 0, 400, 200};
    for (const Outline outline : {Outline::Box, Outline::Pill, Outline::Circle})
        for (const Stroke stroke : {Stroke::Solid, Stroke::Dashed, Stroke::Dotted})
            scene.marks.push_back(ShapeMark{{20.0 + 60 * int(outline), 20.0 + 50 * int(stroke), 50, 30},
                                            outline,
                                            Ink::Paper,
                                            Ink::Caution,
                                            2,
                                            stroke,
                                            true,
                                            true});
    for (int glyph = 0; glyph <= static_cast<int>(Glyph::Pulse); ++glyph)
        scene.marks.push_back(
            GlyphMark{static_cast<Glyph>(glyph), {215.0 + 16 * glyph, 40}, 14, 30.0 * glyph, Ink::Gradient});
    scene.marks.push_back(
        CurveMark{{{210, 80}, {250, 60}, {300, 140}, {380, 90}}, Ink::Update, 3, Stroke::Solid, true, 0.1, 0.9});
    scene.marks.push_back(CurveMark{{{210, 80}, {210, 80}, {210, 80}, {210, 80}}});
    scene.marks.push_back(CurveMark{});
    scene.marks.push_back(TextMark{{210, 140, 150, 20}, "text", Ink::Text, 12, Weight::Bold, Align::Right, true});
    scene.marks.push_back(HeatMark{{360, 140, 30, 30}, 1, 2, {0.5, std::numeric_limits<double>::quiet_NaN()}});
    return scene;
}

}  // namespace

class TestPaint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMarkOnEveryTheme_data();
    void everyMarkOnEveryTheme();
    void pictures_data();
    void pictures();
    void samePictureSameBytes();
    void paperReachesTheEdges();
    void svgHasRealText();
    void svgHasNoPatterns();
    void emptySceneIsPaper();
};

void TestPaint::everyMarkOnEveryTheme_data() {
    QTest::addColumn<QString>("name");
    for (const QString& name : themeNames()) QTest::newRow(qPrintable(name)) << name;
}

/// Each mark changes pixels, and none of them where another mark is.
void TestPaint::everyMarkOnEveryTheme() {
    QFETCH(QString, name);
    const Theme& theme = themeNamed(name);
    const Scene all = everything();
    for (const Mark& mark : all.marks) {
        Scene one{all.bounds, {mark}, {}, {}}, none{all.bounds, {}, {}, {}};
        const auto* curve = std::get_if<CurveMark>(&mark);
        const bool visible = !curve || (!curve->curve.empty() && curve->curve.front() != curve->curve.back());
        QCOMPARE(renderImage(one, theme, {500, 300}) != renderImage(none, theme, {500, 300}), visible);
    }
}

void TestPaint::pictures_data() {
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("theme");
    QTest::newRow("wrong-light") << "wrong"
                                 << "light";
    QTest::newRow("wrong-dark") << "wrong"
                                << "dark";
    QTest::newRow("right-light") << "right"
                                 << "light";
    QTest::newRow("cut-light") << "cut"
                               << "light";
}

void TestPaint::pictures() {
    QFETCH(QString, log);
    QFETCH(QString, theme);
    const QString path =
        qEnvironmentVariable("TAPESCOPE_SOURCE") + "/tests/scene/golden/" + QTest::currentDataTag() + ".png";
    const QByteArray bytes = renderPng(lastPairOf(log), themeNamed(theme), {550, 450});
    if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return;
    }
    const QImage expected(path), actual = QImage::fromData(bytes);
    QVERIFY2(!expected.isNull(), qPrintable(path));
    constexpr double tolerance = 1.5;
    const double d = difference(actual, expected.convertToFormat(actual.format()));
    QVERIFY2(d < tolerance, qPrintable(QString("mean difference %1").arg(d)));
}

void TestPaint::samePictureSameBytes() {
    QCOMPARE(renderPng(lastPairOf("cut"), themeNamed("light"), {400, 300}),
             renderPng(lastPairOf("cut"), themeNamed("light"), {400, 300}));
}

void TestPaint::paperReachesTheEdges() {
    for (const QString& name : themeNames()) {
        const QImage image = renderImage(lastPairOf("cut"), themeNamed(name), {401, 299});
        for (const QPoint corner : {QPoint(0, 0), QPoint(400, 0), QPoint(0, 298), QPoint(400, 298)})
            QCOMPARE(image.pixelColor(corner), themeNamed(name)[Ink::Paper]);
    }
}

void TestPaint::svgHasRealText() {
    const Scene scene = lastPairOf("wrong");
    const QByteArray svg = renderSvg(scene, themeNamed("light"), naturalSize(scene));
    QXmlStreamReader reader(svg);
    QStringList texts;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text"))
            texts.append(reader.readElementText().trimmed());
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    for (const char* said :
         {"MatMul", "y_pred_incorrect", "not asked for", "pair 2: — → b", "Step 2 of 2 › apply_gradients (line 28)"})
        QVERIFY2(texts.contains(QString(said)), said);
    QVERIFY(svg.contains("DejaVu Sans"));
}

void TestPaint::svgHasNoPatterns() {
    const QByteArray svg = renderSvg(lastPairOf("cut"), themeNamed("dark"), {900, 700});
    for (const char* word : {"<pattern", "<mask", "<image", "url(#"}) QVERIFY2(!svg.contains(word), word);
}

void TestPaint::emptySceneIsPaper() {
    const QImage image = renderImage({}, themeNamed("dark"), {60, 40});
    for (int x = 0; x < 60; ++x) QCOMPARE(image.pixelColor(x, 20), themeNamed("dark")[Ink::Paper]);
}

QTEST_MAIN(TestPaint)
#include "tst_paint.moc"
