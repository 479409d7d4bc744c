// SPDX-License-Identifier: Apache-2.0
// What the inspector says of a box at a position, as a value.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "app/document/document.h"
#include "app/scene/scene.h"

namespace tapescope {

struct Inspection {
    struct Row {
        QString label, text;
    };
    struct Table {
        QString heading;
        std::optional<Value> value;  ///< nothing: an empty place with `missing` in it
        QString missing;
        Ink ink = Ink::Forward;
    };
    /// How often elements lie where, in equal bins from the least to the most.
    struct Histogram {
        QString heading;
        double minimum = 0, maximum = 0;
        std::vector<double> bins;
        std::int64_t zeros = 0, odd = 0;  ///< elements that are 0, and that are no finite numbers
        Ink ink = Ink::Forward;
    };
    struct Bar {
        std::uint32_t step = 0;  ///< from 1
        double height = 0;
        bool caution = false;
        bool now = false;
    };

    /// A gradient that can be held against finite differences.
    struct Check {
        GradientId gradient;
        TensorId source;
    };

    QString title;    ///< "W · step 2"
    QString kind;     ///< "Variable ① 2×2 float32"
    QString formula;  ///< "C = A·B"
    QString numbers;  ///< the same with the numbers of this call: "6 = 2·3"; "" where they would be too many
    std::vector<Row> rows;
    std::vector<Table> tables;
    std::vector<Histogram> histograms;
    std::optional<Check> check;
    QString barsTitle;
    std::vector<Bar> bars;
};

/// At the state after everything that `upTo` reaches.
Inspection inspect(const Timeline& timeline, const StepGraph& graph, const BoxKey& key, EventIndex upTo);

}  // namespace tapescope
