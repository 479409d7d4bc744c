// SPDX-License-Identifier: Apache-2.0
// The graph of one step as a person reads it: what ran between the variables and the optimizers, whole, whatever the
// position. Reads become edges, the operations of a closed fold become one box, initialisers are left out.
// The layout depends on shape(); when each part appears is in the events that the parts carry.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

/// A Group stands for several boxes that app/layout/folding.h has put into one: a call, a loop, some of its iterations.
enum class BoxKind : std::uint8_t { Variable, Constant, Operation, Fold, Optimizer, Group };

/// What earlier steps made counts on from here, so that it never meets the same site in this step.
inline constexpr std::uint32_t outsideOrdinal = std::uint32_t{1} << 31;

/// What a box is, the same in every step in which it stands: the key of layout, selection and comparison.
struct BoxKey {
    BoxKind kind = BoxKind::Operation;
    std::uint32_t id = 0;  ///< variable or optimizer id; call site id of a constant, operation or fold
    std::uint32_t ordinal =
        0;  ///< of the site within the step; for what an earlier step made, counted from outsideOrdinal
    friend auto operator<=>(const BoxKey&, const BoxKey&) = default;
};

struct GraphBox {
    BoxKey key;
    std::string title;     ///< "MatMul", "W", "X", "SGD", "clip_by_global_norm"
    std::string subtitle;  ///< name bound to the result, "Variable 2×2", ""
    NodeId node;           ///< the operation; of a fold, its last; nothing for variables and optimizers
    VariableId variable;
    OptimizerId optimizer;
    FoldId fold;                ///< a closed one that it stands for
    TensorId tensor;            ///< main result, or handle
    EventIndex appears = 0;     ///< when it ran; for a variable its creation
    std::vector<TapeId> tapes;  ///< that recorded it
    bool target = false;        ///< of a gradient() in this step
    bool outside = false;       ///< made in an earlier step
    std::uint32_t members = 1;  ///< boxes that it stands for: operations of a group, variables that were put together
    std::uint32_t cuts = 0;     ///< paths that are cut inside of it, unseen
    EventIndex until = 0;       ///< of a group: when the last of it ran
};

/// A value that flows between two boxes.
struct ValueEdge {
    std::uint32_t from = 0, to = 0;  ///< indices of boxes
    TensorId tensor;                 ///< the value; the handle where a variable was read
    NodeId consumer;
    std::uint32_t input = 0;  ///< of the consumer
    std::string label;        ///< shape, "2×2"
    EventIndex flows = 0;     ///< when the consumer ran
    bool recorded = false;    ///< by some tape, at the consumer
    bool host = false;        ///< went through Python or numpy
    std::uint32_t count = 1;  ///< values that it stands for, between groups
};

/// How a gradient() call treated a value edge.
enum class EdgeEnd : std::uint8_t {
    Open,      ///< the gradient passed
    Scissors,  ///< the path is cut here
    EndBar     ///< the way back ended: what lies behind was not asked for
};

/// The gradient against a value edge: from the consumer back to the value.
struct GradientEdge {
    std::uint32_t along = 0;  ///< index of the value edge
    GradientId gradient;
    EventIndex arrives = 0;  ///< GradientArrived, or GradientAnswered for a cut or an end bar
    EdgeEnd end = EdgeEnd::Open;
    CutReason reason = CutReason::Uncut;
    bool meets = false;  ///< further contributions reach the same value: draw a plus
    double norm = 0;     ///< L2 of what arrived
};

/// One row of an optimizer's block.
struct PairRow {
    std::uint32_t optimizer = 0;  ///< index of the box
    std::uint32_t variable = 0;   ///< index of the box
    ApplyId apply;
    std::uint32_t index = 0;      ///< position in the zip
    TensorId gradient;            ///< nothing: None, or dropped
    TensorId source;              ///< what the gradient belongs to (through transformations), nothing if unknown
    std::string sourceName;       ///< "W", "y_pred_incorrect"
    std::uint32_t sourceBox = 0;  ///< box of the source where it is in the graph
    bool sourceShown = false;
    std::uint32_t makerBox = 0;  ///< box of the operation that transformed it last: "clip_by_global_norm"
    bool makerShown = false;
    bool mismatch = false;    ///< the gradient belongs to something else than the variable it updates
    bool dropped = false;     ///< zip() left the variable out: appears with the call
    EventIndex begins = 0;    ///< ApplyBegan
    EventIndex applies = 0;   ///< PairApplied; 0 for a dropped one or one that was never reached
    std::uint32_t count = 1;  ///< pairs that it stands for
};

/// The gradient state of a variable in this step, as the badge shows it.
struct VariableMark {
    std::uint32_t box = 0;
    GradientState state = GradientState::Pending;
    CutReason reason = CutReason::Uncut;
    EventIndex since = 0;  ///< GradientAnswered
    bool updated = false;  ///< by an optimizer or an assign in this step
    CallSiteId cutSite;
};

/// A gradient that an operation takes as its input: on the way to being clipped, scaled, averaged.
struct GradientUse {
    std::uint32_t from = 0;  ///< index of the box that the gradient belongs to
    std::uint32_t to = 0;    ///< index of the box that takes it
    TensorId gradient;
    EventIndex flows = 0;  ///< when that ran
};

/// An update without an optimizer: a value that the script assigns to a variable, or adds to it.
struct AssignEdge {
    std::uint32_t from = 0;      ///< index of the box that made the value
    std::uint32_t variable = 0;  ///< index of the box
    EventIndex assigned = 0;     ///< the first VariableAssigned that goes this way
};

struct StepGraph {
    std::uint32_t step = 0;
    std::vector<GraphBox> boxes;
    std::vector<ValueEdge> values;
    std::vector<GradientEdge> gradients;
    std::vector<GradientUse> uses;
    std::vector<PairRow> pairs;
    std::vector<VariableMark> marks;
    std::vector<AssignEdge> assigns;
};

/// What a person has opened and closed by hand, by keys of folds and of groups.
struct FoldChoice {
    std::set<BoxKey> opened, closed;
    friend bool operator==(const FoldChoice&, const FoldChoice&) = default;
};

StepGraph stepGraph(const Timeline& timeline, std::uint32_t step, const FoldChoice& choice = {});

/// What a gradient tensor is the gradient of, through the transformations since: the call, the source, the names.
struct Provenance {
    GradientId gradient;
    TensorId source;
    bool transformed = false;  ///< clipped, scaled, averaged since
};
Provenance provenanceOf(const Timeline& timeline, TensorId tensor);

/// How a person calls a tensor or a handle: its Python name, the variable's label, or "the result of MatMul in line 7".
std::string nameOf(const Timeline& timeline, TensorId tensor);

/// "Unused", "left TensorFlow through .numpy() in line 9": the reason of a cut in a few words, for the picture.
std::string reasonText(const Timeline& timeline, const SourceAnswer& answer);

}  // namespace tapescope
