// SPDX-License-Identifier: Apache-2.0
// A frame as a value: a display list of marks in scene coordinates. compose() makes one, paint() draws it on any
// device.
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <variant>
#include <vector>

#include "app/layout/layout.h"

namespace tapescope {

/// Colours by meaning; the theme says which they are.
enum class Ink {
    Paper,
    Panel,
    Text,
    Muted,
    Forward,
    Gradient,
    Update,
    State,
    Caution,
    Slate,
    ForwardSoft,
    GradientSoft,
    UpdateSoft,
    CautionSoft,
    PanelSoft,
    Band,
    Sprocket,
    GradientText,
    UpdateText,
    CautionText  ///< the same meanings, dark enough to be read
};

enum class Stroke { Solid, Dashed, Dotted };
enum class Outline { Box, Pill, Circle, Tag };
enum class Weight { Normal, Bold };
enum class Align { Left, Centre, Right };

/// What a click on a mark means.
struct Hit {
    std::optional<BoxKey> box;
    std::optional<std::uint32_t> pair;   ///< index into StepGraph::pairs
    std::optional<std::uint32_t> value;  ///< index into StepGraph::values
};

struct ShapeMark {
    QRectF rect;
    Outline outline = Outline::Box;
    Ink fill = Ink::Paper;
    Ink line = Ink::Slate;
    double width = 1.5;
    Stroke stroke = Stroke::Solid;
    bool filled = true;
    bool hatched = false;
    double opacity = 1;
    Hit hit{};
};

struct CurveMark {
    Curve curve;
    Ink line = Ink::Slate;
    double width = 1.5;
    Stroke stroke = Stroke::Solid;
    bool arrow = true;
    double from = 0, to = 1;  ///< part of the curve that is drawn
    double opacity = 1;
    Hit hit{};
};

struct TextMark {
    QRectF rect;  ///< the text fits in it; compose elides what does not
    QString text;
    Ink ink = Ink::Text;
    double size = 12;
    Weight weight = Weight::Normal;
    Align align = Align::Centre;
    bool mono = false;
    double opacity = 1;
};

enum class Glyph { Scissors, BrokenLink, Question, NotEqual, DotOutline, Zero, Warning, Plus, EndBar, Sprocket, Pulse };

struct GlyphMark {
    Glyph glyph = Glyph::Pulse;
    QPointF centre;
    double size = 16;
    double angle = 0;  ///< degrees, for the bar and the scissors
    Ink ink = Ink::Gradient;
    double opacity = 1;
};

/// A heat map of at most 8x8 cells: numbers in [0, 1] between two inks; NaN cells are crossed out.
struct HeatMark {
    QRectF rect;
    int rows = 1, columns = 1;
    std::vector<double> cells;
    Ink low = Ink::Paper, high = Ink::Forward;
    double opacity = 1;
};

using Mark = std::variant<ShapeMark, CurveMark, TextMark, GlyphMark, HeatMark>;

struct Scene {
    QRectF bounds;
    std::vector<Mark> marks;  ///< in painting order
    QString caption;          ///< "Step 2 of 2 › apply_gradients (line 28)"
    QString narration;        ///< one plain sentence about the event, numbers in it
};

}  // namespace tapescope
