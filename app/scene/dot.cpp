// SPDX-License-Identifier: Apache-2.0
#include "app/scene/dot.h"

#include <QStringList>

#include "app/scene/words.h"

namespace tapescope {

namespace {

QString dotText(QString text) {
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString dotName(std::uint32_t box) {
    return QStringLiteral("n%1").arg(box);
}

class DotWriter {
public:
    DotWriter(const StepGraph& graph, const Theme& theme, Direction direction)
        : graph_(graph), theme_(theme), direction_(direction) {}

    QByteArray text() {
        lines_ << QStringLiteral("digraph step%1 {").arg(graph_.step + 1)
               << QStringLiteral(
                      "  node [fontname=\"DejaVu Sans\", fontsize=11]; edge [fontname=\"DejaVu Sans\", "
                      "fontsize=9];");
        if (direction_ == Direction::Right) lines_ << QStringLiteral("  rankdir=LR;");
        for (std::uint32_t i = 0; i < graph_.boxes.size(); ++i) addBox(i);
        for (const ValueEdge& edge : graph_.values)
            addEdge(edge.from, edge.to, Ink::Slate,
                    QStringLiteral("label=%1%2").arg(dotText(words(edge.label)), edge.host ? dotted() : QString()));
        for (const GradientEdge& edge : graph_.gradients) addGradient(edge);
        for (const GradientUse& use : graph_.uses) addEdge(use.from, use.to, Ink::Gradient, dashed());
        for (const PairRow& pair : graph_.pairs) addPair(pair);
        for (const AssignEdge& edge : graph_.assigns)
            addEdge(edge.from, edge.variable, Ink::Update, QStringLiteral("penwidth=2, constraint=false"));
        lines_ << QStringLiteral("}") << QString();
        return lines_.join(QLatin1Char('\n')).toUtf8();
    }

private:
    static QString dashed() { return QStringLiteral("style=dashed, constraint=false"); }
    static QString dotted() { return QStringLiteral(", style=dotted"); }

    void addBox(std::uint32_t index) {
        const GraphBox& box = graph_.boxes[index];
        QString label = words(box.title);
        if (!box.subtitle.empty()) label += QLatin1Char('\n') + words(box.subtitle);
        QString shape = QStringLiteral("shape=box, style=rounded");
        Ink ink = box.tapes.empty() ? Ink::Slate : Ink::Forward;
        if (box.key.kind == BoxKind::Variable) {
            shape = QStringLiteral("shape=box, penwidth=2");
            ink = Ink::State;
        } else if (box.key.kind == BoxKind::Constant) {
            shape = QStringLiteral("shape=box");
        } else if (box.key.kind == BoxKind::Optimizer) {
            shape = QStringLiteral("shape=box, penwidth=2");
            ink = Ink::Update;
        }
        for (const VariableMark& mark : graph_.marks) {
            if (mark.box != index || mark.state == GradientState::Path || mark.state == GradientState::Pending)
                continue;
            shape = QStringLiteral("shape=box, penwidth=2, style=dashed");
            ink = Ink::Gradient;
            label += QLatin1Char('\n') + gradientStateWords(mark.state);
        }
        lines_ << QStringLiteral("  %1 [label=%2, %3, color=%4];")
                      .arg(dotName(index), dotText(label).replace(QLatin1Char('\n'), QLatin1String("\\n")), shape,
                           dotText(theme_[ink].name()));
    }

    void addEdge(std::uint32_t from, std::uint32_t to, Ink ink, const QString& attributes) {
        lines_ << QStringLiteral("  %1 -> %2 [color=%3, %4];")
                      .arg(dotName(from), dotName(to), dotText(theme_[ink].name()), attributes);
    }

    void addGradient(const GradientEdge& gradient) {
        const ValueEdge& along = graph_.values[gradient.along];
        if (gradient.end == EdgeEnd::Open)
            addEdge(along.to, along.from, Ink::Gradient,
                    dashed() + QStringLiteral(", label=%1").arg(dotText(numberWords(gradient.norm))));
        if (gradient.end == EdgeEnd::Scissors)
            addEdge(along.to, along.from, Ink::Gradient, dashed() + QStringLiteral(", arrowhead=tee, label=\"cut\""));
    }

    void addPair(const PairRow& pair) {
        if (pair.dropped || !pair.gradient.valid()) return;
        const Ink ink = pair.mismatch ? Ink::Caution : Ink::Update;
        const QString label = QStringLiteral("label=%1").arg(dotText(QStringLiteral("∂/∂") + words(pair.sourceName)));
        addEdge(pair.optimizer, pair.variable, ink, QStringLiteral("penwidth=2, constraint=false, ") + label);
    }

    const StepGraph& graph_;
    const Theme& theme_;
    Direction direction_;
    QStringList lines_;
};

}  // namespace

QByteArray dotOf(const StepGraph& graph, const Theme& theme, Direction direction) {
    return DotWriter(graph, theme, direction).text();
}

}  // namespace tapescope
