// SPDX-License-Identifier: Apache-2.0
// The film strips of the tapes, behind everything.
#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double faint = 0.45;

struct Lines {
    std::uint32_t first = 0, last = 0;
};

/// The with block that holds the tape, or the lines of what it recorded.
Lines linesOf(const Timeline& timeline, TapeId tape) {
    const TapeRecord& record = timeline.tapes()[tape.index()];
    const std::uint32_t opened = timeline.lineOf(timeline.siteOf(record.opened));
    if (const ScriptDigest* digest = timeline.digest())
        for (const SyntaxItem& item : digest->items)
            if (item.kind == SyntaxKind::With && item.range.line == opened)
                return {item.range.line, item.range.endLine};
    Lines lines;
    for (const NodeId node : record.nodes) {
        const std::uint32_t line = timeline.lineOf(timeline.op(node).site);
        lines.first = lines.first == 0 ? line : std::min(lines.first, line);
        lines.last = std::max(lines.last, line);
    }
    return lines;
}

/// "tape ① · records lines 5–9", "gen_tape ② · records ..." where the script calls it otherwise; shorter where there is
/// no room.
QString labelOf(const Composition& stage, TapeId tape, double room) {
    const Timeline& timeline = stage.timeline();
    const Lines lines = linesOf(timeline, tape);
    const QString name = words(timeline.tapes()[tape.index()].label);
    const QString text =
        QStringLiteral("%1 %2").arg(name.isEmpty() ? QStringLiteral("tape") : name, circled(tape.value + 1));
    if (lines.first == 0) return text;
    const QString place = QString::fromStdString(timeline.places().words(lines.first, lines.last));
    const QString whole = text + QStringLiteral(" · records ") + place;
    return stage.extent(whole, type::subtitle).width() <= room ? whole : text + QStringLiteral(" · ") + place;
}

void addSprockets(Composition& stage, const QRectF& rect, double opacity) {
    constexpr double pitch = 20, inset = 13;
    const int count = std::max(1, static_cast<int>((rect.height() - 12) / pitch));
    const double first = rect.center().y() - pitch * (count - 1) / 2;
    for (int i = 0; i < count; ++i)
        stage.add(GlyphMark{Glyph::Sprocket, {rect.left() + inset, first + pitch * i}, 10, 0, Ink::Sprocket, opacity});
}

}  // namespace

void addBands(Composition& stage) {
    for (const TapeBand& band : stage.layout.bands) {
        const double opacity = stage.begun(stage.timeline().tapes()[band.tape.index()].opened) ? 1 : faint;
        ShapeMark strip{band.rect, Outline::Box, Ink::Band, Ink::Sprocket, 1};
        strip.opacity = opacity;
        stage.add(strip);
        addSprockets(stage, band.rect, opacity);
        stage.labels.avoid(QRectF(band.rect.left(), band.rect.top(), 24, band.rect.height()));
        const QString text = labelOf(stage, band.tape, band.rect.width() - 34);
        const QSizeF size = stage.extent(text, type::subtitle);
        std::vector<QPointF> places;
        for (double x = band.rect.left() + 28; x < band.rect.right() - 6 - size.width(); x += 14)
            places.emplace_back(x, band.rect.top() + 6);
        for (const double x : {band.rect.left() + 28, band.rect.right() - 8 - size.width()})
            places.emplace_back(x, band.rect.bottom() - 5 - size.height());
        places.emplace_back(band.rect.left() + 28, band.rect.bottom() - 1 - size.height());
        stage.text(stage.labels.place(size, places), text, Ink::Forward, type::subtitle, Weight::Normal, Align::Left,
                   opacity);
    }
}

}  // namespace tapescope
