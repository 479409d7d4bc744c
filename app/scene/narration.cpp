// SPDX-License-Identifier: Apache-2.0
// What happens at the moment, in one plain sentence with its numbers, and where in the script.
#include <QStringList>
#include <array>
#include <tuple>
#include <type_traits>

#include "app/scene/composition.h"
#include "core/trace/drawing.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

QString quoted(const std::string& text, qsizetype most = 90) {
    const QString line = words(text).section(QLatin1Char('\n'), 0, 0);
    return line.size() > most ? line.left(most - 1) + QChar(0x2026) : line;
}

/// A sentence for each kind of event that a person sees; for the others, none.
class Narrator {
public:
    Narrator(const Timeline& timeline, const StepGraph& graph) : timeline_(timeline), graph_(graph) {}

    template <class Silent>
    QString operator()(const Silent&) const {
        return {};
    }

    QString operator()(const NameBound& e) const {
        return QStringLiteral("The name %1 now stands for %2.").arg(words(e.name), objectWords(e.object));
    }

    QString operator()(const OpExecuted& e) const {
        QStringList inputs;
        for (const TensorId input : e.inputs) inputs.append(called(input));
        const QString result = e.values.empty() ? QStringLiteral("nothing") : shown(e.values.front());
        if (inputs.isEmpty()) return QStringLiteral("%1 makes %2.").arg(titled(e.node), result);
        return QStringLiteral("%1 of %2 gives %3; %4.").arg(titled(e.node), listWords(inputs), result, tapeWords(e));
    }

    QString operator()(const FoldBegan& e) const {
        const QString function = words(e.name);
        const FoldResult result = foldResult(timeline_, e.fold);
        if (const auto norms = normChange(timeline_, e.fold))
            return norms->after < norms->before
                       ? QStringLiteral("%1 of %2: the norm %3 becomes %4.")
                             .arg(function, calledAll(result.given), numberWords(norms->before),
                                  numberWords(norms->after))
                       : QStringLiteral("%1 of %2: the norm %3 is within the limit.")
                             .arg(function, calledAll(result.given), numberWords(norms->before));
        const QString text = QStringLiteral("%1 runs %2 operations").arg(function).arg(result.operations);
        if (result.results.size() != 1) return text + QLatin1Char('.');
        return QStringLiteral("%1 and gives %2.").arg(text, tensorWords(result.results.front()));
    }

    QString operator()(const ValueLeft& e) const {
        return QStringLiteral("The value of %1 leaves TensorFlow through %2: no tape follows it there.")
            .arg(called(e.tensor), words(e.how));
    }

    QString operator()(const VariableCreated& e) const {
        return QStringLiteral("The variable %1 is made, with the value %2.").arg(label(e.variable), shown(e.value));
    }

    QString operator()(const VariableAssigned& e) const {
        return QStringLiteral("%1 takes a new value; the change has norm %2.")
            .arg(label(e.variable), numberWords(e.change));
    }

    QString operator()(const TapeOpened& e) const {
        return QStringLiteral("Tape %1 starts to record.").arg(circled(e.tape.value + 1));
    }

    QString operator()(const TapeChanged& e) const {
        constexpr std::array said{"is entered again", "stops recording", "pauses",
                                  "records again",    "is reset",        "has been used up"};
        return QStringLiteral("Tape %1 %2.")
            .arg(circled(e.tape.value + 1), QLatin1String(said[static_cast<std::size_t>(e.change)]));
    }

    QString operator()(const TapeWatched& e) const {
        return QStringLiteral("Tape %1 watches %2.").arg(circled(e.tape.value + 1), called(e.tensor));
    }

    QString operator()(const GradientAsked& e) const {
        return QStringLiteral("gradient() asks how %1 changes with %2.")
            .arg(calledAll(e.targets), calledAll(e.sources));
    }

    QString operator()(const GradientArrived& e) const {
        const QString value = shown(e.value);
        if (!e.through.valid())
            return QStringLiteral("The way back starts at %1 with ∂%1/∂%1 = %2.").arg(called(e.tensor), value);
        const QString target = targetOf(e.gradient);
        return QStringLiteral("Back through %1: the gradient of %2 for %3 is %4.")
            .arg(titled(e.through), target, called(e.tensor), value);
    }

    QString operator()(const GradientAnswered& e) const {
        QStringList parts;
        for (const SourceAnswer& answer : e.answers) parts.append(answerWords(answer));
        return QStringLiteral("gradient() answers: %1.").arg(parts.join(QStringLiteral("; ")));
    }

    QString operator()(const OptimizerCreated& e) const {
        return QStringLiteral("The optimizer %1 is made%2.")
            .arg(words(e.rule), e.settings.empty() ? QString()
                                                   : QStringLiteral(" with %1 = %2")
                                                         .arg(words(e.settings.front().first),
                                                              numberWords(e.settings.front().second)));
    }

    QString operator()(const ApplyBegan& e) const {
        const auto count = e.pairs.size();
        QString text = QStringLiteral("apply_gradients gets %1 %2")
                           .arg(count)
                           .arg(count == 1 ? QStringLiteral("pair") : QStringLiteral("pairs"));
        QStringList dropped;
        for (const VariableId variable : e.droppedVariables) dropped.append(label(variable));
        for (const TensorId gradient : e.droppedGradients)
            dropped.append(QStringLiteral("the gradient %1").arg(called(gradient)));
        if (!dropped.isEmpty())
            text += QStringLiteral("; zip() stopped at the shorter list and left out %1").arg(listWords(dropped));
        return text + QLatin1Char('.');
    }

    QString operator()(const PairApplied& e) const {
        const Pair& pair = timeline_.get<ApplyBegan>(timeline_.applies()[e.apply.index()].began).pairs[e.index];
        const QString variable = label(pair.variable);
        if (e.outcome == PairOutcome::NoGradient)
            return QStringLiteral("%1 has no gradient: the optimizer leaves it as it is.").arg(variable);
        if (e.outcome == PairOutcome::Accumulated)
            return QStringLiteral("The gradient of %1 is added to those of other steps: an update comes later.")
                .arg(variable);
        if (e.outcome == PairOutcome::NotFinite)
            return QStringLiteral(
                       "%1 stays as it is: a gradient of this step is not finite, and loss scaling skips it.")
                .arg(variable);
        if (e.outcome == PairOutcome::Refused)
            return QStringLiteral("The optimizer refuses to update %1.").arg(variable);
        if (e.change == 0 && normOf(e.used) > 0)
            return QStringLiteral("%1 stays as it is: with these numbers the rule changes nothing: %2.")
                .arg(variable, ruleWords(e.rule, variable));
        QString text = QStringLiteral("%1 changes by norm %2: %3")
                           .arg(variable, numberWords(e.change), ruleWords(e.rule, variable));
        const TensorId source = provenanceOf(timeline_, pair.gradient).source;
        if (e.trueGradient && source.valid())
            text += QStringLiteral(", where g belongs to %1 and not to %2").arg(called(source), variable);
        return text + QLatin1Char('.');
    }

    QString operator()(const Printed& e) const { return QStringLiteral("The script prints: %1").arg(quoted(e.text)); }
    QString operator()(const Warned& e) const {
        return QStringLiteral("%1: %2").arg(words(e.category), quoted(e.message, 140));
    }
    QString operator()(const Raised& e) const {
        if (e.message.empty()) return QStringLiteral("The script stops with %1.").arg(words(e.type));
        return QStringLiteral("The script stops with %1: %2").arg(words(e.type), quoted(e.message, 140));
    }
    QString operator()(const Noted& e) const { return words(e.text); }
    QString operator()(const RunEnded& e) const {
        return e.message.empty() ? QStringLiteral("The script has ended.") : words(e.message);
    }

private:
    QString called(TensorId tensor) const { return words(nameOf(timeline_, tensor)); }
    static QString shown(const Value& value) {
        constexpr qsizetype roomy = 48;
        return valueWords(value, roomy);
    }

    /// An operation as its box is titled.
    QString titled(NodeId node) const {
        for (const GraphBox& box : graph_.boxes)
            if (box.node == node && box.key.kind == BoxKind::Operation) return words(box.title);
        return words(operationTitle(timeline_.op(node).op));
    }

    QString label(VariableId variable) const { return words(timeline_.variables()[variable.index()].label); }

    QString calledAll(const std::vector<TensorId>& tensors) const {
        QStringList names;
        for (const TensorId tensor : tensors) names.append(called(tensor));
        return listWords(names);
    }

    QString targetOf(GradientId gradient) const {
        const auto& asked = timeline_.get<GradientAsked>(timeline_.gradients()[gradient.index()].asked);
        return asked.targets.size() == 1 ? called(asked.targets.front()) : QStringLiteral("targets");
    }

    QString answerWords(const SourceAnswer& answer) const {
        const QString source = called(answer.source);
        if (!answer.asked) return QStringLiteral("%1 was not asked for").arg(source);
        if (answer.state != GradientState::None) return QStringLiteral("%1 gets %2").arg(source, shown(answer.value));
        return QStringLiteral("%1 gets None (%2)").arg(source, words(reasonText(timeline_, answer)));
    }

    static QString tapeWords(const OpExecuted& e) {
        QStringList tapes;
        for (const TapeId tape : e.tapes) tapes.append(circled(tape.value + 1));
        return tapes.isEmpty() ? QStringLiteral("no tape records it")
                               : QStringLiteral("recorded by tape %1").arg(listWords(tapes));
    }

    QString objectWords(const ObjectRef& object) const {
        switch (object.kind) {
            case ObjectKind::None: return QStringLiteral("None");
            case ObjectKind::Tensor: return QStringLiteral("a tensor, %1").arg(tensorWords(TensorId{object.id}));
            case ObjectKind::Variable: return QStringLiteral("the variable %1").arg(label(VariableId{object.id}));
            case ObjectKind::Tape: return QStringLiteral("tape %1").arg(circled(object.id + 1));
            case ObjectKind::Optimizer: return QStringLiteral("an optimizer");
            case ObjectKind::List: return QStringLiteral("a list of %1").arg(object.items.size());
            case ObjectKind::Other: break;
        }
        return QStringLiteral("something that is no tensor");
    }

    QString tensorWords(TensorId tensor) const {
        const TensorRecord& record = timeline_.tensors()[tensor.index()];
        const auto* made = timeline_.getIf<OpExecuted>(record.event);
        return made && record.output < made->values.size() ? shown(made->values[record.output]) : called(tensor);
    }

    const Timeline& timeline_;
    const StepGraph& graph_;
};

/// What runs, as the script calls it: the word before the line in the caption.
QString actionAt(const Timeline& timeline, EventIndex index) {
    if (const auto* e = timeline.getIf<OpExecuted>(index)) return words(e->op);
    if (const auto* e = timeline.getIf<FoldBegan>(index)) return words(e->name);
    if (const auto* e = timeline.getIf<NameBound>(index)) return words(e->name) + QStringLiteral(" =");
    const auto is = [&timeline, index]<class... T>(std::type_identity<std::tuple<T...>>) {
        return (timeline.getIf<T>(index) || ...);
    };
    using std::tuple, std::type_identity;
    if (is(type_identity<tuple<GradientAsked, GradientArrived, GradientAnswered>>{})) return QStringLiteral("gradient");
    if (is(type_identity<tuple<ApplyBegan, PairApplied, ApplyEnded>>{})) return QStringLiteral("apply_gradients");
    if (is(type_identity<tuple<TapeOpened, TapeChanged, TapeWatched>>{})) return QStringLiteral("GradientTape");
    if (is(type_identity<tuple<VariableCreated>>{})) return QStringLiteral("Variable");
    if (is(type_identity<tuple<VariableAssigned>>{})) return QStringLiteral("assign");
    if (is(type_identity<tuple<OptimizerCreated>>{})) return QStringLiteral("optimizer");
    if (is(type_identity<tuple<Printed>>{})) return QStringLiteral("print");
    if (is(type_identity<tuple<Warned>>{})) return QStringLiteral("warning");
    if (is(type_identity<tuple<Raised>>{})) return QStringLiteral("exception");
    if (is(type_identity<tuple<RunEnded>>{})) return QStringLiteral("end");
    return {};
}

}  // namespace

QString captionOf(const Moment& moment) {
    const Timeline& timeline = moment.timeline;
    const EventIndex index = moment.position.event;
    QString text = QStringLiteral("Step %1 of %2").arg(moment.graph.step + 1).arg(timeline.steps().size());
    const QString action = actionAt(timeline, index);
    if (action.isEmpty()) return text;
    text += QStringLiteral(" › %1").arg(action);
    const std::uint32_t line = timeline.lineAt(index);
    return line > 0 ? text + QStringLiteral(" (%1)").arg(QString::fromStdString(timeline.places().words(line))) : text;
}

QString narrationOf(const Moment& moment) {
    return std::visit(Narrator(moment.timeline, moment.graph), moment.timeline.event(moment.position.event));
}

QString sentenceAt(const Timeline& timeline, EventIndex event) {
    static const StepGraph none;
    return std::visit(Narrator(timeline, none), timeline.event(event));
}

}  // namespace tapescope
