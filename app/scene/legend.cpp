// SPDX-License-Identifier: Apache-2.0
// The row below the picture that says what the lines and borders mean.
#include <array>

#include "app/scene/composition.h"

namespace tapescope {

namespace {

enum class Sample { Line, Box };

struct LegendRow {
    Sample sample;
    Ink ink;
    Stroke stroke;
    double width;
    bool hatched;
    const char* words;
};

constexpr std::array legendRows{
    LegendRow{Sample::Line, Ink::Slate, Stroke::Solid, 1.6, false, "value"},
    LegendRow{Sample::Line, Ink::Gradient, Stroke::Dashed, 2.6, false, "gradient"},
    LegendRow{Sample::Line, Ink::Update, Stroke::Solid, 2.8, false, "update"},
    LegendRow{Sample::Line, Ink::Caution, Stroke::Solid, 2.8, false, "update with another gradient"},
    LegendRow{Sample::Box, Ink::Gradient, Stroke::Dashed, 1.6, true, "no gradient path"},
    LegendRow{Sample::Box, Ink::Gradient, Stroke::Dotted, 2, false, "not asked for"},
};

constexpr double sampleWidth = 22, sampleHeight = 13, wordGap = 6, rowGap = 18, legendGap = 16, swatchHeight = 16;

double widthOf(const LegendRow& row) {
    return sampleWidth + wordGap + textSize(QString::fromUtf8(row.words), type::subtitle).width() + rowGap;
}

double wholeWidth() {
    double width = -rowGap;
    for (const LegendRow& row : legendRows) width += widthOf(row);
    return width;
}

/// Its marks, from `x` on, in the middle of a row.
void drawLegend(std::vector<Mark>& marks, double x, double middle) {
    for (const LegendRow& row : legendRows) {
        const QRectF sample(x, middle - sampleHeight / 2, sampleWidth, sampleHeight);
        if (row.sample == Sample::Line) {
            const QPointF a(sample.left(), middle), b(sample.right(), middle);
            marks.push_back(
                CurveMark{{a, a + (b - a) / 3, a + (b - a) * 2 / 3, b}, row.ink, row.width, row.stroke, false});
        } else {
            marks.push_back(
                ShapeMark{sample, Outline::Box, Ink::Paper, row.ink, row.width, row.stroke, false, row.hatched});
        }
        const double textWidth = widthOf(row) - sampleWidth - wordGap - rowGap;
        const QRectF place(sample.right() + wordGap, middle - swatchHeight / 2, textWidth, swatchHeight);
        marks.push_back(
            TextMark{place, QString::fromUtf8(row.words), Ink::Muted, type::subtitle, Weight::Normal, Align::Left});
        x += widthOf(row);
    }
}

}  // namespace

Scene legendScene() {
    Scene scene;
    scene.bounds = {0, 0, wholeWidth(), swatchHeight};
    drawLegend(scene.marks, 0, swatchHeight / 2);
    return scene;
}

Scene withLegend(Scene scene) {
    const QRectF bounds = scene.bounds;
    const double width = wholeWidth(), left = bounds.center().x() - width / 2 - 16;
    const double middle = bounds.bottom() + legendGap + swatchHeight / 2, right = left + width + 32;
    drawLegend(scene.marks, left + 16, middle);
    scene.bounds |= QRectF(QPointF(std::min(bounds.left(), left), bounds.bottom()),
                           QPointF(std::max(bounds.right(), right), middle + swatchHeight / 2 + 8));
    return scene;
}

}  // namespace tapescope
