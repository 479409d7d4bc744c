// SPDX-License-Identifier: Apache-2.0
// Optimizers: a block each, with a cell for every pair of gradient and variable, and the wires in and out.
#include <array>

#include "app/layout/curve.h"
#include "app/scene/composition.h"
#include "app/scene/thumbnail.h"

namespace tapescope {

namespace {

constexpr double slideDistance = 26;

struct RuleRow {
    const char* rule;
    const char* formula;
};

constexpr std::array ruleRows{
    RuleRow{"SGD", "variable ← variable − lr · gradient"},
    RuleRow{"RMSprop", "variable ← variable − lr · gradient / √(mean of gradient² + ε)"},
    RuleRow{"Adagrad", "variable ← variable − lr · gradient / √(sum of gradient² + ε)"},
    RuleRow{"Adadelta", "variable ← variable − lr · gradient · √(mean of change² + ε) / √(mean of gradient² + ε)"},
    RuleRow{"Adam", "m ← mean of gradient;  v ← mean of gradient²;  variable ← variable − α · m / (√v + ε)"},
    RuleRow{"AdamW", "m ← mean of gradient;  v ← mean of gradient²;  variable ← variable − α · m / (√v + ε)"},
    RuleRow{"Adamax", "m ← mean of gradient;  u ← largest |gradient|;  variable ← variable − lr · m / (u + ε)"},
    RuleRow{"Nadam", "m ← mean of gradient;  v ← mean of gradient²;  variable ← variable − lr · m̂ / (√v̂ + ε)"},
    RuleRow{"Ftrl", "variable ← (clip(z, −l1, l1) − z) / (nᵖ / lr + 2 · l2)"},
    RuleRow{"Lion", "variable ← variable − lr · sign(β₁ · m + (1 − β₁) · gradient)"},
    RuleRow{"Adafactor", "variable ← variable − α · gradient / √(mean of gradient²)"},
    RuleRow{"Lamb", "variable ← variable − lr · ‖variable‖ / ‖Δ‖ · Δ, Δ = m̂ / (√v̂ + ε)"},
    RuleRow{"Muon", "m ← momentum · m + gradient;  variable ← variable − lr · orthogonal(m)"},
    RuleRow{"ScheduleFreeAdamW", "z ← z − lr · gradient / (√v̂ + ε);  x ← mean of z;  variable ← (1 − β₁) · z + β₁ · x"},
};
constexpr const char* momentumFormula = "v ← momentum · v − lr · gradient;  variable ← variable + v";

double settingOf(const OptimizerCreated& optimizer, std::string_view name) {
    for (const auto& [key, value] : optimizer.settings)
        if (key == name) return value;
    return 0;
}

QString formulaOf(const OptimizerCreated& optimizer) {
    if (optimizer.rule == "SGD" && settingOf(optimizer, "momentum") != 0) return QString::fromUtf8(momentumFormula);
    for (const RuleRow& row : ruleRows)
        if (optimizer.rule == row.rule) return QString::fromUtf8(row.formula);
    return {};
}

QString headerOf(const OptimizerCreated& optimizer, bool applied) {
    QString text = words(optimizer.rule);
    for (const auto& [key, value] : optimizer.settings)
        if (key == "learning_rate") text += QStringLiteral(" lr = %1").arg(numberWords(value));
    return applied ? text + QStringLiteral(" · apply_gradients") : text;
}

void addBlock(Composition& stage, std::uint32_t index) {
    const GraphBox& box = stage.box(index);
    const QRectF& rect = stage.rect(index);
    const auto& created =
        stage.timeline().get<OptimizerCreated>(stage.timeline().optimizers()[box.optimizer.index()].created);
    bool applied = false, begun = false;
    for (const PairRow& pair : stage.graph().pairs) {
        if (pair.optimizer != index) continue;
        applied = true;
        begun = begun || stage.begun(pair.begins);
    }
    ShapeMark block{rect,        Outline::Box,      Ink::UpdateSoft,
                    Ink::Update, begun ? 1.6 : 1.1, begun ? Stroke::Solid : Stroke::Dashed};
    block.hit.box = box.key;
    block.opacity = begun || stage.begun(box.appears) ? 1 : 0.5;
    stage.add(block);
    const bool aside = stage.layout.direction == Direction::Right;  // the header stands beside the cells
    const double left = rect.left() + PairCells::padding + 2;
    const double width = aside ? PairCells::sideHeader : rect.width() - 2 * PairCells::padding - 4;
    stage.text({left, rect.top() + 8, width, 18}, headerOf(created, applied), Ink::UpdateText, type::title,
               Weight::Bold, Align::Left, block.opacity);
    double top = rect.top() + 28;
    for (const QString& line : aside ? wrapped(formulaOf(created), 46) : QStringList{formulaOf(created)}) {
        stage.text({left, top, width, 15}, line, Ink::Muted, type::subtitle, Weight::Normal, Align::Left,
                   block.opacity);
        top += 15;
    }
}

const PairApplied* appliedOf(const Composition& stage, const PairRow& pair) {
    return pair.applies > 0 && stage.begun(pair.applies) ? stage.timeline().getIf<PairApplied>(pair.applies) : nullptr;
}

/// apply_gradients raised before it came to this pair.
bool neverReached(const Composition& stage, const PairRow& pair) {
    const EventIndex ended = stage.timeline().applies()[pair.apply.index()].ended;
    return pair.applies == 0 && ended > 0 && stage.begun(ended) && stage.timeline().get<ApplyEnded>(ended).raised;
}

/// The second line of a cell: what is odd about the pair, else the rule with its numbers once they are known.
QString remarkAt(const Composition& stage, const PairRow& pair, double width) {
    const QString odd = pairRemark(stage.graph(), pair);
    if (!odd.isEmpty()) return odd;
    const PairApplied* applied = appliedOf(stage, pair);
    if (neverReached(stage, pair)) return QStringLiteral("not applied: the call raised");
    if (!applied) return QStringLiteral("waits for its turn");
    if (applied->outcome == PairOutcome::Refused) return QStringLiteral("refused");
    if (applied->outcome == PairOutcome::NoGradient) return QStringLiteral("skipped: no gradient");
    if (applied->outcome == PairOutcome::Accumulated) return QStringLiteral("accumulated for a later step");
    if (applied->outcome == PairOutcome::NotFinite) return QStringLiteral("skipped: a gradient is not finite");
    if (pair.count > 1) return QStringLiteral("each applied");
    const QString change = QStringLiteral("change %1").arg(numberWords(applied->change));
    for (const QString& gradient : {QStringLiteral(" · g = %1").arg(valueWords(applied->used)),
                                    QStringLiteral(" · ‖g‖ = %1").arg(numberWords(normOf(applied->used)))}) {
        if (stage.extent(change + gradient, type::subtitle).width() <= width) return change + gradient;
    }
    return change;
}

struct CellLook {
    Ink line, text;
    Stroke stroke;
    double width;
};

CellLook lookOf(const PairRow& pair, const PairApplied* applied) {
    if (pair.dropped || !pair.gradient.valid()) return {Ink::Gradient, Ink::GradientText, Stroke::Dashed, 1.8};
    if (pair.mismatch) return {Ink::Caution, Ink::CautionText, Stroke::Solid, 2.4};
    if (applied && applied->outcome == PairOutcome::Refused)
        return {Ink::Gradient, Ink::GradientText, Stroke::Solid, 2};
    return {Ink::Update, Ink::Muted, Stroke::Solid, applied ? 2.2 : 1.4};
}

/// Where what it drew begins.
double addSlots(Composition& stage, const PairApplied& applied, const QRectF& cell, double share) {
    double right = cell.right() - 8;
    for (const SlotChange& slot : applied.slots) {
        const double size = cell.height() - 20;
        const auto heat =
            thumbnail({right - size, cell.center().y() - size / 2, size, size}, slot.before, slot.after, share);
        if (!heat || right - size < cell.left() + cell.width() * 0.6) break;
        stage.add(*heat);
        right -= size + 6;
    }
    return right;
}

void addCell(Composition& stage, std::uint32_t index) {
    const PairRow& pair = stage.graph().pairs[index];
    const When when = stage.when(pair.begins);
    const QRectF place = stage.layout.pairs[index];
    if (when == When::Before) {
        ShapeMark empty{place, Outline::Box, Ink::Paper, Ink::Update, 1, Stroke::Dotted, false};
        empty.opacity = 0.5;
        stage.add(empty);
        return;
    }
    const double share = stage.share(pair.begins);
    const QRectF cell = place.translated(0, -slideDistance * (1 - share));
    const PairApplied* applied = appliedOf(stage, pair);
    const CellLook look = lookOf(pair, applied);
    ShapeMark shape{cell,      Outline::Box, pair.mismatch ? Ink::CautionSoft : Ink::Paper,
                    look.line, look.width,   look.stroke};
    shape.opacity = share;
    shape.hit.pair = index;
    stage.add(shape);
    const QRectF inner = cell.adjusted(10, 0, -10, 0);
    const double room =
        applied && pair.count == 1 ? addSlots(stage, *applied, cell, stage.share(pair.applies)) : inner.right();
    const double width = std::min(room, inner.right()) - inner.left();
    stage.text({inner.left(), cell.top() + 5, width, 18}, pairTitle(stage.graph(), pair), Ink::Text, 11.5,
               Weight::Normal, Align::Left, share);
    stage.text({inner.left(), cell.top() + 24, width, 16}, remarkAt(stage, pair, width), look.text, type::subtitle,
               Weight::Normal, Align::Left, share);
    if (pair.mismatch) stage.add(GlyphMark{Glyph::NotEqual, cell.topRight(), 20, 0, Ink::Caution, share});
}

void addWire(Composition& stage, const Curve& curve, EventIndex event, Ink ink, double width, Stroke stroke, Hit hit) {
    if (curve.empty() || event == 0 || !stage.begun(event)) return;
    const double share = stage.share(event);
    CurveMark mark{curve, ink, width, stroke};
    mark.to = share;
    mark.arrow = share >= 1;
    mark.hit = hit;
    stage.add(mark);
    if (share < 1) stage.add(GlyphMark{Glyph::Pulse, pointAt(curve, share).at, 15, 0, ink});
}

/// What the rule does to the variable itself; the narration has the rest of it.
std::string shortRule(const std::string& rule) {
    const std::size_t begin = rule.rfind("w ← ");
    if (begin == std::string::npos) return rule;
    return rule.substr(begin, std::min(rule.find(", ", begin), rule.find(";  ", begin)) - begin);
}

QString updateLabel(const Composition& stage, const PairRow& pair) {
    constexpr qsizetype longest = 44;
    const auto* applied = pair.applies > 0 ? stage.timeline().getIf<PairApplied>(pair.applies) : nullptr;
    if (pair.count > 1 || applied == nullptr || applied->outcome != PairOutcome::Applied) return {};
    const std::string rule = shortRule(applied->rule);
    const QString text = ruleWords(rule, words(stage.box(pair.variable).title));
    // Where the wire ends says which variable it is.
    const QString nameless = text.size() > longest ? ruleWords(rule, {}).trimmed() : text;
    return nameless.size() > longest ? nameless.left(longest - 1) + u'…' : nameless;
}

}  // namespace

double optimizerHeaderWidth(const std::string& rule, double letters) {
    constexpr double least = 300, most = 600;
    const auto widthOf = [letters](const char* formula) {
        return textSize(QString::fromUtf8(formula), type::subtitle * letters).width();
    };
    double width = rule == "SGD" ? widthOf(momentumFormula) : 0;
    for (const RuleRow& row : ruleRows)
        if (rule == row.rule) width = std::max(width, widthOf(row.formula));
    return std::clamp(width + 8, least, most * letters);
}

QString pairTitle(const StepGraph& graph, const PairRow& pair) {
    const QString variable = words(graph.boxes[pair.variable].title);
    if (pair.count > 1) return QStringLiteral("%1 gradients → %2").arg(pair.count).arg(variable);
    QString gradient = QStringLiteral("∂/∂%1").arg(words(pair.sourceName));
    if (pair.sourceName.empty()) gradient = QStringLiteral("a gradient");
    if (!pair.gradient.valid()) gradient = pair.dropped ? QStringLiteral("—") : QStringLiteral("None");
    constexpr qsizetype longest = 40;
    const bool own = pair.gradient.valid() && !pair.mismatch && words(pair.sourceName) == variable;
    if (own && gradient.size() + variable.size() > longest) gradient = QStringLiteral("its gradient");
    return QStringLiteral("pair %1: %2 → %3").arg(pair.index + 1).arg(gradient, variable);
}

QString pairRemark(const StepGraph& graph, const PairRow& pair) {
    if (pair.dropped) return QStringLiteral("dropped: zip() ran out of gradients");
    if (!pair.gradient.valid()) return QStringLiteral("skipped: no gradient");
    if (!pair.mismatch) return {};
    return QStringLiteral("≠ this gradient is not ∂loss/∂%1").arg(words(graph.boxes[pair.variable].title));
}

void addOptimizers(Composition& stage) {
    for (std::uint32_t i = 0; i < stage.graph().boxes.size(); ++i)
        if (stage.box(i).key.kind == BoxKind::Optimizer) addBlock(stage, i);
    for (std::uint32_t i = 0; i < stage.graph().pairs.size(); ++i) addCell(stage, i);
}

namespace {

/// "w −= 0.3": what an assignment of the script's does.
QString assignLabel(const Composition& stage, const AssignEdge& edge) {
    const auto& assigned = stage.timeline().get<VariableAssigned>(edge.assigned);
    const NodeId maker = stage.timeline().tensors()[assigned.operand.index()].producer;
    if (!maker.valid()) return {};
    const Value& value = stage.timeline().op(maker).values[stage.timeline().tensors()[assigned.operand.index()].output];
    const QString sign = assigned.kind == AssignKind::AssignSub   ? QStringLiteral("−=")
                         : assigned.kind == AssignKind::AssignAdd ? QStringLiteral("+=")
                                                                  : QStringLiteral("←");
    return QStringLiteral("%1 %2 %3").arg(words(stage.box(edge.variable).title), sign, valueWords(value));
}

void addAssigns(Composition& stage) {
    for (std::size_t i = 0; i < stage.graph().assigns.size(); ++i) {
        const AssignEdge& edge = stage.graph().assigns[i];
        const Curve& curve = stage.layout.assigns[i];
        addWire(stage, curve, edge.assigned, Ink::Update, 2.8, Stroke::Solid, {stage.box(edge.variable).key, {}, {}});
        const QString text = assignLabel(stage, edge);
        if (text.isEmpty() || curve.empty()) continue;
        const QSizeF size = stage.extent(text, type::subtitle);
        const QRectF rect = stage.labels.place(size, stage.beside(curve, 0.45, size, 8));
        stage.text(rect, text, Ink::UpdateText, type::subtitle, Weight::Normal, Align::Left,
                   stage.share(edge.assigned));
    }
}

}  // namespace

void addWires(Composition& stage) {
    addAssigns(stage);
    const auto& pairs = stage.graph().pairs;
    for (std::size_t i = 0; i < stage.graph().uses.size(); ++i) {
        const GradientUse& use = stage.graph().uses[i];
        addWire(stage, stage.layout.uses[i], use.flows, Ink::Gradient, 2.6, Stroke::Dashed,
                {stage.box(use.to).key, {}, {}});
    }
    for (std::uint32_t i = 0; i < pairs.size(); ++i) {
        const Hit hit{{}, i, {}};
        const Ink ink = pairs[i].mismatch ? Ink::Caution : Ink::Update;
        addWire(stage, stage.layout.arrivals[i], pairs[i].begins, Ink::Gradient, 2.6, Stroke::Dashed, hit);
        const PairApplied* applied = appliedOf(stage, pairs[i]);
        if (applied && applied->outcome == PairOutcome::Applied)
            addWire(stage, stage.layout.updates[i], pairs[i].applies, ink, 2.8, Stroke::Solid, hit);
    }
    for (std::uint32_t i = 0; i < pairs.size(); ++i) {
        const QString text = updateLabel(stage, pairs[i]);
        if (text.isEmpty() || stage.layout.updates[i].empty()) continue;
        const QSizeF size = stage.extent(text, type::subtitle);
        const QRectF rect = stage.labels.place(size, stage.beside(stage.layout.updates[i], 0.45, size, 8));
        stage.text(rect, text, pairs[i].mismatch ? Ink::CautionText : Ink::UpdateText, type::subtitle, Weight::Normal,
                   Align::Left, stage.share(pairs[i].applies));
    }
}

}  // namespace tapescope
