// SPDX-License-Identifier: Apache-2.0
// Events as lines of text and as JSON: `dump` and the text goldens.
#pragma once

#include <string>

#include "core/trace/timeline.h"

namespace tapescope {

/// "12 op MatMul n3 (X, W) -> t7 float32 2×2 [[…]] line 9": one line, the same on every machine.
std::string textLine(const Timeline& timeline, EventIndex index);

/// One JSON object without a line end.
std::string jsonLine(const Timeline& timeline, EventIndex index);

/// "[[0.31 0.07] [0.8 0.52]]" with at most `digits` significant digits; a summary in words where it is not whole.
std::string valueText(const Value& value, int digits = 6);

/// "2×2", "scalar", and "(2,)" for a vector, whose size alone could be taken for a number.
std::string shapeWords(const Shape& shape);

/// "0.31": as few digits as name the number in its own type, and at most `digits` of them.
std::string numberText(double number, int digits = 6);
std::string numberText(float number, int digits = 6);

}  // namespace tapescope
