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
    struct Bar {
        std::uint32_t step = 0;  ///< from 1
        double height = 0;
        bool caution = false;
        bool now = false;
    };

    QString title;    ///< "W · step 2"
    QString kind;     ///< "Variable ① 2×2 float32"
    QString formula;  ///< "C = A·B"
    std::vector<Row> rows;
    std::vector<Table> tables;
    QString barsTitle;
    std::vector<Bar> bars;
};

/// At the state after everything that `upTo` reaches.
Inspection inspect(const Timeline& timeline, const StepGraph& graph, const BoxKey& key, EventIndex upTo);

}  // namespace tapescope
