// SPDX-License-Identifier: Apache-2.0
// Numbers, shapes and sizes as the picture says them.
#pragma once

#include <QSizeF>
#include <QStringList>
#include <span>
#include <string>

#include "app/scene/theme.h"
#include "core/trace/foldresult.h"
#include "core/trace/stepgraph.h"

namespace tapescope {

inline QString words(const std::string& text) {
    return QString::fromStdString(text);
}

/// "0.02", "-1.5e-07": three significant digits.
QString numberWords(double number);

/// "1", "ones 2×2", "[[4 4] [6 6]]", "norm 3.2 (64×10)": a value in a few characters.
QString valueWords(const Value& value, qsizetype characters = 20);

/// "①" to "⑳", then "(21)".
QString circled(std::uint32_t number);

/// "a", "a and b", "a, b and c"; with more than five, the first four and how many more.
QString listWords(const QStringList& items);

/// The rule of an update for one variable: "W −= 0.01·g" for "w ← w − 0.01·g".
QString ruleWords(const std::string& rule, const QString& variable);

/// The text in lines of at most so many characters, cut between words.
QStringList wrapped(const QString& text, qsizetype most);

/// What a picture says of a variable's gradient: "no gradient", "gradient is 0", …; "" where there is nothing odd.
QString gradientStateWords(GradientState state);

double normOf(const Value& value);

/// "norm 10.6 → 1": what clipping did.
QString normWords(const NormChange& change);

/// Width and height of a line of text in the picture's font.
QSizeF textSize(const QString& text, double size, Weight weight = Weight::Normal, bool mono = false);

/// The text, cut off with an ellipsis where it is wider.
QString elided(const QString& text, double width, double size, Weight weight = Weight::Normal, bool mono = false);

}  // namespace tapescope
