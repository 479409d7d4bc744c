// SPDX-License-Identifier: Apache-2.0
#include "core/engine/sweep.h"

#include <algorithm>
#include <unordered_set>

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

class Sweep {
public:
    Sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
          const std::function<void(const Arrival&)>& arrived)
        : graph_(graph), recording_(recording), question_(question), runner_(runner), arrived_(arrived) {
        for (const auto& source : question.sources) sources_.insert(source.id);
        towards_ = sources_;
        for (const auto& entry : recording.entries) {
            const bool leads =
                std::ranges::any_of(entry.inputs, [this](const Operand& in) { return towards_.contains(in.id); });
            if (!leads) continue;
            for (const auto& output : entry.outputs) towards_.insert(output.id);
        }
    }

    std::vector<Operand> run() {
        const auto needed = entriesBehindTargets();
        seed();
        for (std::size_t i = needed.size(); i-- > 0;) {
            if (needed[i]) passBack(recording_.entries[i]);
        }
        std::vector<Operand> results;
        for (const auto& source : question_.sources) {
            const auto found = gradients_.find(source.id);
            results.push_back(found == gradients_.end() ? Operand{} : found->second);
        }
        return results;
    }

private:
    std::vector<bool> entriesBehindTargets() const {
        std::vector<bool> needed(recording_.entries.size(), false);
        for (const auto& target : question_.targets) {
            if (const auto entry = recording_.entryOf(target.id)) needed[*entry] = true;
        }
        for (std::size_t i = needed.size(); i-- > 0;) {
            if (!needed[i]) continue;
            for (const auto& input : recording_.entries[i].inputs) {
                if (const auto entry = recording_.entryOf(input.id)) needed[*entry] = true;
            }
        }
        return needed;
    }

    void seed() {
        for (std::size_t i = 0; i < question_.targets.size(); ++i) {
            const Operand& target = question_.targets[i];
            if (i < question_.seeds.size() && question_.seeds[i]) {
                add({target.id, {}, 0, question_.seeds[i]});
            } else if (recording_.entryOf(target.id) || sources_.contains(target.id)) {
                add({target.id, {}, 0, runner_.run("OnesLike", {target})});
            }
        }
    }

    void passBack(const TapeEntry& entry) {
        std::vector<Operand> upstream;
        bool any = false;
        for (const auto& output : entry.outputs) {
            const auto found = gradients_.find(output.id);
            any |= found != gradients_.end();
            upstream.push_back(found == gradients_.end() ? Operand{} : found->second);
        }
        if (!any) return;
        const Node& node = graph_.node(entry.node);
        Executed op{entry.inputs, entry.outputs, entry.attributes, {}};
        for (std::size_t i = 0; i < entry.inputs.size(); ++i) op.wanted.push_back(wanted(node, entry.inputs[i].id, i));
        if (std::ranges::none_of(op.wanted, [](bool on) { return on; })) return;
        for (std::size_t i = 0; i < upstream.size(); ++i) {
            if (upstream[i] || mayBeMissing(node.row->type, i)) continue;
            upstream[i] = runner_.run("ZerosLike", {entry.outputs[i]});
        }
        const auto back = node.row->pullback(runner_, op, upstream);
        for (std::size_t i = 0; i < back.size(); ++i) {
            if (op.wanted[i] && back[i]) {
                add({entry.inputs[i].id, entry.node, static_cast<std::uint32_t>(i), back[i]});
            }
        }
    }

    /// A gradient that arrives at a tensor unknown to the tape is thrown away.
    bool wanted(const Node& node, TensorId input, std::size_t i) const {
        if (!recording_.knows(input)) return false;
        if (node.flows[i] == Flow::Unregistered) {
            throw Error(ErrorKind::Lookup, "gradient registry has no entry for: " + std::string(node.row->type));
        }
        return node.flows[i] != Flow::Severed;
    }

    void add(Arrival arrival) {
        Operand& total = gradients_[arrival.tensor];
        total = total ? runner_.run("AddN", {total, arrival.total}) : arrival.total;
        arrival.total = total;
        if (arrived_ && towards_.contains(arrival.tensor)) arrived_(arrival);
    }

    const Graph& graph_;
    const Recording& recording_;
    const Question& question_;
    Runner& runner_;
    const std::function<void(const Arrival&)>& arrived_;
    std::unordered_set<TensorId> sources_;
    std::unordered_set<TensorId> towards_;  ///< sources, and what was made from them
    std::unordered_map<TensorId, Operand> gradients_;
};
}  // namespace

std::vector<Operand> sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
                           const std::function<void(const Arrival&)>& arrived) {
    return Sweep(graph, recording, question, runner, arrived).run();
}

}  // namespace tapescope
