// SPDX-License-Identifier: Apache-2.0
// What the optimizers of a step were given, and how each variable stands.
#include <algorithm>
#include <set>

#include "core/trace/drawing.h"

namespace tapescope {

namespace {

class Updates {
public:
    explicit Updates(Drawing& drawing) : drawing_(drawing), timeline_(drawing.timeline) {}

    void draw() {
        drawing_.each<ApplyBegan>([this](const ApplyBegan& fact, EventIndex index) { apply(fact, index); });
        drawing_.each<GradientAsked>([this](const GradientAsked& fact, EventIndex index) { ask(fact, index); });
        drawing_.each<GradientAnswered>(
            [this](const GradientAnswered& fact, EventIndex index) { answer(fact, index); });
        drawing_.each<VariableAssigned>([this](const VariableAssigned& fact, EventIndex index) {
            assign(fact, index);
            const auto mark = marks_.find(fact.variable);
            if (mark != marks_.end()) mark->second.updated = true;
        });
        for (const auto& [variable, mark] : marks_) drawing_.graph.marks.push_back(mark);
    }

private:
    // ---- pairs

    void apply(const ApplyBegan& fact, EventIndex index) {
        const auto optimizer = drawing_.optimizers.find(fact.optimizer);
        if (optimizer == drawing_.optimizers.end()) return;
        PairRow row;
        row.optimizer = optimizer->second;
        row.apply = fact.apply;
        row.begins = index;
        const auto first = drawing_.graph.pairs.size();
        for (const auto& pair : fact.pairs) {
            add(row, pair);
            ++row.index;
        }
        for (const auto variable : fact.droppedVariables) {
            row.dropped = true;
            add(row, {{}, variable});
            ++row.index;
        }
        for (const auto applied : timeline_.applies()[fact.apply.index()].pairs)
            drawing_.graph.pairs[first + timeline_.get<PairApplied>(applied).index].applies = applied;
    }

    void add(PairRow row, const Pair& pair) {
        row.variable = drawing_.variables.at(pair.variable);
        row.gradient = pair.gradient;
        if (pair.gradient.valid()) {
            row.source = provenanceOf(timeline_, pair.gradient).source;
            const auto maker = drawing_.boxOf(pair.gradient);
            row.makerShown = maker.has_value();
            row.makerBox = maker.value_or(0);
            row.mismatch = row.source.valid() && row.source != timeline_.variables()[pair.variable.index()].handle;
        }
        if (row.source.valid()) {
            row.sourceName = nameOf(timeline_, row.source);
            const auto box = drawing_.boxOf(row.source);
            row.sourceShown = box.has_value();
            row.sourceBox = box.value_or(0);
        }
        drawing_.graph.pairs.push_back(std::move(row));
    }

    // ---- what the script assigns itself

    void assign(const VariableAssigned& fact, EventIndex index) {
        const auto variable = drawing_.variables.find(fact.variable);
        const auto from = fact.operand.valid() ? drawing_.boxOf(fact.operand) : std::nullopt;
        if (fact.apply.valid() || !from || variable == drawing_.variables.end() || *from == variable->second) return;
        if (assigned_.emplace(*from, variable->second).second)
            drawing_.graph.assigns.push_back({*from, variable->second, index});
    }

    // ---- gradients as inputs

    void use(const SourceAnswer& answer) {
        const auto from = answer.result.valid() ? drawing_.boxOf(answer.source) : std::nullopt;
        if (!from) return;
        std::set<std::uint32_t> boxes;
        for (const auto consumer : timeline_.tensors()[answer.result.index()].consumers) {
            const auto to = drawing_.nodes.find(consumer);
            if (to == drawing_.nodes.end() || !boxes.insert(to->second).second) continue;
            drawing_.graph.uses.push_back(
                {*from, to->second, answer.result, timeline_.nodes()[consumer.index()].event});
        }
    }

    // ---- marks

    VariableMark* markOf(TensorId source) {
        const auto variable = timeline_.tensors()[drawing_.origin(source).index()].variable;
        const auto box = drawing_.variables.find(variable);
        if (!variable.valid() || box == drawing_.variables.end()) return nullptr;
        auto& mark = marks_[variable];
        mark.box = box->second;
        return &mark;
    }

    void ask(const GradientAsked& fact, EventIndex index) {
        for (const auto source : fact.sources)
            if (auto* mark = markOf(source)) mark->since = index;
    }

    void answer(const GradientAnswered& fact, EventIndex index) {
        for (const auto& source : fact.answers) {
            use(source);
            auto* mark = markOf(source.source);
            // Who is asked for in one call is not "not asked for" because another call leaves it out.
            if (mark == nullptr || (!source.asked && mark->since > 0)) continue;
            mark->state = source.state;
            mark->reason = source.reason;
            mark->since = index;
            mark->cutSite = source.cutSite;
        }
    }

    Drawing& drawing_;
    const Timeline& timeline_;
    std::map<VariableId, VariableMark> marks_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> assigned_;
};

}  // namespace

void drawUpdates(Drawing& drawing) {
    Updates(drawing).draw();
}

}  // namespace tapescope
