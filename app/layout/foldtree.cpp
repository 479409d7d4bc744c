// SPDX-License-Identifier: Apache-2.0
// The tree of calls and loops of a step, and which of it is open.
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "app/layout/folding.h"

namespace tapescope {

namespace {

constexpr std::size_t mostItems = 16, stretchItems = 10;  ///< of a group before they are put into stretches; of one
constexpr std::size_t budget = 24, rowBudget = 10;  ///< boxes of a picture that was folded: for it was large, long

/// One level of the way from the step to a box.
struct Level {
    GroupKind kind = GroupKind::Call;
    std::uint32_t line = 0, column = 0;
    std::uint32_t which = 0;  ///< activation of a loop, number of an iteration
    const std::string* name = nullptr;
    bool same(const Level& other) const {
        return kind == other.kind && line == other.line && column == other.column && which == other.which &&
               (name == other.name || (name && other.name && *name == *other.name));
    }
};

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    return (hash ^ (value + 0x9e3779b97f4a7c15 + (hash << 6) + (hash >> 2))) * 0x100000001b3;
}

BoxKey keyOf(std::uint64_t hash) {
    return {BoxKind::Group, static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 33)};
}

/// The loops of the script and its modules, whose lines count through all of them, and which of them run at an event.
class Loops {
public:
    Loops(const Timeline& timeline, EventIndex begin)
        : timeline_(timeline), moves_(timeline.findAll(Event(LoopsMoved{}).index())), digest_(timeline.digest()) {
        next_ = static_cast<std::size_t>(std::upper_bound(moves_.begin(), moves_.end(), begin) - moves_.begin());
    }

    /// Events have to be asked for in their order.
    std::span<const LoopPosition> at(EventIndex event) {
        while (next_ < moves_.size() && moves_[next_] <= event) ++next_;
        if (next_ == 0) return {};
        return timeline_.get<LoopsMoved>(moves_[next_ - 1]).stack;
    }

    const SyntaxItem* item(std::uint32_t loop) const {
        return digest_ != nullptr && loop < digest_->items.size() ? &digest_->items[loop] : nullptr;
    }

private:
    const Timeline& timeline_;
    std::span<const EventIndex> moves_;
    const ScriptDigest* digest_;
    std::size_t next_ = 0;
};

class Planter {
public:
    Planter(const Timeline& timeline, const StepGraph& whole)
        : timeline_(timeline), whole_(whole), loops_(timeline, timeline.steps()[whole.step].begin) {}

    FoldTree plant() {
        tree_.groups.emplace_back();
        tree_.groupOf.assign(whole_.boxes.size(), 0);
        std::vector<std::uint32_t> order;
        for (std::uint32_t i = 0; i < whole_.boxes.size(); ++i) {
            const BoxKind kind = whole_.boxes[i].key.kind;
            if (kind != BoxKind::Variable && kind != BoxKind::Optimizer) order.push_back(i);
        }
        std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
            return whole_.boxes[a].appears < whole_.boxes[b].appears;
        });
        for (const std::uint32_t box : order) add(box);
        straighten();
        if (order.size() > readableBoxes) stretch();
        settle();
        return std::move(tree_);
    }

private:
    CallSiteId siteOf(const GraphBox& box) const {
        if (box.fold.valid()) return timeline_.siteOf(timeline_.folds()[box.fold.index()].began);
        return box.node.valid() ? timeline_.op(box.node).site : CallSiteId{};
    }

    /// The open fold that it ran in.
    FoldId foldAround(const GraphBox& box) const {
        if (box.fold.valid()) return timeline_.get<FoldBegan>(timeline_.folds()[box.fold.index()].began).parent;
        return box.node.valid() ? timeline_.op(box.node).fold : FoldId{};
    }

    /// Calls and loops from the outside to the inside: a loop stands where the frame is that runs in its lines.
    std::vector<Level> levelsOf(const GraphBox& box) {
        std::vector<Level> levels;
        if (box.outside) return levels;
        const auto stack = timeline_.stack(siteOf(box));
        const auto running = loops_.at(box.appears);
        const bool inFold = foldAround(box).valid();
        std::size_t next = 0;
        for (std::size_t depth = 0; depth < stack.size(); ++depth) {
            const Frame& frame = stack[depth];
            while (next < running.size() && holds(running[next], frame)) addLoop(levels, running[next++]);
            if (depth + 1 == stack.size()) break;
            if (inFold && stack[depth + 1].function == "call") continue;  // the open fold of the layer stands for it
            levels.push_back({GroupKind::Call, frame.range.line, frame.range.column, 0, &stack[depth + 1].function});
        }
        return levels;
    }

    bool holds(const LoopPosition& position, const Frame& frame) const {
        const SyntaxItem* item = loops_.item(position.loop);
        return item != nullptr && item->range.line <= frame.range.line &&
               frame.range.line <= std::max(item->range.line, item->range.endLine);
    }

    void addLoop(std::vector<Level>& levels, const LoopPosition& position) const {
        const SyntaxItem* item = loops_.item(position.loop);
        levels.push_back({GroupKind::Loop, item->range.line, position.loop, position.activation, nullptr});
        levels.push_back({GroupKind::Iteration, item->range.line, 0, position.iteration, nullptr});
    }

    void add(std::uint32_t box) {
        const std::vector<Level> levels = levelsOf(whole_.boxes[box]);
        std::size_t common = 0;
        while (common < levels.size() && common < open_.size() && levels[common].same(open_[common].level)) ++common;
        open_.resize(common);
        for (; common < levels.size(); ++common) openGroup(levels[common]);
        const std::uint32_t group = open_.empty() ? 0 : open_.back().group;
        tree_.groups[group].items.push_back({false, box});
    }

    void openGroup(const Level& level) {
        const std::uint32_t parent = open_.empty() ? 0 : open_.back().group;
        const std::uint64_t above = open_.empty() ? 0xcbf29ce484222325 : open_.back().hash;
        std::uint64_t hash = mixed(mixed(mixed(above, std::uint64_t(level.kind)), level.line), level.column);
        if (level.name != nullptr) hash = mixed(hash, std::hash<std::string>{}(*level.name));
        // The activation of a loop and a call count anew in every step; an iteration has its number.
        hash = mixed(hash, level.kind == GroupKind::Iteration ? level.which : times_[hash]++);
        FoldTree::Group group;
        group.kind = level.kind;
        group.key = keyOf(hash);
        group.parent = parent;
        group.line = level.line;
        group.first = group.last = level.which + 1;
        if (level.name != nullptr) group.name = *level.name;
        const auto index = static_cast<std::uint32_t>(tree_.groups.size());
        tree_.groups.push_back(std::move(group));
        tree_.groups[parent].items.push_back({true, index});
        open_.push_back({level, index, hash});
    }

    /// A group of one thing is that thing; and what is the whole step needs no fold.
    void straighten() {
        for (std::size_t i = tree_.groups.size(); i-- > 0;) {
            for (FoldTree::Item& item : tree_.groups[i].items)
                if (item.group && tree_.groups[item.index].items.size() == 1) item = tree_.groups[item.index].items[0];
        }
        auto& top = tree_.groups.front().items;
        while (top.size() == 1 && top.front().group) {
            auto below = std::move(tree_.groups[top.front().index].items);
            top = std::move(below);
        }
    }

    /// Long rows of items become stretches, and rows of stretches again.
    void stretch() {
        const std::size_t count = tree_.groups.size();
        for (std::size_t i = 0; i < count; ++i) {
            const auto total = static_cast<std::uint32_t>(tree_.groups[i].items.size());
            for (std::uint32_t width = 1; tree_.groups[i].items.size() > mostItems; width *= stretchItems)
                stretchOnce(static_cast<std::uint32_t>(i), width, total);
        }
    }

    void stretchOnce(std::uint32_t index, std::uint32_t width, std::uint32_t total) {
        const std::vector<FoldTree::Item> items = std::move(tree_.groups[index].items);
        const std::uint64_t own = mixed(tree_.groups[index].key.id, tree_.groups[index].key.ordinal);
        std::vector<FoldTree::Item> rows;
        for (std::size_t from = 0; from < items.size(); from += stretchItems) {
            const std::size_t to = std::min(items.size(), from + stretchItems);
            FoldTree::Group group;
            group.kind = GroupKind::Stretch;
            group.key = keyOf(mixed(mixed(own, width), from));
            group.first = static_cast<std::uint32_t>(from) * width + 1;
            group.last = std::min(static_cast<std::uint32_t>(to) * width, total);
            group.items.assign(items.begin() + static_cast<std::ptrdiff_t>(from),
                               items.begin() + static_cast<std::ptrdiff_t>(to));
            if (group.items.size() == 1) {
                rows.push_back(group.items.front());
                continue;
            }
            rows.push_back({true, static_cast<std::uint32_t>(tree_.groups.size())});
            tree_.groups.push_back(std::move(group));
        }
        tree_.groups[index].items = std::move(rows);
    }

    /// Parents, counts and times, from the tree as it stands now.
    void settle() {
        std::vector<std::uint32_t> order{0};
        for (std::size_t at = 0; at < order.size(); ++at) {
            const std::uint32_t group = order[at];
            for (const FoldTree::Item& item : tree_.groups[group].items) {
                if (!item.group) {
                    tree_.groupOf[item.index] = group;
                    continue;
                }
                tree_.groups[item.index].parent = group;
                order.push_back(item.index);
            }
        }
        for (std::size_t at = order.size(); at-- > 0;) count(tree_.groups[order[at]]);
        countCuts();
    }

    void count(FoldTree::Group& group) {
        group.begins = static_cast<EventIndex>(-1);
        for (const FoldTree::Item& item : group.items) {
            const bool inner = item.group;
            group.boxes += inner ? tree_.groups[item.index].boxes : 1;
            const EventIndex begins = inner ? tree_.groups[item.index].begins : whole_.boxes[item.index].appears;
            const EventIndex ends = inner ? tree_.groups[item.index].ends : begins;
            group.begins = std::min(group.begins, begins);
            group.ends = std::max(group.ends, ends);
        }
    }

    /// A cut is hidden by the groups that hold both ends of its edge.
    void countCuts() {
        for (const GradientEdge& gradient : whole_.gradients) {
            if (gradient.end != EdgeEnd::Scissors) continue;
            const ValueEdge& edge = whole_.values[gradient.along];
            std::set<std::uint32_t> above;
            for (std::uint32_t group = tree_.groupOf[edge.from]; group != 0; group = tree_.groups[group].parent)
                above.insert(group);
            for (std::uint32_t group = tree_.groupOf[edge.to]; group != 0; group = tree_.groups[group].parent)
                if (above.contains(group)) ++tree_.groups[group].cuts;
        }
    }

    struct Open {
        Level level;
        std::uint32_t group;
        std::uint64_t hash;
    };

    const Timeline& timeline_;
    const StepGraph& whole_;
    Loops loops_;
    FoldTree tree_;
    std::vector<Open> open_;
    std::unordered_map<std::uint64_t, std::uint32_t> times_;
};

/// Edges in the order in which their consumers ran: what a box waits for has its row by then.
std::uint32_t rowsOf(const StepGraph& whole) {
    std::vector<const ValueEdge*> edges;
    for (const ValueEdge& edge : whole.values) edges.push_back(&edge);
    std::ranges::stable_sort(edges, {}, [](const ValueEdge* edge) { return edge->flows; });
    std::vector<std::uint32_t> row(whole.boxes.size(), 0);
    for (const ValueEdge* edge : edges) row[edge->to] = std::max(row[edge->to], row[edge->from] + 1);
    return row.empty() ? 0 : *std::ranges::max_element(row) + 1;
}

/// The innermost group that runs at an event.
std::uint32_t groupAt(const FoldTree& tree, EventIndex event) {
    std::uint32_t group = 0;
    while (true) {
        const auto& items = tree.groups[group].items;
        const auto inside = [&](const FoldTree::Item& item) {
            return item.group && tree.groups[item.index].begins <= event && event <= tree.groups[item.index].ends;
        };
        const auto found = std::find_if(items.begin(), items.end(), inside);
        if (found == items.end()) return group;
        group = found->index;
    }
}

}  // namespace

FoldTree foldTree(const Timeline& timeline, const StepGraph& whole) {
    if (whole.step >= timeline.steps().size()) return {{FoldTree::Group{}}, {}};
    FoldTree tree = Planter(timeline, whole).plant();
    tree.rows = rowsOf(whole);
    return tree;
}

std::vector<bool> openGroups(const FoldTree& tree, const FoldChoice& choice, EventIndex focus) {
    std::vector<bool> open(tree.groups.size(), false);
    const auto byHand = [&](std::uint32_t group) { return choice.opened.contains(tree.groups[group].key); };
    const auto closed = [&](std::uint32_t group) { return choice.closed.contains(tree.groups[group].key); };
    std::set<std::uint32_t> wanted;
    for (std::uint32_t group = groupAt(tree, focus); group != 0; group = tree.groups[group].parent)
        wanted.insert(group);
    open[0] = true;
    const bool isLong = tree.rows > readableRows, readable = !isLong && tree.groups[0].boxes <= readableBoxes;
    const std::size_t most = isLong ? rowBudget : budget;
    std::size_t seen = tree.groups[0].items.size();
    std::vector<std::uint32_t> row{0};
    while (!row.empty()) {  // a level of the tree at a time, the smallest groups first
        std::vector<std::uint32_t> next;
        for (const std::uint32_t group : row)
            for (const FoldTree::Item& item : tree.groups[group].items)
                if (item.group) next.push_back(item.index);
        std::stable_sort(next.begin(), next.end(), [&](std::uint32_t a, std::uint32_t b) {
            return tree.groups[a].items.size() < tree.groups[b].items.size();
        });
        row.clear();
        for (const std::uint32_t group : next) {
            const std::size_t more = tree.groups[group].items.size() - 1;
            const bool must =
                byHand(group) || (!closed(group) && (wanted.contains(group) || tree.groups[group].cuts > 0));
            if (!must && (closed(group) || (!readable && seen + more > most))) continue;
            seen += more;
            open[group] = true;
            row.push_back(group);
        }
    }
    return open;
}

}  // namespace tapescope
