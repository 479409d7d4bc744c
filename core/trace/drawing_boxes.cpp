// SPDX-License-Identifier: Apache-2.0
// Boxes and value edges of a step.
#include <algorithm>
#include <set>

#include "core/trace/drawing.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr std::string_view readOp = "ReadVariableOp";
constexpr std::string_view constantOp = "Const";

class Boxes {
public:
    explicit Boxes(Drawing& drawing) : drawing_(drawing), timeline_(drawing.timeline) {
        const auto nodes = timeline_.nodes();
        first_ = indexAt(nodes, drawing.span.begin);
        last_ = indexAt(nodes, drawing.span.end);
        visible_.resize(last_ - first_, false);
        initialises_.resize(last_ - first_, false);
    }

    void draw() {
        addVariables();
        addOptimizers();
        findEndpoints();
        findDerivatives();
        judge();
        for (std::size_t i = first_; i < last_; ++i)
            if (visible_[i - first_]) place({static_cast<std::uint32_t>(i)});
        markTargets();
        tellConstantsApart();
    }

private:
    static std::size_t indexAt(std::span<const NodeRecord> nodes, EventIndex event) {
        return static_cast<std::size_t>(std::ranges::lower_bound(nodes, event, {}, &NodeRecord::event) - nodes.begin());
    }

    // ---- variables and optimizers

    void addVariables() {
        const Snapshot state = timeline_.at(drawing_.span.end - 1);
        for (const auto& [variable, now] : state.variables)
            if (now.alive && timeline_.created(variable).trainable) addVariable(variable);
        drawing_.each<ApplyBegan>([this](const ApplyBegan& fact, EventIndex) {
            for (const auto& pair : fact.pairs) addVariable(pair.variable);
            for (const auto variable : fact.droppedVariables) addVariable(variable);
        });
    }

    std::uint32_t addVariable(VariableId variable) {
        const auto next = static_cast<std::uint32_t>(drawing_.graph.boxes.size());
        const auto [found, fresh] = drawing_.variables.emplace(variable, next);
        if (!fresh) return found->second;
        const auto& record = timeline_.variables()[variable.index()];
        GraphBox box;
        box.key = {BoxKind::Variable, variable.value, 0};
        box.title = record.label;
        box.subtitle = "Variable " + shapeWords(timeline_.created(variable).value.shape());
        box.variable = variable;
        box.tensor = record.handle;
        box.appears = record.event;
        drawing_.graph.boxes.push_back(std::move(box));
        return next;
    }

    void addOptimizers() {
        const auto all = timeline_.optimizers();
        for (std::uint32_t i = 0; i < all.size() && all[i].created < drawing_.span.end; ++i) {
            const auto& facts = timeline_.get<OptimizerCreated>(all[i].created);
            GraphBox box;
            box.key = {BoxKind::Optimizer, i, 0};
            box.title = facts.rule;
            box.subtitle = all[i].label;
            box.optimizer = {i};
            box.appears = all[i].created;
            drawing_.optimizers[{i}] = static_cast<std::uint32_t>(drawing_.graph.boxes.size());
            drawing_.graph.boxes.push_back(std::move(box));
        }
    }

    // ---- which operations are seen

    void findEndpoints() {
        drawing_.each<GradientAsked>([this](const GradientAsked& asked, EventIndex) {
            targets_.insert(asked.targets.begin(), asked.targets.end());
            endpoints_.insert(asked.targets.begin(), asked.targets.end());
            endpoints_.insert(asked.sources.begin(), asked.sources.end());
        });
        drawing_.each<VariableCreated>([this](const VariableCreated& created, EventIndex) {
            if (created.initial.valid()) initials_.insert(created.initial);
        });
    }

    /// A way back that a tape recorded, and through which another gradient() goes: it is drawn like the way there.
    void findDerivatives() {
        derives_.resize(last_ - first_, false);
        std::vector<TensorId> row(targets_.begin(), targets_.end());
        std::vector<bool> seen(last_ - first_, false);
        while (!row.empty()) {
            const NodeId node = timeline_.tensors()[row.back().index()].producer;
            row.pop_back();
            if (!node.valid() || node.index() < first_ || node.index() >= last_ || seen[node.index() - first_])
                continue;
            seen[node.index() - first_] = true;
            const auto& op = timeline_.op(node);
            derives_[node.index() - first_] = op.backward.valid() && !op.tapes.empty();
            row.insert(row.end(), op.inputs.begin(), op.inputs.end());
        }
    }

    /// Consumers are newer than what they use, so that one pass from the end knows them all.
    void judge() {
        for (std::size_t i = last_; i-- > first_;) {
            const auto& op = timeline_.op({static_cast<std::uint32_t>(i)});
            const auto event = timeline_.nodes()[i].event;
            const bool back = op.backward.valid() && !derives_[i - first_];
            if (back || op.op == readOp || timeline_.phaseOf(event) == Phase::Apply) continue;
            initialises_[i - first_] = onlyInitialises(op);
            if (initialises_[i - first_]) continue;
            visible_[i - first_] =
                op.op != constantOp || drawing_.folds.closedAround(op.fold).valid() || feedsWhatIsSeen(op);
        }
    }

    template <class Holds>
    bool anyConsumer(const OpExecuted& op, Holds holds) const {
        return std::ranges::any_of(op.outputs, [&](TensorId output) {
            return std::ranges::any_of(timeline_.tensors()[output.index()].consumers, holds);
        });
    }

    bool onlyInitialises(const OpExecuted& op) const {
        const auto another = [&](NodeId node) { return node.index() >= last_ || !initialises_[node.index() - first_]; };
        if (anyConsumer(op, another)) return false;
        const auto initial = [&](TensorId output) { return initials_.contains(output); };
        return std::ranges::any_of(op.outputs, initial) || anyConsumer(op, [](NodeId) { return true; });
    }

    bool feedsWhatIsSeen(const OpExecuted& op) const {
        const auto ends = [&](TensorId output) { return endpoints_.contains(output); };
        if (std::ranges::any_of(op.outputs, ends)) return true;
        return anyConsumer(op, [&](NodeId node) { return node.index() < last_ && visible_[node.index() - first_]; });
    }

    // ---- their boxes

    void place(NodeId node) {
        const auto& op = timeline_.op(node);
        const auto box = boxFor(node, op, false);
        for (std::uint32_t i = 0; i < op.inputs.size(); ++i) connect(op, box, op.inputs[i], i, false);
        for (std::uint32_t i = 0; i < op.hostInputs.size(); ++i) connect(op, box, op.hostInputs[i], i, true);
    }

    std::uint32_t boxFor(NodeId node, const OpExecuted& op, bool outside) {
        const auto fold = drawing_.folds.closedAround(op.fold);
        std::uint32_t index = 0;
        if (const auto found = folds_.find(fold); fold.valid() && found != folds_.end()) {
            index = found->second;
        } else {
            index = static_cast<std::uint32_t>(drawing_.graph.boxes.size());
            drawing_.graph.boxes.push_back(fold.valid() ? foldBox(fold, outside) : operationBox(node, op, outside));
            if (fold.valid()) folds_[fold] = index;
        }
        auto& box = drawing_.graph.boxes[index];
        box.node = node;
        if (!op.outputs.empty()) box.tensor = op.outputs.front();
        for (const auto tape : op.tapes)
            if (std::ranges::find(box.tapes, tape) == box.tapes.end()) box.tapes.push_back(tape);
        if (fold.valid() && box.subtitle.empty()) box.subtitle = label(op);
        drawing_.nodes[node] = index;
        return index;
    }

    GraphBox foldBox(FoldId fold, bool outside) {
        const auto began = timeline_.folds()[fold.index()].began;
        const auto& facts = timeline_.get<FoldBegan>(began);
        GraphBox box;
        box.key = drawing_.folds.keyOf(fold);
        if (outside) box.key.ordinal = nextOutside(box.key);
        box.title = facts.name.starts_with("tf.") ? facts.name.substr(3) : facts.name;
        box.fold = fold;
        box.appears = began;
        box.outside = outside;
        return box;
    }

    GraphBox operationBox(NodeId node, const OpExecuted& op, bool outside) {
        GraphBox box;
        box.key = {op.op == constantOp ? BoxKind::Constant : BoxKind::Operation, op.site.value, 0};
        box.key.ordinal = outside ? nextOutside(box.key) : timeline_.ordinal(node);
        box.appears = timeline_.nodes()[node.index()].event;
        box.outside = outside;
        if (box.key.kind == BoxKind::Operation) {
            box.title = operationTitle(op.op);
            box.subtitle = label(op);
        } else {
            const Value value = op.values.empty() ? Value{} : op.values.front();
            box.title = label(op);
            box.subtitle = value.shape().empty() ? "constant" : "constant " + shapeWords(value.shape());
            if (box.title.empty()) box.title = constantTitle(value);
        }
        return box;
    }

    /// Its numbers, where these are few.
    static std::string constantTitle(const Value& value) {
        constexpr std::size_t longest = 16;
        if (value.shape().empty()) return valueText(value);
        const bool few = value.whole && value.whole.count() <= 4;
        const std::string numbers = few ? valueText(value, 3) : std::string();
        return numbers.empty() || numbers.size() > longest ? "constant" : numbers;
    }

    /// Constants that look alike are told apart by their lines.
    void tellConstantsApart() {
        std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> alike;
        auto& boxes = drawing_.graph.boxes;
        for (std::uint32_t i = 0; i < boxes.size(); ++i)
            if (boxes[i].key.kind == BoxKind::Constant) alike[{boxes[i].title, boxes[i].subtitle}].push_back(i);
        for (const auto& [words, same] : alike) {
            std::set<std::uint32_t> lines;
            for (const std::uint32_t i : same) lines.insert(lineOf(boxes[i]));
            if (lines.size() < 2) continue;
            for (const std::uint32_t i : same)
                if (const auto line = lineOf(boxes[i]); line > 0)
                    boxes[i].subtitle += " · " + timeline_.places().words(line);
        }
    }

    std::uint32_t lineOf(const GraphBox& box) const { return timeline_.lineOf(timeline_.op(box.node).site); }

    std::uint32_t nextOutside(const BoxKey& key) { return outsideOrdinal + outsideCounts_[{key.kind, key.id}]++; }

    std::string label(const OpExecuted& op) const {
        for (const auto output : op.outputs)
            if (const auto& record = timeline_.tensors()[output.index()]; !record.label.empty()) return record.label;
        return {};
    }

    // ---- the values between them

    /// The box that a value comes from; a new one where an earlier step made it. None for gradients.
    std::optional<std::uint32_t> sourceBox(TensorId tensor) {
        if (const auto box = drawing_.boxOf(tensor)) return box;
        const auto& record = timeline_.tensors()[drawing_.origin(tensor).index()];
        if (record.variable.valid()) return addVariable(record.variable);
        const auto& op = timeline_.op(record.producer);
        if (op.backward.valid() || record.producer.index() >= first_) return std::nullopt;
        return boxFor(record.producer, op, true);
    }

    void connect(const OpExecuted& op, std::uint32_t to, TensorId tensor, std::uint32_t input, bool host) {
        const auto from = sourceBox(tensor);
        if (!from || *from == to) return;
        const TensorId value = drawing_.origin(tensor);
        auto& edges = drawing_.graph.values;
        const auto& box = drawing_.graph.boxes[to];
        const auto same = [&](const ValueEdge& edge) {
            return edge.from == *from && edge.to == to && edge.tensor == value && edge.host == host;
        };
        // Into a fold a value flows once, however many of its operations use it.
        const auto known = box.fold.valid() ? std::ranges::find_if(edges, same) : edges.end();
        drawing_.edges[{op.node, host, input}] = static_cast<std::uint32_t>(known - edges.begin());
        if (known != edges.end()) {
            known->recorded = known->recorded || !op.tapes.empty();
            return;
        }
        ValueEdge edge{*from, to, value, op.node, input, shapeWords(shapeOf(tensor)), 0, !op.tapes.empty(), host};
        edge.flows = box.fold.valid() ? box.appears : timeline_.nodes()[op.node.index()].event;
        edges.push_back(std::move(edge));
    }

    Shape shapeOf(TensorId tensor) const {
        const auto& record = timeline_.tensors()[tensor.index()];
        if (record.variable.valid()) return timeline_.created(record.variable).value.shape();
        return timeline_.op(record.producer).values[record.output].shape();
    }

    void markTargets() {
        for (const auto tensor : endpoints_) {
            const auto box = sourceBox(tensor);
            if (box && targets_.contains(tensor)) drawing_.graph.boxes[*box].target = true;
        }
    }

    Drawing& drawing_;
    const Timeline& timeline_;
    std::size_t first_ = 0, last_ = 0;  ///< nodes of the step
    std::vector<bool> visible_, initialises_, derives_;
    std::set<TensorId> targets_, endpoints_, initials_;
    std::map<FoldId, std::uint32_t> folds_;
    std::map<std::pair<BoxKind, std::uint32_t>, std::uint32_t> outsideCounts_;
};

}  // namespace

void drawBoxes(Drawing& drawing) {
    Boxes(drawing).draw();
}

}  // namespace tapescope
