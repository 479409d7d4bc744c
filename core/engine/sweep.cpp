// SPDX-License-Identifier: Apache-2.0
#include "core/engine/sweep.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"

namespace tapescope {

namespace {
/// May the gradient of this output stay missing? Others are filled with zeros (backprop.py, tape.h
/// FunctionsAcceptingNoneForIndicesMap).
bool mayBeMissing(std::string_view type, std::size_t output) {
    if (type == "SoftmaxCrossEntropyWithLogits" || type == "SparseSoftmaxCrossEntropyWithLogits") return output == 1;
    if (type == "FusedBatchNormV3") return output > 0;
    return false;
}

Operand asLong(Runner& runner, const Operand& indices) {
    return indices.value.dtype() == DType::Int64 ? indices : runner.run("Cast", {indices}, {DType::Int64});
}

/// backprop_util.py AggregateIndexedSlicesGradients: slices stay slices, repeated ones are not merged; beside a tensor
/// they become one.
Operand sum(Runner& runner, const Operand& a, const Operand& b) {
    if (!a.slices || !b.slices) return runner.run("AddN", {dense(runner, a), dense(runner, b)});
    Operand first = a.slices->indices;
    Operand second = b.slices->indices;
    if (first.value.dtype() != second.value.dtype()) {
        first = asLong(runner, first);
        second = asLong(runner, second);
    }
    // The sweep meets what ran last first; TensorFlow joins slices in the order in which they ran.
    Operand both = runner.run("ConcatV2", {b, a}, {std::int64_t{0}});
    both.slices = std::make_shared<const Slices>(
        Slices{runner.run("ConcatV2", {second, first}, {std::int64_t{0}}), b.slices->denseShape});
    return both;
}

class Sweep {
public:
    Sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
          const std::function<void(const Arrival&)>& arrived)
        : graph_(graph),
          recording_(recording),
          question_(question),
          runner_(runner),
          arrived_(arrived),
          told_(recording.table<Told>()) {
        for (const auto& source : question.sources) told_[source.id].mark = isSource;
        if (!arrived) return;  // nobody is told what leads where
        for (std::size_t i = 0; i < recording.size(); ++i) {
            const TapeEntry entry = recording[i];
            if (std::ranges::none_of(entry.inputs, [this](const Operand& in) { return leads(in.id); })) continue;
            for (const auto& output : entry.outputs) {
                char& mark = told_[output.id].mark;
                if (mark == 0) mark = isMadeFromSource;
            }
        }
    }

    Operands run() {
        const auto needed = entriesBehindTargets();
        seed();
        for (std::size_t i = needed.size(); i-- > 0;) {
            if (needed[i]) passBack(recording_[i]);
        }
        Operands results;
        results.reserve(question_.sources.size());
        for (const auto& source : question_.sources) {
            const Told* found = told_.find(source.id);
            results.push_back(found == nullptr ? Operand{} : found->gradient);
        }
        return results;
    }

private:
    static constexpr char isMadeFromSource = 1;
    static constexpr char isSource = 2;

    /// What is known of a tensor.
    struct Told {
        Operand gradient;  ///< the sum so far
        char mark = 0;     ///< isSource, or made from one where somebody is told
    };

    char markOf(TensorId tensor) const {
        const Told* found = told_.find(tensor);
        return found == nullptr ? char{0} : found->mark;
    }
    bool leads(TensorId tensor) const { return markOf(tensor) != 0; }

    SmallVector<char, 64> entriesBehindTargets() const {
        SmallVector<char, 64> needed(recording_.size(), 0);
        const auto need = [&](TensorId tensor) {
            if (const auto entry = recording_.entryOf(tensor)) needed[*entry] = 1;
        };
        for (const auto& target : question_.targets) need(target.id);
        for (std::size_t i = needed.size(); i-- > 0;) {
            if (needed[i] == 0) continue;
            for (const auto& input : recording_[i].inputs) need(input.id);
        }
        return needed;
    }

    void seed() {
        for (std::size_t i = 0; i < question_.targets.size(); ++i) {
            const Operand& target = question_.targets[i];
            if (i < question_.seeds.size() && question_.seeds[i]) {
                add({target.id, {}, 0, question_.seeds[i]});
            } else if (recording_.entryOf(target.id) || markOf(target.id) == isSource) {
                add({target.id, {}, 0, runner_.run("OnesLike", {target})});
            }
        }
    }

    void passBack(const TapeEntry& entry) {
        upstream_.clear();
        bool any = false;
        for (const auto& output : entry.outputs) {
            // Nobody asks for it again, unless it is an answer: its memory can go.
            Told* found = told_.find(output.id);
            const bool kept = found != nullptr && found->mark == isSource;
            upstream_.push_back(found == nullptr ? Operand{}
                                : kept           ? found->gradient
                                                 : std::exchange(found->gradient, {}));
            any |= static_cast<bool>(upstream_.back());
        }
        if (!any) return;
        const OpRow& row = graph_.rowOf(entry.node);
        const auto flows = graph_.flowsOf(entry.node);
        Executed op{entry.inputs, entry.outputs, entry.attributes, {}};
        any = false;
        for (std::size_t i = 0; i < entry.inputs.size(); ++i) {
            op.wanted.push_back(wanted(row, flows[i], entry.inputs[i].id));
            any |= op.wanted.back();
        }
        if (!any) return;
        if (const auto kept = passedAsSlices(row.type, op)) {
            add({entry.inputs[0].id, entry.node, 0, *kept});
            return;
        }
        for (std::size_t i = 0; i < upstream_.size(); ++i) {
            if (upstream_[i].slices && !row.passesSlices) upstream_[i] = dense(runner_, upstream_[i]);
            if (upstream_[i] || mayBeMissing(row.type, i)) continue;
            upstream_[i] = runner_.run("ZerosLike", {entry.outputs[i]});
        }
        const auto back = entry.custom != nullptr ? passedBack(entry) : row.pullback(runner_, op, upstream_);
        for (std::size_t i = 0; i < back.size(); ++i) {
            const auto input = static_cast<std::uint32_t>(i);
            if (op.wanted[i] && back[i]) {
                add({entry.inputs[i].id, entry.node, input, back[i]});
            } else if (op.wanted[i] && question_.dropped != nullptr) {
                question_.dropped->insert({entry.node, input});
            }
        }
    }

    /// By the script's own function, which may ask tapes while it runs.
    Operands passedBack(const TapeEntry& entry) const {
        const auto upstream = upstream_;
        auto back = entry.custom->call(upstream);
        back.resize(entry.inputs.size());
        return back;
    }

    /// math_grad.py _AddGrad, _SubGrad, _NegGrad: slices stay slices through a negation, and beside a scalar that
    /// nobody asks for.
    std::optional<Operand> passedAsSlices(std::string_view type, const Executed& op) {
        const Operand& g = upstream_.front();
        if (!g.slices || !op.wanted[0]) return std::nullopt;
        if (type == "Neg") {
            Operand back = runner_.run("Neg", {g});
            back.slices = g.slices;
            return back;
        }
        if (type != "AddV2" && type != "Sub") return std::nullopt;
        const bool alone = !op.wanted[1] && op.inputs[1].value.shape().empty();
        return alone ? std::optional(g) : std::nullopt;
    }

    /// A gradient that arrives at a tensor unknown to the tape is thrown away.
    bool wanted(const OpRow& row, Flow flow, TensorId input) const {
        if (!recording_.knows(input)) return false;
        if (flow == Flow::Unregistered) {
            throw Error(ErrorKind::Lookup, "gradient registry has no entry for: " + std::string(row.type));
        }
        return flow != Flow::Severed;
    }

    void add(Arrival arrival) {
        Operand& total = told_[arrival.tensor].gradient;
        if (total) arrival.total = sum(runner_, total, arrival.total);
        total = arrival.total;
        if (arrived_ && leads(arrival.tensor)) arrived_(arrival);
    }

    const Graph& graph_;
    const Recording& recording_;
    const Question& question_;
    Runner& runner_;
    const std::function<void(const Arrival&)>& arrived_;
    TensorTable<Told> told_;
    Operands upstream_;
};
}  // namespace

Operands sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
               const std::function<void(const Arrival&)>& arrived) {
    return Sweep(graph, recording, question, runner, arrived).run();
}

}  // namespace tapescope
