// SPDX-License-Identifier: Apache-2.0
// A scene as lines of text, for goldens that a person can read and compare.
#include <QStringList>
#include <array>

#include "app/layout/curve.h"
#include "app/scene/compose.h"
#include "app/scene/theme.h"

namespace tapescope {

namespace {

constexpr std::array strokes{"solid", "dashed", "dotted"};
constexpr std::array outlines{"box", "pill", "circle", "tag"};
constexpr std::array glyphs{"scissors", "broken-link", "question", "not-equal", "dot-outline", "zero",
                            "warning",  "plus",        "end-bar",  "sprocket",  "pulse"};

template <class Names, class Value>
QString name(const Names& names, Value value) {
    return QLatin1String(names[static_cast<std::size_t>(value)]);
}

QString text(QPointF p) {
    return QStringLiteral("%1,%2").arg(qRound(p.x())).arg(qRound(p.y()));
}

QString text(const QRectF& r) {
    return QStringLiteral("%1 %2x%3").arg(text(r.topLeft())).arg(qRound(r.width())).arg(qRound(r.height()));
}

/// A number in hundredths, only where it differs from the usual.
QString unless(double usual, const char* word, double value) {
    const double rounded = qRound(value * 100) / 100.0;
    return rounded == usual ? QString() : QStringLiteral(" %1=%2").arg(QLatin1String(word)).arg(rounded);
}

struct Lines {
    QString operator()(const ShapeMark& m) const {
        return QStringLiteral("%1 %2 %3 %4 %5%6%7%8")
            .arg(name(outlines, m.outline), text(m.rect), m.filled ? inkName(m.fill) : QStringLiteral("hollow"),
                 inkName(m.line), name(strokes, m.stroke), unless(1.5, "width", m.width),
                 m.hatched ? QStringLiteral(" hatched") : QString(), unless(1, "opacity", m.opacity));
    }
    QString operator()(const CurveMark& m) const {
        const QPointF middle = pointAt(m.curve, 0.5).at;
        return QStringLiteral("curve %1 %2 %3 %4 %5%6%7%8%9")
            .arg(text(m.curve.front()), text(middle), text(m.curve.back()), inkName(m.line), name(strokes, m.stroke),
                 m.arrow ? QStringLiteral(" arrow") : QString(), unless(0, "from", m.from), unless(1, "to", m.to),
                 unless(1, "opacity", m.opacity));
    }
    QString operator()(const TextMark& m) const {
        return QStringLiteral("text %1 %2%3%4 \"%5\"")
            .arg(text(m.rect), inkName(m.ink), m.weight == Weight::Bold ? QStringLiteral(" bold") : QString(),
                 unless(1, "opacity", m.opacity), m.text);
    }
    QString operator()(const GlyphMark& m) const {
        return QStringLiteral("glyph %1 %2 %3%4%5")
            .arg(name(glyphs, m.glyph), text(m.centre), inkName(m.ink), unless(0, "angle", qRound(m.angle)),
                 unless(1, "opacity", m.opacity));
    }
    QString operator()(const HeatMark& m) const {
        QStringList cells;
        for (const double cell : m.cells) cells.append(QString::number(qRound(cell * 100) / 100.0));
        return QStringLiteral("heat %1 %2x%3 %4")
            .arg(text(m.rect))
            .arg(m.rows)
            .arg(m.columns)
            .arg(cells.join(QLatin1Char(' ')));
    }
};

}  // namespace

QString sceneText(const Scene& scene) {
    QStringList lines{scene.caption, scene.narration, QStringLiteral("bounds ") + text(scene.bounds)};
    for (const Mark& mark : scene.marks) lines.append(std::visit(Lines{}, mark));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace tapescope
