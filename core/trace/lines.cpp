// SPDX-License-Identifier: Apache-2.0
// An event in one line of text.
#include <array>
#include <string_view>

#include "core/trace/stepgraph.h"
#include "core/trace/text.h"
#include "core/trace/words.h"

namespace tapescope {

namespace {

template <class Tag>
std::string id(char letter, Id<Tag> id) {
    return id.valid() ? letter + std::to_string(id.value) : std::string("-");
}

/// In one line, however many the text has.
std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        switch (c) {
            case '\n': result += "\\n"; break;
            case '\r': result += "\\r"; break;
            case '"': result += "\\\""; break;
            case '\\': result += "\\\\"; break;
            default: result += c;
        }
    }
    return result + '"';
}

class Lines {
public:
    explicit Lines(const Timeline& timeline) : timeline_(timeline) {}

    std::string operator()(const RunStarted& e) const {
        return "run " + quoted(e.program) + " keras " + e.keras + " seed " + std::to_string(e.seed) +
               (e.seeded ? "" : " (unseeded)");
    }
    std::string operator()(const ScriptRead& e) const {
        return "script " + quoted(e.name) + " " + std::to_string(e.text.size()) + " bytes";
    }
    std::string operator()(const ScriptDigest& e) const {
        std::array<int, wordsOf<SyntaxKind>.size()> counts{};
        for (const auto& item : e.items) ++counts[static_cast<std::size_t>(item.kind)];
        std::string text = "digest";
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] > 0) text += " " + word(static_cast<SyntaxKind>(i)) + " " + std::to_string(counts[i]);
        return text;
    }
    std::string operator()(const CallSiteSeen& e) const {
        std::string text = "site " + id('s', e.site);
        for (const auto& frame : e.stack) text += " " + frame.function + ":" + std::to_string(frame.range.line);
        return text;
    }
    std::string operator()(const LoopsMoved& e) const {
        std::string text = "loops";
        for (const auto& loop : e.stack)
            text += " " + std::to_string(loop.loop) + "#" + std::to_string(loop.activation) + "[" +
                    std::to_string(loop.iteration) + "]";
        return text;
    }
    std::string operator()(const NameBound& e) const { return "name " + e.name + " = " + object(e.object); }
    std::string operator()(const FoldBegan& e) const { return "fold " + e.name + " " + id('f', e.fold); }

    std::string operator()(const OpExecuted& e) const {
        std::string text = (e.backward.valid() ? "back " : "op ") + e.op + " " + id('n', e.node) + " (";
        for (std::size_t i = 0; i < e.inputs.size(); ++i) text += (i > 0 ? ", " : "") + input(e.inputs[i]);
        text += ")";
        for (const auto host : e.hostInputs) text += " host " + input(host);
        for (const auto& [name, value] : e.attributes) text.append(" ").append(name).append("=").append(value);
        text += " ->";
        for (std::size_t i = 0; i < e.outputs.size(); ++i)
            text += " " + id('t', e.outputs[i]) + valueWords(e.values[i]);
        for (const auto tape : e.tapes) text += " tape " + id('T', tape);
        return text;
    }
    std::string operator()(const ValueLeft& e) const { return "left " + input(e.tensor) + " through " + e.how; }

    std::string operator()(const VariableCreated& e) const {
        return "variable " + id('v', e.variable) + " " + quoted(e.name) + valueWords(e.value) +
               (e.trainable ? "" : " not trainable");
    }
    std::string operator()(const VariableAssigned& e) const {
        return "assigned " + variable(e.variable) + " " + word(e.kind) + " version " + std::to_string(e.version) +
               valueWords(e.value) + " change " + numberText(e.change);
    }

    std::string operator()(const TapeOpened& e) const {
        return "tape " + id('T', e.tape) + " opened" + (e.persistent ? " persistent" : "") +
               (e.watchesVariables ? "" : " watching nothing");
    }
    std::string operator()(const TapeChanged& e) const { return "tape " + id('T', e.tape) + " " + word(e.change); }
    std::string operator()(const TapeWatched& e) const {
        return "tape " + id('T', e.tape) + " watches " + input(e.tensor) + (e.automatic ? "" : " (asked)");
    }
    std::string operator()(const GradientAsked& e) const {
        return "gradient " + id('g', e.gradient) + " of " + tensors(e.targets) + " for " + tensors(e.sources) +
               (e.insideBlock ? " inside the block" : "");
    }
    std::string operator()(const GradientArrived& e) const {
        return "arrived " + id('g', e.gradient) + " at " + input(e.tensor) +
               (e.through.valid() ? " through " + id('n', e.through) + "." + std::to_string(e.input) : "") +
               valueWords(e.value);
    }
    std::string operator()(const GradientAnswered& e) const {
        std::string text = "answered " + id('g', e.gradient);
        for (const auto& answer : e.answers) {
            text += " | " + nameOf(timeline_, answer.source) + " " + word(answer.state);
            if (const auto reason = reasonText(timeline_, answer); !reason.empty()) text += " (" + reason + ")";
            if (answer.result.valid()) text += " " + id('t', answer.result) + valueWords(answer.value);
        }
        return text;
    }

    std::string operator()(const OptimizerCreated& e) const {
        std::string text = "optimizer " + id('o', e.optimizer) + " " + e.rule;
        for (const auto& [name, value] : e.settings) text += " " + name + "=" + numberText(value);
        return text;
    }
    std::string operator()(const ApplyBegan& e) const {
        std::string text = "apply " + id('a', e.apply) + " by " + id('o', e.optimizer);
        for (const auto& pair : e.pairs)
            text +=
                " (" + (pair.gradient.valid() ? input(pair.gradient) : "None") + ", " + variable(pair.variable) + ")";
        for (const auto dropped : e.droppedVariables) text += " dropped " + variable(dropped);
        for (const auto dropped : e.droppedGradients)
            text += " dropped " + (dropped.valid() ? input(dropped) : std::string("None"));
        return text;
    }
    std::string operator()(const PairApplied& e) const {
        std::string text = "pair " + id('a', e.apply) + "." + std::to_string(e.index) + " " + word(e.outcome);
        if (e.outcome != PairOutcome::Applied) return text;
        text += valueWords(e.after) + " change " + numberText(e.change) + " " + e.rule;
        if (e.trueGradient) text += " true gradient" + valueWords(*e.trueGradient);
        return text;
    }
    std::string operator()(const ApplyEnded& e) const {
        return "applied " + id('a', e.apply) + " iterations " + std::to_string(e.iterations) +
               (e.raised ? " raised" : "");
    }

    std::string operator()(const Printed& e) const {
        return (e.error ? "error " : e.shown ? "shown " : "output ") + quoted(e.text);
    }
    std::string operator()(const Warned& e) const { return "warning " + e.category + " " + quoted(e.message); }
    std::string operator()(const Raised& e) const { return "raised " + e.type + " " + quoted(e.message); }
    std::string operator()(const Noted& e) const { return "note " + quoted(e.text); }
    std::string operator()(const RunEnded& e) const {
        return "ended " + word(e.outcome) + (e.message.empty() ? "" : " " + quoted(e.message));
    }

private:
    std::string variable(VariableId id) const { return timeline_.variables()[id.index()].label; }

    /// A name where there is one, else the id. What was read from a variable goes by the variable's name.
    std::string input(TensorId tensor) const {
        const auto& record = timeline_.tensors()[tensor.index()];
        if (record.variable.valid()) return variable(record.variable);
        if (!record.label.empty()) return record.label;
        const bool read = timeline_.op(record.producer).op == "ReadVariableOp";
        return read ? nameOf(timeline_, tensor) : id('t', tensor);
    }
    std::string tensors(const std::vector<TensorId>& ids) const {
        std::string text = "[";
        for (std::size_t i = 0; i < ids.size(); ++i) text += (i > 0 ? ", " : "") + input(ids[i]);
        return text + "]";
    }

    /// " float32 2×2 [[1 2] [3 4]]"; nothing for no value.
    static std::string valueWords(const Value& value) {
        if (!value.whole && !value.summary()) return {};
        return " " + std::string(row(value.dtype()).name) + " " + pictureText(value.shape()) + " " + valueText(value);
    }
    std::string object(const ObjectRef& object) const {
        switch (object.kind) {
            case ObjectKind::None: return "None";
            case ObjectKind::Tensor: return id('t', TensorId{object.id});
            case ObjectKind::Variable: return id('v', VariableId{object.id});
            case ObjectKind::Tape: return id('T', TapeId{object.id});
            case ObjectKind::Optimizer: return id('o', OptimizerId{object.id});
            case ObjectKind::List: break;
            case ObjectKind::Other: return "other";
        }
        std::string text = "[";
        for (std::size_t i = 0; i < object.items.size(); ++i)
            text += (i > 0 ? ", " : "") +
                    (object.items[i].kind == ObjectKind::List ? "list" : this->object(object.items[i]));
        return text + "]";
    }

    const Timeline& timeline_;
};

}  // namespace

std::string textLine(const Timeline& timeline, EventIndex index) {
    std::string text = std::to_string(index) + " " + std::visit(Lines(timeline), timeline.event(index));
    const auto line = timeline.lineOf(timeline.siteOf(index));
    return line == 0 ? text : text + " " + timeline.places().words(line);
}

}  // namespace tapescope
