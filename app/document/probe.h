// SPDX-License-Identifier: Apache-2.0
// A gradient of the run held against finite differences: what was recorded between a source and the targets is computed
// again, with one element of the source moved a little to both sides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

struct Probe {
    struct Row {
        std::int64_t element = 0;  ///< row by row
        double gradient = 0;       ///< what gradient() answered
        double difference = 0;     ///< (f(x + h) - f(x - h)) / 2h, of the sum of the targets
    };
    std::string trouble;    ///< why it cannot be done; "" where it was
    std::vector<Row> rows;  ///< of a few elements, evenly spaced
};

/// Of the source of a gradient() call that was answered. What the script computed from random numbers or through Python
/// stays what it was, as it does for the tape.
Probe probeGradient(const Timeline& timeline, GradientId gradient, TensorId source);

}  // namespace tapescope
