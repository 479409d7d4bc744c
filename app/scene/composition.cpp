// SPDX-License-Identifier: Apache-2.0
#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double lineGap = 2;
constexpr double groundOpacity = 0.85;  // of what words that lie on lines are written on

}  // namespace

QSizeF Note::extent(double letters) const {
    QSizeF whole(0, 0);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QSizeF line = textSize(lines[i], size * letters, boldFirst && i == 0 ? Weight::Bold : Weight::Normal);
        whole = {std::max(whole.width(), line.width()), whole.height() + line.height() + (i > 0 ? lineGap : 0)};
    }
    return whole;
}

Composition::Composition(const Moment& m, const Layout& l, const Look& k, const Labels* ground)
    : moment(m), layout(l), look(k), labels(ground) {}

When Composition::when(EventIndex event) const {
    if (event == 0 || event < moment.position.event) return When::After;
    return event == moment.position.event ? When::Now : When::Before;
}

double Composition::share(EventIndex event) const {
    const When place = when(event);
    return place == When::Before ? 0 : place == When::After ? 1 : progress();
}

void Composition::text(const QRectF& rect, const QString& text, Ink ink, double size, Weight weight, Align align,
                       double opacity) {
    size *= look.letters;
    if (text.isEmpty() || opacity <= 0) return;
    if (labels.liesOnLines(rect)) {
        ShapeMark ground{rect.adjusted(-1, 0, 1, 0), Outline::Box, Ink::Paper, Ink::Paper, 0};
        ground.opacity = opacity * groundOpacity;
        add(ground);
    }
    add(TextMark{rect, elided(text, rect.width(), size, weight), ink, size, weight, align, false, opacity});
}

void Composition::note(const QRectF& rect, const Note& note, double opacity, Align align) {
    double y = rect.top();
    for (qsizetype i = 0; i < note.lines.size(); ++i) {
        const Weight weight = note.boldFirst && i == 0 ? Weight::Bold : Weight::Normal;
        const double height = extent(note.lines[i], note.size, weight).height();
        text({rect.left(), y, rect.width(), height}, note.lines[i], note.ink, note.size, weight, align, opacity);
        y += height + lineGap;
    }
}

}  // namespace tapescope
