// SPDX-License-Identifier: Apache-2.0
// From a step and its open groups to the graph that is drawn.
#include "app/layout/folding.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/trace/places.h"

namespace tapescope {

namespace {

constexpr std::size_t manyVariables = 16, variableGroups = 10;
constexpr std::uint32_t nowhere = static_cast<std::uint32_t>(-1);

/// Cut between letters, which may be of several bytes.
std::string shortened(const std::string& text) {
    constexpr std::size_t longest = 32;
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

class Folder {
public:
    Folder(const Timeline& timeline, const StepGraph& whole, const FoldTree& tree, const std::vector<bool>& open)
        : timeline_(timeline), whole_(whole), tree_(tree), open_(open) {}

    Folded fold() {
        folded_.graph.step = whole_.step;
        placeBoxes();
        gatherVariables();
        foldValues();
        foldGradients();
        foldUses();
        foldPairs();
        foldMarks();
        foldAssigns();
        return std::move(folded_);
    }

private:
    /// The outermost closed group around a box; nowhere if it is seen itself.
    std::uint32_t closedAround(std::uint32_t box) {
        std::uint32_t found = nowhere;
        for (std::uint32_t group = tree_.groupOf[box]; group != 0; group = tree_.groups[group].parent)
            if (!open_[group]) found = group;
        return found;
    }

    void placeBoxes() {
        std::unordered_map<std::uint32_t, std::uint32_t> places;  // of closed groups
        for (std::uint32_t i = 0; i < whole_.boxes.size(); ++i) {
            const std::uint32_t group = closedAround(i);
            if (group == nowhere) {
                folded_.boxOf.push_back(push(whole_.boxes[i], tree_.groupOf[i]));
                continue;
            }
            const auto [found, fresh] = places.try_emplace(group, 0);
            if (fresh) found->second = push(boxOf(group), group);
            folded_.boxOf.push_back(found->second);
            addMember(folded_.graph.boxes[found->second], whole_.boxes[i]);
        }
    }

    std::uint32_t push(GraphBox box, std::uint32_t group) {
        folded_.graph.boxes.push_back(std::move(box));
        folded_.groupOf.push_back(group);
        return static_cast<std::uint32_t>(folded_.graph.boxes.size() - 1);
    }

    GraphBox boxOf(std::uint32_t index) const {
        const FoldTree::Group& group = tree_.groups[index];
        GraphBox box;
        box.key = group.key;
        box.title = titleOf(group);
        box.subtitle = std::to_string(group.boxes) + " operations";
        if (group.kind == GroupKind::Call && group.line > 0)
            box.subtitle += " · " + timeline_.places().words(group.line);
        box.appears = group.begins;
        box.until = group.ends;
        box.members = 0;
        box.cuts = group.cuts;
        return box;
    }

    std::string titleOf(const FoldTree::Group& group) const {
        switch (group.kind) {
            case GroupKind::Call: return callTitle(group);
            case GroupKind::Loop: return loopTitle(group);
            case GroupKind::Iteration: return "iteration " + std::to_string(group.first);
            default: break;
        }
        const std::string range = std::to_string(group.first) + "–" + std::to_string(group.last);
        const bool loop = tree_.groups[loopAbove(group)].kind == GroupKind::Loop;
        return (loop ? "iterations " : "part ") + range;
    }

    /// Of the script or a module, without what it is set in from the left.
    std::string lineOf(const FoldTree::Group& group) const {
        if (texts_.empty()) {
            texts_ = timeline_.texts();
            lines_ = linesOf(texts_);
        }
        if (group.line == 0 || group.line > lines_.size()) return {};
        const std::string_view line = lines_[group.line - 1];
        return std::string(line.substr(std::min(line.find_first_not_of(" \t"), line.size())));
    }

    /// "for t in range(4)".
    std::string loopTitle(const FoldTree::Group& group) const {
        const std::string text = lineOf(group);
        return shortened(text.substr(0, text.rfind(':')));
    }

    /// Of what has no name of its own, the line of the call says more.
    std::string callTitle(const FoldTree::Group& group) const {
        if (!group.name.empty() && !group.name.starts_with('<') && group.name != "__call__" && group.name != "call")
            return group.name + "()";
        const std::string text = lineOf(group);
        if (text.empty()) return group.name;
        return shortened(text);
    }

    /// The group that was cut into stretches.
    std::uint32_t loopAbove(const FoldTree::Group& group) const {
        std::uint32_t above = group.parent;
        while (tree_.groups[above].kind == GroupKind::Stretch) above = tree_.groups[above].parent;
        return above;
    }

    static void addMember(GraphBox& box, const GraphBox& member) {
        ++box.members;
        if (!box.target || member.target) {
            box.node = member.node;
            box.tensor = member.tensor;
        }
        box.target = box.target || member.target;
        for (const TapeId tape : member.tapes)
            if (std::find(box.tapes.begin(), box.tapes.end(), tape) == box.tapes.end()) box.tapes.push_back(tape);
    }

    // ---- variables: with very many of them, those about which there is nothing to say stand together

    /// What a picture says of a variable in this step: alike ones can stand together.
    struct Fate {
        GradientState state = GradientState::Path;
        bool dropped = false, without = false;  ///< left out by zip(); paired with None
        friend auto operator<=>(const Fate&, const Fate&) = default;
    };

    /// Of each variable; none where it got another one's gradient: it always stands alone.
    std::map<std::uint32_t, Fate> fates() const {
        std::map<std::uint32_t, Fate> fates;
        for (std::uint32_t i = 0; i < whole_.boxes.size(); ++i)
            if (whole_.boxes[i].key.kind == BoxKind::Variable) fates[i];
        for (const VariableMark& mark : whole_.marks)
            if (mark.state != GradientState::Pending) fates[mark.box].state = mark.state;
        for (const PairRow& pair : whole_.pairs) {
            fates[pair.variable].dropped |= pair.dropped;
            fates[pair.variable].without |= !pair.gradient.valid();
        }
        for (const PairRow& pair : whole_.pairs)
            if (pair.mismatch) fates.erase(pair.variable);
        return fates;
    }

    void gatherVariables() {
        std::map<Fate, std::vector<std::uint32_t>> alike;
        for (const auto& [variable, fate] : fates()) alike[fate].push_back(variable);
        std::vector<std::vector<std::uint32_t>> rows;
        for (const auto& [fate, variables] : alike)
            if (variables.size() > manyVariables) addRows(variables, rows);
        if (!rows.empty()) join(rows);
    }

    /// By the first box that uses them, in a few rows.
    void addRows(const std::vector<std::uint32_t>& variables, std::vector<std::vector<std::uint32_t>>& rows) const {
        std::map<std::uint32_t, std::vector<std::uint32_t>> sets;
        std::vector<std::uint32_t> user(whole_.boxes.size(), nowhere);
        for (const ValueEdge& edge : whole_.values) user[edge.from] = std::min(user[edge.from], folded_.boxOf[edge.to]);
        for (const std::uint32_t variable : variables) sets[user[variable]].push_back(variable);
        const std::size_t least = sets.size() > variableGroups ? variables.size() / variableGroups + 1 : 1;
        const std::size_t before = rows.size();
        for (auto& [box, members] : sets) {
            if (rows.size() == before || rows.back().size() >= least) rows.emplace_back();
            rows.back().insert(rows.back().end(), members.begin(), members.end());
        }
    }

    void join(const std::vector<std::vector<std::uint32_t>>& rows) {
        std::vector<std::uint32_t> leads(folded_.graph.boxes.size(), nowhere);
        for (const auto& row : rows) {
            if (row.size() < 2) continue;
            GraphBox& lead = folded_.graph.boxes[folded_.boxOf[row.front()]];
            lead.key.ordinal = static_cast<std::uint32_t>(row.size());
            lead.members = static_cast<std::uint32_t>(row.size());
            lead.subtitle = lead.title + " … " + whole_.boxes[row.back()].title;
            lead.title = std::to_string(row.size()) + " variables";
            for (const std::uint32_t member : row) {
                lead.appears = std::max(lead.appears, whole_.boxes[member].appears);
                leads[folded_.boxOf[member]] = folded_.boxOf[row.front()];
            }
        }
        drop(leads);
    }

    /// Takes out the boxes that another one stands for.
    void drop(const std::vector<std::uint32_t>& leads) {
        std::vector<std::uint32_t> places(leads.size());
        std::vector<GraphBox> boxes;
        std::vector<std::uint32_t> groups;
        for (std::uint32_t i = 0; i < leads.size(); ++i) {
            places[i] = static_cast<std::uint32_t>(boxes.size());
            if (leads[i] != nowhere && leads[i] != i) continue;
            boxes.push_back(std::move(folded_.graph.boxes[i]));
            groups.push_back(folded_.groupOf[i]);
        }
        for (std::uint32_t& box : folded_.boxOf) box = places[leads[box] == nowhere ? box : leads[box]];
        folded_.graph.boxes = std::move(boxes);
        folded_.groupOf = std::move(groups);
    }

    // ---- what runs between the boxes

    bool isMany(std::uint32_t box) const { return folded_.graph.boxes[box].members != 1; }

    void foldValues() {
        std::unordered_map<std::uint64_t, std::uint32_t> known;
        for (const ValueEdge& edge : whole_.values) {
            const std::uint32_t from = folded_.boxOf[edge.from], to = folded_.boxOf[edge.to];
            edgeOf_.push_back(nowhere);
            if (from == to) continue;
            const auto next = static_cast<std::uint32_t>(folded_.graph.values.size());
            if (isMany(from) || isMany(to)) {
                const std::uint64_t key = (std::uint64_t{from} << 33) | (std::uint64_t{to} << 1) | (edge.host ? 1 : 0);
                const auto [found, fresh] = known.try_emplace(key, next);
                if (!fresh) {
                    addTo(folded_.graph.values[found->second], edge);
                    edgeOf_.back() = found->second;
                    continue;
                }
            }
            edgeOf_.back() = next;
            folded_.graph.values.push_back(edge);
            folded_.graph.values.back().from = from;
            folded_.graph.values.back().to = to;
        }
    }

    static void addTo(ValueEdge& known, const ValueEdge& edge) {
        ++known.count;
        known.flows = std::min(known.flows, edge.flows);
        known.recorded = known.recorded || edge.recorded;
        if (known.tensor != edge.tensor) known.label = std::to_string(known.count) + " values";
    }

    void foldGradients() {
        std::map<std::tuple<std::uint32_t, GradientId, EdgeEnd>, std::uint32_t> known;
        for (GradientEdge gradient : whole_.gradients) {
            gradient.along = edgeOf_[gradient.along];
            if (gradient.along == nowhere) continue;
            const auto next = static_cast<std::uint32_t>(folded_.graph.gradients.size());
            const auto [found, fresh] = known.try_emplace({gradient.along, gradient.gradient, gradient.end}, next);
            if (fresh || folded_.graph.values[gradient.along].count == 1) {
                folded_.graph.gradients.push_back(gradient);
                continue;
            }
            GradientEdge& one = folded_.graph.gradients[found->second];
            one.arrives = std::max(one.arrives, gradient.arrives);
            one.norm = std::hypot(one.norm, gradient.norm);
        }
    }

    void foldUses() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> known;
        for (GradientUse use : whole_.uses) {
            use.from = folded_.boxOf[use.from];
            use.to = folded_.boxOf[use.to];
            const bool many = isMany(use.from) || isMany(use.to);
            if (use.from == use.to || (many && !known.emplace(use.from, use.to).second)) continue;
            folded_.graph.uses.push_back(use);
        }
    }

    void foldPairs() {
        std::map<std::pair<ApplyId, std::uint32_t>, std::size_t> known;
        for (PairRow pair : whole_.pairs) {
            pair.optimizer = folded_.boxOf[pair.optimizer];
            pair.variable = folded_.boxOf[pair.variable];
            if (pair.sourceShown) pair.sourceBox = folded_.boxOf[pair.sourceBox];
            if (pair.makerShown) pair.makerBox = folded_.boxOf[pair.makerBox];
            const std::uint32_t members = folded_.graph.boxes[pair.variable].members;
            if (members > 1) {
                const auto [found, fresh] = known.try_emplace({pair.apply, pair.variable}, folded_.graph.pairs.size());
                if (!fresh) {
                    PairRow& one = folded_.graph.pairs[found->second];
                    ++one.count;
                    if (one.applies != 0) one.applies = pair.applies == 0 ? 0 : std::max(one.applies, pair.applies);
                    continue;
                }
            }
            folded_.graph.pairs.push_back(std::move(pair));
        }
    }

    void foldAssigns() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> known;
        for (AssignEdge edge : whole_.assigns) {
            edge.from = folded_.boxOf[edge.from];
            edge.variable = folded_.boxOf[edge.variable];
            if (known.emplace(edge.from, edge.variable).second) folded_.graph.assigns.push_back(edge);
        }
    }

    void foldMarks() {
        std::map<std::uint32_t, std::size_t> known;
        for (VariableMark mark : whole_.marks) {
            mark.box = folded_.boxOf[mark.box];
            const auto [found, fresh] = known.try_emplace(mark.box, folded_.graph.marks.size());
            if (fresh) {
                folded_.graph.marks.push_back(mark);
                continue;
            }
            VariableMark& one = folded_.graph.marks[found->second];
            one.since = std::max(one.since, mark.since);
            one.updated = one.updated && mark.updated;
            if (mark.state == GradientState::Pending) one.state = mark.state;
        }
    }

    const Timeline& timeline_;
    const StepGraph& whole_;
    const FoldTree& tree_;
    const std::vector<bool>& open_;
    Folded folded_;
    mutable std::string texts_;                    ///< of all files, once they are needed
    mutable std::vector<std::string_view> lines_;  ///< of texts_
    std::vector<std::uint32_t> edgeOf_;            ///< of each value edge of the step; nowhere inside a group
};

}  // namespace

Folded fold(const Timeline& timeline, const StepGraph& whole, const FoldTree& tree, const std::vector<bool>& open) {
    return Folder(timeline, whole, tree, open).fold();
}

}  // namespace tapescope
