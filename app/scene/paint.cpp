// SPDX-License-Identifier: Apache-2.0
#include "app/scene/paint.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <cmath>

#include "app/layout/curve.h"
#include "app/scene/glyphs.h"

namespace tapescope {

namespace {

constexpr double smallestBox = 9, smallestLetter = 4, coarse = 0.28;  // pixels of the device, and a scale
constexpr double cornerRadius = 7, hatchGap = 8, arrowLength = 8, arrowSpread = 3.6;

QPen penOf(const QColor& colour, double width, Stroke stroke) {
    QPen pen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (stroke == Stroke::Dashed) pen.setDashPattern({std::max(2.2, 7 / width), std::max(1.4, 4.5 / width)});
    if (stroke == Stroke::Dotted) {
        pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern({0.05, std::max(1.9, 4 / width)});
    }
    return pen;
}

QPainterPath pathOf(const Curve& curve) {
    QPainterPath path;
    if (curve.empty()) return path;
    path.moveTo(curve.front());
    for (std::size_t i = 1; i + 2 < curve.size(); i += 3) path.cubicTo(curve[i], curve[i + 1], curve[i + 2]);
    return path;
}

/// A label on a string: pointed at the left, with a hole.
void drawTag(QPainter& painter, const QRectF& rect) {
    const double point = rect.height() * 0.4, middle = rect.center().y();
    painter.drawPolygon(QPolygonF({{rect.left(), middle},
                                   {rect.left() + point, rect.top()},
                                   rect.topRight(),
                                   rect.bottomRight(),
                                   {rect.left() + point, rect.bottom()}}));
    painter.drawEllipse(QPointF(rect.left() + point, middle), 1.3, 1.3);
}

void drawOutline(QPainter& painter, const ShapeMark& mark) {
    const double half = std::min(mark.rect.width(), mark.rect.height()) / 2;
    const double radius = mark.outline == Outline::Pill ? half : std::min(cornerRadius, half / 2);
    if (mark.outline == Outline::Circle)
        painter.drawEllipse(mark.rect);
    else if (mark.outline == Outline::Tag)
        drawTag(painter, mark.rect);
    else
        painter.drawRoundedRect(mark.rect, radius, radius);
}

/// Lines at 45 degrees, cut off at the rectangle; patterns of brushes come out of the SVG generator as pictures.
void drawHatching(QPainter& painter, const QRectF& rect, const QPen& pen) {
    const QRectF r = rect.adjusted(2, 2, -2, -2);
    painter.setPen(pen);
    for (double c = r.left() + r.top() + hatchGap; c < r.right() + r.bottom(); c += hatchGap) {
        const double x1 = std::max(r.left(), c - r.bottom()), x2 = std::min(r.right(), c - r.top());
        painter.drawLine(QPointF(x1, c - x1), QPointF(x2, c - x2));
    }
}

class Painter {
public:
    Painter(QPainter& painter, const Theme& theme, const QRectF& seen, double detail)
        : painter_(painter), theme_(theme), seen_(seen), detail_(detail) {}

    /// From far away what leads somewhere is a block of its colour, and letters too small to be read are left out.
    void operator()(const ShapeMark& mark) {
        if (isHidden(mark.rect)) return;
        if (detail_ * mark.rect.height() < smallestBox && (mark.hit.box || mark.hit.pair)) {
            painter_.setOpacity(mark.opacity);
            painter_.fillRect(mark.rect, theme_[mark.line]);
            return;
        }
        painter_.setOpacity(mark.opacity);
        if (mark.filled) {
            painter_.setPen(Qt::NoPen);
            painter_.setBrush(theme_[mark.fill]);
            drawOutline(painter_, mark);
        }
        painter_.setBrush(Qt::NoBrush);
        const double width = mark.width * theme_.scale;
        if (mark.hatched) {
            QColor pale = theme_[mark.line];
            pale.setAlphaF(0.35F);
            drawHatching(painter_, mark.rect, QPen(pale, 1));
        }
        if (width <= 0) return;
        if (const QColor* casing = casingOf(mark.line)) {
            painter_.setPen(penOf(*casing, width + 1.6, mark.stroke));
            drawOutline(painter_, mark);
        }
        painter_.setPen(penOf(theme_[mark.line], width, mark.stroke));
        drawOutline(painter_, mark);
    }

    void operator()(const CurveMark& mark) {
        if (mark.curve.empty() || isHidden(boundsOf(mark.curve).adjusted(-8, -8, 8, 8))) return;
        Curve drawn = part(mark.curve, mark.from, mark.to);
        if (drawn.empty()) return;
        painter_.setOpacity(mark.opacity);
        if (detail_ < coarse) return drawCoarsely(drawn, mark);
        painter_.setBrush(Qt::NoBrush);
        const double width = mark.width * theme_.scale, head = arrowLength + 1.5 * width;
        const double length = lengthOf(drawn);
        const bool arrow = mark.arrow && length > head;
        const CurvePoint tip = pointAt(drawn, 1), back = pointAt(drawn, arrow ? 1 - head / length : 1);
        if (arrow) drawn = part(drawn, 0, 1 - 0.8 * head / length);
        if (const QColor* casing = casingOf(mark.line)) {
            painter_.setPen(penOf(*casing, width + 1.6, mark.stroke));
            painter_.drawPath(pathOf(drawn));
        }
        painter_.setPen(penOf(theme_[mark.line], width, mark.stroke));
        painter_.drawPath(pathOf(drawn));
        if (arrow) drawHead(tip.at, back.at, arrowSpread + width, mark.line);
    }

    void operator()(const TextMark& mark) {
        if (isHidden(mark.rect.adjusted(-4, -4, 4, 4)) || detail_ * mark.size < smallestLetter) return;
        painter_.setOpacity(mark.opacity);
        painter_.setFont(pictureFont(mark.size, mark.weight, mark.mono));
        painter_.setPen(theme_[mark.ink]);
        const QFontMetricsF metrics(painter_.font());
        const double width = metrics.horizontalAdvance(mark.text);
        const double spare = mark.rect.width() - width;
        const double left = mark.align == Align::Left ? 0 : mark.align == Align::Right ? spare : spare / 2;
        const double base = mark.rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
        painter_.drawText(QPointF(mark.rect.left() + left, base), mark.text);
    }

    void operator()(const GlyphMark& mark) {
        const QPointF reach(mark.size, mark.size);
        if (isHidden({mark.centre - reach, mark.centre + reach})) return;
        if (mark.glyph == Glyph::Sprocket && detail_ < coarse) return;
        painter_.setOpacity(1);
        paintGlyph(painter_, mark, theme_);
    }

    void operator()(const HeatMark& mark) {
        if (isHidden(mark.rect) || detail_ * mark.rect.height() < smallestBox / 2) return;
        painter_.setOpacity(mark.opacity);
        const QColor low = theme_[mark.low], high = theme_[mark.high];
        const double width = mark.rect.width() / mark.columns, height = mark.rect.height() / mark.rows;
        for (int row = 0; row < mark.rows; ++row)
            for (int column = 0; column < mark.columns; ++column)
                drawCell({mark.rect.left() + column * width, mark.rect.top() + row * height, width, height},
                         mark.cells[static_cast<std::size_t>(row * mark.columns + column)], low, high);
        painter_.setBrush(Qt::NoBrush);
        painter_.setPen(QPen(theme_[Ink::Slate], 0.8));
        painter_.drawRect(mark.rect);
    }

private:
    bool isHidden(const QRectF& rect) const { return !seen_.isNull() && !seen_.intersects(rect); }

    /// A thin line of the same course, without dashes and head.
    void drawCoarsely(const Curve& curve, const CurveMark& mark) {
        QPen pen(theme_[mark.line], mark.width > 2 ? 1.4 : 1);
        pen.setCosmetic(true);
        painter_.setPen(pen);
        painter_.drawPath(pathOf(curve));
    }

    const QColor* casingOf(Ink ink) const {
        const auto found = theme_.casings.find(ink);
        return found == theme_.casings.end() ? nullptr : &found->second;
    }

    void drawHead(QPointF tip, QPointF back, double spread, Ink ink) {
        const QPointF along = tip - back;
        const double length = std::hypot(along.x(), along.y());
        const QPointF across = length > 0 ? QPointF(-along.y(), along.x()) / length * spread : QPointF();
        const QColor* casing = casingOf(ink);
        painter_.setPen(casing ? QPen(*casing, 0.8) : QPen(Qt::NoPen));
        painter_.setBrush(theme_[ink]);
        painter_.drawPolygon(QPolygonF({tip, back + across, back - across}));
        painter_.setBrush(Qt::NoBrush);
    }

    void drawCell(const QRectF& rect, double value, const QColor& low, const QColor& high) {
        if (std::isnan(value)) {
            painter_.setPen(QPen(theme_[Ink::Gradient], 1.2));
            painter_.drawLine(rect.topLeft(), rect.bottomRight());
            painter_.drawLine(rect.bottomLeft(), rect.topRight());
            return;
        }
        const auto mix = [value](int a, int b) { return a + qRound((b - a) * std::clamp(value, 0.0, 1.0)); };
        painter_.fillRect(
            rect, QColor(mix(low.red(), high.red()), mix(low.green(), high.green()), mix(low.blue(), high.blue())));
    }

    QPainter& painter_;
    const Theme& theme_;
    QRectF seen_;    ///< nothing: everything
    double detail_;  ///< pixels of the device for one of the scene
};

}  // namespace

void paint(QPainter& painter, const Scene& scene, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    // Files of lines and letters are looked at from near; only pixels have a size and an edge.
    const bool pixels = painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster;
    const QTransform& way = painter.worldTransform();
    const QRectF seen = pixels ? way.inverted().mapRect(QRectF(painter.window())) : QRectF();
    Painter visitor(painter, theme, seen, pixels ? way.m11() : 1);
    for (const Mark& mark : scene.marks) std::visit(visitor, mark);
    painter.restore();
}

}  // namespace tapescope
