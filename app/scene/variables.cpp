// SPDX-License-Identifier: Apache-2.0
// Variables: what they hold, how gradient() answered for them, and what the optimizer did to them.
#include <array>

#include "app/scene/composition.h"
#include "app/scene/thumbnail.h"

namespace tapescope {

namespace {

/// How a state of a variable is drawn: one row for each answer, so that none is told by colour alone.
struct StateRow {
    GradientState state;
    Ink line;
    double width;
    Stroke stroke;
    bool hatched;
    std::optional<Glyph> badge;
};

constexpr std::array stateRows{
    StateRow{GradientState::Path, Ink::State, 3, Stroke::Solid, false, std::nullopt},
    StateRow{GradientState::None, Ink::Gradient, 2.6, Stroke::Dashed, true, Glyph::BrokenLink},
    StateRow{GradientState::Zero, Ink::State, 3, Stroke::Solid, false, Glyph::Zero},
    StateRow{GradientState::Nan, Ink::Gradient, 3, Stroke::Solid, false, Glyph::Warning},
    StateRow{GradientState::NotAsked, Ink::Gradient, 3, Stroke::Dotted, false, Glyph::Question},
    StateRow{GradientState::Pending, Ink::State, 3, Stroke::Solid, false, Glyph::DotOutline},
};

const StateRow& rowOf(GradientState state) {
    for (const StateRow& row : stateRows)
        if (row.state == state) return row;
    return stateRows.back();
}

const VariableMark* markOf(const Composition& stage, std::uint32_t box) {
    for (const VariableMark& mark : stage.graph().marks)
        if (mark.box == box) return &mark;
    return nullptr;
}

/// The pair that gives the variable a gradient which belongs to something else, once apply_gradients has been called.
const PairRow* mismatchOf(const Composition& stage, std::uint32_t box) {
    for (const PairRow& pair : stage.graph().pairs)
        if (pair.variable == box && pair.mismatch && stage.begun(pair.begins)) return &pair;
    return nullptr;
}

/// The last event of the step that could have changed a variable: after it, "not updated" is true.
EventIndex updatesEnd(const Composition& stage) {
    EventIndex last = 0;
    for (const PairRow& pair : stage.graph().pairs) last = std::max({last, pair.begins, pair.applies});
    return last;
}

/// Why gradient() has no answer for a variable, in the words of the trace.
QString reasonOf(const Composition& stage, const VariableMark& mark) {
    const auto* answered = stage.timeline().getIf<GradientAnswered>(mark.since);
    if (!answered) return {};
    for (const SourceAnswer& answer : answered->answers)
        if (answer.source == stage.box(mark.box).tensor) return words(reasonText(stage.timeline(), answer));
    return {};
}

bool saidAtScissors(const Composition& stage, const VariableMark& mark) {
    for (const GradientEdge& gradient : stage.graph().gradients)
        if (gradient.end == EdgeEnd::Scissors && gradient.arrives == mark.since && gradient.reason == mark.reason)
            return true;
    return false;
}

/// Everything that may be said beside a variable in this step, so that it gets its place before it is true.
Note noteOf(const Composition& stage, const VariableMark& mark) {
    Note note;
    note.boldFirst = true;
    const QString state = gradientStateWords(mark.state);
    if (!state.isEmpty()) note.lines.append(state);
    if (mark.state == GradientState::None && !saidAtScissors(stage, mark)) note.lines.append(reasonOf(stage, mark));
    if (!mark.updated && mark.state != GradientState::Pending && updatesEnd(stage) > 0)
        note.lines.append(QStringLiteral("not updated this step"));
    note.lines.removeAll(QString());
    return note;
}

void addNote(Composition& stage, std::uint32_t box, const VariableMark& mark, bool mismatched) {
    Note note = noteOf(stage, mark);
    if (note.lines.isEmpty()) return;
    const QRectF rect = stage.labels.place(stage.extent(note), Labels::around(stage.rect(box), stage.extent(note), 16));
    if (!stage.done(mark.since)) return;
    const bool applied = stage.done(updatesEnd(stage));
    if (!applied && !mark.updated) note.lines.removeAll(QStringLiteral("not updated this step"));
    if (mismatched) note.lines.removeAll(gradientStateWords(GradientState::NotAsked));
    const bool left = rect.center().x() < stage.rect(box).left();
    stage.note(rect, note, 1, left ? Align::Right : Align::Left);
}

struct Holding {
    Value before, after;
    double share = 1;
};

Holding holdingOf(const Composition& stage, VariableId variable) {
    const auto* pair = stage.timeline().getIf<PairApplied>(stage.moment.position.event);
    if (pair && pair->outcome == PairOutcome::Applied) {
        const ApplyRecord& record = stage.timeline().applies()[pair->apply.index()];
        const auto& began = stage.timeline().get<ApplyBegan>(record.began);
        if (pair->index < began.pairs.size() && began.pairs[pair->index].variable == variable)
            return {pair->before, pair->after, stage.progress()};
    }
    const auto before = stage.moment.before.variables.find(variable),
               after = stage.moment.after.variables.find(variable);
    if (after == stage.moment.after.variables.end()) return {};
    const bool known = before != stage.moment.before.variables.end();
    return {known ? before->second.value : after->second.value, after->second.value, stage.progress()};
}

/// The norm of the change as a bar along the lower edge, the longest change of the step taking the whole of it.
void addChangeBar(Composition& stage, std::uint32_t box, const QRectF& rect) {
    double largest = 0, share = 0;
    const PairApplied* own = nullptr;
    bool mismatch = false;
    for (const PairRow& pair : stage.graph().pairs) {
        const auto* applied = pair.applies > 0 ? stage.timeline().getIf<PairApplied>(pair.applies) : nullptr;
        if (!applied) continue;
        largest = std::max(largest, applied->change);
        if (pair.variable != box || !stage.begun(pair.applies)) continue;
        own = applied;
        mismatch = pair.mismatch;
        share = stage.share(pair.applies);
    }
    if (!own || !(largest > 0) || !(own->change > 0)) return;
    const double width = (rect.width() - 24) * own->change / largest * share;
    stage.add(ShapeMark{{rect.left() + 12, rect.bottom() - 8, width, 3},
                        Outline::Box,
                        mismatch ? Ink::Caution : Ink::Update,
                        mismatch ? Ink::Caution : Ink::Update,
                        0});
}

void addInside(Composition& stage, const GraphBox& box, const QRectF& rect) {
    const double left = rect.left() + 13, width = rect.width() - 22 - type::thumbnail - 6;
    stage.text({left, rect.top() + 6, width, 19}, words(box.title), Ink::Text, type::variableTitle, Weight::Bold,
               Align::Left);
    stage.text({left, rect.top() + 25, width, 15}, words(box.subtitle), Ink::Muted, type::subtitle, Weight::Normal,
               Align::Left);
    if (box.members > 1) return;  // several values are no picture
    const QRectF square(rect.right() - 11 - type::thumbnail, rect.center().y() - type::thumbnail / 2, type::thumbnail,
                        type::thumbnail);
    const Holding holding = holdingOf(stage, box.variable);
    if (const auto heat = thumbnail(square.adjusted(3, 3, -3, -3), holding.before, holding.after, holding.share))
        stage.add(*heat);
}

void addVariable(Composition& stage, std::uint32_t index) {
    const GraphBox& box = stage.box(index);
    const QRectF& rect = stage.rect(index);
    const bool there = stage.begun(box.appears);
    const VariableMark* mark = markOf(stage, index);
    const bool answered = mark && stage.done(mark->since) && mark->since > 0;
    const StateRow& row = rowOf(answered ? mark->state : GradientState::Pending);
    const bool mismatched = mismatchOf(stage, index) != nullptr;
    if (box.members > 1) {
        ShapeMark behind{rect.translated(5, -5), Outline::Box, Ink::Paper, row.line, row.width, row.stroke};
        behind.opacity = there ? 0.7 : 0.3;
        stage.add(behind);
    }
    ShapeMark shape{rect,       Outline::Box,
                    Ink::Paper, mismatched ? Ink::Caution : row.line,
                    row.width,  mismatched ? Stroke::Solid : row.stroke};
    shape.hatched = row.hatched;
    shape.opacity = there ? 1 : 0.4;
    shape.hit.box = box.key;
    stage.add(shape);
    if (!there) {
        stage.text(rect.adjusted(13, 0, -13, 0), words(box.title), Ink::Muted, type::variableTitle, Weight::Bold,
                   Align::Left);
    } else {
        addInside(stage, box, rect);
        addChangeBar(stage, index, rect);
    }
    const std::optional<Glyph> badge = mismatched ? Glyph::NotEqual : row.badge;
    if (badge && (mark || mismatched))
        stage.add(GlyphMark{*badge, rect.topRight() + QPointF(-1, 1), 22, 0,
                            mismatched ? Ink::Caution
                            : answered ? row.line
                                       : Ink::Slate});
    if (mark) addNote(stage, index, *mark, mismatched);
}

}  // namespace

void addVariables(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i)
        if (stage.box(i).key.kind == BoxKind::Variable) addVariable(stage, i);
}

}  // namespace tapescope
