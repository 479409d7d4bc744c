// SPDX-License-Identifier: Apache-2.0
// Every theme dresses the widgets so that their texts can be read.
#include <QtTest>
#include <cmath>

#include "app/view/appearance.h"
#include "app/view/icons.h"

using namespace tapescope;

namespace {

/// WCAG 2: relative luminance and contrast.
double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

}  // namespace

class TestPalette : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsCanBeRead_data();
    void textsCanBeRead();
    void noColourIsLeftOpen_data() { textsCanBeRead_data(); }
    void noColourIsLeftOpen();
    void choosingChangesThePalette();
    void systemIsLightOrDark();
    void iconsTakeTheirInk();
};

void TestPalette::textsCanBeRead_data() {
    QTest::addColumn<QString>("name");
    for (const QString& name : themeNames()) QTest::newRow(qPrintable(name)) << name;
}

void TestPalette::textsCanBeRead() {
    QFETCH(QString, name);
    const Theme& theme = themeNamed(name);
    const QPalette palette = paletteOf(theme);
    const auto ratio = [&](QPalette::ColorRole a, QPalette::ColorRole b) {
        return contrast(palette.color(a), palette.color(b));
    };
    QVERIFY(ratio(QPalette::Text, QPalette::Base) >= 4.5);
    QVERIFY(ratio(QPalette::WindowText, QPalette::Window) >= 4.5);
    QVERIFY(ratio(QPalette::ButtonText, QPalette::Button) >= 4.5);
    QVERIFY(ratio(QPalette::HighlightedText, QPalette::Highlight) >= 4.5);
    QVERIFY(ratio(QPalette::Link, QPalette::Base) >= 4.5);
    QVERIFY(ratio(QPalette::PlaceholderText, QPalette::Base) >= 4.5);
    QVERIFY(contrast(onUpdate(theme), theme[Ink::Update]) >= 4.5);
    for (const Ink ground :
         {Ink::Paper, Ink::Panel, Ink::GradientSoft, Ink::UpdateSoft, Ink::CautionSoft, Ink::PanelSoft}) {
        QVERIFY2(contrast(theme[Ink::Text], theme[ground]) >= 4.5, qPrintable(inkName(ground)));
    }
    QVERIFY(contrast(theme[Ink::GradientText], theme[Ink::Panel]) >= 4.5);
}

void TestPalette::noColourIsLeftOpen() {
    QFETCH(QString, name);
    const QString sheet = styleSheetOf(themeNamed(name));
    QVERIFY2(!sheet.contains(QLatin1Char('%')), qPrintable(sheet));
}

void TestPalette::choosingChangesThePalette() {
    Appearance appearance;
    int changes = 0;
    connect(&appearance, &Appearance::changed, this, [&] { ++changes; });
    appearance.choose(QStringLiteral("dark"));
    QCOMPARE(QApplication::palette().color(QPalette::Base), themeNamed(QStringLiteral("dark"))[Ink::Paper]);
    appearance.choose(QStringLiteral("light"));
    QCOMPARE(QApplication::palette().color(QPalette::Base), themeNamed(QStringLiteral("light"))[Ink::Paper]);
    QCOMPARE(changes, 2);
}

void TestPalette::systemIsLightOrDark() {
    QApplication::setPalette(QPalette(Qt::black, Qt::black));
    Appearance appearance;
    appearance.choose(QStringLiteral("system"));
    QCOMPARE(appearance.theme().name, QStringLiteral("dark"));
    QCOMPARE(appearance.choice(), QStringLiteral("system"));
}

void TestPalette::iconsTakeTheirInk() {
    for (const char* name : {"start", "back", "play", "pause", "forward", "end", "run", "stop", "open", "examples"}) {
        const QImage image = icon(QLatin1String(name), QColor(Qt::red)).pixmap(24).toImage();
        bool inked = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) inked = inked || image.pixelColor(x, y) == QColor(Qt::red);
        }
        QVERIFY2(inked, name);
    }
    QVERIFY(icon(QStringLiteral("no such"), Qt::red).isNull());
    QVERIFY(!programIcon().isNull());
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
