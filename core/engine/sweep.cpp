// SPDX-License-Identifier: Apache-2.0
#include "core/engine/sweep.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/ops/subnormals.h"

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
Operand sum(Runner& runner, Operands gradients) {
    const auto isSlices = [](const Operand& one) { return one.slices != nullptr; };
    if (!std::ranges::all_of(gradients, isSlices)) {
        for (Operand& one : gradients) one = dense(runner, one);
        return runner.run("AddN", gradients);
    }
    Operands indices;
    for (const Operand& one : gradients) indices.push_back(one.slices->indices);
    const auto asFirst = [&](const Operand& one) { return one.value.dtype() == indices.front().value.dtype(); };
    if (!std::ranges::all_of(indices, asFirst)) {
        for (Operand& one : indices) one = asLong(runner, one);
    }
    Operand joined = runner.run("ConcatV2", gradients, {std::int64_t{0}});
    joined.slices = std::make_shared<const Slices>(
        Slices{runner.run("ConcatV2", indices, {std::int64_t{0}}), gradients.front().slices->denseShape});
    return joined;
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
        findWay();
        seed();
        for (std::size_t next = 0; next < waiting_.size(); ++next) pass(waiting_[next]);
        Operands results;
        results.reserve(question_.sources.size());
        for (const auto& source : question_.sources) {
            Told* found = told_.find(source.id);
            results.push_back(found == nullptr ? Operand{} : total(*found));
        }
        return results;
    }

private:
    static constexpr char isMadeFromSource = 1;
    static constexpr char isSource = 2;

    static constexpr std::uint32_t enough = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t usual = 32;
    using Entries = SmallVector<std::uint32_t, usual>;

    /// What is known of a tensor.
    struct Told {
        Operand gradient;           ///< the first that arrived, or the sum
        std::vector<Operand> more;  ///< those that came since
        std::uint32_t uses = 0;     ///< by operations on the way that have not passed anything back yet
        char mark = 0;              ///< isSource, or made from one where somebody is told
    };

    char markOf(TensorId tensor) const {
        const Told* found = told_.find(tensor);
        return found == nullptr ? char{0} : found->mark;
    }
    bool leads(TensorId tensor) const { return markOf(tensor) != 0; }

    /// tape.h PrepareBackprop, InitialStack: what leads to the targets, how often each tensor is used there, and which
    /// operations can begin. Their order decides in which order gradients meet, and so their last digits.
    void findWay() {
        missing_.resize(recording_.size(), enough);
        Entries found;
        SmallVector<TensorId, usual> stack;
        for (const auto& target : question_.targets) stack.push_back(target.id);
        while (!stack.empty()) {
            const TensorId tensor = stack.back();
            const auto entry = recording_.entryOf(tensor);
            stack.pop_back();
            if (!entry || missing_[*entry] != enough || recording_.lost(tensor)) continue;
            missing_[*entry] = 0;
            found.push_back(static_cast<std::uint32_t>(*entry));
            for (const auto& input : recording_[*entry].inputs) {
                if (recording_.knows(input.id) && told_[input.id].uses++ == 0) stack.push_back(input.id);
            }
        }
        for (const std::uint32_t entry : found) {
            for (const auto& output : recording_[entry].outputs) {
                const Told* told = told_.find(output.id);
                missing_[entry] += told != nullptr && told->uses > 0 ? 1 : 0;
            }
            if (missing_[entry] == 0) waiting_.push_back(entry);
        }
        if (waiting_.size() < 2) return;
        std::unordered_map<std::int64_t, char> table;  // TensorFlow begins with the last of such a one
        for (const std::uint32_t entry : found) table.emplace(entry, 0);
        waiting_.clear();
        for (const auto& [entry, nothing] : table) {
            const auto at = static_cast<std::uint32_t>(entry);
            if (missing_[at] == 0) waiting_.push_back(at);
        }
        std::ranges::reverse(waiting_);
    }

    void seed() {
        for (std::size_t i = 0; i < question_.targets.size(); ++i) {
            const Operand& target = question_.targets[i];
            if (i < question_.seeds.size() && question_.seeds[i]) {
                add({target.id, {}, 0, question_.seeds[i]}, false);
            } else if (recording_.lost(target.id)) {
                throw Error(ErrorKind::Internal,
                            "Internal state of the gradient tape is invalid: failed to find operation "
                            "producing a tensor");
            } else if (recording_.entryOf(target.id) || markOf(target.id) == isSource) {
                add({target.id, {}, 0, runner_.run("OnesLike", {target})}, false);
            }
        }
    }

    /// Passes on what came, and lets begin what has waited for it alone.
    void pass(std::size_t at) {
        const TapeEntry entry = recording_[at];
        const auto back = passedBy(entry);
        for (std::size_t i = 0; i < entry.inputs.size(); ++i) {
            const TensorId tensor = entry.inputs[i].id;
            if (!recording_.knows(tensor)) continue;
            const bool last = --told_[tensor].uses == 0;
            if (i < back.size() && back[i]) add({tensor, entry.node, static_cast<std::uint32_t>(i), back[i]}, last);
            const auto producer = last ? recording_.entryOf(tensor) : std::nullopt;
            if (producer && --missing_[*producer] == 0) waiting_.push_back(static_cast<std::uint32_t>(*producer));
        }
    }

    /// What arrived at the results. Nobody asks for it again, unless it is an answer: its memory can go.
    bool takeUpstream(const TapeEntry& entry) {
        upstream_.clear();
        bool any = false;
        for (const auto& output : entry.outputs) {
            Told* found = told_.find(output.id);
            upstream_.push_back(found == nullptr          ? Operand{}
                                : found->mark == isSource ? total(*found)
                                                          : std::exchange(total(*found), {}));
            any |= static_cast<bool>(upstream_.back());
        }
        return any;
    }

    /// Gradients of the inputs that are wanted; none at all where nothing came.
    Operands passedBy(const TapeEntry& entry) {
        if (!takeUpstream(entry)) return {};
        const OpRow& row = graph_.rowOf(entry.node);
        const auto flows = graph_.flowsOf(entry.node);
        Executed op{entry.inputs, entry.outputs, entry.attributes, {}};
        bool any = false;
        for (std::size_t i = 0; i < entry.inputs.size(); ++i) {
            op.wanted.push_back(wanted(row, flows[i], entry.inputs[i].id));
            any |= op.wanted.back();
        }
        if (!any) return {};
        if (const auto kept = passedAsSlices(row.type, op)) return {*kept};
        for (std::size_t i = 0; i < upstream_.size(); ++i) {
            if (upstream_[i].slices && !row.passesSlices) upstream_[i] = dense(runner_, upstream_[i]);
            if (upstream_[i] || mayBeMissing(row.type, i)) continue;
            upstream_[i] = runner_.run("ZerosLike", {entry.outputs[i]});
        }
        auto back = entry.custom != nullptr ? passedBack(entry) : row.pullback(runner_, op, upstream_);
        for (std::size_t i = 0; i < back.size(); ++i) {
            if (!op.wanted[i]) {
                back[i] = {};
            } else if (!back[i] && question_.dropped != nullptr) {
                question_.dropped->insert({entry.node, static_cast<std::uint32_t>(i)});
            }
        }
        return back;
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

    /// The sum of what arrived.
    Operand& total(Told& told) {
        if (!told.more.empty()) {
            Operands all{std::exchange(told.gradient, {})};
            for (Operand& one : told.more) all.push_back(std::move(one));
            told.more.clear();
            told.gradient = sum(runner_, std::move(all));
        }
        return told.gradient;
    }

    /// `last`: nothing else will arrive.
    void add(Arrival arrival, bool last) {
        Told& told = told_[arrival.tensor];
        if (told.gradient) {
            told.more.push_back(arrival.total);
        } else {
            told.gradient = arrival.total;
        }
        if (last || tooMuch(told)) total(told);
        if (!arrived_ || !leads(arrival.tensor)) return;
        arrival.total = soFar(arrival, told);
        arrived_(arrival);
    }

    /// Many large ones are summed before the last has come.
    static bool tooMuch(const Told& told) {
        constexpr std::int64_t many = 4, large = 128 * 1024 * 1024;
        const auto count = static_cast<std::int64_t>(told.more.size()) + 1;
        return count > many && count * told.gradient.value.count() * 4 > large;
    }

    /// The sum, where only somebody who is told asks for it: no operation of the way back.
    Operand soFar(const Arrival& arrival, const Told& told) {
        if (told.more.empty()) return told.gradient;
        Tensor& sum = sums_[arrival.tensor];
        if (told.more.size() == 1) sum = denseValue(told.gradient);
        const Tensor came = denseValue(arrival.total);
        const bool alike = came.dtype() == sum.dtype() && came.shape() == sum.shape();
        if (alike) sum = computed(addN_, Tensors{sum, came}, {}).front();
        return {arrival.total.id, alike ? sum : came};
    }

    const Graph& graph_;
    const Recording& recording_;
    const Question& question_;
    Runner& runner_;
    const std::function<void(const Arrival&)>& arrived_;
    const OpRow& addN_ = findOp("AddN");
    TensorTable<Told> told_;
    Entries missing_;               ///< by entry: results to which something may still arrive
    Entries waiting_;               ///< those that can pass something back, in their order
    IdMap<TensorId, Tensor> sums_;  ///< of several, where somebody is told
    Operands upstream_;
};
}  // namespace

Operands sweep(const Graph& graph, const Recording& recording, const Question& question, Runner& runner,
               const std::function<void(const Arrival&)>& arrived) {
    return Sweep(graph, recording, question, runner, arrived).run();
}

}  // namespace tapescope
