// SPDX-License-Identifier: Apache-2.0
// Folds: what a person reads as one thing (a call, a loop, an iteration, a stretch of many) becomes one box, so that a
// step of any size is a picture of a few dozen. Pure: the same step and the same choice give the same graph.
#pragma once

#include <set>
#include <vector>

#include "core/trace/stepgraph.h"

namespace tapescope {

enum class GroupKind : std::uint8_t { Whole, Call, Loop, Iteration, Stretch };

/// The boxes of a step as a tree, by the calls and loops that they ran in. Variables and optimizers are in no group.
struct FoldTree {
    struct Item {
        bool group = false;
        std::uint32_t index = 0;  ///< of a group, or of a box of the step
        friend bool operator==(const Item&, const Item&) = default;
    };
    struct Group {
        GroupKind kind = GroupKind::Whole;
        BoxKey key;  ///< the same in every step that runs the same way
        std::uint32_t parent = 0;
        std::uint32_t line = 0;             ///< of the call or the loop
        std::uint32_t first = 0, last = 0;  ///< iterations, or items of a stretch, from 1
        std::string name;                   ///< of the function, or what stands at the head of the loop
        std::vector<Item> items;            ///< in the order in which they ran
        std::uint32_t boxes = 0;            ///< everything below
        std::uint32_t cuts = 0;             ///< paths that are cut between two boxes below
        EventIndex begins = 0, ends = 0;    ///< of what ran in it
    };
    std::vector<Group> groups;           ///< the first is the whole step
    std::vector<std::uint32_t> groupOf;  ///< of each box of the step: the innermost
    std::uint32_t rows = 0;              ///< boxes on the longest way through the step
};

FoldTree foldTree(const Timeline& timeline, const StepGraph& whole);

/// Which groups are open. A step that can be read is, but for what was closed by hand. Of a larger one what holds the
/// focus, what holds a cut, and as many more as leave a picture that can be read.
std::vector<bool> openGroups(const FoldTree& tree, const FoldChoice& choice, EventIndex focus);

/// The graph that is drawn.
struct Folded {
    StepGraph graph;
    std::vector<std::uint32_t> boxOf;    ///< of each box of the whole step: the box that stands for it
    std::vector<std::uint32_t> groupOf;  ///< of each box drawn: the group that it stands for, or lies in
};
Folded fold(const Timeline& timeline, const StepGraph& whole, const FoldTree& tree, const std::vector<bool>& open);

/// With more boxes than these, or more of them in a row, a step is folded from the start.
inline constexpr std::size_t readableBoxes = 36, readableRows = 12;

}  // namespace tapescope
