// SPDX-License-Identifier: Apache-2.0
#include "app/scene/glyphs.h"

#include <array>

namespace tapescope {

namespace {

/// What a glyph is drawn with. Its unit is the half of its size; the origin is its centre.
struct Brushes {
    QColor ink, paper;
    QPen pen;
};

using Draw = void (*)(QPainter&, const Brushes&);

void badge(QPainter& p, const Brushes& b) {
    p.setPen(b.pen);
    p.setBrush(b.paper);
    p.drawEllipse(QPointF(0, 0), 1, 1);
    p.setBrush(Qt::NoBrush);
}

void scissors(QPainter& p, const Brushes& b) {
    p.setPen(b.pen);
    p.setBrush(b.paper);
    p.drawEllipse(QPointF(-0.62, -0.5), 0.3, 0.3);
    p.drawEllipse(QPointF(-0.62, 0.5), 0.3, 0.3);
    p.drawLine(QPointF(-0.38, -0.34), QPointF(1, 0.5));
    p.drawLine(QPointF(-0.38, 0.34), QPointF(1, -0.5));
}

void brokenLink(QPainter& p, const Brushes& b) {
    badge(p, b);
    QPainterPath left, right;
    left.moveTo(-0.14, -0.26);
    left.cubicTo(-0.85, -0.34, -0.85, 0.34, -0.14, 0.26);
    right.moveTo(0.14, -0.26);
    right.cubicTo(0.85, -0.34, 0.85, 0.34, 0.14, 0.26);
    p.drawPath(left);
    p.drawPath(right);
    p.drawLine(QPointF(-0.12, -0.62), QPointF(0.02, -0.38));
    p.drawLine(QPointF(0.12, 0.62), QPointF(-0.02, 0.38));
}

void question(QPainter& p, const Brushes& b) {
    badge(p, b);
    QPainterPath hook;
    hook.moveTo(-0.28, -0.24);
    hook.cubicTo(-0.28, -0.72, 0.36, -0.68, 0.32, -0.24);
    hook.cubicTo(0.3, 0.02, 0, 0, 0, 0.24);
    p.drawPath(hook);
    p.setBrush(b.ink);
    p.setPen(Qt::NoPen);
    p.drawEllipse(QPointF(0, 0.54), 0.12, 0.12);
}

void notEqual(QPainter& p, const Brushes& b) {
    badge(p, b);
    p.drawLine(QPointF(-0.45, -0.2), QPointF(0.45, -0.2));
    p.drawLine(QPointF(-0.45, 0.2), QPointF(0.45, 0.2));
    p.drawLine(QPointF(0.25, -0.55), QPointF(-0.25, 0.55));
}

void dotOutline(QPainter& p, const Brushes& b) {
    QPen dotted = b.pen;
    dotted.setDashPattern({0.1, 1.9});
    dotted.setCapStyle(Qt::RoundCap);
    p.setPen(dotted);
    p.setBrush(b.paper);
    p.drawEllipse(QPointF(0, 0), 0.8, 0.8);
}

void zero(QPainter& p, const Brushes& b) {
    badge(p, b);
    p.drawEllipse(QPointF(0, 0), 0.3, 0.5);
}

void warning(QPainter& p, const Brushes& b) {
    p.setPen(b.pen);
    p.setBrush(b.paper);
    p.drawPolygon(QPolygonF({{0, -1}, {1, 0.8}, {-1, 0.8}}));
    p.drawLine(QPointF(0, -0.35), QPointF(0, 0.25));
    p.drawLine(QPointF(0, 0.52), QPointF(0, 0.54));
}

void plus(QPainter& p, const Brushes& b) {
    badge(p, b);
    p.drawLine(QPointF(-0.5, 0), QPointF(0.5, 0));
    p.drawLine(QPointF(0, -0.5), QPointF(0, 0.5));
}

void endBar(QPainter& p, const Brushes& b) {
    QPen thick = b.pen;
    thick.setWidthF(b.pen.widthF() * 1.9);
    thick.setCapStyle(Qt::FlatCap);
    p.setPen(thick);
    p.drawLine(QPointF(0, -1), QPointF(0, 1));
}

void sprocket(QPainter& p, const Brushes& b) {
    p.setPen(Qt::NoPen);
    p.setBrush(b.ink);
    p.drawRoundedRect(QRectF(-1, -0.72, 2, 1.44), 0.4, 0.4);
}

void pulse(QPainter& p, const Brushes& b) {
    QColor halo = b.ink;
    halo.setAlphaF(0.3F);
    p.setPen(Qt::NoPen);
    p.setBrush(halo);
    p.drawEllipse(QPointF(0, 0), 1, 1);
    p.setBrush(b.ink);
    p.drawEllipse(QPointF(0, 0), 0.6, 0.6);
}

struct GlyphRow {
    Glyph glyph;
    Draw draw;
};

constexpr std::array rows{
    GlyphRow{Glyph::Scissors, scissors},     GlyphRow{Glyph::BrokenLink, brokenLink},
    GlyphRow{Glyph::Question, question},     GlyphRow{Glyph::NotEqual, notEqual},
    GlyphRow{Glyph::DotOutline, dotOutline}, GlyphRow{Glyph::Zero, zero},
    GlyphRow{Glyph::Warning, warning},       GlyphRow{Glyph::Plus, plus},
    GlyphRow{Glyph::EndBar, endBar},         GlyphRow{Glyph::Sprocket, sprocket},
    GlyphRow{Glyph::Pulse, pulse},
};

}  // namespace

void paintGlyph(QPainter& painter, const GlyphMark& mark, const Theme& theme) {
    const double unit = mark.size / 2;
    if (unit <= 0) return;
    painter.save();
    painter.setOpacity(painter.opacity() * mark.opacity);
    painter.translate(mark.centre);
    painter.rotate(mark.angle);
    painter.scale(unit, unit);
    const auto casing = theme.casings.find(mark.ink);
    const QColor ink = casing == theme.casings.end() ? theme[mark.ink] : casing->second;
    const QPen pen(ink, 1.7 * theme.scale / unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    for (const GlyphRow& row : rows)
        if (row.glyph == mark.glyph) row.draw(painter, {ink, theme[Ink::Paper], pen});
    painter.restore();
}

}  // namespace tapescope
