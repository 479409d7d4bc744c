// SPDX-License-Identifier: Apache-2.0
// nan-gradient: a variable was updated with a number that is not finite. The first operation that made such a number of
// finite ones is where it was born.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/diagnosis/log.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

struct Advice {
    std::string_view op;
    std::string_view words;
};

constexpr std::string_view smallDivisor = "Keep what it divides by away from 0, or divide with tf.math.divide_no_nan.";
constexpr std::string_view smallRoot =
    "Keep its input above 0: with tf.maximum(..., 1e-12) under the root no gradient passes where the input is 0.";
constexpr std::string_view overflow = "Bound its input (tf.minimum, tf.clip_by_value), or compute with logarithms.";
constexpr std::array advice{
    Advice{"Sqrt", smallRoot},
    Advice{"Rsqrt", smallRoot},
    Advice{"Pow", "Keep its base away from 0, where a power below 1 has no finite slope."},
    Advice{"Log", "Keep its input above 0 (tf.maximum with 1e-7), or let a loss take logits (from_logits=True)."},
    Advice{"RealDiv", smallDivisor},
    Advice{"Reciprocal", smallDivisor},
    Advice{"Exp", overflow},
    Advice{"Expm1", overflow},
    Advice{"Acos", "Keep its input between -1 and 1, a little away from both."},
    Advice{"Asin", "Keep its input between -1 and 1, a little away from both."},
};
constexpr std::string_view grown =
    "Look at the numbers that go in: where they grow from step to step, lower the learning rate or clip the gradients.";

std::string_view adviceFor(std::string_view op) {
    for (const Advice& row : advice)
        if (row.op == op) return row.words;
    return grown;
}

/// The first element that is not finite; nothing where only a summary is there.
std::optional<std::int64_t> oddElement(const Value& value) {
    for (std::int64_t i = 0; value.whole && i < value.whole.count(); ++i)
        if (!std::isfinite(value.whole.at(i))) return i;
    return std::nullopt;
}

bool isFinite(const Value& value) {
    return !oddElement(value) && (!value.summary() || value.summary()->nans + value.summary()->infinities == 0);
}

/// An operation that made what is not finite of finite inputs.
struct Birth {
    EventIndex event = 0;
    NodeId op;          ///< the forward operation, whose way back it may have been
    bool back = false;  ///< it was
    Value value;
};

struct Poisoning {
    EventIndex event = 0;  ///< the first
    std::set<std::uint32_t> steps;
    std::set<VariableId> variables, later;  ///< of the first step, and of those after it
    TensorId gradient;                      ///< of the first of them
};

class Poisonings {
public:
    explicit Poisonings(const Timeline& timeline) : timeline_(timeline) {
        for (const auto index : eventsOf<PairApplied>(timeline)) {
            const auto& applied = timeline.get<PairApplied>(index);
            const bool outgrown = isFinite(applied.before) && !isFinite(applied.after);
            if (applied.outcome != PairOutcome::Applied || (isFinite(applied.used) && !outgrown)) continue;
            const auto& began = timeline.get<ApplyBegan>(timeline.applies()[applied.apply.index()].began);
            note(timeline.lineOf(began.site), index, began.pairs[applied.index]);
        }
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [line, poisoning] : found_) findings.push_back(finding(cause, line, poisoning));
        return findings;
    }

private:
    void note(std::uint32_t line, EventIndex index, const Pair& pair) {
        Poisoning& poisoning = found_.try_emplace(line, Poisoning{index, {}, {}, {}, pair.gradient}).first->second;
        poisoning.steps.insert(timeline_.stepOf(index));
        auto& variables = poisoning.steps.size() == 1 ? poisoning.variables : poisoning.later;
        variables.insert(pair.variable);
    }

    const Value* valueOf(TensorId tensor) const {
        const TensorRecord& record = timeline_.tensors()[tensor.index()];
        return record.producer.valid() ? &timeline_.op(record.producer).values[record.output] : nullptr;
    }

    bool odd(TensorId tensor) const {
        if (!tensor.valid()) return false;
        const Value* value = valueOf(tensor);
        return value && !isFinite(*value);
    }

    /// The earliest such operation that the gradient goes back to.
    std::optional<Birth> birthOf(TensorId gradient) const {
        std::set<NodeId> met;
        std::vector<TensorId> open;
        if (odd(gradient)) open.push_back(gradient);
        std::optional<NodeId> earliest;
        while (!open.empty()) {
            const NodeId node = timeline_.tensors()[open.back().index()].producer;
            open.pop_back();
            if (!node.valid() || !met.insert(node).second) continue;
            const std::size_t before = open.size();
            for (const TensorId input : timeline_.op(node).inputs)
                if (odd(input)) open.push_back(input);
            if (open.size() == before && (!earliest || node < *earliest)) earliest = node;
        }
        return earliest ? birthAt(*earliest) : std::nullopt;
    }

    std::optional<Birth> birthAt(NodeId node) const {
        const OpExecuted& op = timeline_.op(node);
        const EventIndex event = timeline_.nodes()[node.index()].event;
        if (op.op == "ReadVariableOp" || op.op == "Const" || op.inputs.empty() || op.values.empty())
            return std::nullopt;
        if (!op.backward.valid()) return Birth{event, node, false, op.values.front()};
        for (const EventIndex index : timeline_.gradients()[op.backward.index()].arrivals) {
            const auto& arrived = timeline_.get<GradientArrived>(index);
            if (index > event && arrived.through.valid() && !isFinite(arrived.value))
                return Birth{event, arrived.through, true, arrived.value};
        }
        return std::nullopt;
    }

    /// "gives inf for 0": the numbers of one element, where inputs are as many as outputs.
    std::string numbers(const Birth& birth) const {
        const auto place = oddElement(birth.value);
        if (!place) return birth.back ? "is not finite" : "gives numbers that are not finite";
        const std::string number = fourDigits(birth.value.whole.at(*place));
        std::vector<std::string> from;
        for (const TensorId input : timeline_.op(birth.op).inputs) {
            const Value* value = valueOf(input);
            if (!value || !value->whole || value->whole.count() != birth.value.whole.count()) continue;
            from.push_back(fourDigits(value->whole.at(*place)));
        }
        const std::string what = from.empty() ? "" : (birth.back ? ", where its input is " : " for ") + listed(from);
        return (birth.back ? "is " : "gives ") + number + what;
    }

    /// Variables that were sound in the first step.
    std::string followers(const Poisoning& poisoning) const {
        std::vector<std::string> names;
        for (const VariableId variable : poisoning.later)
            if (!poisoning.variables.contains(variable)) names.push_back(timeline_.variables()[variable.index()].label);
        return names.empty() ? "" : "; " + listed(names) + " followed";
    }

    Finding finding(const Cause& cause, std::uint32_t line, const Poisoning& poisoning) const {
        auto finding = about(timeline_, cause, {poisoning.variables.begin(), poisoning.variables.end()});
        const auto names = listed(finding.names);
        const auto birth = birthOf(poisoning.gradient);
        const auto bornLine = birth ? timeline_.lineOf(timeline_.op(birth->op).site) : 0;
        finding.line = bornLine > 0 ? bornLine : line;
        finding.event = poisoning.event;
        finding.evidence = {poisoning.event};
        finding.title = names + " " + wasOrWere(finding.names) + " updated with numbers that are not finite " +
                        inSteps(stepNumber(timeline_, finding.event), poisoning.steps.size());
        const auto& first = timeline_.get<PairApplied>(poisoning.event);
        const bool outgrown = isFinite(first.used);
        finding.message = outgrown
                              ? "The update " + inLine(timeline_, line) + " made a number too large for its dtype."
                              : "The gradient that was applied " + inLine(timeline_, line) + " holds NaN or infinity.";
        if (outgrown) finding.fix = Fix{std::string(grown), {}};
        finding.explanation = "What is computed with such a number is none either, so that no later step mends it" +
                              followers(poisoning) + ".";
        if (!birth || bornLine == 0) return finding;
        const std::string& op = timeline_.op(birth->op).op;
        finding.explanation = "The first number that is not finite: " + (birth->back ? "the gradient of " + op : op) +
                              " " + inLine(timeline_, bornLine) + " " + numbers(*birth) + ". " + finding.explanation;
        finding.fix = Fix{std::string(adviceFor(op)), {}};
        finding.evidence.push_back(birth->event);
        return finding;
    }

    const Timeline& timeline_;
    std::map<std::uint32_t, Poisoning> found_;  ///< by the line of the update
};

}  // namespace

void findNanGradient(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : Poisonings(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
