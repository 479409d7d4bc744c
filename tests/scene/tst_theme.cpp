// SPDX-License-Identifier: Apache-2.0
// Themes: every colour is there, text can be read, marks can be seen, and meanings stay apart for every kind of eye.
#include <QFontInfo>
#include <QFontMetricsF>
#include <QTest>
#include <array>
#include <cmath>

#include "app/scene/theme.h"

using namespace tapescope;

namespace {

using Rgb = std::array<double, 3>;

/// sRGB to linear light (IEC 61966-2-1).
Rgb linear(const QColor& colour) {
    const auto channel = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return {channel(colour.redF()), channel(colour.greenF()), channel(colour.blueF())};
}

/// The contrast ratio of WCAG 2.
double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const Rgb& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
    const double x = luminance(linear(a)), y = luminance(linear(b));
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

struct Eye {
    const char* name;
    std::array<Rgb, 3> matrix;  ///< on linear light; Machado, Oliveira and Fernandes 2009, severity 1
};

constexpr std::array eyes{
    Eye{"usual", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    Eye{"protanopia",
        {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    Eye{"deuteranopia",
        {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    Eye{"tritanopia",
        {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

/// CIE L*a*b* (D65) of a colour as an eye sees it.
Rgb seen(const QColor& colour, const Eye& eye) {
    const Rgb c = linear(colour);
    Rgb s{};
    for (std::size_t i = 0; i < 3; ++i)
        s[i] = std::clamp(eye.matrix[i][0] * c[0] + eye.matrix[i][1] * c[1] + eye.matrix[i][2] * c[2], 0.0, 1.0);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * s[0] + 0.3576 * s[1] + 0.1805 * s[2]) / 0.95047),
                 y = f(0.2126 * s[0] + 0.7152 * s[1] + 0.0722 * s[2]),
                 z = f((0.0193 * s[0] + 0.1192 * s[1] + 0.9505 * s[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const Rgb& a, const Rgb& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

constexpr std::array textInks{Ink::Text,         Ink::Muted,      Ink::Forward,
                              Ink::GradientText, Ink::UpdateText, Ink::CautionText};
constexpr std::array papers{Ink::Paper, Ink::Panel, Ink::PanelSoft, Ink::Band, Ink::UpdateSoft, Ink::CautionSoft};
constexpr std::array markInks{Ink::Forward, Ink::Gradient, Ink::Update, Ink::State, Ink::Caution, Ink::Slate};

}  // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fourThemes();
    void unknownNameIsLight();
    void textCanBeRead();
    void marksCanBeSeen();
    void meaningsStayApart();
    void coloursOfTheMeanings();
    void fontIsTheBundledOne();
};

void TestTheme::fourThemes() {
    QCOMPARE(themeNames(), QStringList({"light", "dark", "contrast", "projector"}));
    for (const QString& name : themeNames())
        for (int ink = 0; ink <= static_cast<int>(Ink::CautionText); ++ink) {
            QVERIFY(themeNamed(name)[static_cast<Ink>(ink)].isValid());
            QVERIFY(!inkName(static_cast<Ink>(ink)).isEmpty());
        }
}

void TestTheme::unknownNameIsLight() {
    QCOMPARE(themeNamed("no such theme").name, QString("light"));
}

void TestTheme::textCanBeRead() {
    for (const QString& name : themeNames()) {
        const Theme& theme = themeNamed(name);
        for (const Ink ink : textInks)
            for (const Ink paper : papers)
                QVERIFY2(contrast(theme[ink], theme[paper]) >= 4.5,
                         qPrintable(name + ": " + inkName(ink) + " on " + inkName(paper)));
        QVERIFY2(contrast(theme[Ink::Paper], theme[Ink::Forward]) >= 4.5, "the text of a filled pill");
    }
}

void TestTheme::marksCanBeSeen() {
    for (const QString& name : themeNames()) {
        const Theme& theme = themeNamed(name);
        for (const Ink ink : markInks) {
            const auto casing = theme.casings.find(ink);
            const QColor edge = casing == theme.casings.end() ? theme[ink] : casing->second;
            for (const Ink paper : {Ink::Paper, Ink::Band, Ink::UpdateSoft})
                QVERIFY2(contrast(edge, theme[paper]) >= 3,
                         qPrintable(name + ": " + inkName(ink) + " on " + inkName(paper)));
        }
    }
}

void TestTheme::meaningsStayApart() {
    constexpr double apart = 7;  // CIE76; about 2.3 can just be told
    for (const QString& name : themeNames()) {
        const Theme& theme = themeNamed(name);
        for (const Eye& eye : eyes)
            for (const Ink a : markInks)
                for (const Ink b : markInks) {
                    if (a >= b) continue;
                    const double d = difference(seen(theme[a], eye), seen(theme[b], eye));
                    QVERIFY2(d >= apart, qPrintable(QString("%1, %2: %3 and %4: %5")
                                                        .arg(name, QLatin1String(eye.name), inkName(a), inkName(b))
                                                        .arg(d)));
                }
    }
}

void TestTheme::coloursOfTheMeanings() {
    const Theme& light = themeNamed("light");
    QCOMPARE(light[Ink::Forward], QColor("#0072B2"));
    QCOMPARE(light[Ink::Gradient], QColor("#D55E00"));
    QCOMPARE(light[Ink::Update], QColor("#009E73"));
    QCOMPARE(light[Ink::State], QColor("#AA4499"));
    QCOMPARE(light[Ink::Caution], QColor("#E69F00"));
}

void TestTheme::fontIsTheBundledOne() {
    QCOMPARE(QFontInfo(pictureFont(12, Weight::Normal, false)).family(), QString("DejaVu Sans"));
    QCOMPARE(QFontInfo(pictureFont(12, Weight::Bold, true)).family(), QString("DejaVu Sans Mono"));
    QVERIFY(QFontMetricsF(pictureFont(12, Weight::Bold, false)).horizontalAdvance("MatMul") >
            QFontMetricsF(pictureFont(12, Weight::Normal, false)).horizontalAdvance("MatMul"));
    for (const char16_t sign : u"∂≠→←−①②·×›∞–")  // what the picture writes
        if (sign != 0) QVERIFY(QFontMetricsF(pictureFont(12, Weight::Normal, false)).inFont(QChar(sign)));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
