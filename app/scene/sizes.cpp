// SPDX-License-Identifier: Apache-2.0
// How large the boxes have to be for their texts.
#include "app/scene/composition.h"

namespace tapescope {

namespace {

constexpr double widest = 320;  ///< of a box; longer texts are cut off

double textWidth(const GraphBox& box, double titleSize, Weight weight, double letters) {
    return std::max(textSize(words(box.title), titleSize * letters, weight).width(),
                    textSize(words(box.subtitle), type::subtitle * letters).width());
}

QSizeF variableSize(const GraphBox& box, double letters) {
    const double width = textWidth(box, type::variableTitle, Weight::Bold, letters) + type::thumbnail + 32;
    return {std::clamp(width, 120.0, widest * letters), 52};
}

QSizeF constantSize(const GraphBox& box, double letters) {
    return {std::clamp(textWidth(box, type::title, Weight::Normal, letters) + 28, 84.0, widest * letters), 42};
}

QSizeF pillSize(const GraphBox& box, double letters) {
    const double sign = box.key.kind == BoxKind::Fold ? 16 : 0;  // that says that it opens
    if (box.key.kind != BoxKind::Fold || !clips(box.title))
        return {std::clamp(textWidth(box, type::title, Weight::Normal, letters) + 36 + sign, 96.0, widest * letters),
                44};
    // Room for the norms, whatever they are in this step.
    const double norms = textSize(normWords({1.23e-10, 1.23e-10}), type::subtitle * letters).width();
    const double width = std::max(textWidth(box, type::title, Weight::Normal, letters), norms);
    return {std::clamp(width + 40 + sign, 96.0, widest * letters), 44 + type::normLine};
}

QSizeF groupSize(const GraphBox& box, double letters) {
    const double title = textSize(words(box.title), type::title * letters, Weight::Bold).width() + 22;
    const double width = std::max(title, textSize(words(box.subtitle), type::subtitle * letters).width());
    return {std::clamp(width + 30, 120.0, widest * letters), 52};
}

QSizeF optimizerSize(const StepGraph& graph, std::uint32_t optimizer, Direction direction, double letters) {
    constexpr double least = 200, widestCell = 420, twoSlots = 64;
    const double slots = graph.boxes[optimizer].title == "SGD" ? 0 : twoSlots;  // thumbnails beside the words
    double cell = least;
    std::size_t count = 0;
    for (const PairRow& pair : graph.pairs) {
        if (pair.optimizer != optimizer) continue;
        ++count;
        cell = std::max({cell, textSize(pairTitle(graph, pair), 11.5 * letters).width() + 24 + slots,
                         textSize(pairRemark(graph, pair), type::subtitle * letters).width() + 24 + slots});
    }
    return PairCells::blockSize(count, std::min(cell, widestCell * letters),
                                optimizerHeaderWidth(graph.boxes[optimizer].title, letters), direction);
}

}  // namespace

BoxSizes boxSizes(const StepGraph& graph, Direction direction, double letters) {
    BoxSizes sizes;
    for (std::uint32_t i = 0; i < graph.boxes.size(); ++i) {
        const GraphBox& box = graph.boxes[i];
        switch (box.key.kind) {
            case BoxKind::Variable: sizes[box.key] = variableSize(box, letters); break;
            case BoxKind::Constant: sizes[box.key] = constantSize(box, letters); break;
            case BoxKind::Operation:
            case BoxKind::Fold: sizes[box.key] = pillSize(box, letters); break;
            case BoxKind::Group: sizes[box.key] = groupSize(box, letters); break;
            case BoxKind::Optimizer: sizes[box.key] = optimizerSize(graph, i, direction, letters); break;
        }
    }
    return sizes;
}

}  // namespace tapescope
