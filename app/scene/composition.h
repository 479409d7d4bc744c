// SPDX-License-Identifier: Apache-2.0
// What the families of marks share while a scene is composed: the moment, the layout, the free places, the marks so
// far.
#pragma once

#include "app/scene/compose.h"
#include "app/scene/labels.h"
#include "app/scene/words.h"

namespace tapescope {

enum class When { Before, Now, After };  ///< the position, seen from an event: not yet, under way or done

/// Lines of text that belong together, and where they stand.
struct Note {
    QStringList lines;
    Ink ink = Ink::GradientText;
    double size = 11;
    bool boldFirst = false;
    QSizeF extent(double letters) const;
};

class Composition {
public:
    Composition(const Moment& m, const Layout& l, const Look& k, const Labels* ground);

    const Moment& moment;
    const Layout& layout;
    const Look& look;
    Labels labels;
    Scene scene;

    const Timeline& timeline() const { return moment.timeline; }
    const StepGraph& graph() const { return moment.graph; }
    double progress() const { return look.reducedMotion ? 1 : moment.position.progress; }

    /// Event 0 opens the run: a part that carries it was there from the start.
    When when(EventIndex event) const;
    bool done(EventIndex event) const {
        return when(event) == When::After || (when(event) == When::Now && progress() >= 1);
    }
    bool begun(EventIndex event) const { return when(event) != When::Before; }
    /// 0 before the event, 1 after it, the progress while it is under way.
    double share(EventIndex event) const;

    /// Places for words beside a point on a curve.
    std::vector<QPointF> beside(const Curve& curve, double fraction, QSizeF size, double distance) const {
        return Labels::beside(curve, fraction, size, distance, layout.direction);
    }

    /// Of words of a size, with the letters of the look.
    QSizeF extent(const QString& text, double size, Weight weight = Weight::Normal) const {
        return textSize(text, size * look.letters, weight);
    }
    QSizeF extent(const Note& note) const { return note.extent(look.letters); }

    const QRectF& rect(std::uint32_t box) const { return layout.boxes.at(graph().boxes[box].key); }
    const GraphBox& box(std::uint32_t index) const { return graph().boxes[index]; }

    void add(Mark mark) { scene.marks.push_back(std::move(mark)); }
    /// One line in a rectangle that is wide enough, or cut off to fit.
    void text(const QRectF& rect, const QString& text, Ink ink, double size, Weight weight = Weight::Normal,
              Align align = Align::Centre, double opacity = 1);
    void note(const QRectF& rect, const Note& note, double opacity = 1, Align align = Align::Left);
};

// The families, in painting order. Those that speak beside their marks place all words they will ever need.
void addBands(Composition& stage);
void addValueEdges(Composition& stage);
void addValueLabels(Composition& stage);  ///< last: they take what the others leave
void avoidSigns(Composition& stage);      ///< keeps words off scissors, bars and badges
void addOptimizers(Composition& stage);
void addGradients(Composition& stage);
void addWires(Composition& stage);
void addOperations(Composition& stage);
void addGroups(Composition& stage);
void addVariables(Composition& stage);
void addTags(Composition& stage);
/// What rides along with a pulse: the value, or the gradient, that is on its way.
void addRider(Composition& stage, QPointF at, const QString& text, Ink line);

QString captionOf(const Moment& moment);
QString narrationOf(const Moment& moment);

// Texts that boxSizes() has to make room for.
namespace type {
inline constexpr double title = 13, variableTitle = 14, subtitle = 11, small = 11;
inline constexpr double thumbnail = 34;
inline constexpr double normLine = 15;  ///< of a box that clips
}  // namespace type
QString pairTitle(const StepGraph& graph, const PairRow& pair);
QString pairRemark(const StepGraph& graph, const PairRow& pair);       ///< what is odd about it; "" for nothing
double optimizerHeaderWidth(const std::string& rule, double letters);  ///< for its formula

}  // namespace tapescope
